import net from 'node:net';
import {buildHello} from '../../../source/exchange/build-hello.js';
import type {HelloSpec} from '../../../source/exchange/hello-spec.js';
import type {Outcome} from '../../../source/exchange/outcome.js';
import {readAnswer} from '../../../source/exchange/read-answer.js';

/** One connection to a port of loopback, and how it ended: nothing is asked again, and nothing is concluded. */
export const askAlone = (port: number, spec: HelloSpec): Promise<Outcome> =>
	new Promise(resolve => {
		const built = buildHello(spec, size => new Uint8Array(size).fill(0x2a));
		const answer = readAnswer(spec, built);
		const socket = net.connect(port, '127.0.0.1', () => socket.write(built.bytes));
		const finish = (outcome: Outcome): void => {
			socket.destroy();
			resolve(outcome);
		};

		socket.on('data', bytes => {
			const outcome = answer.push(bytes);
			if (outcome !== undefined) {
				finish(outcome);
			}
		});
		socket.on('end', () => finish(answer.end('closed', 1)));
		socket.on('error', () => finish(answer.end('reset', 1)));
	});
