import {readFileSync} from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import askStartTlsInjection from '../../../source/probes/vulnerabilities/asking/ask-start-tls-injection.js';
import type {StartTlsName} from '../../../source/transport/starttls/index.js';
import {aboutPort, askPort} from '../../helpers/ask-port.js';
import {listen} from '../../helpers/confirm.js';
import {alertOf} from '../../helpers/play-records.js';

/* Servers that start TLS on request. What they have read behind the request is kept, as the fault has it, or discarded, or answered in other ways. */

const pem = readFileSync('fixtures/certificates/localhost.pem');

type Protocol = {
	readonly greeting: string;
	readonly start: RegExp;
	/** The answer to a command. One that ends the connection ends with `!`. */
	readonly reply: (command: string) => string;
	/** What the server sends first after the handshake. */
	readonly afterHandshake?: string;
};

const mail: Protocol = {
	greeting: '220 mail.test ESMTP',
	start: /^STARTTLS$/,
	reply: command =>
		/^(?:EHLO|LHLO)/.test(command)
			? '250-mail.test\r\n250 STARTTLS'
			: command === 'STARTTLS'
				? '220 go ahead'
				: command === 'QUIT'
					? '221 2.0.0 bye!'
					: command === 'NOOP'
						? '250 2.0.0 Ok'
						: '502 5.5.2 what?',
};

const protocols: Readonly<Partial<Record<StartTlsName, Protocol>>> = {
	smtp: mail,
	lmtp: mail,
	imap: {
		greeting: '* OK ready',
		start: /^\w+ STARTTLS$/,
		reply(command) {
			const [tag, word] = command.split(' ');
			return word === 'CAPABILITY'
				? `* CAPABILITY IMAP4rev1 STARTTLS\r\n${tag} OK done`
				: word === 'LOGOUT'
					? `* BYE now\r\n${tag} OK done!`
					: `${tag} OK done`;
		},
	},
	pop3: {
		greeting: '+OK ready',
		start: /^STLS$/,
		reply: command =>
			command === 'CAPA'
				? '+OK\r\nSTLS\r\n.'
				: command === 'STLS'
					? '+OK go ahead'
					: command === 'QUIT'
						? '+OK bye!'
						: '-ERR unknown command',
	},
	nntp: {
		greeting: '200 ready',
		start: /^STARTTLS$/,
		reply: command =>
			command === 'CAPABILITIES'
				? '101 list\r\nSTARTTLS\r\n.'
				: command === 'STARTTLS'
					? '382 go ahead'
					: command === 'QUIT'
						? '205 bye!'
						: '111 20261128000000',
	},
	sieve: {
		greeting: '"IMPLEMENTATION" "test"\r\n"STARTTLS"\r\nOK',
		start: /^STARTTLS$/,
		reply: command => (command.startsWith('NOOP') ? 'OK (TAG "tlsprobe") "done"' : command === 'LOGOUT' ? 'OK "bye"!' : 'OK'),
		afterHandshake: '"IMPLEMENTATION" "test"\r\nOK "ready"',
	},
};

type Fault = {
	/** What stays of the bytes behind the request for TLS. */
	readonly kept: (behind: string, connection: number) => string;
	/** Instead of the usual answer to the request, if bytes are behind it. */
	readonly answer?: string | undefined;
	/** Whether the TLS library reads the bytes behind the request, and refuses them. */
	readonly isReadAsTls?: 'alert' | 'close';
	readonly isClosed?: true;
};

