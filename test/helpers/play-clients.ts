import type {ClientProfile} from '../../source/clients/client-profile.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import {askAsClients} from '../../source/probes/clients/ask-as-clients.js';
import type {ClientsFinding} from '../../source/probes/clients/client-finding.js';
import type {KnownVersions} from '../../source/probes/clients/derive-from-versions.js';
import {readHello, type Script} from './script.js';

/** Let the probe ask a script, in memory. */
export const playClients = (script: Script, client: ClientProfile, serverName: string | undefined): ClientsFinding =>
	playAll(script, [client], serverName).finding;

/** @returns The hellos too, in the order in which they were sent. */
export function playAll(
	script: Script,
	clients: readonly ClientProfile[],
	serverName: string | undefined,
	before?: KnownVersions,
): {readonly finding: ClientsFinding; readonly hellos: readonly HelloSpec[]} {
	const conversation = askAsClients(clients, serverName, before);
	const hellos: HelloSpec[] = [];
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(({hello}) => ({outcome: exchange(script, hello), attempt: hellos.push(hello) - 1, durationMs: 1})),
		);
	}

	return {finding: step.value, hellos};
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
