import type tls from 'node:tls';
import {type Connection, codeOf} from '../../transport/connection.js';
import {interruptOf} from '../../transport/interrupt.js';
import {type ConverseOptions, cutBy, hasCome} from '../converse.js';
import type {Flight} from '../transcript.js';
import {keepOpen} from '../turns/keep-open.js';
import type {OpenConnection, Opened} from '../turns/open-connection.js';
import {type Agreed, agreedOn} from './agreed.js';
import {readAlert} from './alert-of-error.js';
import {chainOf} from './chain-of.js';
import {channelOver} from './channel-over.js';
import type {Completion, Ending, HandshakeSpec, ServiceAnswer} from './completion.js';
import {completionOf} from './completion-of.js';
import {connectTls} from './connect-tls.js';
import {endingOf, endOf, isOpenAfter} from './end-of.js';
import {readHttpAnswer} from './http-answer.js';
import {keepLine} from './key-log.js';
import {type SessionWatch, watchSession} from './session.js';
import {eventsOfTurns, type TlsEvents} from './tls-events.js';
import {streamOver} from './tls-stream.js';

/** How long to wait for the body of an error whose headers are there. */
const bodyGraceMs = 1000;

/** In TLS 1.3 the client finishes first. Where it sends no request, the server may still reject the handshake for this long. */
const afterFinishedMs = 300;

