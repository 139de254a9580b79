import type {HelloSpec} from '../../../exchange/hello-spec.js';
import type {Conversation} from '../../probe.js';
import {askOne, makeServerState, type Reply, type ServerState} from '../../taking/ask-one.js';
import {versionsBefore13} from '../accepted-suites.js';
import {acceptedBefore13, withoutVersion} from '../before-13.js';
import {alertInWords} from '../clear-records.js';
import type {About, Assessment} from '../vulnerability.js';

const fallbackScsv = 0x56_00;
const inappropriateFallback = 86;

/**
Ask for an older version than the newest that is accepted, with TLS_FALLBACK_SCSV. The signal is the last suite: some servers choose the first suite of
the list, whatever it is. TLS 1.3 needs no signal: the random of its servers shows a downgrade. RFC 7507, RFC 9846 §4.2.3.
*/
export default function* askFallbackScsv(about: About): Conversation<Assessment> {
	const [newest, older] = acceptedBefore13(about);
	if (newest === undefined) {
		return withoutVersion(about);
	}

	if (older === undefined) {
		const open = versionsBefore13.filter(name => !['accepted', 'rejected'].includes(about.earlier.versions[name]?.status ?? ''));
		return open.length === 0
			? {status: 'not-applicable', message: `${newest.name} is the only version up to TLSv1.2 that is accepted`}
			: {status: 'inconclusive', message: `${open.join(', ')} not known to be rejected`};
	}

	const state = makeServerState(1);
	const plain = older.hello;
	const signalling: HelloSpec = {...plain, shape: 'fallback-scsv', cipherSuites: [...plain.cipherSuites, fallbackScsv]};
	const first = yield* ask(state, signalling);
	const again = yield* ask(state, signalling);
	if (first.kind === 'selected' && again.kind === 'selected') {
		return {status: 'present', message: `${older.name} is accepted although the client signals a newer version`};
	}

	if (first.kind !== 'refused' || again.kind !== 'refused' || first.description !== again.description) {
		return {status: 'inconclusive', message: `${older.name} with the signal is neither accepted twice nor refused twice by the same alert`};
	}

	const {description} = first;
	if (description === undefined) {
		return {status: 'inconclusive', message: `a hello for ${older.name} with the signal is answered in another version`};
	}

	if (description === inappropriateFallback) {
		return {status: 'absent', message: `${older.name} with the signal is refused by ${alertInWords(description)}`};
	}

	// Another alert may have another cause.
	const control = yield* ask(state, plain);
	return control.kind === 'selected'
		? {status: 'absent', message: `${older.name} with the signal is refused by ${alertInWords(description)}, and accepted without it`}
		: {
				status: 'inconclusive',
				message: `${older.name} is refused by ${alertInWords(description)} with the signal, and not accepted without it`,
			};
}

const ask = (state: ServerState, hello: HelloSpec): Conversation<Reply> => askOne(state, {hello, offered: [], pick: () => 0});
