import {uint8List} from '../lists.js';

const names = ['psk_ke', 'psk_dhe_ke'];

/** RFC 9846 §4.3.9. */
export default {type: 0x00_2d, clientHello: uint8List('ke_modes', mode => names[mode] ?? String(mode))} as const;
