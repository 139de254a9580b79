import type {HelloSpec} from '../../../exchange/hello-spec.js';
import type {Conversation} from '../../probe.js';
import {askOne, makeServerState} from '../../taking/ask-one.js';
import {acceptedBefore13, withoutVersion} from '../before-13.js';
import type {About, Assessment} from '../vulnerability.js';

/** How many answers have to agree. */
const answersWanted = 2;

/** The probe of extensions offers DEFLATE in the newest version from TLS 1.0 on. What it has seen is not asked again. RFC 3749 §2. */
export default function* askCrime(about: About): Conversation<Assessment> {
	const [newest] = acceptedBefore13(about);
	if (newest === undefined) {
		return withoutVersion(about);
	}

	const {status, versions} = about.earlier.extensions.compression;
	if (status === 'absent') {
		return {status, message: 'DEFLATE was offered twice, and not selected'};
	}

	const hello: HelloSpec = {...newest.hello, shape: 'compression', compressionMethods: [1, 0]};
	const state = makeServerState(1);
	const selected: number[] = status === 'present' ? [1] : [];
	while (selected.length < answersWanted && !state.isOver) {
		let method: number | undefined;
		yield* askOne(state, {
			hello,
			offered: [],
			pick(outcome) {
				method = outcome.kind === 'server-hello' ? (outcome.compressionMethod ?? 0) : undefined;
				return 0;
			},
		});
		if (method === undefined) {
			return {status: 'inconclusive', message: `a hello that offers DEFLATE was not answered in ${newest.name}`};
		}

		selected.push(method);
	}

	const isSteady = selected.length === answersWanted && new Set(selected.map(method => method !== 0)).size === 1;
	return !isSteady
		? {status: 'inconclusive', message: 'one of two connections selects compression'}
		: selected[0] === 0
			? {status: 'absent', message: 'DEFLATE was offered twice, and not selected'}
			: {status: 'present', message: `selects compression in ${versions?.join(', ') ?? newest.name}`};
}
