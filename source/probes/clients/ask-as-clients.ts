import type {ClientProfile} from '../../clients/client-profile.js';
import {helloOf} from '../../clients/hello-of.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {defaultVersions, versions} from '../../iana/versions.js';
import type {Answer, Conduct, Conversation} from '../probe.js';
import {askVersions} from '../versions/ask-versions.js';
import type {ClientFinding, ClientsFinding} from './client-finding.js';
import {diagnose} from './diagnose.js';
import {findingOfAnswer} from './finding-of-answer.js';
import {listSuites} from './list-suites.js';
import {seeCertificates} from './see-certificates.js';
import type {ClientsTypes} from './types.js';

const conduct: Conduct<ClientsTypes> = {
	*run({target: {serverName}, options: {clients}}) {
		const finding = yield* askAsClients(clients, serverName);
		return {...finding, clients: yield* seeCertificates(clients, finding, serverName)};
	},
};

export default conduct;

/** Which clients would connect, as far as the answers to their hellos tell. */
export function* askAsClients(clients: readonly ClientProfile[], serverName: string | undefined): Conversation<ClientsFinding> {
	const hellos = clients.map(client => ({...helloOf(client, serverName), readsFlight: true as const}));
	const answers = yield* askOnce(hellos);
	const first = clients.map((client, index) => readAnswer(client, hellos[index]!, answers[index]!));
	if (first.every(finding => finding !== undefined && finding.connects === 'yes')) {
		return {clients: first as ClientFinding[], versions: undefined, suites: new Map()};
	}

	const known = yield* askVersions(serverName, codesToAsk(clients));
	const findings: ClientFinding[] = [];
	const diagnosed = new Map<string, ClientFinding>();
	for (const [index, client] of clients.entries()) {
		const hello = hellos[index]!;
		const key = `${keyOf(hello)} ${client.versions.join()} ${JSON.stringify(client.limits)}`;
		const finding = first[index] ?? diagnosed.get(key) ?? (yield* diagnose({client, hello, answer: answers[index]!, known, serverName}));
		diagnosed.set(key, finding);
		findings.push({...finding, name: client.name});
	}

	return {clients: findings, versions: known, suites: yield* suitesWhereMissing(findings, known, serverName)};
}

/** Hellos that are equal are sent once. */
function* askOnce(hellos: readonly HelloSpec[]): Conversation<readonly Answer[]> {
	const unique = new Map(hellos.map(hello => [keyOf(hello), hello]));
	const answers = yield [...unique.values()].map(hello => ({kind: 'hello' as const, hello}));
	const byKey = new Map([...unique.keys()].map((key, index) => [key, answers[index]!]));
	return hellos.map(hello => byKey.get(keyOf(hello))!);
}

const keyOf = ({shape: _, ...said}: HelloSpec): string => JSON.stringify(said);

/** What is settled by the answer to the client's own hello; undefined for a refusal, which takes asking why. */
function readAnswer(client: ClientProfile, hello: HelloSpec, {outcome, attempt}: Answer): ClientFinding | undefined {
	if (outcome.kind !== 'server-hello' && outcome.kind !== 'hello-retry-request') {
		return undefined;
	}

	return findingOfAnswer(outcome, attempt, client, hello);
}

const codesToAsk = (clients: readonly ClientProfile[]): readonly number[] => {
	const names = new Set([...defaultVersions, ...clients.flatMap(client => client.versions)]);
	return versions.entries.filter(({name}) => names.has(name)).map(({code}) => code);
};

function* suitesWhereMissing(
	findings: readonly ClientFinding[],
	known: NonNullable<ClientsFinding['versions']>,
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
