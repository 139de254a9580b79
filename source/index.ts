import {readFileSync} from 'node:fs';
import {definedFields} from './bytes/defined-fields.js';
import {batch} from './engine/batch.js';
import {checkOptions, shown} from './engine/check-options.js';
import {emptyReport} from './engine/empty-report.js';
import {probeTarget} from './engine/probe-target.js';
import type {Report} from './engine/report.js';
import {parseTarget} from './engine/target.js';
import type {ClientsReport} from './formats/clients.js';
import type {ClientListener} from './library/hear-clients.js';
import {hooksOf, type Options, readOptions} from './library/options.js';
import {probes as probeList} from './probes/index.js';
import type {WindowsClientsReport, WindowsServersReport} from './windows/report-json.js';

export {InputError} from './bytes/input-error.js';
export {readResults} from './compare/read-results.js';
export type {
	AnswerReport,
	CertificateReport,
	ChainedCertificate,
	ConfirmedReport,
	Difference,
	DirectReport,
	Evidence,
	HandshakeFailure,
	Report,
	TargetReason,
	VersionReport,
	VersionReports,
} from './engine/report.js';
export type {Anomaly, LooksLike} from './exchange/outcome.js';
export type {ClientAnswer, ClientsReport} from './formats/clients.js';
export type {VersionName} from './iana/versions.js';
export type {ClientListener} from './library/hear-clients.js';
export type {Options} from './library/options.js';
export type {HeardClient} from './listener/client-text.js';
export type {EndpointVerdict} from './policy/default-expectation.js';
export {type Change, diff, type Observed} from './policy/diff.js';
export type {RuleJudgement} from './policy/evaluate.js';
export {policies} from './policy/policies/index.js';
export type {Policy} from './policy/policy.js';
export type {ProbeName} from './probes/index.js';
export type {Reason, Status} from './probes/versions/finding.js';
export type {StartTlsName} from './transport/starttls/index.js';
export type {RemedyReport, WindowsClientsReport, WindowsServersReport} from './windows/report-json.js';

/**
Tell which TLS versions servers accept.

@param targets - `host`, `host:port`, `[IPv6]:port` or a URL; one, a list, or a stream of them.
@returns One report per address of each target, as they come. Whatever a server does is in its report; it never throws.
@throws {TypeError} For an option that is not valid. A target that is not valid gets the report `invalid-target`.
*/
export async function* probe(
	targets: string | Iterable<string> | AsyncIterable<string>,
	options: Options = {},
): AsyncGenerator<Report, void, void> {
	const probeOptions = readOptions(options, toolVersion);
	const hooks = hooksOf(options);
	const list = typeof targets === 'string' ? [targets] : targets;
	const reportsOf = async (text: string): Promise<readonly Report[]> => {
		if (typeof text !== 'string') {
			throw new TypeError(`a target is a string, not ${shown(text)}`);
		}

		const parsed = parseTarget(text);
		if (parsed.kind === 'invalid') {
			return [invalidTarget(text, parsed.problem)];
		}

		const {target, startTls} = parsed;
		const {recordings} = await probeTarget(target, startTls === undefined ? probeOptions : {...probeOptions, startTls}, hooks);
		return recordings.map(({report}) => report);
	};

	for await (const reports of batch(list, reportsOf, {concurrency: options.concurrency ?? 16, signal: options.signal})) {
		yield* reports;
	}
}

const toolVersion = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string}).version;

/** How the endpoints of a check file are probed, where the file does not say it itself. */
export type CheckOptions = Pick<
	Options,
	| 'samples'
	| 'timeoutMs'
	| 'deadlineMs'
	| 'retries'
	| 'maxConnections'
	| 'concurrency'
	| 'confirms'
	| 'probes'
	| 'nameServers'
	| 'alpn'
	| 'signal'
> & {
	/** Policies that every endpoint is held to as well, by name. [none] */
	readonly policies?: readonly string[];
	/** The variables that `${NAME}` and `proxy: env` in the file stand for. The process's own are not looked at. [none] */
	readonly environment?: Readonly<Record<string, string | undefined>>;
	/** How long to wait for an endpoint that is not up yet, in milliseconds. [not at all] */
	readonly waitMs?: number;
};

const checkOptionNames = [
	...(['samples', 'timeoutMs', 'deadlineMs', 'retries', 'maxConnections', 'concurrency', 'confirms', 'probes'] as const),
	...(['nameServers', 'alpn', 'signal', 'policies', 'environment', 'waitMs'] as const),
] satisfies readonly (keyof CheckOptions)[];

/**
Hold endpoints to what a file states, as `tlsprobe check FILE` does.

@param file - The path of a check file, YAML or JSON: docs/check.md.
@returns One report per address of each endpoint, in the order of the file, each with `judgements`. A line of an included list that is no target
gets the report `invalid-target`.
@throws {InputError} For a file that cannot be read or means nothing, with every problem on a line, each with its file, line and column.
@throws {TypeError} For an option that means nothing.
*/
export async function* check(file: string, options: CheckOptions = {}): AsyncGenerator<Report, void, void> {
	checkOptions(options, checkOptionNames);
	const {policies: names = [], environment = {}, waitMs, concurrency = 16, ...others} = options;
	const probe = {...readOptions(others, toolVersion, false), waitMs};
	const {checkFile} = await import('./library/check-file.js');
	yield* checkFile(textOf(file, 'a check file is named by its path'), {
		policies: names,
		environment,
		concurrency,
		probe,
		hooks: hooksOf(options),
	});
}

