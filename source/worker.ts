import process from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import type {AddressOptions} from './engine/address-options.js';
import {runThread, type ThreadPort} from './engine/thread.js';

if (parentPort === null) {
	runProcess();
} else {
	runThread(parentPort, workerData as AddressOptions);
}

/** In place of a thread. */
function runProcess(): void {
	const port: ThreadPort = {
		on: (event, listener) => process.on(event, listener as (message: unknown) => void),
		postMessage: results => void process.send!(results),
	};
	process.once('message', usual => runThread(port, usual as AddressOptions));
	process.once('disconnect', () => process.exit());
	// The process that started this one decides what is to end. On Windows both get it.
	process.on('SIGINT', () => {});
}
