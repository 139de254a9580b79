import type {Outcome} from '../exchange/outcome.js';

/** Why a target does not count as up: what its name or a connection came to. */
export type NotUp = {readonly kind: 'name'; readonly code: string} | {readonly kind: 'outcome'; readonly outcome: Outcome};
