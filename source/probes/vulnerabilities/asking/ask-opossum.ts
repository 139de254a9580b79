import {readHttpAnswer} from '../../../exchange/completing/http-answer.js';
import {requestFor} from '../../confirm/request.js';
import type {Conversation, RecordsAnswer, RecordsAsk} from '../../probe.js';
import {newestHandshake, noVersion} from '../newest-handshake.js';
import type {About, Assessment} from '../vulnerability.js';

const [httpsPort, httpPort] = [443, 80];

/**
Asks port 80 of the same address to change to TLS by the field Upgrade. A server that supports this answers with status 101, or with TLS in its field
Upgrade. The attack needs both ports, so an endpoint on another port than 443 is not asked. RFC 2817.
*/
export default function* askOpossum(about: About): Conversation<Assessment, RecordsAsk> {
	const request = requestFor({...about.target, port: httpsPort});
	const handshake = newestHandshake(about);
	if (requestFor(about.target) === undefined || request === undefined) {
		return {status: 'not-applicable', message: 'the port is that of another protocol than HTTP'};
	}

	if (about.target.port !== httpsPort) {
		return {status: 'not-applicable', message: 'no port without TLS belongs to the endpoint: port 80 belongs to port 443'};
	}

	if (handshake === undefined) {
		return noVersion;
	}

	const text = request.replace('Connection: close', 'Upgrade: TLS/1.0\r\nConnection: Upgrade');
	const turn = {send: [{kind: 'bytes', bytes: Buffer.from(text, 'latin1').toString('hex')}], until: {kind: 'empty-line'}} as const;
	const {version} = handshake;
	const found: Assessment[] = [];
	for (const _try of [1, 2]) {
		const [answer] = yield [{kind: 'records', records: {version, shape: 'upgrade', serverName: undefined, plainPort: httpPort, turn}}];
		found.push(assess(answer!));
		if (found.at(-1)!.status !== 'present') {
			break;
		}
	}

	return found.length > 1 && found[1]!.status !== 'present'
		? {status: 'inconclusive', message: 'one of two connections to port 80 offers to change to TLS'}
		: found.at(-1)!;
}

function assess(answer: RecordsAnswer): Assessment {
	if (answer.kind === 'not-reached') {
		const {outcome} = answer;
		return outcome.kind === 'unreachable' && outcome.code === 'ECONNREFUSED'
			? {status: 'not-applicable', message: 'port 80 is closed'}
			: {status: 'inconclusive', message: 'port 80 cannot be reached'};
	}

	const text = Buffer.from(answer.turn.received).toString('latin1');
	// readHttpAnswer skips interim answers, of which 101 is one. RFC 9110 §15.2.2.
	const isSwitching = /^HTTP\/1\.\d 101 /.test(text) && /\nUpgrade:[^\n]*\bTLS\//i.test(text);
	const reader = readHttpAnswer();
	const read = reader.push(answer.turn.received) ?? reader.end();
	if (isSwitching) {
		return {status: 'present', message: 'port 80 changes to TLS on request (101 Switching Protocols)'};
	}

	if (read?.kind !== 'http') {
		return {status: 'inconclusive', message: 'port 80 gives no answer in HTTP'};
	}

	return /\bTLS\//i.test(read.upgrade ?? '')
		? {status: 'present', message: 'port 80 offers to change to TLS (Upgrade)'}
		: {status: 'absent', message: `port 80 answers with status ${read.status}, and does not change to TLS`};
}
