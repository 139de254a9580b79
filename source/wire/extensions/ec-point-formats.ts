import {uint8List} from '../lists.js';

const names = ['uncompressed', 'ansiX962_compressed_prime', 'ansiX962_compressed_char2'];
const list = uint8List('ec_point_format_list', format => names[format] ?? String(format));

/** RFC 8422 §5.1.2. */
export default {type: 0x00_0b, clientHello: list, serverHello: list} as const;
