import {isIP} from 'node:net';
import {mozillaStore, systemStore} from '../../certificates/stores.js';
import type {DnsRecord} from '../../wire/dns/record.js';
import type {Conduct, Conversation, ProbeTarget, QuestionAsk} from '../probe.js';
import {chainsOfTarget} from './chains-of-target.js';
import {describeHttps} from './describe-https.js';
import {type FoundRecords, lookUp, ofType} from './look-up.js';
import {matchTlsa} from './match-tlsa.js';
import type {LookUpResult, NamesReport} from './names-report.js';
import type {NamesTypes} from './types.js';

/** CAA at the name and above it, TLSA and HTTPS for its port. */
const conduct: Conduct<NamesTypes> = {
	*run({target, earlier: {certificates: identities}, attempts}) {
		const name = target.host.toLowerCase().replace(/\.$/, '');
		const reason = whyNot(name);
		if (reason !== undefined) {
			return withoutName(reason);
		}

		const httpsName = nameOfHttps(name, target);
		const found = yield* lookUp([
			...ancestorsOf(name).map(ancestor => ({name: ancestor, type: 'CAA' as const})),
			{name: `_${target.port}._tcp.${name}`, type: 'TLSA'},
			...(httpsName === undefined ? [] : [{name: httpsName, type: 'HTTPS' as const}]),
		]);
		const caa = nearest(ofType(found, 'CAA'));
		const tlsa = ofType(found, 'TLSA')[0]!;
		const first = ofType(found, 'HTTPS')[0];
		const {https, aliases} = first === undefined ? {https: noHttps, aliases: []} : yield* followAliases(first);
		const chains = chainsOfTarget(attempts, target.serverName);
		const isSmtp = target.startTls === 'smtp';
		const dane = matchTlsa(tlsa.status, tlsa, {chains, identities, name, isSmtp, stores: publicStores, now: Date.now()});
		return {
			caa: {...looked(caa), records: plain(caa.records)},
			tlsa: {...looked(tlsa), records: plain(tlsa.records), ...dane},
			https: describeHttps({...looked(https), ...(aliases.length === 0 ? {} : {aliases})}, plain(https.records), https.status),
			questions: found.length + aliases.length,
		};
	},
};

export default conduct;

const publicStores = () => [mozillaStore(), ...[systemStore()].flatMap(store => store ?? [])];

/** Names that the DNS does not know: RFC 6761, 6762, 7686. */
const elsewhere = /(?:^|\.)(?:localhost|local|invalid|onion)$/;

function whyNot(name: string): string | undefined {
	return isIP(name.replace(/%.*$/, '')) !== 0
		? 'the target is an IP address'
		: elsewhere.test(name) || !name.includes('.')
			? 'the name is not in the DNS'
			: undefined;
}

function withoutName(reason: string): NamesReport {
	const looked: LookUpResult = {status: 'not-applicable', reason};
	return {
		caa: {...looked, records: []},
		tlsa: {...looked, records: [], dane: 'not-applicable', matches: []},
		https: {...looked, records: [], ech: {status: 'not-applicable', publicNames: []}},
		questions: 0,
	};
}

/** The name and all names above it, without the root. */
const ancestorsOf = (name: string): readonly string[] => {
	const labels = name.split('.');
	return labels.map((_, index) => labels.slice(index).join('.'));
};

/** The first name that has records counts; the target's own name is the first. RFC 8659 §3. */
function nearest(found: readonly FoundRecords<'CAA'>[]): FoundRecords<'CAA'> {
	const decisive = found.find(({status}) => status !== 'absent');
	return decisive ?? {...found[0]!, isSigned: found.every(({isSigned}) => isSigned)};
}

const httpsPort = 443;

/** RFC 9460 §9.1. @returns Undefined if the service is not HTTPS. */
const nameOfHttps = (name: string, {port, startTls}: ProbeTarget): string | undefined =>
	startTls === undefined ? (port === httpsPort ? name : `_${port}._https.${name}`) : undefined;

const noHttps: FoundRecords<'HTTPS'> = {
	type: 'HTTPS',
	name: '',
	status: 'not-applicable',
	reason: 'the service is not HTTPS',
	records: [],
};

/** More aliases are not followed. RFC 9460 §3. */
const mostAliases = 8;

/** A record of priority 0 makes the name an alias. RFC 9460 §2.4.2. */
function* followAliases(
	first: FoundRecords<'HTTPS'>,
): Conversation<{readonly https: FoundRecords<'HTTPS'>; readonly aliases: readonly string[]}, QuestionAsk> {
	const aliases: string[] = [];
	let https = first;
	while (aliases.length < mostAliases) {
		const alias = https.records.find(({priority}) => priority === 0);
		// The target `.` says that the service is not available.
		if (alias === undefined || alias.target === '.') {
			break;
		}

		aliases.push(https.name);
		https = ofType(yield* lookUp([{name: alias.target.toLowerCase(), type: 'HTTPS'}]), 'HTTPS')[0]!;
	}

	return {https, aliases};
}

/** More records than this are not reported. */
const mostRecords = 50;

function looked({status, name, isSigned, reason, records}: FoundRecords): LookUpResult {
	const more = records.length - mostRecords;
	return {
		status,
		...(name === '' ? {} : {name}),
		...(isSigned === undefined ? {} : {isSigned}),
		...(reason === undefined ? {} : {reason}),
		...(more > 0 ? {moreRecords: more} : {}),
	};
}

const plain = <Item extends DnsRecord>(records: readonly Item[]): readonly Omit<Item, 'type'>[] =>
	records.slice(0, mostRecords).map(({type: _, ...others}) => others);
