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
Ask for an older version than the server has, with the signal that says so. It comes last: some servers read it as the suite that they
choose. TLS 1.3 needs no signal: its random says that a newer version was there. RFC 7507, RFC 9846 §4.2.3.
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
	if (isRefusedRightly(first)) {
		return {status: 'absent', message: `${older.name} with the signal is refused by ${alertInWords(inappropriateFallback)}`};
	}

	if (first.kind === 'selected') {
		const again = yield* ask(state, signalling);
		return again.kind === 'selected'
			? {status: 'present', message: `${older.name} is accepted although the client signals a newer version`}
			: {status: 'inconclusive', message: 'two connections with the signal were answered differently'};
	}

	const control = yield* ask(state, plain);
	const again = yield* ask(state, signalling);
	return first.kind === 'refused' && again.kind === 'refused' && first.description === again.description && control.kind === 'selected'
		? {status: 'absent', message: `${older.name} with the signal is refused${by(first.description)}, and accepted without it`}
		: {status: 'inconclusive', message: `${older.name} with the signal is neither accepted nor refused`};
}

const isRefusedRightly = (reply: Reply): boolean => reply.kind === 'refused' && reply.description === inappropriateFallback;

const by = (description: number | undefined): string => (description === undefined ? '' : ` by ${alertInWords(description)}`);

const ask = (state: ServerState, hello: HelloSpec): Conversation<Reply> => askOne(state, {hello, offered: [], pick: () => 0});
