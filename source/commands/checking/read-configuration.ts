import {statSync} from 'node:fs';
import type {ConfigurationRequest} from '../../checks/configured-endpoints.js';
import {products, recogniseForeign, recogniseProduct} from '../../server-configs/index.js';
import type {Product} from '../../server-configs/product.js';
import {systemFiles} from '../../server-configs/reading/files.js';
import {type ProductVersion, readProductVersion} from '../../server-configs/reading/product-version.js';
import {type Context, UsageError} from '../command.js';
import {readTarget} from '../probing/read-options.js';
import {readWords} from '../probing/read-words.js';

/** The flags that say which configuration is read, and as what. */
export type ConfigurationFlags = {
	readonly [Name in 'configType' | 'configHost' | 'configVersion']: string | undefined;
};

/**
What `--config FILE` and the flags beside it ask for.

@throws {UsageError} For a file that is not there, one in which no product is recognised, and values that mean nothing.
*/
export function readConfiguration(
	file: string,
	{configType, configHost, configVersion}: ConfigurationFlags,
	{environment}: Pick<Context, 'environment'>,
): Omit<ConfigurationRequest, 'expect'> {
	if (!isThere(file)) {
		throw new UsageError(`--config: there is no file ${file}`);
	}

	return {
		file,
		product: configType === undefined ? recognise(file, environment) : readProduct(configType),
		isRecognised: configType === undefined,
		version: configVersion === undefined ? undefined : readVersion(configVersion),
		host: configHost === undefined ? undefined : readTarget(configHost).host,
		environment,
	};
}

/** @throws {UsageError} For a name that the system does not look up, such as one that is too long. */
function isThere(file: string): boolean {
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch (error) {
		throw new UsageError(`--config: ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
	}
}

const productNames = products.map(({name}) => name);

/** @throws {UsageError} For what is not recognised, or is another product's. */
function recognise(file: string, environment: Context['environment']): Product {
	const text = systemFiles(environment).read(file) ?? '';
	const product = recogniseProduct(text);
	if (product !== undefined) {
		return product;
	}

	const foreign = recogniseForeign(text);
	throw new UsageError(
		foreign === undefined
			? `--config ${file}: the product was not recognised; set it with --config-type ${productNames.join(' or ')}; probe the ports of any other product: tlsprobe HOST:PORT`
			: `--config ${file}: it looks like a configuration of ${foreign.name}, which is not supported; probe its ports instead: ${foreign.instead}`,
	);
}

function readProduct(type: string): Product {
	const [name] = readWords('--config-type', [type], productNames);
	return products.find(product => product.name === name)!;
}

function readVersion(text: string): ProductVersion {
	const version = readProductVersion(text);
	if (version === undefined) {
		throw new UsageError(`--config-version takes a version such as 2.4 or 3.2.1, not ${JSON.stringify(text)}`);
	}

	return version;
}
