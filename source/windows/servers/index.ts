import type {ServerKind} from '../rules/server-kind.js';
import iis from './iis.js';
import rdp from './rdp.js';
import schannel from './schannel.js';
import sqlServer from './sql-server.js';

/** Every kind of server, in the order of the report. */
export const serverKinds: readonly ServerKind[] = [schannel, iis, rdp, sqlServer];
