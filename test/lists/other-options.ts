import test from 'ava';
import {defaultOptions, type ProbeOptions, type UsualChoice, usualProbes} from '../../source/engine/probe-options.js';
import type {Report} from '../../source/engine/report.js';
import {type OtherOption, otherOptions} from '../../source/lists/other-options.js';
import {oneSample, samplesOfEach} from '../../source/probes/versions/sample.js';
import {parseProxy} from '../../source/transport/proxy/url.js';

const usual: UsualChoice = {versions: ['TLSv1.2'], samples: oneSample};
const options: ProbeOptions = {...defaultOptions, probes: usualProbes(usual), toolVersion: '0.1.0'};
const version = {status: 'rejected', reason: 'alert', durationMs: 1, shape: 'short', attempts: 1} as const;
const report: Report = {
	target: 'a.example:25',
	host: 'a.example',
	port: 25,
	address: '192.0.2.1',
	serverName: 'a.example',
	versions: {'TLSv1.2': version},
	verdict: 'pass',
	position: 0,
	startedAt: '2026-03-02T09:30:00.000Z',
	durationMs: 1,
	toolVersion: '0.1.0',
};
const nowhere: Partial<Report> = {address: null, versions: {}, verdict: 'inconclusive', reason: 'name-not-found'};

const proxyOf = (url: string) => {
	const parsed = parseProxy(url);
	return parsed.kind === 'proxy' ? parsed.proxy : undefined;
};
const proxy = proxyOf('http://user:secret@proxy.example:3128');
const label = 'http://user:***@proxy.example:3128';

type Case = readonly [title: string, line: Partial<Report>, run: Partial<ProbeOptions & UsualChoice>, others: readonly string[]];

const cases: readonly Case[] = [
	['nothing', {}, {}, []],
	['confirm now', {}, {confirms: true}, ['probes: undefined, confirm']],
	['confirm then', {asked: {probes: ['versions', 'confirm']}}, {}, ['probes: confirm, undefined']],
	['confirm both times', {asked: {probes: ['versions', 'confirm']}}, {confirms: true}, []],
	['another probe then', {asked: {probes: ['versions', 'cipher-suites']}}, {}, ['probes: cipher-suites, undefined']],
	['certificate now', {}, {besides: ['certificate']}, ['probes: undefined, certificate']],
	['a certificate that --evidence reads', {}, {readsCertificate: true}, []],
	['confirm now, of a name that was not found', nowhere, {confirms: true}, ['probes: undefined, confirm']],
	['samples now', {}, {samples: samplesOfEach(3)}, ['samples: undefined, 3']],
	['other samples', {asked: {samples: 5}}, {samples: samplesOfEach(3)}, ['samples: 5, 3']],
	['one sample, as lists ask anyway', {}, {samples: samplesOfEach(1)}, []],
	['a policy now', {}, {policies: ['pci-dss']}, ['policies: undefined, pci-dss']],
	['a policy then', {asked: {policies: ['azure']}}, {}, ['policies: azure, undefined']],
	['the same policies', {asked: {policies: ['azure', 'rfc8996']}}, {policies: ['rfc8996', 'azure']}, []],
	['authorities then', {asked: {authorities: 'ab'.repeat(32)}}, {}, [`authorities: ${'ab'.repeat(32)}, undefined`]],
	['other versions', {}, {versions: ['TLSv1.0', 'TLSv1.2']}, ['versions: TLSv1.2, TLSv1.0,TLSv1.2']],
	['other versions, of a name that was not found', nowhere, {versions: ['TLSv1.0']}, []],
	['evidence now', {}, {evidence: true}, ['evidence: undefined, ']],
	['evidence then', {versions: {'TLSv1.2': {...version, evidence: []}}}, {}, ['evidence: , undefined']],
	['ALPN', {alpn: ['h2']}, {alpn: ['mqtt', 'h2']}, ['alpn: h2, mqtt,h2']],
	['the same ALPN', {alpn: ['h2']}, {alpn: ['h2']}, []],
	['the PROXY protocol', {}, {proxyProtocol: 2}, ['proxyProtocol: undefined, 2']],
	['a server name', {}, {serverName: 'b.example'}, ['serverName: undefined, b.example']],
	['no server name', {}, {serverName: null}, ['serverName: undefined, ']],
	['a server name then', {serverName: 'b.example'}, {}, ['serverName: b.example, undefined']],
	['the name that it has anyway', {}, {serverName: 'a.example'}, []],
	['a server name of the list', {serverName: 'b.example', given: {serverName: 'b.example'}}, {serverName: 'c.example'}, []],
	['a second time without a name', {}, {alsoWithoutServerName: true}, ['withoutServerName: undefined, ']],
	['a second time without a name, of an address', {host: '192.0.2.1', serverName: null}, {alsoWithoutServerName: true}, []],
	['a proxy', {}, {proxy}, [`proxy: undefined, ${label}`]],
	['the same proxy', {proxy: label}, {proxy}, []],
	['a proxy that does not hold for the target', {}, {proxy, noProxy: 'a.example'}, []],
	['a proxy of the list', {proxy: label, given: {proxy: label}}, {}, []],
	['a comparison with the way around the proxy', {proxy: label}, {proxy, comparesDirect: true}, ['direct: undefined, ']],
	['STARTTLS', {}, {startTls: 'smtp'}, ['startTls: undefined, smtp']],
	['STARTTLS by the port', {starttls: 'smtp'}, {startTls: 'auto'}, []],
	['STARTTLS of the list', {starttls: 'imap', given: {starttls: 'imap'}}, {startTls: 'auto'}, []],
	['what changes no result', {}, {timeoutMs: 1, deadlineMs: 1, retries: 7, maxConnections: 1}, []],
	['what was not asked', {...nowhere, reason: 'not-reached'}, {confirms: true, samples: samplesOfEach(3)}, []],
	['what is no target', {...nowhere, reason: 'invalid-target'}, {confirms: true}, []],
	['two at once', {}, {confirms: true, evidence: true}, ['probes: undefined, confirm', 'evidence: undefined, ']],
];

const inBrief = ({name, before, now}: OtherOption): string => `${name}: ${before}, ${now}`;

for (const [title, line, run, others] of cases) {
	test(`${title}: ${others.length === 0 ? 'the run may go on' : others.join('; ')}`, t => {
		t.deepEqual(otherOptions({...report, ...line}, {...options, ...run, probes: usualProbes({...usual, ...run})}).map(inBrief), others);
	});
}

test('a line with fewer fields throws nothing', t => {
	const brief = {target: 'a:1', versions: {'TLSv1.2': {status: 'rejected'}}, verdict: 'pass'} as unknown as Report;
	t.deepEqual(otherOptions(brief, options), []);
});
