import {hexNumber} from '../../bytes/hex.js';
import {uint16List} from '../lists.js';

const names: Readonly<Record<number, string>> = {1: 'zlib', 2: 'brotli', 3: 'zstd'};

/** RFC 8879 §3. */
export default {type: 0x00_1b, clientHello: uint16List('algorithms', 1, code => names[code] ?? hexNumber(code, 2))} as const;