/** Complete the handshake on a connection, and send the request. `completeHandshake` says what is waited for. */
export function speakTls(
	connection: Connection,
	spec: HandshakeSpec,
	startedAt: number,
	options: ConverseOptions,
): Promise<Opened<Completion>> {
	const {timeoutMs, now, signal, isRecorded} = options;
	const deadline = options.deadline.atMs;
	return new Promise((resolve, reject) => {
		const connectedMs = now() - startedAt;
		const local = isRecorded ? connection.localEnd() : undefined;
		const flights: Flight[] = [];
		const keyLog: string[] = [];
		const reader = readHttpAnswer();
		let completed: Agreed | undefined;
		let chain: readonly Uint8Array[] = [];
		let {request} = spec;
		let socket: tls.TLSSocket | undefined;
		let newestSession: SessionWatch | undefined;
		let renegotiated: Completion['renegotiated'];
		let isOver = false;
		let since = now();
		let timer: NodeJS.Timeout | undefined;

		const stop = (): void => {
			isOver = true;
			clearTimeout(timer);
			interruptOf(signal).leave(place, onAbort);
		};

		const close = (): void => {
			stop();
			if (completed !== undefined && stream.ended() === undefined) {
				// Servers forget a session whose connection ends without a close_notify, which Node.js 26 writes later. RFC 9846 §6.1.
				socket!.end();
				setImmediate(destroy);
			} else {
				destroy();
			}
		};

		const destroy = (): void => {
			socket?.destroy();
			stream.destroy();
		};

		/** What comes from now on belongs to the turns that follow. */
		const handOn = (): OpenConnection => {
			stop();
			const {inbox, open} = keepOpen(channelOver(socket!, stream), options, startedAt);
			events = eventsOfTurns(inbox, stream);
			for (const data of early) {
				inbox.onData(data);
			}

			return open;
		};

		const finish = (handshake: Completion['handshake'], answer?: ServiceAnswer): void => {
			if (!isOver) {
				const session = handshake.kind === 'completed' ? newestSession?.() : undefined;
				const durationMs = now() - startedAt;
				const outcome = completionOf(spec, stream, {handshake, answer, chain, keyLog, session, renegotiated, durationMs});
				const open = spec.keepsOpen && handshake.kind === 'completed' && isOpenAfter(answer, stream) ? handOn() : undefined;
				if (open === undefined) {
					close();
				}

				resolve({
					transcript: {
						flights,
						outcome,
						end: endOf(outcome),
						startedAt,
						connectedMs,
						durationMs,
						localAddress: local?.address,
						localPort: local?.port,
					},
					open,
				});
			}
		};

		/** Before the handshake is done it is the handshake that ends so, and after it the wait for an answer. */
		const endWith = (how: Ending): void => {
			if (completed === undefined) {
				// Time that is up says nothing against the server.
				finish(how.kind === 'unanswered' ? {kind: 'not-reached', outcome: how} : {kind: 'failed', how});
			} else if (renegotiated !== undefined) {
				renegotiated = {...renegotiated, end: how};
				finish(completed);
			} else if (request === undefined) {
				// What comes so soon after the client's Finished is the server's word on the handshake. RFC 9846 §2.
				finish(how.kind === 'silent' || how.kind === 'unanswered' ? completed : {kind: 'failed', how});
			} else {
				finish(completed, reader.end() ?? how);
			}
		};

		const waitFor = (milliseconds: number): void => {
			clearTimeout(timer);
			// After a stall of ours, timers come before the bytes that have long arrived: those go first.
			timer = setTimeout(() => setImmediate(onTimeout), Math.max(0, Math.min(milliseconds, deadline - now())));
		};

		const onTimeout = (): void => {
			const isCut = hasCome(deadline, now()) && deadline < since + timeoutMs;
			endWith(
				isCut
					? {kind: 'unanswered', because: 'deadline'}
					: {
							kind: 'silent',
							afterMs: Math.round(now() - since),
							receivedBytes: completed === undefined ? stream.receivedBytes() : reader.receivedBytes,
						},
			);
		};

		const onAbort = (): void => endWith({kind: 'unanswered', because: cutBy(signal)});

		const onFlight = (from: Flight['from'], bytes: Uint8Array): void => {
			if (isRecorded) {
				flights.push({from, bytes: bytes.slice(), atMs: now() - startedAt});
			}
		};

		const onConnectionEnd = (): void => {
			const how = endingOf(stream);
			if (how !== undefined) {
				endWith(how);
			}
		};

		/** A close_notify, behind which the connection may stay. RFC 9846 §6.1. */
		const onClosed = (): void => (stream.ended() === undefined ? endWith({kind: 'closed'}) : onConnectionEnd());

		/** An alert of the server is the server's answer; other errors are of the library here. Where the connection broke, the connection reports it. */
		const onError = (error: Error): void => {
			const code = codeOf(error);
			const alert = readAlert(code);
			const ended = stream.ended();
			if (alert !== undefined) {
				endWith({kind: 'alert', alert});
			} else if (completed === undefined && stream.sentBytes() === 0 && ended === undefined) {
				finish({kind: 'not-spoken', code});
			} else if (ended !== undefined || code === 'ECONNRESET') {
				// Node's code for an end that comes too early, on either side.
				setImmediate(() => events.onClosed());
			} else {
				endWith({kind: 'own-stack', code});
			}
		};

		/** Once more, as often as it is wanted. */
		const renegotiate = (): void => {
			if (isOver || renegotiated!.count >= spec.renegotiations!) {
				finish(completed!);
				return;
			}

			since = now();
			waitFor(timeoutMs);
			socket!.renegotiate({}, error => {
				if (error === null) {
					renegotiated = {count: renegotiated!.count + 1};
					setImmediate(renegotiate);
				} else {
					onError(error);
				}
			});
		};

		const onSecure = (): void => {
			if (completed !== undefined) {
				return;
			}

			completed = agreedOn(socket!);
			const {alpnProtocol} = socket!;
			// What was agreed on may be another protocol, in which the request is noise.
			request = alpnProtocol && !alpnProtocol.startsWith('http/1') ? undefined : request;
			chain = chainOf(socket!);
			since = now();
			if (spec.renegotiations !== undefined && spec.version < 0x03_04) {
				renegotiated = {count: 0};
				renegotiate();
			} else if (request !== undefined) {
				socket!.write(request, 'latin1');
				waitFor(timeoutMs);
			} else if (spec.version < 0x03_04) {
				finish(completed);
			} else {
				waitFor(afterFinishedMs);
			}
		};

		/** What the server says first, without a request. */
		const early: Uint8Array[] = [];
		let hasHead = false;
		const read = (bytes: Uint8Array): void => {
			const answer = reader.push(bytes);
			if (answer !== undefined) {
				finish(completed!, answer);
			} else if (!hasHead && reader.end()?.kind === 'http') {
				hasHead = true;
				waitFor(Math.min(bodyGraceMs, since + timeoutMs - now()));
			}
		};

		const onData = (bytes: Uint8Array): void => {
			if (renegotiated !== undefined) {
				// What a server says first is not what is waited for.
				return;
			}

			if (isOver || request === undefined) {
				early.push(bytes);
				finish(completed!);
				return;
			}

			try {
				read(bytes);
			} catch (error) {
				// Not the peer's doing: what cannot be read is an answer by now.
				close();
				reject(error);
			}
		};

		/** Replaced where the connection is handed on. */
		let events: TlsEvents = {onFlight, onConnectionEnd, onClosed, onError, onData};
		const stream = streamOver(
			connection,
			() => events.onConnectionEnd(),
			isRecorded || spec.keepsOpen ? (from, bytes) => events.onFlight(from, bytes) : undefined,
		);
		const place = interruptOf(signal).join(onAbort);
		waitFor(timeoutMs);
		try {
			socket = connectTls(stream.duplex, spec);
		} catch (error) {
			finish({kind: 'not-spoken', code: codeOf(error)});
			return;
		}

		newestSession = watchSession(socket, spec.version);
		if (spec.wantsSecrets) {
			socket.on('keylog', line => keepLine(keyLog, line));
		}

		socket
			.on('error', error => events.onError(error))
			.on('secureConnect', onSecure)
			.on('data', bytes => events.onData(bytes));
		// A ticket says that the server takes the handshake for done. RFC 9846 §4.7.1.
		socket.on('session', () =>
			completed !== undefined && request === undefined && renegotiated === undefined ? finish(completed) : undefined,
		);
		socket.on('end', () => setImmediate(() => events.onClosed()));
	});
}
