import {opaqueVector} from '../lists.js';

const cookie = opaqueVector('cookie', 2);

/** RFC 8446 §4.2.2. */
export default {type: 0x00_2c, clientHello: cookie, helloRetryRequest: cookie} as const;
