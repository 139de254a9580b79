import {parentPort, workerData} from 'node:worker_threads';
import type {AddressOptions} from '../../source/engine/address-options.js';
import {runThread} from '../../source/engine/thread.js';
import {withGreeting} from './fixture-probe.js';

// What a test puts in the place of the script of threads: a request names a probe, and the thread knows those that it was started with.
runThread(parentPort!, workerData as AddressOptions, {knownProbes: withGreeting});