/** How targets are asked as clients. */
export type ClientsOptions = Pick<
	Options,
	| 'timeoutMs'
	| 'deadlineMs'
	| 'retries'
	| 'maxConnections'
	| 'addresses'
	| 'family'
	| 'serverName'
	| 'resolve'
	| 'nameServers'
	| 'localAddress'
	| 'proxy'
	| 'startTls'
	| 'alpn'
	| 'signal'
> & {
	/** Names of clients, such as `java-8u161` or `windows-server-2012-r2`; a name stands for all that begin with it. [every client] */
	readonly clients?: readonly string[];
};

const clientsOptionNames = [
	...(['timeoutMs', 'deadlineMs', 'retries', 'maxConnections', 'addresses', 'family', 'serverName', 'resolve', 'nameServers'] as const),
	...(['localAddress', 'proxy', 'startTls', 'alpn', 'signal', 'clients'] as const),
] satisfies readonly (keyof ClientsOptions)[];

/**
Tell which old and new clients would connect to servers, as `tlsprobe clients` does. Here `addresses` is `first` and `deadlineMs` 120,000 where
they are not given.

@param targets - `host`, `host:port`, `[IPv6]:port` or a URL; one or a list.
@returns One report per address, one target after another. Nothing that a server does throws.
@throws {InputError} For what is no target, and for a client that is not known, before anything is asked.
@throws {TypeError} For an option that means nothing.
*/
export async function* clients(
	targets: string | readonly string[],
	options: ClientsOptions = {},
): AsyncGenerator<ClientsReport, void, void> {
	checkOptions(options, clientsOptionNames);
	const {clients: names, ...others} = options;
	const probe = readOptions({addresses: 'first', deadlineMs: 120_000, ...definedFields(others)}, toolVersion);
	const list = (typeof targets === 'string' ? [targets] : [...targets]).map(target => textOf(target, 'a target is a string'));
	const {askClients} = await import('./library/ask-clients.js');
	yield* askClients(list, names, probe, hooksOf(options));
}

/** What files about a Windows machine leave open. */
export type WindowsOptions = {
	/** The version of Windows, as winver or a file name has it: `Windows Server 2012`, `windows-10-1809`. [what the files say] */
	readonly os?: string;
	/** Updates that are installed beside those in the files, such as `KB3140245`. [none] */
	readonly updates?: readonly string[];
	/** [what the files say, else `x64`] */
	readonly architecture?: 'x64' | 'x86';
	/** What its programs offer as clients, or what its servers accept. [`client`] */
	readonly role?: 'client' | 'server';
};

const windowsOptionNames = ['os', 'updates', 'architecture', 'role'] as const satisfies readonly (keyof WindowsOptions)[];

/**
Tell which programs of a Windows machine can use TLS 1.2 and what the others lack, as `tlsprobe windows` does. Nothing is connected to.

@param files - Paths of .reg files, outputs of `reg query` or of the collector, or of PowerShell: docs/windows.md; one or a list.
@throws {InputError} For a file that cannot be read or is of no known format, and where neither files nor options say which Windows it is.
@throws {TypeError} For an option that means nothing.
*/
export function readWindows(
	files: string | readonly string[],
	options: WindowsOptions & {readonly role: 'server'},
): Promise<WindowsServersReport>;
export function readWindows(
	files: string | readonly string[],
	options?: WindowsOptions & {readonly role?: 'client'},
): Promise<WindowsClientsReport>;
export async function readWindows(
	files: string | readonly string[],
	options: WindowsOptions = {},
): Promise<WindowsClientsReport | WindowsServersReport> {
	checkOptions(options, windowsOptionNames);
	const list = (typeof files === 'string' ? [files] : [...files]).map(file => textOf(file, 'a file is named by its path'));
	const {assessWindows} = await import('./library/assess-windows.js');
	return assessWindows(list, options);
}

/** How clients are waited for. */
export type ListenOptions = {
	/** An IP address of this machine. [127.0.0.1] */
	readonly address?: string;
	/** 0 for any that is free. [0] */
	readonly port?: number;
	/** What to do once a client has spoken: complete the handshake with a certificate made here, refuse it by an alert, or close. [`handshake`] */
	readonly answer?: 'handshake' | 'refuse' | 'record';
	/** Of a client, for everything, in milliseconds. [10,000] */
	readonly timeoutMs?: number;
	/** Clients at the same time; more are closed without an answer. A client counts until the iteration has returned it. [256] */
	readonly mostClients?: number;
	/** Closes the listener. */
	readonly signal?: AbortSignal;
};

const listenOptionNames = [
	...(['address', 'port', 'answer', 'timeoutMs', 'mostClients', 'signal'] as const),
] satisfies readonly (keyof ListenOptions)[];

/**
Wait for clients, and tell what each offers, as `tlsprobe listen` does.

@returns Once it listens. Iterate over it for the clients; leaving the loop, `close()` and the signal end it.
@throws {TypeError} For an option that means nothing.
@throws What the system says, such as EADDRINUSE.
*/
export async function listen(options: ListenOptions = {}): Promise<ClientListener> {
	checkOptions(options, listenOptionNames);
	const {address = '127.0.0.1', port = 0, answer = 'handshake', timeoutMs = 10_000, mostClients = 256, signal} = options;
	const {hearClients} = await import('./library/hear-clients.js');
	return hearClients({address, port, answer, timeoutMs, mostClients, signal});
}

function textOf(value: unknown, what: string): string {
	if (typeof value !== 'string') {
		throw new TypeError(`${what}, not ${shown(value)}`);
	}

	return value;
}

/** Every probe: what it is called, and what it asks. */
export const probes: readonly {readonly name: string; readonly title: string}[] = probeList.map(({name, title}) => ({
	name,
	title,
}));

const invalidTarget = (text: string, problem: string): Report =>
	emptyReport({target: text.slice(0, 300), reason: 'invalid-target', problem, toolVersion});
