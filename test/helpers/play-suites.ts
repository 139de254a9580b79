import {buildHello} from '../../source/exchange/build-hello.js';
import {openFlight} from '../../source/exchange/decrypting/open-flight.js';
import type {HelloSpec} from '../../source/exchange/hello-spec.js';
import type {Outcome} from '../../source/exchange/outcome.js';
import {readAnswer} from '../../source/exchange/read-answer.js';
import type {SuitesFinding} from '../../source/probes/cipher-suites/finding.js';
import {kindsOfSsl2} from '../../source/probes/cipher-suites/kinds-of-ssl2.js';
import {suitesOfVersion} from '../../source/probes/cipher-suites/suites-of-version.js';
import type {VersionFinding} from '../../source/probes/versions/finding.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {readHello, type Script} from './script.js';

/** What the versions probe would have learnt: the first of its hellos that this server accepts. */
export function acceptedBy(script: Script, version: number, serverName: string | undefined): VersionFinding {
	for (const hello of shapesOf(version, serverName)) {
		// By chance a connection may be reset: the versions probe asks again as well.
		for (let round = 0; round < 8; round++) {
			const outcome = exchangeWith(script, hello, {connection: round, atOnce: 1});
			if ((outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request') && outcome.version === version) {
				return {shape: hello.shape, outcome} as VersionFinding;
			}
		}
	}

	throw new Error('the server accepts nothing');
}

/** Let the probe ask a script for the suites of one version, in memory. */
export function playSuites(script: Script, version: number, serverName: string | undefined = 'example.com'): SuitesFinding {
	const conversation = suitesOfVersion(version, acceptedBy(script, version, serverName), serverName, 6);
	let connection = 0;
	let step = conversation.next([]);
	while (!step.done) {
		const answers = step.value.map(({hello}, index) => ({
			outcome: exchangeWith(script, hello, {connection: connection + index, atOnce: index + 1}),
			attempt: connection + index,
			durationMs: 1,
		}));
		connection += answers.length;
		step = conversation.next(answers);
	}

	return step.value;
}

/** Let the probe ask for the kinds of SSL 2; the last outcome is that of all later connections too. */
export function playKinds(outcomes: readonly Outcome[]): SuitesFinding {
	const conversation = kindsOfSsl2({shape: 'short'} as VersionFinding);
	let step = conversation.next([]);
	for (let count = 0; !step.done; count++) {
		step = conversation.next([{outcome: outcomes[Math.min(count, outcomes.length - 1)]!, attempt: count, durationMs: 1}]);
	}

	return step.value;
}

export function exchangeWith(script: Script, spec: HelloSpec, {connection, atOnce}: {connection: number; atOnce: number}): Outcome {
	const built = buildHello(spec, size => new Uint8Array(size).fill(7));
	const answer = readAnswer(spec, built, spec.readsEncrypted && openFlight);
	for (const move of script({hello: readHello(built.bytes)!, connection, atOnce, atMs: 0})) {
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
