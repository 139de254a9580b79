import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathAsWord} from '../../bytes/quoted-path.js';
import {defaultFile} from '../../checks/file/open-check-file.js';
import {type InitRoute, initText, packagedSchema} from '../../checks/init-file.js';
import type {ProbeHooks, ProbeOptions} from '../../engine/probe-options.js';
import type {Target} from '../../engine/target.js';
import type {OutputError} from '../../outputs/output-error.js';
import {attempt} from '../../outputs/write-file.js';
import {type Context, type ExitCode, UsageError} from '../command.js';

export type InitPlan = {
	/** What is written. It must not be there yet. */
	readonly file: string;
	readonly probe: ProbeOptions;
	readonly hooks: ProbeHooks;
	readonly route: InitRoute;
};

/**
Write a first file of expectations.

@throws {UsageError} Where the file is there already, or no host is named.
*/
export async function writeInit(targets: readonly Target[], {file, probe, hooks, route}: InitPlan, context: Context): Promise<ExitCode> {
	if (targets.length === 0) {
		throw new UsageError('name the hosts to write expectations for, such as tlsprobe check --init portal.azure.com');
	}

	// Checked before the probes too: they take time.
	if (existsSync(file)) {
		throw alreadyThere(file);
	}

	const text = await initText(targets, probe, hooks, {route, hasPackage: existsSync(path.join(path.dirname(file), packagedSchema))});
	if (text === undefined) {
		return 130;
	}

	write(file, text);
	const variable = route.variable === undefined ? '' : `set ${route.variable} to the proxy's password, `;
	context.warn(`wrote ${file}; read it, ${variable}then run tlsprobe check${file === defaultFile ? '' : ` ${pathAsWord(file)}`}\n`);
	return 0;
}

const alreadyThere = (file: string): UsageError =>
	new UsageError(`${file} already exists and was not changed; set another file with --output FILE`);

function write(file: string, text: string): void {
	try {
		attempt(file, () => writeFileSync(file, text, {flag: 'wx'}));
	} catch (error) {
		const {code} = (error as OutputError).cause as NodeJS.ErrnoException;
		throw code === 'EEXIST' ? alreadyThere(file) : error;
	}
}
