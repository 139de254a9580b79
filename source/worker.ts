import {parentPort, workerData} from 'node:worker_threads';
import type {AddressOptions} from './engine/address-options.js';
import {runThread} from './engine/thread.js';

runThread(parentPort!, workerData as AddressOptions);
