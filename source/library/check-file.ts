import {resolve} from 'node:path';
import {InputError} from '../bytes/input-error.js';
import {openCheckFile} from '../checks/file/open-check-file.js';
import {readCheckFile} from '../checks/file/read-check-file.js';
import {listEndpoints} from '../checks/list-endpoints.js';
import {runChecks} from '../checks/run-checks.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import type {Report} from '../engine/report.js';
import {policies} from '../policy/policies/index.js';

export type CheckFileRun = {
	/** Policies that every endpoint is held to as well, by name. */
	readonly policies: readonly string[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly concurrency: number;
	readonly probe: ProbeOptions;
	readonly hooks: ProbeHooks;
};

/** Check the endpoints of a file. @throws {InputError} For a file that means nothing, before anything is probed. */
export async function* checkFile(file: string, run: CheckFileRun): AsyncGenerator<Report, void, void> {
	const read = readCheckFile(openCheckFile(file), file, run.environment);
	const known = [...policies, ...read.policies].map(({name}) => name);
	const unknown = run.policies.find(name => !known.includes(name));
	if (unknown !== undefined) {
		throw new InputError(`there is no policy ${JSON.stringify(unknown)}; there are ${known.join(', ')}`);
	}

	const more = run.policies.map(name => ({kind: 'policy', name}) as const);
	const endpoints = [];
	for await (const endpoint of listEndpoints(read, resolve(file, '..'))) {
		endpoints.push(endpoint.kind === 'endpoint' ? {...endpoint, expect: [...endpoint.expect, ...more]} : endpoint);
	}

	const {concurrency, hooks} = run;
	const probe = {...run.probe, policies: [...new Set(run.policies)]};
	for await (const {recordings} of runChecks(endpoints, {policies: read.policies, probe, hooks, concurrency})) {
		yield* recordings.map(({report}) => report);
	}
}
