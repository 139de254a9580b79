import {visible} from '../bytes/hex.js';
import {listed} from '../bytes/listed.js';
import {safeText, toJson} from '../bytes/safe-text.js';
import type {ClientProfile, RemedyStep} from '../clients/client-profile.js';
import type {Recording} from '../engine/report.js';
import type {Target} from '../engine/target.js';
import type {Outcome} from '../exchange/outcome.js';
import {outcomeInBrief} from '../exchange/outcome-in-brief.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {groups} from '../iana/groups.js';
import {versions} from '../iana/versions.js';
import type {ClientFinding, ClientsFinding} from '../probes/clients/client-finding.js';
import {confidenceIn, notKnownIn, notKnownInWords, objectionInWords} from './client-objections.js';
import {fill, type Piece, wordsOf} from './fill.js';
import {count} from './numbers.js';
import {makePaint, type Paint, type TerminalFeatures} from './paint.js';
import {targetReasonInWords} from './words.js';

/** The clients that were asked for at one address, or why a name has none: `problem` is for programs, and `words` are for people. */
export type ClientsResult = {
	readonly target: Target;
	readonly serverName: string | null;
} & (
	| {
			/** Null where the proxy looks the name up. */
			readonly address: string | null;
			readonly clients: readonly ClientProfile[];
			readonly finding: ClientsFinding;
	  }
	| {readonly address: undefined; readonly problem: string; readonly words: string}
);

/** What a recording says of the clients that were asked for. */
export function clientsResultOf({report, scans}: Recording, clients: readonly ClientProfile[]): ClientsResult {
	const {target, host, port, serverName, address, reason, problem = ''} = report;
	const finding = scans?.[0]?.findings.clients;
	const where = {target: {target, host, port}, serverName};
	if (finding !== undefined) {
		return {...where, address, clients, finding};
	}

	const code = reason === 'blocked-by-dns' ? `DNS blocks the name: it resolves to ${problem}` : problem;
	return {...where, address: undefined, problem: code, words: targetReasonInWords(report)};
}

/** Whether one client would connect. */
export type ClientAnswer = {
	/** The name of its profile. */
	readonly client: string;
	readonly title: string;
	readonly connects: ClientFinding['connects'];
	/** Where the server answered with a ServerHello: what it selected, in IANA's names. */
	readonly version?: string;
	readonly cipherSuite?: string;
	readonly group?: string;
	/** Where `connects` is `no`; several where only together they are enough. */
	readonly missing?: ClientFinding['missing'];
	readonly remedy?: readonly RemedyStep[] | undefined;
	/** How long the hello is that gets no answer, and how long the one that does, in bytes. */
	readonly largeHello?: ClientFinding['largeHello'];
	/** In a sentence. */
	readonly because: string;
	/** Where the client's own hello was not sent: the refused versions that the result follows from, and the number of the connection for each. */
	readonly derivedFrom?: readonly {readonly version: string; readonly connection: number}[];
	/** What it may refuse where `connects` is `yes`. */
	readonly notKnown?: readonly string[];
	readonly confidence: ClientProfile['confidence'];
	/** Where the facts are from. */
	readonly sources: readonly string[];
};

/** What one address of a target answers to clients. */
export type ClientsReport = {
	/** `host:port`. */
	readonly target: string;
	readonly host: string;
	readonly port: number;
	/** Null where a proxy looks the name up, and where there is none: then there is a `problem`. */
	readonly address: string | null;
	readonly serverName: string | null;
	/** `accepted`, `rejected` or `inconclusive` by version, as far as that showed. */
	readonly versions?: Readonly<Record<string, string>>;
	readonly clients: readonly ClientAnswer[];
	/** Why there is no address. */
	readonly problem?: string;
	readonly toolVersion: string;
};

/** One line of JSON: the result of one address. */
export const clientsJson = (result: ClientsResult, toolVersion: string): string => `${toJson(clientsReport(result, toolVersion))}\n`;

export function clientsReport(result: ClientsResult, toolVersion: string): ClientsReport {
	const {target, serverName, address} = result;
	const where = {target: target.target, host: target.host, port: target.port, address: address ?? null, serverName};
	if (result.address === undefined) {
		return {...where, clients: [], problem: result.problem, toolVersion};
	}

	const {finding, clients} = result;
	const known = [...(finding.versions ?? [])].map(([code, {status}]) => [versions.label(code), status]);
	return {
		...where,
		versions: Object.fromEntries(known),
		clients: clients.map((client, index) => clientAnswer(client, finding.clients[index]!, finding)),
		toolVersion,
	};
}