async function serve(
	t: ExecutionContext,
	{greeting, start, reply, afterHandshake}: Protocol,
	{kept, answer, isReadAsTls, isClosed}: Fault,
): Promise<number> {
	let connections = 0;
	const server = net.createServer(socket => {
		const connection = connections++;
		const write = (to: net.Socket, text: string): void =>
			void (text.endsWith('!') ? to.end(`${text.slice(0, -1)}\r\n`) : to.write(`${text}\r\n`));
		let buffered = '';
		const onSecure = (secure: tls.TLSSocket): void => {
			const commands = (text: string): void => {
				buffered += text;
				for (let end = buffered.indexOf('\r\n'); end !== -1; end = buffered.indexOf('\r\n')) {
					const command = buffered.slice(0, end);
					buffered = buffered.slice(end + 2);
					write(secure, reply(command));
				}
			};
			if (afterHandshake !== undefined) {
				write(secure, afterHandshake);
			}

			commands('');
			secure.on('data', bytes => commands(bytes.toString('latin1')));
		};
		socket.on('error', () => {});
		write(socket, greeting);
		socket.on('data', function read(bytes) {
			buffered += bytes.toString('latin1');
			for (let end = buffered.indexOf('\r\n'); end !== -1; end = buffered.indexOf('\r\n')) {
				const command = buffered.slice(0, end);
				const behind = buffered.slice(end + 2);
				if (!start.test(command)) {
					buffered = behind;
					write(socket, reply(command));
					continue;
				}

				if (behind !== '' && answer !== undefined) {
					if (answer === '') {
						socket.end();
					} else {
						write(socket, answer);
					}

					return;
				}

				socket.removeListener('data', read);
				buffered = behind === '' ? '' : kept(behind, connection);
				write(socket, reply(command));
				if (isClosed || (isReadAsTls && behind !== '')) {
					socket.once('data', () => socket.end(isReadAsTls === 'alert' ? alertOf(70) : ''));
					return;
				}

				const secure = new tls.TLSSocket(socket, {isServer: true, key: pem, cert: pem});
				secure.on('error', () => socket.destroy()).on('secure', () => onSecure(secure));
				return;
			}
		});
	});
	return listen(t, server);
}

const ask = async (t: ExecutionContext, name: StartTlsName, protocol: Protocol, fault: Fault): Promise<string> => {
	const port = await serve(t, protocol, fault);
	const {status, connections, message} = await askPort(askStartTlsInjection, port, aboutPort(port, ['TLSv1.3'], 'absent', name));
	t.log(message);
	return `${status} of ${connections}`;
};

for (const [name, protocol] of Object.entries(protocols) as (readonly [StartTlsName, Protocol])[]) {
	test(`STARTTLS injection: a server of ${name} that keeps the command, and one that discards it`, async t => {
		t.is(await ask(t, name, protocol, {kept: behind => behind}), 'present of 2');
		t.is(await ask(t, name, protocol, {kept: () => ''}), 'absent of 1');
	});
}

const rows: readonly (readonly [title: string, expected: string, fault: Fault, protocol?: Partial<Protocol>])[] = [
	['keeps the command on one of two connections', 'inconclusive of 2', {kept: (behind, connection) => (connection === 0 ? behind : '')}],
	['refuses the command that it has kept', 'present of 2', {kept: () => 'XYZ\r\n'}],
	['greets once more', 'inconclusive of 1', {kept: () => ''}, {afterHandshake: '220 mail.test ESMTP'}],
	['greets once more, and keeps the command', 'inconclusive of 1', {kept: behind => behind}, {afterHandshake: '220 mail.test ESMTP'}],
	[
		'answers the second command twice',
		'inconclusive of 1',
		{kept: () => ''},
		{reply: command => (command === 'QUIT' ? '221 bye\r\n221 bye!' : mail.reply(command))},
	],
	['refuses to quit', 'inconclusive of 1', {kept: () => ''}, {reply: command => (command === 'QUIT' ? '502 no!' : mail.reply(command))}],
	['refuses STARTTLS with a command behind it', 'absent of 3', {kept: () => '', answer: '554 5.5.1 no pipelining!'}],
	['reads the command as TLS', 'absent of 3', {kept: () => '', isReadAsTls: 'alert'}],
	['reads the command as TLS, and closes', 'absent of 4', {kept: () => '', isReadAsTls: 'close'}],
	['closes all connections after STARTTLS', 'inconclusive of 4', {kept: () => '', isClosed: true}],
	['closes the connection', 'inconclusive of 1', {kept: () => '', answer: ''}],
	['answers the command in clear, and closes', 'absent of 4', {kept: () => '', answer: '220 go ahead\r\n250 2.0.0 Ok!'}],
];

for (const [title, expected, fault, protocol] of rows) {
	test(`STARTTLS injection: a server that ${title} is ${expected}`, async t => {
		t.is(await ask(t, 'smtp', {...mail, ...protocol}, fault), expected);
	});
}

test('STARTTLS injection: nothing is asked without STARTTLS, or with a protocol that has no such test', async t => {
	const of = (startTls?: StartTlsName) => askPort(askStartTlsInjection, 1, aboutPort(1, ['TLSv1.3'], 'absent', startTls));
	t.like(await of(), {status: 'not-applicable', connections: 0});
	t.like(await of('ldap'), {status: 'inconclusive', connections: 0});
});
