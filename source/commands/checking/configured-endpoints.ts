import {statSync} from 'node:fs';
import type {Report} from '../../engine/report.js';
import {parseTarget} from '../../engine/target.js';
import {listed, reasonInWords} from '../../formats/words.js';
import type {RuleJudgement} from '../../policy/evaluate.js';
import type {Expectation} from '../../policy/expectation.js';
import {products, recogniseProduct} from '../../proxies/index.js';
import {type Configuration, ConfigurationError, type ConfiguredEndpoint, type Product} from '../../proxies/product.js';
import {systemFiles} from '../../proxies/reading/files.js';
import {type VersionName, versionNames} from '../../registry/versions.js';
import {UsageError} from '../command.js';
import {readWords} from '../probing/read-words.js';
import type {CheckEndpoint} from './list-endpoints.js';

export type ConfigurationRequest = {
	readonly file: string;
	/** Undefined where it is to be recognised. */
	readonly type: string | undefined;
	/** Where to connect to what listens on every address. */
	readonly host: string | undefined;
	/** What is expected beside what the configuration says. */
	readonly expect: Expectation;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
What a proxy's configuration says is reachable, and with which versions, as endpoints to check.

@returns Also what was left out and why.
@throws {UsageError} For a file that cannot be read, or in which nothing speaks TLS.
*/
export function configuredEndpoints(request: ConfigurationRequest): {
	readonly endpoints: readonly CheckEndpoint[];
	readonly notes: readonly string[];
} {
	const configuration = readConfiguration(request);
	const problems = configuration.endpoints.map(endpoint => ({endpoint, problem: problemOf(endpoint, request)}));
	const endpoints = problems.filter(({problem}) => problem === undefined).map(({endpoint}) => endpoint);
	const notes = [
		...configuration.notes,
		...new Set(
			problems.filter(({problem}) => problem !== undefined).map(({endpoint, problem}) => `${endpoint.statedAt}: is left out: ${problem}`),
		),
	];
	const unique = new Map(
		endpoints.map(endpoint => [
			`${endpoint.host} ${endpoint.foundAt} ${endpoint.port} ${endpoint.serverName} ${endpoint.startTls}`,
			endpoint,
		]),
	);
	if (unique.size === 0) {
		const what = configuration.endpoints.length === 0 ? 'nothing in it accepts TLS' : 'nothing in it can be checked';
		throw new UsageError(`${request.file}: ${what}${notes.length > 0 ? `\n${notes.join('\n')}` : ''}`);
	}

	return {endpoints: [...unique.values()].map(endpoint => endpointOf(endpoint, request)), notes};
}

/** Why an endpoint cannot be checked; undefined where it can. */
function problemOf({accepts, rejects, foundAt}: ConfiguredEndpoint, {host, expect}: ConfigurationRequest): string | undefined {
	if (accepts.length === 0 && rejects.length === 0 && expect.length === 0) {
		return 'nothing certain is said of its versions; with --policy NAME it is checked all the same';
	}

	return foundAt === null && host === undefined ? 'its address is not in it; say where with --config-host HOST' : undefined;
}

function readConfiguration({file, type, environment}: ConfigurationRequest): Configuration {
	const files = systemFiles(environment);
	if (!isThere(file)) {
		throw new UsageError(`--config: there is no file ${file}`);
	}

	const product = type === undefined ? recogniseProduct(files.read(file) ?? '') : productNamed(type);
	if (product === undefined) {
		throw new UsageError(`--config ${file}: whose configuration is it? say --config-type ${products.map(({name}) => name).join(' or ')}`);
	}

	try {
		return product.read(file, files);
	} catch (error) {
		throw error instanceof ConfigurationError ? new UsageError(`${error.message} (read as ${product.name}'s)`) : error;
	}
}

/** @throws {UsageError} For a name that the system does not look up, such as one that is too long. */
function isThere(file: string): boolean {
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch (error) {
		throw new UsageError(`--config: ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
	}
}

function productNamed(type: string): Product {
	const [name] = readWords(
		'--config-type',
		[type],
		products.map(product => product.name),
	);
	return products.find(product => product.name === name)!;
}

function endpointOf(
	{host, foundAt, port, serverName, accepts, rejects, statedAt, proxyProtocol, startTls, likelyCause}: ConfiguredEndpoint,
	request: ConfigurationRequest,
): CheckEndpoint {
	const connect = host ?? request.host ?? foundAt ?? '127.0.0.1';
	const parsed = parseTarget(`${connect.includes(':') ? `[${connect}]` : connect}:${port}`);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`${statedAt}: the address is no host`);
	}

	const source = {name: statedAt};
	return {
		kind: 'endpoint',
		name: serverName ?? undefined,
		target: parsed.target,
		serverName: serverName ?? (host === null ? null : undefined),
		expect: [
			...(accepts.length > 0 ? [{kind: 'rule' as const, rule: 'configured-accepts', parameters: {accepts}, source}] : []),
			...(rejects.length > 0 ? [{kind: 'rule' as const, rule: 'configured-rejects', parameters: {rejects}, source}] : []),
			...request.expect,
		],
		route: {proxy: undefined, isProxyExempt: () => false, comparesDirect: false, startTls, proxyProtocol},
		reword: (judgement, report) => reword(judgement, report, {proxyProtocol, likelyCause}),
	};
}

/** How the running server differs from its file, and what is the likely cause. */
function reword(
	judgement: RuleJudgement,
	report: Report,
	{proxyProtocol, likelyCause}: Pick<ConfiguredEndpoint, 'proxyProtocol' | 'likelyCause'>,
): RuleJudgement {
	const {ruleId, status, versions, message} = judgement;
	if (!ruleId.startsWith('configured-') || status === 'pass') {
		return judgement;
	}

	const unfit = unfitVersions(versions, report);
	const names = `${listed(versions)} ${versions.length > 1 ? 'are' : 'is'}`;
	if (status === 'inconclusive') {
		const seen = Object.values(report.versions);
		const isDown = seen.length > 0 && seen.every(({reason}) => reason === 'unreachable' || reason === 'silent');
		if (isDown) {
			return {...judgement, message: `the listener does not answer: ${reasonInWords(seen[0]!)}`};
		}

		// Nothing is accepted, but the server tells this version from those that it lacks.
		if (unfit.length > 0 && versionNames.some(name => alertOf(report.versions, name) === 'protocol_version')) {
			return {...judgement, message: `${names} listed, but ${unfitWords}`};
		}

		return proxyProtocol === undefined
			? judgement
			: {...judgement, message: `${message}, with the PROXY protocol first, as the file has it: what runs may not want it`};
	}

	if (ruleId === 'configured-rejects') {
		return {...judgement, message: `${names} not listed, but accepted: ${likelyCause ?? elsewhere}`};
	}

	if (unfit.length > 0) {
		const others = versions.filter(name => !unfit.includes(name));
		const rest = others.length === 0 ? '' : `; ${reword({...judgement, versions: others}, report, {proxyProtocol, likelyCause}).message}`;
		return {
			...judgement,
			message: `${listed(unfit)} ${unfit.length > 1 ? 'are' : 'is'} listed, but ${unfitWords}${rest}`,
		};
	}

	if (likelyCause !== undefined) {
		return {...judgement, message: `${names} listed, but refused: ${likelyCause}`};
	}

	const isOld = versions.every(name => name !== 'TLSv1.2' && name !== 'TLSv1.3');
	const cause = isOld
		? `the security level or the build of its OpenSSL may rule ${versions.length > 1 ? 'them' : 'it'} out, or ${elsewhere}`
		: elsewhere;
	return {...judgement, message: `${names} listed, but refused: ${cause}`};
}

/**
The versions before TLS 1.3 that are there, but have no cipher suite for the certificate: a server that lacks a version says
protocol_version. Older ones count with TLS 1.2 alone, for a security level has the same effect on them.
*/
function unfitVersions(versions: readonly VersionName[], {versions: seen}: Report): readonly VersionName[] {
	const failed = versions.filter(name => name !== 'TLSv1.3' && alertOf(seen, name) === 'handshake_failure');
	return failed.includes('TLSv1.2') ? failed : [];
}

const alertOf = (seen: Report['versions'], name: VersionName): string | undefined => seen[name]?.alert;

const unfitWords = 'refused with handshake_failure: no cipher suite of the configuration fits the certificate';
const elsewhere = 'something else answers here, or the file is not what runs';