function clientAnswer(client: ClientProfile, found: ClientFinding, finding: ClientsFinding): ClientAnswer {
	const {connects, outcome, missing} = found;
	const isHello = outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request';
	const notKnown = notKnownIn(found);
	return {
		client: client.name,
		title: client.title,
		connects,
		...(isHello ? {version: versions.label(outcome.version), cipherSuite: cipherSuites.label(outcome.cipherSuite)} : {}),
		...(isHello && outcome.group !== undefined ? {group: groups.label(outcome.group)} : {}),
		...(connects === 'no' ? {missing, ...(remediesOf(client, found).length === 0 ? {} : {remedy: client.remedy})} : {}),
		...(found.largeHello === undefined ? {} : {largeHello: found.largeHello}),
		because: [becauseInWords(client, found, finding), ...notKnownInWords(client, found)].join('; '),
		...(found.derivedFrom === undefined
			? {}
			: {derivedFrom: found.derivedFrom.map(({version, attempt}) => ({version, connection: attempt + 1}))}),
		...(notKnown.length === 0 ? {} : {notKnown}),
		confidence: confidenceIn(client, found),
		sources: client.sources,
	};
}

/** A heading, then a line or two for each client. */
export function clientsText(result: ClientsResult, look: TerminalFeatures): string {
	const paint = makePaint(look);
	const {target, serverName} = result;
	if (result.address === undefined) {
		return fill(wordsOf(`${target.target}: there is no address to connect to: ${result.words}`), look);
	}

	const name = serverName === null ? 'no name' : `as ${serverName}`;
	const heading = `${target.target}  ${result.address ?? 'resolved by the proxy'}  ${name}`;
	const {finding, clients} = result;
	const lines = clients.map((client, index) => {
		const found = finding.clients[index]!;
		const [mark, color] = marks[found.connects];
		const said = [becauseInWords(client, found, finding), ...notKnownInWords(client, found)];
		const words = said.map(text => fill(indented(wordsOf(text)), look, indent)).join('');
		return `${fill(
			[
				{text: mark, color},
				{text: client.title, color: 'bold', gap: indent - mark.length},
			],
			look,
			indent,
		)}${words}`;
	});
	return `${paint('bold', safeText(heading, look))}\n${lines.join('')}${summary(finding, look)}${remedies(result, paint)}`;
}

/** What its machine lacks helps a client only where it is the version that is missing. */
const remediesOf = ({remedy = []}: ClientProfile, {connects, missing}: ClientFinding): readonly RemedyStep[] =>
	connects === 'no' && missing.includes('version') ? remedy : [];

/** What would make those connect that fail, each step once and updates first. A command stays on one line, to be copied. */
function remedies({clients, finding}: Extract<ClientsResult, {clients: unknown}>, paint: Paint): string {
	const steps = clients.flatMap((client, index) => remediesOf(client, finding.clients[index]!));
	const isLate = ({kind}: RemedyStep): number => (kind === 'update' ? 0 : kind === 'script' ? 2 : 1);
	const sorted = steps.toSorted((one, other) => isLate(one) - isLate(other));
	const lines = [...new Set(sorted.map(({kind, command}) => (kind === 'script' ? `or, in each script: ${command}` : command)))];
	return lines.length === 0 ? '' : `\n${paint('bold', 'What would change that')}\n${lines.map(line => `  ${visible(line)}\n`).join('')}`;
}

/** How far what is said of a client is set in: as far as its name. */
const indent = 11;

const indented = ([first, ...rest]: readonly Piece[]): Piece[] => [{text: ' '.repeat(indent) + first!.text, color: first!.color}, ...rest];

const marks = {yes: ['connects', 'green'], no: ['fails', 'red'], undecided: ['undecided', 'yellow']} as const;

function summary({clients}: ClientsFinding, look: TerminalFeatures): string {
	const having = (connects: ClientFinding['connects']): number => clients.filter(item => item.connects === connects).length;
	const undecided = having('undecided') === 0 ? '' : `, ${having('undecided')} undecided`;
	return fill(
		wordsOf(
			`${having('yes')} of ${clients.length} would connect, ${having('no')} would not${undecided}. Issuers, names and dates were not judged.${clients.some(({derivedFrom}) => derivedFrom !== undefined) ? derivedWords : ''}`,
		),
		look,
	);
}

const derivedWords = ' Where a result is derived, the hello was not sent: the server refuses each version that the client offers.';

