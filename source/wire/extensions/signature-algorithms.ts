import {signatureSchemes} from '../../iana/signature-schemes.js';
import {uint16List} from '../lists.js';

/** RFC 9846 §4.3.3, RFC 5246 §7.4.1.4.1. */
export default {type: 0x00_0d, clientHello: uint16List('supported_signature_algorithms', 2, signatureSchemes.label)} as const;
