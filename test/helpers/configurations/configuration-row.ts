/** A configuration of a kind that people publish, with what it says. */
export type ConfigurationRow = {
	readonly title: string;
	/**
	Its files, the main one first. Ports 18001 to 18099 are put in place of by free ones where the product runs it. The certificates `rsa.pem` and
	`ecdsa.pem`, each with its key and for `peer.test` and `*.peer.test`, lie beside it, and once more in `certs`.
	*/
	readonly files: Readonly<Record<string, string>>;
	/**
	What the reader makes of it, a line an endpoint: `*:18001 name: 1.2 1.3` for the versions of TLS that are on. Behind a question mark are those
	that are left open; behind an exclamation mark those that are on, but have no cipher suite.
	*/
	readonly says: readonly string[];
	/** The version that this is so for. The product is asked its own. */
	readonly version?: string;
};

/** What runs a row, and how. */
export type ConfigurationRunner = {
	readonly program: string;
	readonly needs?: readonly string[];
	/** Of the main file: what a test cannot run as it is, such as a change of user, and what lets old versions be spoken. */
	readonly prepare: (text: string, folder: string) => string;
	readonly argv: (folder: string, file: string) => readonly string[];
	readonly besides?: Readonly<Record<string, string>>;
};
