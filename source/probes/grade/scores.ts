import {type VersionName, versionNames} from '../../iana/versions.js';
import {identitiesOfTarget} from '../certificates/demand.js';
import type {KeyReport} from '../certificates/identity-report.js';
import {type SuiteReport, versionsIn} from '../cipher-suites/suites-report.js';
import {versionsIn as groupsIn} from '../groups/groups-report.js';
import type {GradeInput} from './grade-input.js';

/** The guide has no number for TLS 1.3: SSL Labs counts it as TLS 1.2. */
const protocolScores: Readonly<Record<VersionName, number>> = {
	SSLv2: 0,
	SSLv3: 80,
	'TLSv1.0': 90,
	'TLSv1.1': 95,
	'TLSv1.2': 100,
	'TLSv1.3': 100,
};

export const acceptedIn = ({versions}: GradeInput): readonly VersionName[] =>
	versionNames.filter(name => versions[name]?.status === 'accepted');

export const suitesIn = ({cipherSuites}: GradeInput): readonly SuiteReport[] =>
	versionsIn(cipherSuites).flatMap(([, {accepted}]) => accepted);

/** The mean of the best and the worst. */
const middleOf = (scores: readonly number[]): number => (scores.length === 0 ? 0 : (Math.max(...scores) + Math.min(...scores)) / 2);

export const protocolScore = (input: GradeInput): number => middleOf(acceptedIn(input).map(name => protocolScores[name]));

export const cipherScore = (input: GradeInput): number =>
	middleOf(suitesIn(input).map(({bits}) => (bits === 0 ? 0 : bits < 128 ? 20 : bits < 256 ? 80 : 100)));

/** By the weakest key, group or DH parameters. */
export function keyExchangeScore(input: GradeInput): number {
	const suites = suitesIn(input);
	if (suites.some(({authentication}) => authentication === 'anon')) {
		return 0;
	}

	const strengths = strengthsIn(input).map(({bits}) => bits);
	const isExport = suites.some(({name}) => name.includes('EXPORT'));
	const scores = [...strengths.map(scoreOfBits), ...(isExport ? [40] : [])];
	return scores.length === 0 ? 0 : Math.min(...scores);
}

const scoreOfBits = (bits: number): number => (bits < 512 ? 20 : bits < 1024 ? 40 : bits < 2048 ? 80 : bits < 4096 ? 90 : 100);

/** The strengths of keys and groups, in bits of an RSA key of the same strength. */
export function strengthsIn(input: GradeInput): readonly {readonly what: string; readonly bits: number}[] {
	const keys = identitiesOfTarget(input.certificates).flatMap(({leaf}) => {
		const bits = leaf?.key && bitsOfKey(leaf.key);
		return bits === undefined ? [] : [{what: 'the key of a certificate', bits}];
	});
	const groups = groupsIn(input.groups).flatMap(([, {accepted, dhParameters = []}]) => [
		...accepted.flatMap(({name}) => {
			const bits = bitsOfGroup(name);
			return bits === undefined ? [] : [{what: name, bits}];
		}),
		...dhParameters.map(({bits}) => ({what: 'DH parameters', bits})),
	]);
	return [...keys, ...groups];
}

const bitsOfKey = ({type, bits, curve}: KeyReport): number | undefined =>
	curve === undefined ? (type === 'ed25519' ? bitsOfCurve(256) : type === 'ed448' ? bitsOfCurve(448) : bits) : bitsOfGroup(curve);

/** Undefined if the strength is not known. A hybrid is stronger than its curve. */
function bitsOfGroup(name: string): number | undefined {
	const size = /^ffdhe(?<size>\d+)$/.exec(name)?.groups?.size;
	if (size !== undefined) {
		return Number(size);
	}

	if (/MLKEM|Kyber/.test(name)) {
		return undefined;
	}

	const curve = /25519/.test(name)
		? 256
		: /448/.test(name)
			? 448
			: Number(/(?:P-|sec[pt]|brainpoolP|prime)(?<size>\d+)/.exec(name)?.groups?.size);
	return Number.isNaN(curve) ? undefined : bitsOfCurve(curve);
}

/** NIST SP 800-57 Part 1, table 2. */
const bitsOfCurve = (size: number): number =>
	size < 160 ? 512 : size < 224 ? 1024 : size < 256 ? 2048 : size < 384 ? 3072 : size < 512 ? 7680 : 15_360;
