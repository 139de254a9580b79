import {opaqueVector} from '../lists.js';

/** The user name; an SRP suite is refused without one. RFC 5054 §2.8.1. */
export default {type: 0x00_0c, clientHello: opaqueVector('srp_I', 1)} as const;
