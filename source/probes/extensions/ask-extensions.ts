import {tryDecode} from '../../bytes/decode-error.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {ServerFlight} from '../../exchange/outcome.js';
import {tlsBefore13, type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {decode} from '../../wire/codec.js';
import {nextProtocolNegotiation} from '../../wire/extensions/index.js';
import type {Ask, Conduct, Conversation, ProbeTarget} from '../probe.js';
import {everyScheme} from '../signature-schemes/scheme-lists.js';
import {findShare, readingHello} from '../signature-schemes/schemes-of-13.js';
import {answered} from '../taking/answered.js';
import {makeServerState, type ServerState} from '../taking/ask-one.js';
import {timed} from '../taking/timed.js';
import {together} from '../taking/together.js';
import {acceptedHello, acceptedName} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import {findProtocols} from './alpn-protocols.js';
import {isCertificateRequired, requestIn} from './client-certificate.js';
import {asksForStaple, compressing, hellosBefore13, hellosOf13} from './extension-hellos.js';
import type {ExtensionsFinding, FoundClientCertificate, FoundExtension, FoundProtocols, PlainField} from './extensions-finding.js';
import {isMissingStaple, staplePauseMs} from './ocsp-stapling.js';
import {merge, type PlainRow, plainRows} from './plain-rows.js';
import {flightsIn, type SeenFlights, see, seeFlights} from './see-flights.js';
import type {ExtensionsTypes} from './types.js';

/** One accepted version, and what was seen of it. */
type Asked = {readonly name: VersionName; readonly base: HelloSpec; readonly seen: SeenFlights};

const conduct: Conduct<ExtensionsTypes> = {
	*run({target, earlier}) {
		const state = makeServerState(1);
		// One of those whose ServerHello has extensions in clear. SSL 3 has none.
		const name = tlsBefore13.find(item => earlier.versions[item]?.status === 'accepted');
		const before13 = name === undefined ? undefined : baseBefore13(name, earlier.versions[name]!, target);
		const of13 = earlier.versions['TLSv1.3'];
		// Protocols are asked for at the same time as everything else.
		const {value, sinceMs} = yield* timed(
			together<FoundProtocols | undefined | readonly Asked[]>([
				before13 === undefined ? answered(undefined) : protocolsOf(state, before13.base),
				together([
					...(before13 === undefined ? [] : [askBefore13(state, before13)]),
					...(of13?.status === 'accepted' ? [askOf13(state, of13, target)] : []),
				]),
			]),
		);
		const [early, seen] = value;
		const asked = seen as readonly Asked[];
		const [protocols, algorithms, stapled] = yield* together<FoundProtocols | readonly number[] | readonly ServerFlight[]>([
			early === undefined ? protocolsOf(state, asked[0]?.base) : answered(early as FoundProtocols),
			findAlgorithms(state, asked.find(isOf13)),
			askForStaple(state, asked, sinceMs),
		]);
		const plain = Object.fromEntries(plainRows.map(row => [row.field, foundOf(row, asked, stapled as readonly ServerFlight[])]));
		return {
			...(plain as Readonly<Record<PlainField, FoundExtension>>),
			certificateCompression: compressionOf(asked.find(isOf13), algorithms as readonly number[]),
			alpn: protocols as FoundProtocols,
			npn: npnOf(asked),
			clientCertificate: yield* askForCertificate(asked, earlier.versions, target),
			connections: state.connections,
		} satisfies ExtensionsFinding;
	},
};

const isOf13 = ({name}: Asked): boolean => name === 'TLSv1.3';

type Base = Omit<Asked, 'seen'>;

const baseBefore13 = (name: VersionName, finding: VersionFinding, target: ProbeTarget): Base => ({
	name,
	base: {...acceptedHello(versionRegistry.code(name), finding, acceptedName(finding, target.serverName)), readsFlight: true},
});

function* askBefore13(state: ServerState, {name, base}: Base): Conversation<Asked> {
	return {name, base, seen: yield* seeFlights(state, hellosBefore13(base))};
}

/** @param base - Undefined where no version is asked about; SSL 3 has no extensions. */
const protocolsOf = (state: ServerState, base: HelloSpec | undefined): Conversation<FoundProtocols> =>
	base?.extensions === undefined ? answered({status: 'not-applicable', protocols: []}) : findProtocols(state, base);

function* askOf13(state: ServerState, finding: VersionFinding, target: ProbeTarget): Conversation<Asked> {
	const serverName = acceptedName(finding, target.serverName);
	const share = yield* findShare(finding, serverName);
	state.connections += share.connections;
	const base = {...readingHello(serverName, share.groups, everyScheme), shape: 'extensions'};
	return {name: 'TLSv1.3', base, seen: yield* seeFlights(state, hellosOf13(base))};
}

function foundOf(row: PlainRow, asked: readonly Asked[], more: readonly ServerFlight[]): FoundExtension {
	const found = asked.flatMap(({name, seen}) => {
		const status = row.statusIn(name, seen, more);
		return status === undefined ? [] : [{name, status}];
	});
	return merge(found);
}

/** A server may have to fetch a response first: where its certificate names who gives one, it is asked once more after a while. */
function* askForStaple(
	state: ServerState,
	asked: readonly Asked[],
	sinceMs: ReadonlyMap<HelloSpec, number>,
): Conversation<readonly ServerFlight[]> {
	const flights = asked.flatMap(({seen}) => flightsIn(seen.usual));
	const [first] = asked;
	const hello = first && (isOf13(first) ? hellosOf13(first.base).usual : hellosBefore13(first.base).usual);
	if (hello === undefined || !isMissingStaple(flights)) {
		return [];
	}

	const passedMs = Math.max(0, ...[...sinceMs].flatMap(([said, since]) => (asksForStaple(said) ? since : [])));
	const [answer] = yield [{kind: 'hello', hello, pauseMs: Math.max(0, staplePauseMs - passedMs)}];
	state.connections += 1;
	const outcome = answer!.outcome;
	return outcome.kind === 'server-hello' && outcome.flight !== undefined ? [outcome.flight] : [];
}

/** Which algorithms certificates are compressed with: each is taken away once it was used. RFC 8879 §4. */
function* findAlgorithms(state: ServerState, asked: Asked | undefined): Conversation<readonly number[]> {
	const algorithms: number[] = [];
	let flights = flightsIn(asked?.seen.compressing);
	while (asked !== undefined) {
		const used = flights.find(({certificateCompression}) => certificateCompression !== undefined)?.certificateCompression;
		const left = [1, 2, 3].filter(code => code !== used && !algorithms.includes(code));
		if (used === undefined || algorithms.includes(used)) {
			break;
		}

		algorithms.push(used);
		if (left.length === 0) {
			break;
		}

		const selection = yield* see(state, compressing(asked.base, left));
		flights = typeof selection === 'object' ? flightsIn({selections: [selection], refusals: 0}) : [];
	}

	return algorithms;
}

function compressionOf(asked: Asked | undefined, algorithms: readonly number[]): ExtensionsFinding['certificateCompression'] {
	const count = flightsIn(asked?.seen.compressing).length;
	const status = asked === undefined ? 'not-applicable' : algorithms.length > 0 ? 'present' : count > 1 ? 'absent' : 'inconclusive';
	return {status, ...(status === 'present' ? {versions: ['TLSv1.3']} : {}), algorithms};
}

/** The list comes in the ServerHello, up to TLS 1.2. draft-agl-tls-nextprotoneg-04. */
function npnOf(asked: readonly Asked[]): FoundProtocols {
	const before13 = asked.find(item => !isOf13(item));
	const flights = flightsIn(before13?.seen.older);
	const body = flights.flatMap(({bodies = []}) => bodies).find(({type}) => type === nextProtocolNegotiation.type);
	const protocols = body === undefined ? [] : (tryDecode(() => decode(nextProtocolNegotiation.serverHello, body.data)) ?? []);
	const status =
		before13 === undefined ? 'not-applicable' : body !== undefined ? 'present' : flights.length > 1 ? 'absent' : 'inconclusive';
	return {status, protocols};
}

/** Asked for in any version is asked for. Whether it is required, only a handshake shows. */
function* askForCertificate(
	asked: readonly Asked[],
	findings: VersionsFinding,
	target: ProbeTarget,
): Conversation<FoundClientCertificate, Ask> {
	const all = asked.map(item => ({...item, flights: Object.values(item.seen).flatMap(flightsIn)}));
	// TLS 1.3 has an alert for it.
	const asking = all.findLast(({flights}) => requestIn(flights) !== undefined);
	if (asking === undefined) {
		const isKnown = all.length > 0 && all.every(({flights}) => flights.filter(({isWhole}) => isWhole).length > 1);
		return {status: isKnown ? 'not-asked' : 'inconclusive'};
	}

	const version = asking.base.version;
	const isRequired = yield* isCertificateRequired(version, acceptedName(findings[asking.name], target.serverName));
	const status = isRequired === undefined ? 'inconclusive' : isRequired ? 'required' : 'requested';
	// The kinds of keys are named up to TLS 1.2 alone.
	const types = all.map(({flights}) => requestIn(flights)?.types).find(found => found !== undefined);
	return {status, ...requestIn(asking.flights), types};
}

export default conduct;
