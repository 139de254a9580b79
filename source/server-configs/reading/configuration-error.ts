/** A configuration that cannot be read. */
export class ConfigurationError extends Error {
	override readonly name = 'ConfigurationError';
}
