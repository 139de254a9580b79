/**
A network that is not there: loaded before the command, it takes the place of `net.Socket`. Every server answers at once, as one does that
accepts TLS 1.2 and 1.3 and refuses the rest with alert 70.
*/
import {EventEmitter} from 'node:events';
import {writeFileSync} from 'node:fs';
import net from 'node:net';
import process from 'node:process';

type OnRead = {readonly buffer: Uint8Array; readonly callback: (length: number) => boolean};

/** To TLS 1.0, 1.1, 1.2 and 1.3. */
const [toTls10, toTls11, toTls12, toTls13] = (process.env.ANSWERS ?? '').split(',').map(hex => Buffer.from(hex, 'hex'));

/** Behind the headers of the record and of the handshake, the version and the random. */
const sessionIdStart = 5 + 4 + 2 + 32;

/** TLS 1.3 echoes what its hello calls a session, which the other hellos leave empty. */
function answerTo(hello: Uint8Array): Uint8Array {
	if (hello[sessionIdStart] === 32) {
		toTls13!.set(hello.subarray(sessionIdStart, sessionIdStart + 33), sessionIdStart);
		return toTls13!;
	}

	return [toTls10!, toTls11!, toTls12!][hello[10]! - 1]!;
}

/** What has happened by the next turn, in order, each with its microtasks, as events of the system come. */
let events: (() => void)[] = [];

function happen(event: () => void): void {
	events.push(event);
	if (events.length === 1) {
		setImmediate(() => {
			const due = events;
			events = [];
			for (const one of due) {
				process.nextTick(one);
			}
		});
	}
}

class StandIn extends EventEmitter {
	readonly writableLength = 0;
	readonly #onread: OnRead;
	/** Counts connections: 0 while there is none. */
	#connection = 0;
	#made = 0;

	constructor({onread}: {readonly onread: OnRead}) {
		super();
		this.#onread = onread;
	}

	connect(): this {
		this.#made += 1;
		this.#connection = this.#made;
		this.#later(() => this.emit('connect'));
		return this;
	}

	write(hello: Uint8Array): boolean {
		const answer = answerTo(hello);
		this.#later(() => {
			this.#onread.buffer.set(answer);
			this.#onread.callback(answer.length);
		});
		return true;
	}

	destroy(): void {
		if (this.#connection !== 0) {
			this.#connection = 0;
			happen(() => this.emit('close'));
		}
	}

	#later(event: () => void): void {
		const connection = this.#connection;
		happen(() => {
			if (this.#connection === connection) {
				event();
			}
		});
	}
}

Object.assign(net, {Socket: StandIn});

// Of all threads, those that compile too.
process.on('exit', () => writeFileSync(process.env.USAGE!, JSON.stringify(process.cpuUsage())));