/** Why a client would connect, or not. */
export function becauseInWords(client: ClientProfile, found: ClientFinding, finding: ClientsFinding): string {
	switch (found.connects) {
		case 'yes':
			return outcomeInBrief(found.outcome)
				.replace(/^ServerHello /, '')
				.replace(/^HelloRetryRequest (?<rest>.*)$/, '$<rest>, after a second hello');
		case 'no':
			return refusalInWords(client, found, finding);
		case 'undecided':
			return `not decided: ${outcomeInBrief(found.outcome)}`;
		default:
			return found.connects satisfies never;
	}
}

function refusalInWords(client: ClientProfile, found: ClientFinding, finding: ClientsFinding): string {
	const {title, versions: own} = client;
	const {outcome, missing, sharedVersion, remedied} = found;
	const [item] = missing;
	if (item === 'version') {
		const derived = found.derivedFrom === undefined ? '' : ' (derived)';
		return `${versionInWords(found, own.map(readable), finding)}${derived}`;
	}

	if (found.isUnfit) {
		return unfitInWords(found, finding);
	}

	const accepted = `${readable(versions.label(sharedVersion!))} is accepted, but `;
	const objected = missing.length === 1 ? objectionInWords(item!, client, found) : undefined;
	if (objected !== undefined) {
		return accepted + objected;
	}

	if (item === 'large-hello') {
		const {bytes, answeredBytes} = found.largeHello!;
		return `${accepted}a hello of ${count(bytes)} bytes gets no answer, but a hello of ${answeredBytes} bytes, without the large key share, gets one`;
	}

	if (item === 'unknown') {
		return `${accepted}this hello is rejected (${outcomeInBrief(outcome)}), and no added cipher suite, group, signature algorithm or server name changed that`;
	}

	const lacks = missing.map(item => {
		switch (item) {
			case 'cipher-suite':
				return 'no cipher suite';
			case 'group':
				return 'no group';
			case 'signature':
				return 'no signature algorithm';
			default:
				return undefined;
		}
	});
	const shared = listed(lacks.filter(item => item !== undefined));
	const nameless = missing.includes('server-name') ? `${title} sends no server name, which the server requires` : '';
	const shares = shared === '' ? '' : `${title} shares ${shared} with it`;
	return `${accepted}${[nameless, shares].filter(Boolean).join(', and ')}${takenInWords(missing, sharedVersion!, remedied, finding)}`;
}

/** The server's version that none of its suites and its certificate go together in. */
function unfitInWords({sharedVersion, certificates = []}: ClientFinding, {versions: known}: ClientsFinding): string {
	const isByVersion = ({outcome}: {readonly outcome: Outcome}): boolean => outcome.kind === 'alert' && outcome.description === 70;
	const others = [...(known ?? [])].filter(([, item]) => isByVersion(item)).map(([code]) => readable(versions.label(code)));
	const [own] = certificates;
	const kind = own === undefined ? '' : `, which has ${own.keyType === 'ec' ? 'an ECDSA' : `an ${own.keyType?.toUpperCase()}`} key`;
	return `${readable(versions.label(sharedVersion!))} is rejected with handshake_failure, not with protocol_version like ${listed(others)} ${others.length > 1 ? 'are' : 'is'}: the server supports it, but has no cipher suite for it that fits its certificate${kind}`;
}

function versionInWords({outcome}: ClientFinding, own: readonly string[], {versions: known}: ClientsFinding): string {
	if (own.length === 0) {
		return 'the client offers no version';
	}

	if (outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request') {
		return `the server selects ${readable(versions.label(outcome.version))}, but the client accepts ${listed(own)}`;
	}

	const accepted = [...(known ?? [])].filter(([, {status}]) => status === 'accepted').map(([code]) => readable(versions.label(code)));
	return `no version in common: the client accepts ${listed(own)}, the server ${listed(accepted)}`;
}

/** What the server accepts of the items that the client lacks, as far as it was seen. */
function takenInWords(
	missing: ClientFinding['missing'],
	version: number,
	remedied: ClientFinding['remedied'],
	{suites}: ClientsFinding,
): string {
	const taken: string[] = [];
	const known = suites.get(version) ?? [];
	if (missing.includes('cipher-suite') && known.length > 0) {
		taken.push(known.length > mostNames ? `${known.length} others` : `only ${listed(known.map(code => cipherSuites.label(code)))}`);
	}

	if (missing.includes('group') && (remedied?.kind === 'server-hello' || remedied?.kind === 'hello-retry-request') && remedied.group) {
		taken.push(groups.label(remedied.group));
	}

	return taken.length === 0 ? '' : `: the server accepts ${taken.join(', ')}`;
}

/** More names than these say less. */
const mostNames = 4;

const readable = (name: string): string => name.replace(/^(?<protocol>SSL|TLS)v/, '$<protocol> ');
