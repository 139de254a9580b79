import {versionNames} from '../../iana/versions.js';
import {capsOf, fatalVulnerabilities, longHstsSeconds} from './caps.js';
import type {GradeInput} from './grade-input.js';
import {type Cap, type GradeReport, type Letter, letters} from './grade-report.js';
import {acceptedIn, cipherScore, keyExchangeScore, protocolScore} from './scores.js';

/**
The grade by the SSL Labs server rating guide, version 2009r (16 May 2025): https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide

It is computed from what other probes report, and asks nothing.
*/
export function gradeOf(input: GradeInput): GradeReport {
	const [protocol, keyExchange, cipher] = [protocolScore(input), keyExchangeScore(input), cipherScore(input)];
	const isZero = [protocol, keyExchange, cipher].includes(0);
	const score = isZero ? 0 : Math.round((0.3 * protocol + 0.3 * keyExchange + 0.4 * cipher) * 10) / 10;
	const {caps, open} = capsOf(input);
	const base = {score, protocol, keyExchange, cipher, caps, open, notSeen: notSeenIn(input), guide: '2009r'} as const;
	if (acceptedIn(input).length === 0) {
		return {...base, letter: null, caps: [], open: []};
	}

	const first = letterOfScore(score);
	// A+ needs HSTS for half a year.
	const best = first === 'A' && hasLongHsts(input) ? 'A+' : first;
	const letter = worst([best, ...caps.map(cap => cap.letter)]);
	const others = caps.filter(cap => !isAboutTrust(cap));
	return isAboutTrust({letter}) ? {letter, withoutTrust: worst([best, ...others.map(cap => cap.letter)]), ...base} : {letter, ...base};
}

const isAboutTrust = ({letter}: Pick<Cap, 'letter'>): boolean => letter === 'T' || letter === 'M';

const hasLongHsts = ({http}: GradeInput): boolean =>
	typeof http === 'object' && (http.strictTransportSecurity?.maxAgeSeconds ?? 0) >= longHstsSeconds;

const letterOfScore = (score: number): Letter =>
	score >= 80 ? 'A' : score >= 65 ? 'B' : score >= 50 ? 'C' : score >= 35 ? 'D' : score >= 20 ? 'E' : 'F';

const worst = (all: readonly Letter[]): Letter => letters[Math.max(...all.map(letter => letters.indexOf(letter)))]!;

/** What SSL Labs checks and this run did not. */
function notSeenIn({versions, certificates, vulnerabilities, http}: GradeInput): readonly string[] {
	const missing = Object.entries({...fatalVulnerabilities, poodle: 'POODLE'})
		.filter(([name]) => vulnerabilities?.[name] === undefined)
		.map(([, title]) => title);
	const hasRevocation = certificates.some(({revocation}) => revocation !== undefined);
	const unasked = versionNames.filter(name => versions[name] === undefined);
	return [
		...(unasked.length === 0 ? [] : [`${unasked.join(' and ')}, which ${unasked.length > 1 ? 'were' : 'was'} not asked for`]),
		...(http === undefined ? ['HSTS, which decides between A-, A and A+'] : []),
		...(missing.length === 0 ? [] : [`these vulnerabilities: ${missing.join(', ')}`]),
		...(hasRevocation ? [] : ['revocation by CRL and OCSP; only a stapled response was checked']),
		'forward secrecy with simulated browsers; here it caps the grade only if no suite has it',
		'keys of the Debian flaw (CVE-2008-0166)',
	];
}
