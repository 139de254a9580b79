import {uint16Body} from '../lists.js';

const limit = uint16Body('RecordSizeLimit', bytes => `${bytes} bytes`);

/** RFC 8449 §4. */
export default {type: 0x00_1c, clientHello: limit, serverHello: limit} as const;
