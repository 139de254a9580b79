import {createReadStream, statSync} from 'node:fs';
import path from 'node:path';
import {InputError} from '../bytes/input-error.js';
import type {Report} from '../engine/report.js';
import type {RouteOptions} from '../engine/route-options.js';
import type {Target} from '../engine/target.js';
import type {Source as ListSource} from '../lists/entry.js';
import {defaultReadOptions, type ReadOptions} from '../lists/formats/format.js';
import {listTargets} from '../lists/list-targets.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import type {Expectation} from '../policy/expectation.js';
import {parseRouteChange} from '../transport/parse-route.js';
import type {Address, CheckEntry, CheckFile, CheckOptions} from './file/check-file.js';
import {redact} from './redact.js';

/** One endpoint with all that is stated of it. */
export type CheckEndpoint = Omit<CheckOptions, 'expect'> & {
	readonly kind: 'endpoint';
	readonly name?: string | undefined;
	readonly target: Target;
	readonly address?: Address | undefined;
	readonly expect: Expectation;
	/** Where a file names it: `file:line:column`. */
	readonly place?: string | undefined;
	/** What lies between, once `proxy` and `starttls` are read. */
	readonly route?: RouteOptions | undefined;
	/** Says of a judgement what it means for this kind of endpoint. */
	readonly reword?: ((judgement: RuleJudgement, report: Report) => RuleJudgement) | undefined;
};

/** A line of an included list that is no target. It stops nothing, and is no pass. */
export type InvalidEndpoint = {readonly kind: 'invalid'; readonly text: string; readonly problem: string; readonly source: ListSource};

const byDefault: Expectation = [{kind: 'policy', name: 'default'}];

/**
Everything that a file names, in its order, what it includes included, with its defaults.

@param folder - Where the paths of included lists start.
@param leaveOut - Is told of what the lists hold and is no target by rule.
@throws {InputError} For a list that cannot be read or names nothing.
*/
export async function* listEndpoints(
	{defaults, endpoints}: CheckFile,
	folder: string,
	leaveOut: (file: string) => ReadOptions['leaveOut'] = () => defaultReadOptions.leaveOut,
): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	for (const entry of endpoints) {
		const manner = {...defaults, ...given(entry)};
		if (entry.kind === 'target') {
			yield endpointOf(entry, manner, entry.target, entry.address);
		} else {
			yield* listIncluded(entry, manner, fileOf(entry, folder), {...defaultReadOptions, leaveOut: leaveOut(entry.path)});
		}
	}
}

/** @throws {InputError} For what is no list. */
function fileOf({path: name, written, place}: Included, folder: string): string {
	const file = path.resolve(folder, name);
	const shown = JSON.stringify(redact(written));
	const status = statSync(file, {throwIfNoEntry: false});
	if (status === undefined) {
		throw new InputError(`there is no file ${shown} in ${folder}`, {place});
	}

	if (status.isDirectory()) {
		throw new InputError(`${shown} is a folder`, {place, hint: 'include names a file, a list of targets'});
	}

	if (/\.(?:ya?ml|json)$/i.test(file)) {
		throw new InputError(`${shown}: include takes a list of targets, one a line or CSV`, {
			place,
			hint: 'check another file of expectations by itself',
		});
	}

	return file;
}

type Included = CheckEntry & {readonly kind: 'include'};

async function* listIncluded(
	entry: Included,
	manner: CheckOptions,
	file: string,
	options: ReadOptions,
): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	let count = 0;
	for await (const batch of listTargets([{file: entry.path, bytes: createReadStream(file), format: 'auto', options}])) {
		for (const {entry: listed} of batch) {
			count += 1;
			if (listed.kind === 'invalid') {
				yield {kind: 'invalid', text: listed.text, problem: listed.problem, source: listed.source};
				continue;
			}

			const problem = parseRouteChange(listed.overrides);
			if (typeof problem === 'string') {
				yield {kind: 'invalid', text: listed.target.target, problem, source: listed.source};
				continue;
			}

			const {address, ...overrides} = listed.overrides;
			yield endpointOf(entry, {...manner, ...overrides}, listed.target, address === undefined ? undefined : {host: address, text: address});
		}
	}

	if (count === 0) {
		throw new InputError(`${JSON.stringify(redact(entry.written))} names no target`, {place: entry.place});
	}
}

const given = (entry: CheckEntry): Partial<CheckOptions> =>
	Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const endpointOf = (
	{name, place}: CheckEntry,
	{
		serverName,
		proxy,
		starttls,
		proxyProtocol,
		alpn,
		samples,
		timeoutMs,
		deadlineMs,
		retries,
		waitMs,
		confirm,
		expect = byDefault,
	}: CheckOptions,
	target: Target,
	address: Address | undefined,
): CheckEndpoint => ({
	kind: 'endpoint',
	name,
	place,
	target,
	address,
	serverName,
	proxy,
	starttls,
	proxyProtocol,
	alpn,
	samples,
	timeoutMs,
	deadlineMs,
	retries,
	waitMs,
	confirm,
	expect,
});
