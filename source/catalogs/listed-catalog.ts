import type {Catalog} from './catalog.js';
import {variablesIn} from './fill-in.js';

/** A catalog, and how its variables are filled in. */
export type ListedCatalog = Catalog & {readonly variables: readonly {readonly name: string; readonly option: string}[]};

/** @param optionFor - The option that gives a variable its value. */
export const listedCatalog = (catalog: Catalog, optionFor: (variable: string) => string): ListedCatalog => ({
	...catalog,
	variables: variablesIn(catalog).map(name => ({name, option: optionFor(name)})),
});
