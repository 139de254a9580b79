import {InputError} from '../../bytes/input-error.js';
import {parseCount, parseDuration} from '../../bytes/parse-number.js';
import {parseServerName} from '../../engine/server-name.js';
import {parseTarget} from '../../engine/target.js';
import {parseAlpn} from '../../exchange/parse-alpn.js';
import {type Named, readExpanded} from '../../lists/targets/read-expanded.js';
import type {Expectation} from '../../policy/expectation.js';
import type {ProbeName} from '../../probes/index.js';
import {parseProbes} from '../../probes/probe-words.js';
import {type AnyReportPart, reportParts} from '../../probes/report-parts.js';
import {mostSamples} from '../../probes/versions/sample.js';
import {plainFormOf} from '../../transport/plain-address.js';
import {redactLogins} from '../../transport/proxy/redact-logins.js';
import type {CheckEntry, CheckFields, CheckFile, ConnectAddress} from './check-file.js';
import {readExpectation, readPolicies} from './read-expectation.js';
import {described, type Fields, type ReadValue, readAs, readFields, readList, readText} from './read-fields.js';
import {readProxy, readProxyProtocol, readStartTls} from './read-route-fields.js';
import {type OpenFile, openYaml, type WithPosition} from './with-position.js';

/**
Read what has to hold, from YAML or JSON.

@param file - What messages call it.
@param parts - Those that something can be expected of.
@throws {InputError} That names every problem with its file, line and column.
*/
export function readCheckFile(
	text: string,
	file: string,
	environment: Readonly<Record<string, string | undefined>>,
	parts: readonly AnyReportPart[] = reportParts,
): CheckFile {
	const other = otherFile(text);
	if (other !== undefined) {
		throw new InputError(`${file}: ${other}`);
	}

	const open = openYaml(text, file, environment);
	const read = open.root === undefined ? undefined : readRoot(open.root, open, environment, parts);
	if (open.root === undefined && open.problems().length === 0) {
		open.complain(0, 'the file is empty; see tlsprobe check --help for its format, or write one with tlsprobe check --init HOST');
	}

	const problems = open.problems();
	if (problems.length > 0) {
		throw new InputError(problems.join('\n'));
	}

	return read!;
}

