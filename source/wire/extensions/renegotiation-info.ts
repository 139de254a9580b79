import {opaqueVector} from '../lists.js';

const info = opaqueVector('renegotiated_connection', 1);

/** Empty in a first handshake. RFC 5746 §3.2. */
export default {type: 0xff_01, clientHello: info, serverHello: info} as const;
