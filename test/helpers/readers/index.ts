import {byteReaders} from './bytes.js';
import {dialogueReaders} from './dialogues.js';
import {fileReaders} from './files.js';
import {hostsReaders} from './hosts.js';
import {proxyReaders} from './proxies.js';
import type {InputReader} from './reader.js';

/** Everything that reads what others wrote. What reads something new has its row in one of these. */
export const inputReaders: readonly InputReader[] = [...hostsReaders, ...proxyReaders, ...dialogueReaders, ...fileReaders, ...byteReaders];
