import {once} from 'node:events';
import {mkdir, writeFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import path from 'node:path';
import {labCertificate} from '../lab/certificate.js';
import {clientFlow} from '../listener/client-flow.js';
import {clientJson, clientText} from '../listener/client-text.js';
import {describeClient} from '../listener/describe-client.js';
import {type AnswerKind, type Listener, type RecordedClient, startListener} from '../listener/start-listener.js';
import {codeOf} from '../transport/connection.js';
import {type Context, defineCommand, OutputError, UsageError} from './command.js';
import {readCount, readDuration} from './read-values.js';

const flags = {
	port: {type: 'string', shortFlag: 'p'},
	address: {type: 'string'},
	answer: {type: 'string'},
	count: {type: 'string'},
	timeout: {type: 'string'},
	maxClients: {type: 'string'},
	save: {type: 'string'},
	json: {type: 'boolean'},
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

/** The other end: what a client says of itself. */
export default defineCommand({
	name: 'listen',
	summary: 'wait for clients, and tell what each offers and whether TLS 1.2 alone would do',
	flags,
	help: `Usage
  $ tlsprobe listen

Waits for clients and tells of each what it offers: versions, cipher suites,
groups, server name, ALPN, JA3 and JA4, which known client it is like and how it
differs, and whether a service that speaks TLS 1.2 alone would take it.
docs/listen.md shows how to point PowerShell, .NET, curl, Java and the MARS
agent at it.

Options
  --port N          listen there; 0 lets the system choose  [8443]
  --address ADDR    this address of the machine; 0.0.0.0 for all  [127.0.0.1]
  --answer WHAT     handshake: finish it, with a throw-away certificate
                    refuse: send an alert  record: hang up  [handshake]
  --count N         end after so many clients; otherwise Ctrl-C ends it
  --timeout TIME    that a client may take  [10s]
  --max-clients N   at once; more are turned away  [256]
  --save DIR        keep each hello there, for tlsprobe explain and
                    tlsprobe clients --client-hello
  --json            one line of JSON per client
  -q, --quiet       nothing on stderr but errors
  --no-color        no colours

Exit code
  0 ended by Ctrl-C or --count  2 wrong usage  74 a hello could not be kept

Examples
  $ tlsprobe listen --port 8443 --address 0.0.0.0
  $ tlsprobe listen --count 1 --json --save hellos
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`listen waits for others, and takes no host: ${JSON.stringify(input[0])}; see tlsprobe listen --help`);
		}

		const isJson = values.json ?? false;
		const most = values.count === undefined ? Number.POSITIVE_INFINITY : readCount('--count', values.count, 1, 1_000_000);
		if (values.save !== undefined) {
			await mkdir(values.save, {recursive: true}).catch((error: Error) => {
				throw new UsageError(`--save ${JSON.stringify(values.save)} is no directory that can be written to: ${error.message}`);
			});
		}

		const enough = new AbortController();
		let told: Promise<void> = Promise.resolve();
		let count = 0;
		let turnedAway = 0;
		const listener: Listener = await open(values, client => {
			if (client.kind === 'turned-away') {
				turnedAway += 1;
				return;
			}

			count += 1;
			if (count > most) {
				return;
			}

			const number = count;
			told = told.then(() => tell(client, number, {listener, isJson, directory: values.save, context}));
			// Whoever waits for it learns of it in the end.
			told.catch(() => enough.abort());
			if (count === most) {
				enough.abort();
			}
		});
		context.warn(`listening on ${listener.address} port ${listener.port}\n`);
		try {
			await untilAborted(AbortSignal.any([context.signal, enough.signal]));
			await told;
		} finally {
			// The last client may still be reading its answer.
			await listener.close(context.signal.aborted ? 0 : graceMs);
		}

		if (turnedAway > 0) {
			context.warn(`tlsprobe: ${turnedAway} clients were turned away, because too many came at once\n`);
		}

		return 0;
	},
});

const graceMs = 1000;

type Values = Parameters<ReturnType<typeof defineCommand<typeof flags>>['run']>[1];

async function open(values: Values, onClient: (client: RecordedClient) => void): Promise<Listener> {
	const {address = '127.0.0.1'} = values;
	if (isIP(address) === 0) {
		throw new UsageError(`--address takes an IP address of this machine, not ${JSON.stringify(address)}`);
	}

	const port = values.port === undefined ? 8443 : readCount('--port', values.port, 0, 65_535);
	const options = {
		address,
		port,
		answer: readAnswer(values.answer),
		makeCertificate: labCertificate,
		timeoutMs: values.timeout === undefined ? 10_000 : readDuration('--timeout', values.timeout),
		mostClients: values.maxClients === undefined ? 256 : readCount('--max-clients', values.maxClients, 1, 10_000),
		onClient,
	};
	try {
		return await startListener(options);
	} catch (error) {
		throw new UsageError(`nobody may listen on ${address} port ${port} here (${codeOf(error as Error)}); try another --port`, {
			cause: error,
		});
	}
}

function readAnswer(text: string | undefined): AnswerKind {
	if (text !== undefined && text !== 'handshake' && text !== 'refuse' && text !== 'record') {
		throw new UsageError(`--answer takes handshake, refuse or record, not ${JSON.stringify(text)}`);
	}

	return text ?? 'handshake';
}

type Telling = {
	readonly listener: Listener;
	readonly isJson: boolean;
	readonly directory: string | undefined;
	readonly context: Context;
};

async function tell(
	client: Exclude<RecordedClient, {kind: 'turned-away'}>,
	number: number,
	{listener, isJson, directory, context}: Telling,
): Promise<void> {
	const described = client.kind === 'hello' ? describeClient(client.hello) : undefined;
	const file = directory === undefined || client.kind !== 'hello' ? undefined : path.join(directory, fileName(client.startedAt, number));
	if (file !== undefined && client.kind === 'hello') {
		await writeFile(file, clientFlow(client, listener), {flag: 'wx'}).catch((error: Error) => {
			throw new OutputError(`cannot keep the hello in ${file}: ${error.message}`, {cause: error});
		});
	}

	await context.write(isJson ? clientJson(client, described, file) : clientText(client, described, file, context.look));
}

const fileName = (startedAt: string, number: number): string =>
	`${startedAt.replaceAll(/[-:.]/g, '')}-${String(number).padStart(3, '0')}.flow`;

async function untilAborted(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) {
		await once(signal, 'abort');
	}
}
