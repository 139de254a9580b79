import {defineSchannelClient} from '../clients/building/schannel.js';
import type {ClientProfile, RemedyStep} from '../clients/client-profile.js';
import {windowsVersions} from '../clients/windows/versions.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {type VersionName, versionNames} from '../iana/versions.js';

export type ReadReport =
	| {readonly kind: 'clients'; readonly clients: readonly ClientProfile[]}
	| {readonly kind: 'unrecognised'; readonly problem: string};

/** The clients of a report that `reportJson` wrote, each with the versions that were found for it and the suites of its machine. */
export function clientsOfReport(text: string): ReadReport {
	const report = parse(text);
	const os = windowsVersions.find(({name}) => name === report?.os);
	if (report === undefined || os === undefined || !Array.isArray(report.clients)) {
		const problem =
			report?.role === 'server' ? 'it is a report about the servers of a Windows machine' : 'it is not a report about a Windows machine';
		return {kind: 'unrecognised', problem: report === undefined ? 'it is not JSON' : problem};
	}

	const suites = Array.isArray(report.cipherSuites)
		? [...new Set<unknown>(report.cipherSuites)].flatMap(name => codes.get(name) ?? [])
		: undefined;
	const clients: ClientProfile[] = [];
	for (const item of report.clients as readonly unknown[]) {
		const {client, bits, offers, confidence, remedy} = asRecord(item);
		const known = versionNames.filter(name => Array.isArray(offers) && offers.includes(name));
		if (typeof client !== 'string' || !Array.isArray(offers)) {
			return {kind: 'unrecognised', problem: 'a client in it has no name or no offers'};
		}

		const steps = readRemedy(remedy);
		if (steps === undefined) {
			return {kind: 'unrecognised', problem: `a remedy of ${JSON.stringify(client.slice(0, 100))} has no kind or no command`};
		}

		const suffix = typeof bits === 'number' ? ` (${bits} bits)` : '';
		clients.push({
			...defineClientOf({
				name: `${client}${typeof bits === 'number' ? `-${bits}` : ''}`,
				title: `${client}${suffix} on ${os.title}`,
				build: os.build,
				offers: known,
				suites,
				confidence: confidence === 'high' || confidence === 'low' ? confidence : 'medium',
			}),
			remedy: steps,
		});
	}

	return {kind: 'clients', clients};
}

/** By the names that a report has for them. */
const codes: ReadonlyMap<unknown, number> = new Map(cipherSuites.entries.map(({name, code}) => [name, code]));

/** @returns Undefined where one of the steps is none. Without any there are none. */
function readRemedy(steps: unknown): readonly RemedyStep[] | undefined {
	const read: RemedyStep[] = [];
	for (const step of Array.isArray(steps) ? steps : []) {
		const {kind, command} = asRecord(step);
		if (typeof kind !== 'string' || typeof command !== 'string') {
			return undefined;
		}

		read.push({kind, command});
	}

	return read;
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

type Found = {
	readonly name: string;
	readonly title: string;
	readonly build: number;
	readonly offers: readonly VersionName[];
	readonly suites: readonly number[] | undefined;
	readonly confidence: ClientProfile['confidence'];
};

/** SSL 2 is nothing that a hello of SChannel's usual format offers. */
function defineClientOf({offers, ...found}: Found): ClientProfile {
	const usable = offers.filter(name => name !== 'SSLv2');
	const profile = defineSchannelClient({
		...found,
		family: 'windows',
		// What offers nothing is asked for with TLS 1.0, and takes no answer.
		versions: usable.length === 0 ? ['TLSv1.0'] : usable,
		sources: ['the report of tlsprobe windows', 'the order of extensions that captures of several builds share'],
	});
	return usable.length === 0 ? {...profile, versions: []} : profile;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