/** What a file is whose problems as YAML would say nothing. */
function otherFile(text: string): string | undefined {
	if (text.includes('\0')) {
		return 'this is binary data, not a file of expectations';
	}

	return /^\s*(?:\[\s*)?\{"target":"[^"]*","host":/.test(text)
		? `these are results, not expectations; tlsprobe diff compares them with what holds now`
		: undefined;
}

/** What the fields of an entry are read with. */
type Setting = {
	readonly expect: ReadValue<Expectation>;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Takes what the author of the file should know. */
	readonly note: (text: string) => void;
};

function readRoot(root: WithPosition, file: OpenFile, environment: Setting['environment'], parts: readonly AnyReportPart[]): CheckFile {
	// They are named by what stands before them as well as after them.
	const policiesAt = root.kind === 'mapping' ? root.fields.find(({name}) => name === 'policies')?.value : undefined;
	const policies = policiesAt === undefined ? [] : readPolicies(policiesAt, file, parts);
	const notes = new Set<string>();
	const setting: Setting = {expect: readExpectation(policies, parts), environment, note: text => void notes.add(text)};
	const anything: ReadValue<true> = () => true;
	const fields = readFields(
		withoutOwnFields(root),
		{
			$schema: anything,
			defaults: (value, open) => optionsOf(readFields(value, optionShape(setting), 'defaults', open)),
			policies: anything,
			endpoints: (value, open) => readEndpoints(value, setting, open),
		},
		'the file',
		file,
	);
	if (root.kind === 'mapping' && !root.fields.some(({name}) => name === 'endpoints')) {
		file.complain(root.offset, 'there are no endpoints; list them under "endpoints:"');
	}

	return {defaults: fields.defaults ?? {}, policies, endpoints: fields.endpoints ?? [], notes: [...notes]};
}

/** A place for anchors, as other tools have it: what begins with `x-` is not ours. */
const withoutOwnFields = (root: WithPosition): WithPosition =>
	root.kind === 'mapping' ? {...root, fields: root.fields.filter(({name}) => !name.startsWith('x-'))} : root;

const optionShape = ({expect, environment, note}: Setting) => ({
	servername: readServerName,
	proxy: readProxy(environment, note),
	starttls: readStartTls,
	proxyProtocol: readProxyProtocol,
	alpn: readAs('alpn takes protocol ids of 1 to 255 bytes, such as h2,http/1.1', readAlpn),
	samples: readAs(`samples takes a whole number from 1 to ${mostSamples}`, text => parseCount(text, 1, mostSamples)),
	timeout: readAs('timeout takes a duration such as 5s', parseDuration),
	deadline: readAs('deadline takes a duration such as 30s', parseDuration),
	retries: readAs('retries takes a whole number', text => parseCount(text, 0, 100)),
	wait: readAs('wait takes a duration such as 60s', parseDuration),
	confirm: readConfirm,
	probes: readProbes,
	expect,
});

const optionsOf = ({servername, timeout, deadline, wait, ...others}: Fields<ReturnType<typeof optionShape>>): CheckFields => ({
	serverName: servername === false ? null : servername,
	timeoutMs: timeout,
	deadlineMs: deadline,
	waitMs: wait,
	...others,
});

const readEndpoints = (value: WithPosition, setting: Setting, file: OpenFile): readonly CheckEntry[] => {
	if (value.kind !== 'list' || value.items.length === 0) {
		file.complain(value.offset, value.kind === 'list' ? 'there are no endpoints' : `endpoints is a list, not ${described(value)}`);
		return [];
	}

	return value.items.flatMap(item => readEntry(item, setting, file));
};

/** Several where the target names several ports, or a block or range of addresses. */
function readEntry(item: WithPosition, setting: Setting, file: OpenFile): readonly CheckEntry[] {
	if (item.kind === 'text') {
		return (readTargets(item, file) ?? []).map(named => ({kind: 'target', ...withStartTls(named), place: file.place(item.offset)}));
	}

	const before = file.count();
	const shape = {
		target: readTargets,
		include: readInclude,
		name: readText('a name is some text'),
		address: readAddress,
		...optionShape(setting),
	};
	const {target, include, name, address, ...options} = readFields(item, shape, 'an endpoint', file);
	const has = (field: string): boolean => item.kind === 'mapping' && item.fields.some(other => other.name === field);
	if (file.count() === before && has('target') === has('include')) {
		file.complain(
			item.offset,
			has('target') ? 'target and include cannot be used together; use one of them' : 'an endpoint needs a target, or include',
		);
	}

	if (has('include') && has('address')) {
		file.complain(item.offset, 'address is for one target, not for an included list');
	}

	const given = {...optionsOf(options), name: name && redactLogins(name)};
	if (target === undefined) {
		return include === undefined ? [] : [{kind: 'include', ...include, ...given}];
	}

	return target.map(named => ({kind: 'target', address, ...given, ...withStartTls(named, given.starttls), place: file.place(item.offset)}));
}

const readInclude: ReadValue<{readonly path: string; readonly written: string; readonly place: string}> = (value, file) => {
	const path = readText('include names a file')(value, file);
	return path === undefined ? undefined : {path, written: value.kind === 'text' ? value.written : path, place: file.place(value.offset)};
};

/** More than this are a list, which is included. */
const mostTargets = 1024;

const readTargets: ReadValue<readonly Named[]> = (value, file) => {
	const text = readText('a target is host:port')(value, file);
	if (text === undefined) {
		return undefined;
	}

	const named = readExpanded(text, mostTargets);
	if (named.kind === 'named') {
		return named.named;
	}

	// Part of a password may look like a port.
	const problem =
		named.kind === 'many'
			? `a block or range of more than ${mostTargets} targets; put it into a list, and include the list`
			: named.problem;
	file.complain(value.offset, text.includes('@') ? `${described(value)} is not a target` : `${described(value)}: ${problem}`);
	return undefined;
};

/** What the entry says of STARTTLS goes before the scheme of a URL. */
const withStartTls = ({target, startTls}: Named, given?: CheckFields['starttls']) => ({
	target,
	...(startTls === undefined || given !== undefined ? {} : {starttls: startTls}),
});

const readAddress: ReadValue<ConnectAddress> = (value, file) => {
	const text = readText('an address is where to connect, such as 127.0.0.1:8443')(value, file);
	const parsed = text === undefined ? undefined : parseTarget(text);
	if (parsed === undefined || parsed.kind === 'invalid' || text!.includes('/')) {
		if (text !== undefined) {
			const plain = plainFormOf(text.trim().replace(/:\d+$/, ''));
			file.complain(value.offset, `${described(value)} is not an address to connect to; write ${plain ?? '127.0.0.1 or 127.0.0.1:8443'}`);
		}

		return undefined;
	}

	const {host, port} = parsed.target;
	return {host, port: /^(?:\[[^\]]*\]|[^:]*):\d+$/.test(text!.trim()) ? port : undefined, text: text!.trim()};
};

function readAlpn(text: string): readonly string[] | undefined {
	const parsed = parseAlpn(text);
	return parsed.kind === 'alpn' ? parsed.protocols : undefined;
}

function readProbes(value: WithPosition, file: OpenFile): readonly ProbeName[] | undefined {
	const texts = readList(readText('probes is a list, such as [versions, confirm]'))(value, file);
	const parsed = texts === undefined ? undefined : parseProbes(texts);
	if (parsed?.kind === 'invalid') {
		file.complain(value.offset, `probes ${parsed.problem}`);
		return undefined;
	}

	return parsed?.probes;
}

function readConfirm(value: WithPosition, file: OpenFile): boolean | undefined {
	if (value.kind === 'other' && typeof value.value === 'boolean') {
		return value.value;
	}

	file.complain(value.offset, `confirm is true or false, not ${described(value)}`);
	return undefined;
}

function readServerName(value: WithPosition, file: OpenFile): string | false | undefined {
	if (value.kind === 'other' && (value.value === null || value.value === false)) {
		return false;
	}

	const text = readText('servername is a host name, or false to send none')(value, file);
	const name = text === undefined ? undefined : parseServerName(text);
	if (text !== undefined && name === undefined) {
		file.complain(value.offset, `servername takes a host name, not ${described(value)}`);
	}

	return name;
}
