import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';
import {signatureSchemes} from '../../../source/iana/signature-schemes.js';
import {type VersionName, versions} from '../../../source/iana/versions.js';
import type {CipherSuitesReport, VersionSuitesReport} from '../../../source/probes/cipher-suites/suites-report.js';
import type {GroupsReport} from '../../../source/probes/groups/groups-report.js';
import {requestProbe} from '../../../source/probes/requests.js';
import type {SignatureSchemesReport} from '../../../source/probes/signature-schemes/schemes-report.js';
import {makeDraw} from '../draw.js';
import {probePort} from '../scripted-server.js';
import {choiceOf, type Extent, groupsAlone, schemesAlone12, schemesAlone13, suitesAlone} from './each-alone.js';
import {makeTestProduct, type Product, type RunningCase} from './test-product.js';

/** A configuration of a server, and what is known of it beforehand. */
export type AgreementCase = {
	readonly title: string;
	/** Those that it accepts. */
	readonly versions: readonly VersionName[];
	/** Everything in the registries is offered alone, and not a part of what is rare. */
	readonly isWhole?: true;
	/** A curve that clients have to list before TLS 1.3, because the certificate has it: groups are offered beside it. */
	readonly insistsOn?: number;
	/** What the probes cannot settle, though they find nothing wrong: see each case for why. */
	readonly open?: readonly ('suites' | 'groups' | 'schemes')[];
};

const testProduct = makeTestProduct(2, 3);

/** Declares a test for each configuration: what the probes report is what is accepted where each suite, group and scheme is offered alone. */
export const testAgreement = <Case extends AgreementCase>(product: Product<Case>): void => testProduct(product, assertAgreement);

/** What holds for one version of a server, in the words of both probers. */
type Truth = {
	readonly suites: readonly string[];
	readonly groups: readonly string[];
	readonly schemes: readonly string[];
	readonly undecided: readonly string[];
	readonly preference: string;
};

const hex = (codes: readonly number[]): string[] =>
	codes.toSorted((one, other) => one - other).map(code => `0x${code.toString(16).padStart(4, '0')}`);

/** Both probers ask one port. The codes that are offered alone are drawn by the place of the configuration. */
async function assertAgreement(t: ExecutionContext, {configuration, index, port}: RunningCase<AgreementCase>): Promise<void> {
	const {recordings} = await probePort(port, {
		serverName: null,
		deadlineMs: 300_000,
		probes: [
			requestProbe('versions', {versions: configuration.versions}),
			...(['cipher-suites', 'groups', 'signature-schemes'] as const).map(name => requestProbe(name)),
		],
	});
	const {report, attempts} = recordings[0];
	const parts = report as unknown as {
		readonly cipherSuites: CipherSuitesReport;
		readonly groups: GroupsReport;
		readonly signatureSchemes: SignatureSchemesReport;
	};
	const found: Record<string, Truth> = {};
	const alone: Record<string, Truth> = {};
	const extent: Extent = {isWhole: configuration.isWhole === true, draw: makeDraw(index + 1)};
	for (const [name, suites] of Object.entries(parts.cipherSuites) as [VersionName, VersionSuitesReport][]) {
		const both = await compareVersion(port, configuration, extent, {
			name,
			suites,
			groups: parts.groups[name]!,
			schemes: parts.signatureSchemes[name] ?? {accepted: [], undecided: []},
		});
		found[name] = both.found;
		alone[name] = both.alone;
	}

	if (!isDeepStrictEqual(found, alone)) {
		t.log(JSON.stringify(report.versions));
	}

	t.deepEqual(Object.keys(found), configuration.versions, 'the accepted versions');
	t.deepEqual(found, alone);
	const undecided = {suites: parts.cipherSuites, groups: parts.groups, schemes: parts.signatureSchemes};
	t.deepEqual(
		(configuration.open ?? []).filter(part => Object.values(undecided[part]).every(version => version.undecided.length === 0)),
		[],
		'open, though nothing is undecided',
	);
	t.log(`${attempts.length} connections; codes drawn with ${index}`);
}

