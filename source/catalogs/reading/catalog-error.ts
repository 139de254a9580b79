/** A file that is no catalog. */
export class CatalogError extends Error {
	override readonly name = 'CatalogError';
}
