import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {versions} from '../../iana/versions.js';
import type {Answer, Conversation} from '../probe.js';
import {authenticationOf} from './authentication-of.js';
import {helloFor, type VersionToAsk} from './hello-for.js';
import type {Undecided} from './identity-report.js';
import {type Kind, kindsBefore13, kindsOf13} from './kinds.js';
import type {ShownCertificates} from './shown-identity.js';

/** What one connection showed, and what was said on it. */
export type ShownBy = ShownCertificates & {
	readonly version: number;
	readonly serverName: string | undefined;
	readonly authentication: string;
	readonly hello: HelloSpec;
};

export type VersionShows = {readonly shown: readonly ShownBy[]; readonly undecided: readonly Undecided[]};

const [tls12, tls13] = [0x03_03, 0x03_04];

/** Signature algorithms came with TLS 1.2. */
const namesBefore12: ReadonlySet<string> = new Set(['RSA', 'ECDSA', 'DSA']);

/**
Every identity of one version. What was shown is not offered again, until the rest is refused: by an alert to a hello that differs from one that was
answered in nothing but the kinds it offers, where that one is still answered afterwards. A connection that ends otherwise settles nothing, nor does
an alert that is about something else.
*/
export function* showIdentities(asked: VersionToAsk): Conversation<VersionShows> {
	const {version} = asked;
	const shown: ShownBy[] = [];
	let open: readonly Kind[] =
		version === tls13 ? kindsOf13 : version === tls12 ? kindsBefore13 : kindsBefore13.filter(({name}) => namesBefore12.has(name));
	while (open.length > 0) {
		const {outcome, hello} = yield* ask(asked, open);
		const found = shownIn(outcome, version);
		if (found === undefined) {
			const isRefused = outcome.kind === 'alert' && isClear(outcome);
			const [first] = shown;
			const reason = isRefused && first !== undefined ? yield* findFaultOfControl(first) : reasonOf(outcome);
			return {shown, undecided: reason === undefined ? [] : [undecidedOf(asked, open, reason)]};
		}

		const authentication = authenticationOf(found.chain[0]!);
		shown.push({...found, version, serverName: asked.serverName, authentication, hello});
		const left = without(open, authentication, outcome);
		if (left.length === open.length) {
			// The server selected what was not offered: the same hello would be answered in the same way.
			return {shown, undecided: [undecidedOf(asked, open, 'not-offered')]};
		}

		open = left;
	}

	return {shown, undecided: []};
}

/**
By then a server may refuse every hello, for example because it limits connections. The alert is about the kinds only if the first hello is still accepted.

@returns Why it is not; undefined where it is.
*/
function* findFaultOfControl({hello, version}: ShownBy): Conversation<string | undefined> {
	const {outcome} = yield* sayUntilClear(hello);
	return shownIn(outcome, version) === undefined ? reasonOf(outcome) : undefined;
}

const reasonOf = ({kind}: Outcome): string => (kind === 'server-hello' ? 'no-certificate' : kind);

/** @returns Undefined where it shows no certificate. */
export function shownIn(outcome: Outcome, version: number): ShownCertificates | undefined {
	if (outcome.kind !== 'server-hello' || outcome.version !== version) {
		return undefined;
	}

	const {chain = [], ocspResponse, timestamps, bodies = []} = outcome.flight ?? {};
	const inHello = version < tls13 ? bodies.find(({type}) => type === signedCertificateTimestamp)?.data : undefined;
	return chain.length === 0 ? undefined : {chain, ocspResponse, sctList: timestamps ?? inHello};
}

const signedCertificateTimestamp = 0x00_12;

/**
What is left to offer. A server that shows a kind that was not offered does not go by what is offered: where it has one certificate for a family of
suites it has no other, and in TLS 1.3 none at all.
*/
function without(open: readonly Kind[], authentication: string, outcome: Outcome): readonly Kind[] {
	if (outcome.kind !== 'server-hello') {
		return [];
	}

	const {version, cipherSuite, flight} = outcome;
	const suite = cipherSuites.label(cipherSuite);
	const scheme = flight?.signatureScheme ?? 0;
	const isShown = (kind: Kind): boolean => (version === tls13 ? kind.schemes.includes(scheme) : kind.name === authentication);
	return open.some(isShown) ? open.filter(kind => !isShown(kind)) : version === tls13 ? [] : open.filter(({suites}) => !suites.test(suite));
}

/** A second try may change these ends. */
const retryAfterMs = 250;

function* ask(asked: VersionToAsk, kinds: readonly Kind[]): Conversation<Answer & {readonly hello: HelloSpec}> {
	const first = helloFor(asked, kinds);
	const answer = yield* sayUntilClear(first);
	const {outcome} = answer;
	const hello = outcome.kind === 'hello-retry-request' ? helloFor(asked, kinds, outcome.group) : undefined;
	return hello === undefined ? {...answer, hello: first} : {...(yield* sayUntilClear(hello)), hello};
}

/** At most twice. */
function* sayUntilClear(hello: HelloSpec): Conversation<Answer> {
	const answer = yield* say(hello);
	return isClear(answer.outcome) ? answer : yield* say(hello, retryAfterMs);
}

function isClear(outcome: Outcome): boolean {
	switch (outcome.kind) {
		case 'hello-retry-request':
		case 'server-hello':
		case 'unasked':
		case 'unanswered':
			return true;
		case 'alert':
			return !unclearAlerts.has(outcome.description);
		default:
			return false;
	}
}

/** close_notify, internal_error and unrecognized_name say nothing about the kinds of certificates that were offered. */
const unclearAlerts: ReadonlySet<number> = new Set([0, 80, 112]);

export function* say(hello: HelloSpec, pauseMs?: number): Conversation<Answer> {
	const [answer] = yield [{kind: 'hello', hello, pauseMs}];
	return answer!;
}

const undecidedOf = ({version, serverName}: VersionToAsk, open: readonly Kind[], reason: string): Undecided => ({
	version: versions.label(version),
	authentications: [...new Set(open.map(({name}) => name))],
	serverName: serverName ?? null,
	reason,
});
