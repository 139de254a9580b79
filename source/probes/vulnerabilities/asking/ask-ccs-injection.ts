import {contentType} from '../../../wire/record.js';
import {type AcceptedVersion, acceptedBefore13, withoutVersion} from '../before-13.js';
import {alertIn, alertInWords, beginInClear, type ClearConversation, endInWords, recordOf, sendInClear} from '../clear-records.js';
import type {About, Assessment} from '../vulnerability.js';

/** The alerts of a server that tries to decrypt a record: bad_record_mac and decryption_failed. RFC 5246 §7.2.2. */
const decrypting: ReadonlySet<number> = new Set([20, 21]);

/** The next turn reads a refusal that comes later, so no verdict depends on this. */
const refusalMs = 1000;

/**
Send ChangeCipherSpec right after ServerHelloDone, before keys are exchanged. A sound server refuses it. If the server does not answer, a record that
is not encrypted follows: only a server that has changed its cipher tries to decrypt it. The newest version is asked, since all versions share one state
machine.
*/
export default function* askCcsInjection(about: About): ClearConversation<Assessment> {
	const [version] = acceptedBefore13(about);
	if (version === undefined) {
		return withoutVersion(about);
	}

	const first = yield* askOnce(version, true);
	switch (first.kind) {
		case 'refused': {
			// Some servers fail by chance.
			const again = yield* askOnce(version, true);
			return again.kind === 'refused' && again.alert === first.alert
				? {status: 'absent', message: `an early ChangeCipherSpec is refused by ${alertInWords(first.alert)} (${version.name})`}
				: {status: 'inconclusive', message: 'an early ChangeCipherSpec was answered differently on two connections'};
		}

		case 'decrypts':
			return (yield* isSteady(version))
				? {
						status: 'present',
						message: `after an early ChangeCipherSpec, records are decrypted: ${alertInWords(first.alert)} (${version.name})`,
					}
				: {
						status: 'inconclusive',
						message: `${alertInWords(first.alert)} after an early ChangeCipherSpec, but not each time or not for it`,
					};
		case 'closed': {
			// Without ChangeCipherSpec, the connection has to stay open.
			const isOpen = yield* staysOpen(version);
			const again = isOpen ? yield* askOnce(version, true) : first;
			const third = isOpen && again.kind === 'closed' ? yield* askOnce(version, true) : undefined;
			return third?.kind === 'closed'
				? {status: 'absent', message: `an early ChangeCipherSpec closes the connection, each of three times (${version.name})`}
				: {status: 'inconclusive', message: 'an early ChangeCipherSpec closes the connection, but not each time or not for it'};
		}

		case 'unclear':
			return {status: 'inconclusive', message: `${version.name}: ${first.message}`};
		default:
			return first satisfies never;
	}
}

type Once =
	| {readonly kind: 'refused'; readonly alert: number}
	| {readonly kind: 'decrypts'; readonly alert: number}
	/** ChangeCipherSpec was answered by a close or a reset. */
	| {readonly kind: 'closed'}
	| {readonly kind: 'unclear'; readonly message: string};

/** @param sendsCcs - If false, only the record that follows ChangeCipherSpec is sent. */
function* askOnce(version: AcceptedVersion, sendsCcs: boolean): ClearConversation<Once> {
	const begun = yield* beginInClear(version, sendsCcs ? 'ccs-injection' : 'ccs-injection-control', {
		...version.hello,
		shape: 'ccs-injection',
	});
	if (begun.kind === 'not-begun') {
		return {kind: 'unclear', message: begun.message};
	}

	const anyRecord = {kind: 'record'} as const;
	if (sendsCcs) {
		const answer = yield* sendInClear(
			begun.attempt,
			recordOf(contentType.changeCipherSpec, version.code, Uint8Array.of(1)),
			anyRecord,
			refusalMs,
		);
		const alert = alertIn(answer);
		if (alert !== undefined) {
			return decrypting.has(alert)
				? {kind: 'unclear', message: `an early ChangeCipherSpec is answered by ${alertInWords(alert)}`}
				: {kind: 'refused', alert};
		}

		if (answer.end === 'closed' || answer.end === 'reset') {
			return {kind: 'closed'};
		}

		if (answer.end !== 'timeout') {
			return {kind: 'unclear', message: `after an early ChangeCipherSpec, ${endInWords(answer)}`};
		}
	}

	const answer = yield* sendInClear(
		begun.attempt,
		recordOf(contentType.applicationData, version.code, Uint8Array.of(0, 0)),
		anyRecord,
		refusalMs * 3,
	);
	const alert = alertIn(answer);
	return alert === undefined
		? {kind: 'unclear', message: `after an early ChangeCipherSpec and a record, ${endInWords(answer)}`}
		: sendsCcs && decrypting.has(alert)
			? {kind: 'decrypts', alert}
			: {kind: 'refused', alert};
}

/** Whether the server decrypts each time with ChangeCipherSpec, and never without it: some servers send the same alert for any record. */
function* isSteady(version: AcceptedVersion): ClearConversation<boolean> {
	for (let count = 0; count < 2; count++) {
		const control = yield* askOnce(version, false);
		const again = yield* askOnce(version, true);
		if (again.kind !== 'decrypts' || control.kind !== 'refused' || decrypting.has(control.alert)) {
			return false;
		}
	}

	return true;
}

/** Whether the server waits for the client's part of the handshake. */
function* staysOpen(version: AcceptedVersion): ClearConversation<boolean> {
	const begun = yield* beginInClear(version, 'ccs-injection-control', {...version.hello, shape: 'ccs-injection'});
	if (begun.kind === 'not-begun') {
		return false;
	}

	const answer = yield* sendInClear(begun.attempt, new Uint8Array(), {kind: 'record'}, refusalMs);
	return answer.end === 'timeout';
}
