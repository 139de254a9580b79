import type {Attempt} from '../probes/attempt.js';

/** One probe's place among those that run at the same time. */
export type StepTurn = {
	/** Before each step. Undefined where the probe may make connections now. */
	readonly wait: () => Promise<void> | undefined;
	/** What the connections of a step came to, an ask each. */
	readonly note: (asks: readonly {readonly tried: readonly Attempt[]}[]) => void;
	/** The probe is done. */
	readonly end: () => void;
};

/**
Who may make connections, of the probes that run on one address. All may, until a connection ends in a way that a limit on connections explains.
From then on they go one after the other, in the order in which they joined.

@param isLimited - Whether that is known already.
*/
export function makeStepTurns(isLimited: boolean): {readonly join: () => StepTurn} {
	let isAlone = isLimited;
	/** In their order, those that are not done. */
	const turns: StepTurn[] = [];
	const waiting = new Map<StepTurn, () => void>();
	return {
		join() {
			const turn: StepTurn = {
				wait: () =>
					!isAlone || turns[0] === turn
						? undefined
						: new Promise(resolve => {
								waiting.set(turn, resolve);
							}),
				note(asks) {
					isAlone ||= asks.some(({tried}) => tried.some(mayBeLimited));
				},
				end() {
					turns.splice(turns.indexOf(turn), 1);
					const [next] = turns;
					if (next !== undefined) {
						waiting.get(next)?.();
						waiting.delete(next);
					}
				},
			};
			turns.push(turn);
			return turn;
		},
	};
}

const internalError = 80;

/** Whether a limit on connections may be why it ended so. An alert 80 is what some servers say then. */
function mayBeLimited(attempt: Attempt): boolean {
	switch (attempt.kind) {
		case 'hello': {
			const {outcome} = attempt.transcript;
			return unansweredKinds.has(outcome.kind) || (outcome.kind === 'alert' && outcome.description === internalError);
		}
		case 'handshake': {
			const {handshake} = attempt.transcript.outcome;
			return handshake.kind === 'not-reached' || (handshake.kind === 'failed' && unansweredKinds.has(handshake.how.kind));
		}
		case 'records':
			return attempt.transcript.outcome.kind === 'not-reached';
		default:
			return attempt satisfies never;
	}
}

const unansweredKinds: ReadonlySet<string> = new Set(['closed', 'reset', 'silent', 'unreachable', 'proxy-refused', 'starttls-refused']);

/**
Whether these connections show that the server limits them: a connection was not made, or the same hello was not answered once and answered
later. What is closed or reset each time it is asked may be refused for what it asks.
*/
export function showsLimit(attempts: readonly Attempt[]): boolean {
	const unanswered = new Set<unknown>();
	for (const attempt of attempts) {
		if (attempt.kind !== 'hello') {
			continue;
		}

		const {hello, transcript} = attempt;
		switch (transcript.outcome.kind) {
			case 'unreachable':
			case 'proxy-refused':
			case 'starttls-refused':
				return true;
			case 'closed':
			case 'reset':
			case 'silent':
				unanswered.add(hello);
				break;
			default:
				if (unanswered.has(hello)) {
					return true;
				}
		}
	}

	return false;
}
