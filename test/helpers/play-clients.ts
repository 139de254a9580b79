import type {ClientProfile} from '../../source/clients/client-profile.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import {askAsClients} from '../../source/probes/clients/ask-as-clients.js';
import type {ClientsFinding} from '../../source/probes/clients/client-finding.js';
import {readHello, type Script} from './script.js';

/** Let the probe ask a script, in memory. */
export function playClients(script: Script, client: ClientProfile, serverName: string | undefined): ClientsFinding {
	const conversation = askAsClients([client], serverName);
	let attempt = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(({hello}, index) => ({outcome: exchange(script, hello), attempt: attempt + index, durationMs: 1}));
		attempt += answers.length;
		step = conversation.next(answers);
	}

	return step.value;
}

function exchange(script: Script, spec: HelloSpec): Outcome {
	const built = buildHello(spec, size => new Uint8Array(size).fill(7));
	const answer = readAnswer(spec, built);
	for (const move of script({hello: readHello(built.bytes)!, connection: 0, atOnce: 1, atMs: 0})) {
		const outcome =
			move.kind === 'say'
				? answer.push(move.bytes)
				: answer.end(move.kind === 'reset' ? 'reset' : move.kind === 'close' ? 'closed' : 'timeout', 300);
		if (outcome !== undefined) {
			return outcome;
		}
	}

	return answer.end('timeout', 300);
}
