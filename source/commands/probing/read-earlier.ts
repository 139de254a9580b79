import {createReadStream} from 'node:fs';
import type {ProbeOptions} from '../../engine/probe-options.js';
import {type Done, NotResultsError, readDone} from '../../lists/done.js';
import {sayWhenFull} from '../../lists/list-work.js';
import {type ComparedOption, type OtherOption, otherOptions} from '../../lists/other-options.js';
import {type Context, UsageError} from '../command.js';

/**
What an earlier run has written into the file that `--resume` goes on with.

@param options - Of the run that goes on with it.
@returns Undefined where there was no run.
@throws {UsageError} For what is no file of results, and for results that were had with other options: a file of both would be read as one run.
*/
export async function readEarlier(path: string, options: ProbeOptions, {warn}: Pick<Context, 'warn'>): Promise<Done | undefined> {
	try {
		return await readDone(createReadStream(path), sayWhenFull(warn), (report, line) => {
			const others = otherOptions(report, options);
			if (others.length > 0) {
				throw new UsageError(`--resume: ${path}:${line} ${inWords(others)}; nothing was changed. Use the same options, or another file`);
			}
		});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
			throw new UsageError(`--resume: ${path} is a directory; nothing was changed`);
		}

		if (error instanceof NotResultsError) {
			throw new UsageError(`--resume: ${path} is not a file of results (${error.message}); nothing was changed`);
		}

		throw error;
	}
}

const flags: Readonly<Record<ComparedOption, string>> = {
	probes: '--probes',
	samples: '--samples',
	policies: '--policy',
	versions: '--versions',
	evidence: '--evidence',
	alpn: '--alpn',
	proxyProtocol: '--proxy-protocol',
	serverName: '--servername',
	authorities: '--ca',
	ctLogs: '--ct-logs',
	withoutServerName: '--also-without-servername',
	proxy: '--proxy',
	direct: '--compare-direct',
	startTls: '--starttls',
};

const inWords = (others: readonly OtherOption[]): string => {
	const [before, now] = (['before', 'now'] as const).map(side => others.map(option => flagOf(option, option[side])).join(', '));
	return `was probed ${before}, and this run probes ${now}`;
};

function flagOf({name, before, now}: OtherOption, value: string | undefined): string {
	const flag = name !== 'probes' ? flags[name] : (before ?? now) === 'confirm' ? '--confirm' : `${flags.probes} ${before ?? now}`;
	if (value === undefined) {
		return `without ${flag}`;
	}

	if (name === 'serverName' && value === '') {
		return 'with --no-servername';
	}

	if (name === 'authorities' || name === 'ctLogs') {
		return `with ${flag} (SHA-256 ${value.slice(0, 12)}...)`;
	}

	return `with ${[flag, ...(value === '' || name === 'probes' ? [] : [value])].join(' ')}`;
}
