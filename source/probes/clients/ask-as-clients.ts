import type {ClientProfile} from '../../clients/client-profile.js';
import {helloOf} from '../../clients/hello-of.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {defaultVersions, type VersionName, versions} from '../../iana/versions.js';
import type {Answer, Conduct, Conversation} from '../probe.js';
import {askVersions} from '../versions/ask-versions.js';
import type {VersionFinding} from '../versions/finding.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {ClientFinding, ClientsFinding} from './client-finding.js';
import {deriveFromVersions, isDerivable, type KnownVersions} from './derive-from-versions.js';
import {diagnose} from './diagnose.js';
import {findingOfAnswer} from './finding-of-answer.js';
import {listSuites} from './list-suites.js';
import {seeCertificates} from './see-certificates.js';
import type {ClientsTypes} from './types.js';

const conduct: Conduct<ClientsTypes> = {
	*run({target: {serverName}, options: {clients}, earlier}) {
		const finding = yield* askAsClients(clients, serverName, knownBefore(earlier.versions, clients));
		return {...finding, clients: yield* seeCertificates(clients, finding, serverName)};
	},
};

export default conduct;

/** What the probe of versions found. @returns Undefined if it did not ask for every version that a client offers. */
function knownBefore(found: VersionsFinding | undefined, clients: readonly ClientProfile[]): KnownVersions | undefined {
	const known = codesToAsk(clients).map(code => [code, found?.[versions.label(code) as VersionName]] as const);
	return known.every((entry): entry is [number, VersionFinding] => entry[1] !== undefined) ? new Map(known) : undefined;
}

type Asked = {readonly client: ClientProfile; readonly hello: HelloSpec};

/**
Which clients would connect, as far as the answers to their hellos tell.

@param before - What is known of the server's versions. Without it, they are asked for only if they are needed.
*/
export function* askAsClients(
	clients: readonly ClientProfile[],
	serverName: string | undefined,
	before?: KnownVersions,
): Conversation<ClientsFinding> {
	const all = clients.map((client): Asked => ({client, hello: {...helloOf(client, serverName), readsFlight: true}}));
	const answers = new Map<string, Answer>();
	const isFine = (asked: Asked): boolean => readAnswer(asked, answers)?.connects === 'yes';
	const asked = before === undefined ? firstOfVersions(all, serverName) : [];
	yield* askOnce(asked, answers);
	const knownFirst = before ?? (asked.every(isFine) ? undefined : yield* askVersions(serverName, codesToAsk(clients)));
	const derived = all.map(({client, hello}) =>
		knownFirst === undefined || answers.has(keyOf(hello)) || !isDerivable(hello, serverName)
			? undefined
			: deriveFromVersions(client, knownFirst),
	);
	const others = all.filter((_, index) => derived[index] === undefined);
	yield* askOnce(others, answers);
	if (all.every(isFine)) {
		return {clients: all.map(each => readAnswer(each, answers)!), versions: undefined, suites: new Map()};
	}

	const known = knownFirst ?? (yield* askVersions(serverName, codesToAsk(clients)));
	const findings: ClientFinding[] = [];
	const diagnosed = new Map<string, ClientFinding>();
	for (const [index, each] of all.entries()) {
		const {client, hello} = each;
		const key = `${keyOf(hello)} ${client.versions.join()} ${JSON.stringify(client.limits)}`;
		const finding =
			derived[index] ??
			readAnswer(each, answers) ??
			diagnosed.get(key) ??
			(yield* diagnose({client, hello, answer: answers.get(keyOf(hello))!, known, serverName}));
		diagnosed.set(key, finding);
		findings.push({...finding, name: client.name});
	}

	return {clients: findings, versions: known, suites: yield* suitesWhereMissing(findings, known, serverName)};
}

/**
The clients to ask first: of those whose results may follow from the server's versions, only one for each list of versions. If all these connect,
the versions need not be asked for.
*/
function firstOfVersions(all: readonly Asked[], serverName: string | undefined): readonly Asked[] {
	const seen = new Set<string>();
	return all.filter(({client, hello}) => {
		const key = client.versions.join();
		if (!isDerivable(hello, serverName)) {
			return true;
		}

		const isFirst = !seen.has(key);
		seen.add(key);
		return isFirst;
	});
}

/** Send the hellos that were not sent yet, equal ones only once. */
function* askOnce(all: readonly Asked[], answers: Map<string, Answer>): Conversation<void> {
	const unique = new Map(all.map(({hello}) => [keyOf(hello), hello] as const).filter(([key]) => !answers.has(key)));
	if (unique.size === 0) {
		return;
	}

	const answered = yield [...unique.values()].map(hello => ({kind: 'hello' as const, hello}));
	for (const [index, key] of [...unique.keys()].entries()) {
		answers.set(key, answered[index]!);
	}
}

const keyOf = ({shape: _, ...said}: HelloSpec): string => JSON.stringify(said);

/** The finding if the server accepted the client's own hello. Undefined if it was not sent, or if the reason for a refusal has to be found. */
function readAnswer({client, hello}: Asked, answers: ReadonlyMap<string, Answer>): ClientFinding | undefined {
	const answer = answers.get(keyOf(hello));
	return answer?.outcome.kind === 'server-hello' || answer?.outcome.kind === 'hello-retry-request'
		? findingOfAnswer(answer.outcome, answer.attempt, client, hello)
		: undefined;
}

const codesToAsk = (clients: readonly ClientProfile[]): readonly number[] => {
	const names = new Set([...defaultVersions, ...clients.flatMap(client => client.versions)]);
	return versions.entries.filter(({name}) => names.has(name)).map(({code}) => code);
};

function* suitesWhereMissing(
	findings: readonly ClientFinding[],
	known: KnownVersions,
	serverName: string | undefined,
): Conversation<ReadonlyMap<number, readonly number[]>> {
	const suites = new Map<number, readonly number[]>();
	for (const {missing, sharedVersion} of findings) {
		if (
			missing.includes('cipher-suite') &&
			sharedVersion !== undefined &&
			!suites.has(sharedVersion) &&
			known.get(sharedVersion)?.status === 'accepted'
		) {
			suites.set(sharedVersion, yield* listSuites(sharedVersion, known.get(sharedVersion)!, serverName));
		}
	}

	return suites;
}
