import {bracketed} from '../bytes/bracketed.js';
import {firstOfEach} from '../bytes/group-by.js';
import {InputError} from '../bytes/input-error.js';
import {parseTarget, type Target} from '../engine/target.js';
import type {Expectation} from '../policy/expectation.js';
import type {DemandClause} from '../policy/rule.js';
import {wordOf} from '../probes/report-parts.js';
import {recogniseForeign} from '../server-configs/index.js';
import type {Configuration, ConfiguredEndpoint, Product} from '../server-configs/product.js';
import {ConfigurationError} from '../server-configs/reading/configuration-error.js';
import type {ConfiguredDemand} from '../server-configs/reading/configured-demands.js';
import {systemFiles} from '../server-configs/reading/files.js';
import type {ProductVersion} from '../server-configs/reading/product-version.js';
import {explainConfigured} from './explain-configured.js';
import {installedVersion} from './installed-version.js';
import type {CheckEndpoint} from './list-endpoints.js';

export type ConfigurationRequest = {
	readonly file: string;
	readonly product: Product;
	/** Whether the product was recognised by what is in the file, and not named. */
	readonly isRecognised: boolean;
	/** Which version of the product runs it. Undefined where that is to be found out. */
	readonly version: ProductVersion | undefined;
	/** Where to connect to what listens on every address. */
	readonly host: string | undefined;
	/** What is expected beside what the configuration says. */
	readonly expect: Expectation;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
What a proxy's configuration says is reachable, and with which versions, as endpoints to check.

@returns Also what was left out and why.
@throws {InputError} For a file that cannot be read, or in which nothing speaks TLS.
*/
export function configuredEndpoints(request: ConfigurationRequest): {
	readonly endpoints: readonly CheckEndpoint[];
	readonly notes: readonly string[];
} {
	const {readAs, ...configuration} = readConfiguration(request);
	const notes = [...configuration.notes];
	const leaveOut = ({statedAt}: ConfiguredEndpoint, why: string): undefined => void notes.push(`${statedAt}: left out: ${why}`);
	const named = new Set(configuration.endpoints.filter(({host}) => host !== null).map(({host, port}) => `${host} ${port}`));
	const endpoints = configuration.endpoints.filter(endpoint => {
		const problem = problemOf(endpoint, request, named);
		return problem === undefined || leaveOut(endpoint, problem);
	});
	const unique = firstOfEach(
		endpoints,
		({host, foundAt, port, serverName, startTls}) => `${host} ${foundAt} ${port} ${serverName} ${startTls}`,
	);
	const checked = unique.flatMap(endpoint => {
		const host = placeOf(endpoint, request);
		const parsed = parseTarget(`${bracketed(host)}:${endpoint.port}`);
		return parsed.kind === 'invalid'
			? (leaveOut(endpoint, 'the address is not a host') ?? [])
			: [endpointOf(endpoint, parsed.target, request)];
	});
	const allNotes = [...readAs, ...new Set(notes)];
	if (checked.length === 0) {
		throw new InputError([whyNothing({...configuration, notes}, request), ...allNotes].join('\n'), {place: request.file});
	}

	return {endpoints: checked, notes: allNotes};
}

/** Where what listens on every address of this machine is looked for. */
const usualHost = '127.0.0.1';

const placeOf = ({host, foundAt}: ConfiguredEndpoint, request: ConfigurationRequest): string =>
	host ?? request.host ?? foundAt ?? usualHost;

/**
Why an endpoint cannot be checked; undefined where it can.

@param named - `HOST PORT` of each listener that names an address.
*/
function problemOf(endpoint: ConfiguredEndpoint, request: ConfigurationRequest, named: ReadonlySet<string>): string | undefined {
	const {host, foundAt, port, accepts, rejects} = endpoint;
	if (accepts.length === 0 && rejects.length === 0 && request.expect.length === 0) {
		return 'its versions are not certain; use --policy NAME to check it anyway';
	}

	if (foundAt === null && request.host === undefined) {
		return 'the file does not contain its address; set it with --config-host HOST';
	}

	const place = placeOf(endpoint, request);
	return host === null && named.has(`${place} ${port}`)
		? `another listener answers at ${place}:${port}; set another address with --config-host`
		: undefined;
}

/** Of what was not understood, nothing is said. */
function whyNothing(
	{endpoints, listeners, notes}: Configuration,
	{file, product: {name: product}, isRecognised, environment}: ConfigurationRequest,
): string {
	const foreign = isRecognised ? undefined : recogniseForeign(systemFiles(environment).read(file) ?? '');
	if (foreign !== undefined) {
		return `nothing that accepts TLS was found in it, read as ${product}'s; it looks like a configuration of ${foreign.name}, which is not supported`;
	}

	if (endpoints.length > 0) {
		return 'nothing in it can be checked';
	}

	if (listeners === 0) {
		return `no listener was found in it, read as ${product}'s; set another product with --config-type`;
	}

	return notes.length === 0 ? 'nothing in it accepts TLS' : 'nothing that accepts TLS was found in it, and not all of it was read:';
}

/** @returns Also which product it is read as, and, where that was found out, as which version. */
function readConfiguration(request: ConfigurationRequest): Configuration & {readonly readAs: readonly string[]} {
	const {file, product, environment} = request;
	const readAs: string[] = [];
	try {
		return {...product.read(file, systemFiles(environment), {version: versionOf(request, readAs)}), readAs};
	} catch (error) {
		throw error instanceof ConfigurationError ? new InputError(`${error.message} (read as ${product.name}'s)`) : error;
	}
}

/** The version that is named; else that of the program which is installed here, where what it runs is looked for here. Found only if it is asked for. */
function versionOf(
	{product: {name, installed}, version, host, environment}: ConfigurationRequest,
	notes: string[],
): () => ProductVersion | undefined {
	if (version !== undefined) {
		return () => version;
	}

	let isAsked = false;
	let known: ProductVersion | undefined;
	return () => {
		if (!isAsked && installed !== undefined && host === undefined) {
			const found = installedVersion(installed, environment);
			known = found?.version;
			if (found !== undefined) {
				notes.push(`read as ${name} ${found.text} does, which is installed here; set another version with --config-version`);
			}
		}

		isAsked = true;
		return known;
	};
}

function endpointOf(
	{host, serverName, accepts, rejects, statedAt, proxyProtocol, startTls, likelyCause, withoutSuite, demands = []}: ConfiguredEndpoint,
	target: Target,
	request: ConfigurationRequest,
): CheckEndpoint {
	const source = {name: statedAt};
	return {
		kind: 'endpoint',
		name: serverName ?? undefined,
		target,
		options: {serverName: serverName ?? (host === null ? null : undefined), startTls, proxyProtocol},
		given: {serverName: serverName ?? undefined},
		expect: [
			...(accepts.length > 0 ? [{kind: 'rule' as const, rule: 'configured-accepts', parameters: {accepts}, source}] : []),
			...(rejects.length > 0 ? [{kind: 'rule' as const, rule: 'configured-rejects', parameters: {rejects}, source}] : []),
			...demands.map(demand => ({kind: 'demand' as const, clause: clauseOf(demand)})),
			...request.expect,
		],
		explainJudgement: (judgement, report) => explainConfigured(judgement, report, {proxyProtocol, likelyCause, withoutSuite}),
	};
}

function clauseOf({field, demand, statedAt}: ConfiguredDemand): DemandClause {
	const word = wordOf(field);
	return {
		ruleId: `configured-${word}`,
		title: `the ${word.replace('-', ' ')} are as the configuration states`,
		source: {name: statedAt},
		field,
		demand,
	};
}
