import {parentPort, workerData} from 'node:worker_threads';
import type {ThreadOptions} from './engine/pool.js';
import {runThread} from './engine/thread.js';

runThread(parentPort!, workerData as ThreadOptions);