type Reported = {
	readonly name: VersionName;
	readonly suites: VersionSuitesReport;
	readonly groups: NonNullable<GroupsReport['TLSv1.2']>;
	readonly schemes: {readonly accepted: readonly string[]; readonly undecided: readonly string[]};
};

async function compareVersion(
	port: number,
	{insistsOn, open = []}: AgreementCase,
	extent: Extent,
	{name, suites, groups, schemes}: Reported,
): Promise<{found: Truth; alone: Truth}> {
	const version = versions.code(name);
	const codes = suites.accepted.map(({code}) => Number(code));
	// Before TLS 1.3 a group of finite fields is known by its prime.
	const groupCodes = groups.accepted.map(({code}) => Number(code)).filter(code => name === 'TLSv1.3' || code >> 8 !== 1);
	const schemeCodes = signatureSchemes.entries.filter(({name: label}) => schemes.accepted.includes(label)).map(({code}): number => code);
	const besides = name === 'TLSv1.3' ? undefined : insistsOn;
	const groupsOpen = open.includes('groups');
	const schemesOpen = open.includes('schemes');
	const truth = {
		groups: hex(await groupsAlone(port, version, {suites: codes, found: groupCodes, besides}, extent)),
		schemes: (await schemesOf(port, name, codes, groupCodes, schemeCodes, extent)).map(signatureSchemes.label).toSorted(),
	};
	const found: Truth = {
		suites: hex(codes),
		groups: hex(groupCodes),
		schemes: schemes.accepted.toSorted(),
		undecided: [
			...(open.includes('suites') ? [] : suites.undecided),
			...(groupsOpen ? [] : groups.undecided),
			...(schemesOpen ? [] : schemes.undecided),
		],
		preference: suites.preference,
	};
	return {
		found,
		alone: {
			suites: hex(await suitesAlone(port, version, codes, extent)),
			groups: groupsOpen ? within(truth.groups, found.groups, groups.undecided.length > 0) : truth.groups,
			schemes: schemesOpen ? within(truth.schemes, found.schemes, schemes.undecided.length > 0) : truth.schemes,
			undecided: [],
			preference: await preferenceOf(port, version, codes),
		},
	};
}

/** What is open may be missing, where something is undecided. */
const within = (truth: readonly string[], found: readonly string[], isOpen: boolean): readonly string[] =>
	isOpen ? truth.filter(name => found.includes(name)) : truth;

/** Where the second prober has no key for any group that the server has, what was found is as good as can be. */
async function schemesOf(
	port: number,
	name: VersionName,
	suites: readonly number[],
	groups: readonly number[],
	found: readonly number[],
	extent: Extent,
): Promise<readonly number[]> {
	switch (name) {
		case 'TLSv1.2':
			return schemesAlone12(port, suites, found, extent);
		case 'TLSv1.3':
			return (await schemesAlone13(port, groups, found, extent)) ?? found;
		default:
			return [];
	}
}

const chaCha20: readonly number[] = [0x13_03, 0xcc_a8, 0xcc_a9, 0xcc_aa, 0xcc_ab, 0xcc_ac, 0xcc_ad, 0xcc_ae];

/** Whose order decides, by each pair of neighbours in the order that is reported, turned round. */
async function preferenceOf(port: number, version: number, order: readonly number[]): Promise<string> {
	if (order.length < 2) {
		return 'not-applicable';
	}

	const pairs = await Promise.all(
		order.slice(1).map(async (second, index) => {
			const first = order[index]!;
			return {first, second, choice: await choiceOf(port, version, [second, first])};
		}),
	);
	if (pairs.every(({first, choice}) => choice === first)) {
		return 'server';
	}

	if (pairs.every(({second, choice}) => choice === second)) {
		// With one suite beside ChaCha20, an exception for ChaCha20 gives the same answers.
		return order.some(code => chaCha20.includes(code)) && order.filter(code => !chaCha20.includes(code)).length === 1
			? 'undecided'
			: 'client';
	}

	return pairs.every(({first, second, choice}) => choice === first || (choice === second && chaCha20.includes(second)))
		? 'server-except-chacha20'
		: `none: ${JSON.stringify(pairs)}`;
}
