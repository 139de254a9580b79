import type {Peer} from '../peer.js';
import compliant from './compliant.js';
import legacy from './legacy.js';
import mixed from './mixed.js';
import notTls from './not-tls.js';
import schannel from './schannel.js';
import serviceBus from './service-bus.js';
import silent from './silent.js';
import storage from './storage.js';
import tls13Only from './tls13-only.js';

/** Every server of the lab, in the order of a migration: before, during, after; then servers that give no TLS answer. */
export const peers: readonly Peer[] = [legacy, mixed, compliant, tls13Only, schannel, storage, serviceBus, silent, notTls];
