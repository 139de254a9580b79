import {opaqueVector} from '../lists.js';

const cookie = opaqueVector('cookie', 2);

/** RFC 9846 §4.3.2. */
export default {type: 0x00_2c, clientHello: cookie, helloRetryRequest: cookie} as const;
