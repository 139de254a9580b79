import type {StoreName} from '../../certificates/stores.js';

/** Stores in words, for messages. */
export const storeWords: {readonly [Name in StoreName]: string} = {
	mozilla: "Mozilla's roots",
	system: "the system's store",
	ca: 'the file of authorities',
};
