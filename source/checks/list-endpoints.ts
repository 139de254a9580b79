import {createReadStream, statSync} from 'node:fs';
import path from 'node:path';
import {definedFields} from '../bytes/defined-fields.js';
import {InputError} from '../bytes/input-error.js';
import {quotedPath} from '../bytes/quoted-path.js';
import type {ProbeOptions, UsualChoice} from '../engine/probe-options.js';
import type {Report} from '../engine/report.js';
import type {Target} from '../engine/target.js';
import type {EntrySource as ListSource, TargetEntry} from '../lists/entry.js';
import {defaultReadOptions, type ReadOptions} from '../lists/formats/format.js';
import {listTargets} from '../lists/list-targets.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import type {Expectation} from '../policy/expectation.js';
import {samplesOfEach} from '../probes/versions/sample.js';
import type {CheckEntry, CheckFields, CheckFile, ConnectAddress} from './file/check-file.js';
import {redact} from './redact.js';

/** How an endpoint is probed, where that differs from what holds for all: what is undefined does not differ. */
export type EndpointOptions = Partial<
	Pick<
		ProbeOptions,
		'serverName' | 'proxy' | 'noProxy' | 'startTls' | 'proxyProtocol' | 'alpn' | 'timeoutMs' | 'deadlineMs' | 'retries' | 'waitMs'
	> &
		Pick<UsualChoice, 'samples' | 'confirms' | 'besides'>
>;

/** One endpoint with all that is stated of it. */
export type CheckEndpoint = {
	readonly kind: 'endpoint';
	readonly name?: string | undefined;
	readonly target: Target;
	readonly address?: ConnectAddress | undefined;
	readonly options: EndpointOptions;
	readonly expect: Expectation;
	/** What is stated of the way to it, for its report. */
	readonly given?: Report['given'];
	/** Adds to a judgement what it means for this kind of endpoint. */
	readonly explainJudgement?: ((judgement: RuleJudgement, report: Report) => RuleJudgement) | undefined;
};

/** A line of an included list that is no target. It stops nothing, and is not a pass. */
export type InvalidEndpoint = {readonly kind: 'invalid'; readonly text: string; readonly problem: string; readonly source: ListSource};

const byDefault: Expectation = [{kind: 'policy', name: 'default'}];

/**
Everything that a file names, in its order, what it includes included, with its defaults.

@param folder - Where the paths of included lists start.
@param leaveOut - Receives entries of the lists that are no targets by rule.
@throws {InputError} For a list that cannot be read or names nothing.
*/
export async function* listEndpoints(
	{defaults, endpoints}: CheckFile,
	folder: string,
	leaveOut: (file: string) => ReadOptions['leaveOut'] = () => defaultReadOptions.leaveOut,
): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	for (const entry of endpoints) {
		const options = {...defaults, ...definedFields(entry)};
		if (entry.kind === 'target') {
			yield endpointOf(entry, options, entry.target, entry.address);
		} else {
			yield* listIncluded(entry, options, fileOf(entry, folder), {...defaultReadOptions, leaveOut: leaveOut(entry.path)});
		}
	}
}

/** @throws {InputError} For what is no list. */
function fileOf({path: name, written, place}: Included, folder: string): string {
	const file = path.resolve(folder, name);
	const shown = quotedPath(redact(written));
	const status = statSync(file, {throwIfNoEntry: false});
	if (status === undefined) {
		throw new InputError(`there is no file ${shown} in ${folder}`, {place});
	}

	if (status.isDirectory()) {
		throw new InputError(`${shown} is a directory`, {place, hint: 'include takes a file with a list of targets'});
	}

	if (/\.(?:ya?ml|json)$/i.test(file)) {
		throw new InputError(`${shown}: include takes a list of targets, one per line or CSV`, {
			place,
			hint: 'check other files of expectations separately',
		});
	}

	return file;
}

type Included = CheckEntry & {readonly kind: 'include'};

async function* listIncluded(
	entry: Included,
	options: CheckFields,
	file: string,
	readOptions: ReadOptions,
): AsyncGenerator<CheckEndpoint | InvalidEndpoint> {
	let count = 0;
	for await (const batch of listTargets([{file: entry.path, bytes: createReadStream(file), format: 'auto', options: readOptions}])) {
		for (const {entry: listed} of batch) {
			count += 1;
			if (listed.kind === 'invalid') {
				yield {kind: 'invalid', text: listed.text, problem: listed.problem, source: listed.source};
				continue;
			}

			yield endpointOf(entry, {...options, ...optionsOfRow(listed)}, listed.target, addressOfRow(listed));
		}
	}

	if (count === 0) {
		throw new InputError(`${JSON.stringify(redact(entry.written))} is not a target`, {place: entry.place});
	}
}

/** `none` in a row takes away what holds for all. */
function optionsOfRow({overrides: {serverName, starttls, proxy}, route}: TargetEntry): CheckFields {
	return {
		...(serverName === undefined ? {} : {serverName}),
		...(starttls === undefined ? {} : {starttls: route?.startTls ?? 'none'}),
		...(proxy === undefined ? {} : {proxy: {label: redact(proxy), choice: {proxy: route?.proxy, noProxy: ''}}}),
	};
}

const addressOfRow = ({overrides: {address}}: TargetEntry): ConnectAddress | undefined =>
	address === undefined ? undefined : {host: address, text: address};

function endpointOf({name}: CheckEntry, options: CheckFields, target: Target, address: ConnectAddress | undefined): CheckEndpoint {
	const {expect = byDefault, proxy, starttls, samples, confirm, probes, ...asStated} = options;
	return {
		kind: 'endpoint',
		name,
		target,
		address,
		options: {
			...asStated,
			...proxy?.choice,
			startTls: starttls === 'none' ? undefined : starttls,
			samples: samples === undefined ? undefined : samplesOfEach(samples),
			confirms: confirm,
			besides: probes,
		},
		expect,
		given: {serverName: asStated.serverName ?? undefined, address: address?.text, starttls, proxy: proxy?.label},
	};
}
