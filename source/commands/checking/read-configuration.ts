import {accessSync, constants, statSync} from 'node:fs';
import {whyUnreadable} from '../../bytes/why-unreadable.js';
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
	const product = configType === undefined ? undefined : readProduct(configType);
	checkReadable(file, product);
	return {
		file,
		product: product ?? recognise(file, environment),
		isRecognised: configType === undefined,
		version: configVersion === undefined ? undefined : readVersion(configVersion),
		host: configHost === undefined ? undefined : readTarget(configHost).host,
		environment,
	};
}

/** @throws {UsageError} For what the system does not give out, and for a folder unless the product is known to read folders. */
function checkReadable(file: string, product: Product | undefined): void {
	const status = attempt(file, () => statSync(file, {throwIfNoEntry: false}));
	if (status === undefined) {
		throw new UsageError(`--config: there is no file ${file}`);
	}

	if (status.isDirectory() && product?.readsFolders !== true) {
		throw new UsageError(
			`--config ${file}: it is a directory; name a file in it, or set a product that reads all files of a directory: --config-type ${namesOf(products.filter(({readsFolders}) => readsFolders))}`,
		);
	}

	attempt(file, () => accessSync(file, constants.R_OK));
}

function attempt<Value>(file: string, action: () => Value): Value {
	try {
		return action();
	} catch (error) {
		throw new UsageError(`--config: ${file} cannot be read: ${whyUnreadable(error)}`);
	}
}

const namesOf = (list: readonly Product[]): string => list.map(({name}) => name).join(' or ');

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
			? `--config ${file}: the product was not recognised; set it with --config-type ${namesOf(products)}; probe the ports of any other product: tlsprobe HOST:PORT`
			: `--config ${file}: it looks like a configuration of ${foreign.name}, which is not supported; probe its ports instead: ${foreign.instead}`,
	);
}

function readProduct(type: string): Product {
	const names = products.map(({name}) => name);
	const [name] = readWords('--config-type', [type], names);
	return products.find(product => product.name === name)!;
}

function readVersion(text: string): ProductVersion {
	const version = readProductVersion(text);
	if (version === undefined) {
		throw new UsageError(`--config-version takes a version such as 2.4 or 3.2.1, not ${JSON.stringify(text)}`);
	}

	return version;
}
