import {readdirSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {CertificateReport, Report, VersionReport} from '../../source/engine/report.js';
import {type FormatName, formats, loadFormat} from '../../source/formats/index.js';
import {asJudged} from '../../source/formats/judged.js';
import type {TerminalFeatures} from '../../source/formats/paint.js';
import {openSpool} from '../../source/outputs/spool.js';
import {type AnyReportPart, reportParts} from '../../source/probes/report-parts.js';

const folder = 'fixtures/reports';
export const plainLook = {hasColor: false, hasUnicode: true, columns: 80};

export const readReports = (): TargetResult[] =>
	readdirSync(folder)
		.filter(file => file.endsWith('.json'))
		.toSorted()
		.map(file => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as TargetResult);

/** How its golden output is named. */
export const extensionOf = (name: FormatName): string => formats[name].extension ?? `.${name}.txt`;

/** A whole output. */
export async function rendered(
	name: FormatName,
	results: readonly TargetResult[],
	parts: readonly AnyReportPart[] = reportParts,
	look: TerminalFeatures = plainLook,
): Promise<string> {
	const format = await loadFormat(name);
	const rendering = format.start({look, toolVersion: '0.1.0', parts, openSpool: () => openSpool(tmpdir())});
	let text = '';
	for (const result of results) {
		text += await rendering.add(asJudged(result));
	}

	const rest = rendering.end();
	return text + (typeof rest === 'string' ? rest : [...rest].join(''));
}

/** A result in which everything that a user, a list, a server or a proxy can write says the same. */
export function sayingEverywhere(words: string): TargetResult {
	const version = (fields: Partial<VersionReport>): VersionReport => ({
		status: 'inconclusive',
		reason: 'proxy-refused',
		durationMs: 1,
		shape: 'short',
		attempts: 1,
		...fields,
	});
	const answer = {kind: 'http', status: 400, reason: words, code: words, words, upgrade: words, server: words} as const;
	const certificate: CertificateReport = {
		...{sha256: words, subject: `CN=${words}`, issuer: words, validFrom: words, validTo: words, names: [words], validity: 'expired'},
		...{selfSigned: false, askedFor: words, fits: false, chain: [{sha256: words, subject: words, issuer: words}]},
	};
	const report: Report = {
		target: words,
		host: words,
		port: 443,
		address: words,
		serverName: `${words}.`,
		versions: {
			'TLSv1.0': version({words}),
			'TLSv1.1': version({reason: 'malformed', problem: words}),
			'TLSv1.2': version({
				reason: 'unreachable',
				code: words,
				confirmed: {
					...{handshake: 'completed', verdict: 'refused', because: 'code', answer, certificate, durationMs: 1, attempts: 1},
					differsFrom: {version: 'TLSv1.3', answer: {kind: 'not-http', looksLike: words}},
				},
			}),
			'TLSv1.3': version({reason: 'not-tls', looksLike: {protocol: 'text', hint: words} as VersionReport['looksLike']}),
		},
		verdict: 'inconclusive',
		certificate,
		startedAt: '2026-03-02T09:30:00.000Z',
		durationMs: 12.3,
		toolVersion: '0.1.0',
	};
	const nowhere: Report = {...report, address: null, versions: {}, reason: 'invalid-target', problem: words};
	return {
		target: {target: words, host: words, port: 443},
		recordings: [
			{report, attempts: []},
			{report: nowhere, attempts: []},
		],
		skipped: [{address: words, code: words}],
		verdict: 'inconclusive',
	};
}

/** Read once: some tests ask for many thousand results, one at a time. */
let models: readonly TargetResult[] | undefined;

/** A result for each of many names, of every verdict. */
export function manyResults(count: number): TargetResult[] {
	models ??= ['pass', 'pass', 'pass', 'fail-old-versions', 'pass-one-current-version', 'inconclusive-silent', 'anomalies'].map(
		name => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as TargetResult,
	);
	const known = models;
	return Array.from({length: count}, (_, index) => {
		const model = known[index % known.length]!;
		const host = `server-${index}.example.com`;
		const target = {target: `${host}:443`, host, port: 443};
		const [first] = model.recordings;
		return {...model, target, recordings: [{...first, report: {...first.report, ...target, serverName: host}}]};
	});
}
