import {versions} from '../../iana/versions.js';
import {uint16Body, uint16List} from '../lists.js';

const selected = uint16Body('selected_version', versions.label);

/** RFC 9846 §4.3.1. */
export default {
	type: 0x00_2b,
	clientHello: uint16List('versions', 1, versions.label),
	serverHello: selected,
	helloRetryRequest: selected,
} as const;
