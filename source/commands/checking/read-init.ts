import {defaultFile} from '../../checks/file/open-check-file.js';
import type {InitRoute} from '../../checks/init-file.js';
import type {Target} from '../../engine/target.js';
import {proxyLabel} from '../../transport/proxy/url.js';
import {type Context, UsageError} from '../command.js';
import {readTarget} from '../probing/read-options.js';
import {readRoute} from '../probing/read-route.js';

type InitFlags = {
	readonly output: readonly string[];
	readonly expect: readonly string[];
	readonly json: boolean | undefined;
} & {
	readonly [Name in 'format' | 'config' | 'configType' | 'configHost' | 'configVersion' | 'proxy' | 'starttls' | 'proxyProtocol']:
		| string
		| undefined;
};

export function readInitTargets(input: readonly string[]): Target[] {
	const file = input.find(text => /\.(?:ya?ml|json)$/i.test(text));
	if (file !== undefined) {
		throw new UsageError(`--init takes hosts, and ${file} looks like a file; set the file to write with --output ${file}`);
	}

	return input.map(readTarget);
}

/** @throws {UsageError} For a name that is none, and for flags that mean nothing for the first file. */
export function readInitFile({output, format, json, config, configType, configHost, configVersion, expect}: InitFlags): string {
	if (output.length > 1 || format !== undefined || json) {
		throw new UsageError('--init writes one file of expectations; set it with --output FILE');
	}

	if (config !== undefined || configType !== undefined || configHost !== undefined || configVersion !== undefined) {
		throw new UsageError('a configuration already contains the expectations; leave out --init, or name hosts instead');
	}

	if (expect.length > 0) {
		throw new UsageError('--init writes the current state; add a policy to the file afterwards, as "expect:"');
	}

	const file = output[0] ?? defaultFile;
	if (file === '-') {
		throw new UsageError('--output takes the name of a file; --init writes no other output');
	}

	if (/\.json$/i.test(file)) {
		throw new UsageError(`--init writes YAML; use a file name that ends in .yaml instead of ${file}`);
	}

	return file;
}

/** The way there, and how the file says it: a variable stands for the password. */
export function readInitRoute({proxy, starttls, proxyProtocol}: InitFlags, context: Context): InitRoute {
	const options = readRoute({proxy, starttls, proxyProtocol}, context);
	const written =
		proxy === undefined || options.proxy === undefined || proxy.toLowerCase() === 'env'
			? proxy && 'env'
			: proxyLabel(options.proxy).replace(':***@', `:\${${passwordVariable}}@`);
	return {
		options,
		defaults: [
			...(written === undefined ? [] : [`proxy: ${JSON.stringify(written)}`]),
			...(options.startTls === undefined ? [] : [`starttls: ${options.startTls}`]),
			...(options.proxyProtocol === undefined ? [] : [`proxyProtocol: ${options.proxyProtocol}`]),
		],
		variable: written?.includes(passwordVariable) ? passwordVariable : undefined,
	};
}

const passwordVariable = 'PROXY_PASSWORD';
