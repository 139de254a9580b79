import {createReadStream, statSync} from 'node:fs';
import path from 'node:path';
import type {Source as ListSource} from '../../engine/hosts/entry.js';
import {listTargets} from '../../engine/hosts/list-targets.js';
import type {Report} from '../../engine/report.js';
import type {Target} from '../../engine/target.js';
import type {RuleJudgement} from '../../policy/evaluate.js';
import type {Expectation} from '../../policy/expectation.js';
import {UsageError} from '../command.js';
import type {RouteOptions} from '../probing/read-route.js';
import type {Address, CheckEntry, CheckFile, Manner} from './check-file.js';

/** One endpoint with all that is stated of it. */
export type CheckEndpoint = Omit<Manner, 'expect'> & {
	readonly kind: 'endpoint';
	readonly name?: string | undefined;
	readonly target: Target;
	readonly address?: Address | undefined;
	readonly expect: Expectation;
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
@throws {UsageError} For a list that cannot be read or names nothing.
*/
export async function* listEndpoints({defaults, endpoints}: CheckFile, folder: string): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	for (const entry of endpoints) {
		const manner = {...defaults, ...given(entry)};
		if (entry.kind === 'target') {
			yield endpointOf(entry, manner, entry.target, entry.address);
		} else {
			yield* listIncluded(entry, manner, path.resolve(folder, entry.path));
		}
	}
}

async function* listIncluded(
	entry: CheckEntry & {readonly kind: 'include'},
	manner: Manner,
	file: string,
): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	if (statSync(file, {throwIfNoEntry: false})?.isFile() !== true) {
		throw new UsageError(`include: there is no file ${file}`);
	}

	let count = 0;
	for await (const batch of listTargets([{file: entry.path, bytes: createReadStream(file), format: 'auto'}])) {
		for (const {entry: listed} of batch) {
			count += 1;
			if (listed.kind === 'invalid') {
				yield {kind: 'invalid', text: listed.text, problem: listed.problem, source: listed.source};
				continue;
			}

			const {address, ...overrides} = listed.overrides;
			yield endpointOf(entry, {...manner, ...overrides}, listed.target, address === undefined ? undefined : {host: address, text: address});
		}
	}

	if (count === 0) {
		throw new UsageError(`include: ${entry.path} names no target`);
	}
}

const given = (entry: CheckEntry): Partial<Manner> => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const endpointOf = (
	{name}: CheckEntry,
	{serverName, proxy, starttls, timeoutMs, deadlineMs, retries, confirm, expect = byDefault}: Manner,
	target: Target,
	address: Address | undefined,
): CheckEndpoint => ({
	kind: 'endpoint',
	name,
	target,
	address,
	serverName,
	proxy,
	starttls,
	timeoutMs,
	deadlineMs,
	retries,
	confirm,
	expect,
});
