import type {VersionName} from '../iana/versions.js';
import type {ProxyProtocol} from '../transport/proxy-protocol.js';
import type {StartTlsName} from '../transport/starttls/index.js';
import type {ConfiguredDemand} from './reading/configured-demands.js';
import type {ConfigurationFiles} from './reading/files.js';
import type {ConfigurationOptions} from './reading/product-version.js';

/** Something that a configuration says is reachable, and what it says of its versions. */
export type ConfiguredEndpoint = {
	/** Where it listens: an address, or a name; null for every address of the machine. */
	readonly host: string | null;
	/** Where it is found if it runs on another machine, unless the user says where: an address or a name, or null where only the user can say. */
	readonly foundAt?: string | null | undefined;
	readonly port: number;
	/** The name to ask for; null for what answers where none, or an unknown one, is asked for. */
	readonly serverName: string | null;
	/** Which version of the PROXY protocol's header comes first, where one has to. */
	readonly proxyProtocol?: ProxyProtocol | undefined;
	/** What is spoken before TLS. */
	readonly startTls?: StartTlsName | undefined;
	/** Those that it says are on, and off. What depends on the product's version is in neither. */
	readonly accepts: readonly VersionName[];
	readonly rejects: readonly VersionName[];
	/** Why it may well be otherwise. */
	readonly likelyCause?: string | undefined;
	/** Versions that are on, but have no cipher suite in the list that the configuration sets. */
	readonly withoutSuite?: WithoutSuite | undefined;
	/** What it states about cipher suites, groups and signature schemes, each with its place. Left out if it states nothing. */
	readonly demands?: readonly ConfiguredDemand[] | undefined;
	/** Where it says so: `nginx.conf:12: ssl_protocols TLSv1.2`. */
	readonly statedAt: string;
};

export type WithoutSuite = {
	readonly versions: readonly VersionName[];
	/** `nginx.conf:7: ssl_ciphers`. */
	readonly statedAt: string;
};

export type Configuration = {
	readonly endpoints: readonly ConfiguredEndpoint[];
	/** How many listeners there are, with TLS and without; undefined where they are not counted. */
	readonly listeners?: number | undefined;
	/** What was left out and why, for a person: `nginx.conf:12: ...`. */
	readonly notes: readonly string[];
};

export type InstalledProgram = {
	/** Its names on different systems. */
	readonly programs: readonly string[];
	readonly argv: readonly string[];
	/** Captures the version in what it prints. */
	readonly pattern: RegExp;
};

/** A product whose configuration can be read. */
export type Product = {
	readonly name: string;
	/** Whether a text looks like its main file. */
	readonly recognises: (text: string) => boolean;
	/** Whether its main file may be a folder of files. */
	readonly readsFolders?: true | undefined;
	/** How a program of it says its version. */
	readonly installed?: InstalledProgram | undefined;
	/**
	@param file - The main file.
	@throws {ConfigurationError} For what the product itself would not start with.
	*/
	readonly read: (file: string, files: ConfigurationFiles, options?: ConfigurationOptions) => Configuration;
};

export const defineProduct = (product: Product): Product => product;
