import {sha256} from '../../certificates/certificate.js';
import type {Attempt} from '../attempt.js';

/** Certificates in DER as the server sent them, its own first; never empty. */
export type TargetChain = readonly Uint8Array[];

/** Each chain that the probe `certificates` got for this name, once. */
export function chainsOfTarget(attempts: readonly Attempt[], serverName: string | undefined): readonly TargetChain[] {
	const chains = new Map<string, TargetChain>();
	for (const attempt of attempts) {
		if (attempt.probe === 'certificates' && attempt.kind === 'hello' && attempt.hello.extensions?.serverName === serverName) {
			const {outcome} = attempt.transcript;
			const chain = outcome.kind === 'server-hello' ? (outcome.flight?.chain ?? []) : [];
			if (chain.length > 0) {
				chains.set(chain.map(sha256).join(' '), chain);
			}
		}
	}

	return [...chains.values()];
}
