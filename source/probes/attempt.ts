import type {Exchanged, HelloExchange} from '../exchange/exchanged.js';

/** One connection of a run, or one question to the DNS. Evidence, recordings and replay are made of these. `probe` is the one that asked for it. */
export type Attempt = Exchanged & {readonly probe: string};

export type HelloAttempt = HelloExchange & {readonly probe: string};
