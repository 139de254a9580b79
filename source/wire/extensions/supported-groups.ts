import {groups} from '../../iana/groups.js';
import {uint16List} from '../lists.js';

/** RFC 9846 §4.3.7, RFC 8422 §5.1.1. */
export default {type: 0x00_0a, clientHello: uint16List('named_group_list', 2, groups.label)} as const;
