import type {VersionName} from '../../iana/versions.js';
import type {DhFinding} from './dh-parameters.js';
import type {Order} from './order.js';

/** What was learnt of the groups of one version. */
export type GroupsFinding = {
	/** In the server's order of preference where it has one. Before TLS 1.3, those of finite fields come last. */
	readonly accepted: readonly number[];
	/** Neither accepted nor refused. */
	readonly undecided: readonly number[];
	readonly preference: Order;
	/** Made by this probe: what other probes have shown is not asked again. */
	readonly connections: number;
	/** Before TLS 1.3, where a suite with DHE is accepted. */
	readonly dhParameters?: readonly DhFinding[] | undefined;
};

/** By the versions that are accepted, oldest first. */
export type AllGroupsFinding = {readonly [Name in VersionName]?: GroupsFinding};
