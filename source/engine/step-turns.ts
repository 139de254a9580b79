import type {Attempt} from '../probes/attempt.js';

/** One probe's place among those that run at the same time. */
export type StepTurn = {
	/** Called before each step. @returns Undefined if the probe may make connections now. */
	readonly wait: () => Promise<void> | undefined;
	/** Called after each step, with the connections that were made for each ask. */
	readonly note: (asks: readonly {readonly tried: readonly Attempt[]}[]) => void;
	/** Called when the probe is done. */
	readonly end: () => void;
};

/**
Decides which of the probes of one address may make connections. All may, until a connection ends in a way that a limit on connections explains.
From then on they take turns, in the order in which they joined.

@param isLimited - Whether a limit is known already.
*/
export function makeStepTurns(isLimited: boolean): {readonly join: () => StepTurn} {
	let isAlone = isLimited;
	/** Those of probes that are not done, in the order in which they joined. */
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

/** Whether a limit on connections may be the reason for this end. Some servers send internal_error then. */
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
		case 'question':
			return false;
		default:
			return attempt satisfies never;
	}
}

const unansweredKinds: ReadonlySet<string> = new Set(['closed', 'reset', 'silent', 'unreachable', 'proxy-refused', 'starttls-refused']);
