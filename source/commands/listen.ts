import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import path from 'node:path';
import {localhostCertificate} from '../bytes/localhost-certificate.js';
import {quotedPath} from '../bytes/quoted-path.js';
import {clientFlow} from '../listener/client-flow.js';
import {clientJson, clientText} from '../listener/client-text.js';
import {describeClient} from '../listener/describe-client.js';
import {type AnswerKind, type Listener, type RecordedClient, startListener} from '../listener/start-listener.js';
import {makeFolder} from '../outputs/make-folder.js';
import {OutputError} from '../outputs/output-error.js';
import {codeOf} from '../transport/connection.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {type Print, planPrinting, printingFlags, withPrinting} from './probing/printing.js';
import {readCount, readDuration} from './read-values.js';

const flags = {
	port: {type: 'string', value: 'text', shortFlag: 'p'},
	address: {type: 'string', value: 'text'},
	answer: {type: 'string', value: 'answers'},
	count: {type: 'string', value: 'text'},
	timeout: {type: 'string', value: 'text'},
	maxClients: {type: 'string', value: 'text'},
	save: {type: 'string', value: 'folder'},
	...printingFlags,
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

/** The other end: what a client says of itself. */
export default defineCommand({
	name: 'listen',
	summary: 'wait for clients, and show what each offers and whether TLS 1.2 is enough',
	operands: 'text',
	flags,
	help: `Usage
  $ tlsprobe listen

Waits for clients and shows what each offers: versions, cipher suites, groups,
server name, ALPN, JA3 and JA4, which known client it resembles, how it differs,
and whether a service with only TLS 1.2 would accept it.
docs/listen.md describes how to connect PowerShell, .NET, curl, Java and the
MARS agent to it.

Options
  --port N          port to listen on; 0 lets the system choose  [8443]
  --address ADDR    address to listen on; 0.0.0.0 for all  [127.0.0.1]
  --answer WHAT     handshake: complete it, with a temporary certificate
                    refuse: send an alert  record: close the connection
                    [handshake]
  --count N         end after N clients  [Ctrl-C ends it]
  --timeout TIME    limit for each client  [10s]
  --max-clients N   clients at the same time; more are closed  [256]
  --save DIR        save each hello in DIR, for tlsprobe explain and
                    tlsprobe clients --client-hello
  --format NAME     text, jsonl or json  [text]
  --json            short for --format jsonl: one line of JSON per client
  -o, --output FILE
                    write to FILE, in the format of its extension: .txt, .jsonl
                    or .json; repeatable
  -q, --quiet       print only errors on stderr
  --no-color        no colours

Exit code
  0 ended by Ctrl-C or --count  2 wrong usage  74 cannot save a hello

Examples
  $ tlsprobe listen --port 8443 --address 0.0.0.0
  $ tlsprobe listen --count 1 --json --save hellos
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`listen waits for clients, and takes no host: ${JSON.stringify(input[0])}; see tlsprobe listen --help`);
		}

		const plan = planPrinting(values);
		const most = values.count === undefined ? Number.POSITIVE_INFINITY : readCount('--count', values.count, 1, 1_000_000);
		if (values.save !== undefined) {
			prepareFolder(values.save);
		}

		return withPrinting(plan, context, print => listen(values, most, print, context), {isStreamed: true});
	},
});

async function listen(values: Values, most: number, print: Print, context: Context): Promise<ExitCode> {
	const enough = new AbortController();
	let reported: Promise<void> = Promise.resolve();
	let count = 0;
	let turnedAway = 0;
	let waiting = 0;
	const listener: Listener = await open(values, client => {
		if (client.kind === 'turned-away') {
			turnedAway += 1;
			return undefined;
		}

		count += 1;
		if (count > most) {
			return undefined;
		}

		const number = count;
		waiting += 1;
		reported = reported.then(async () => {
			await report(client, number, {listener, directory: values.save, print});
			waiting -= 1;
		});
		// What is awaited in the end fails with it.
		reported.catch(() => enough.abort());
		if (count === most) {
			enough.abort();
		}

		return reported;
	});
	context.warn(`listening on ${listener.address} port ${listener.port}\n`);
	try {
		await untilAborted(AbortSignal.any([context.signal, enough.signal]));
		// What reads the output may have stopped reading.
		await Promise.race([reported, untilAborted(context.signal).then(() => pause(graceMs))]);
	} finally {
		// The last client may still be reading its answer.
		await listener.close(context.signal.aborted ? 0 : graceMs);
	}

	if (turnedAway > 0) {
		context.warn(
			`tlsprobe: connections closed without an answer: ${turnedAway}; there were too many at the same time, or the output was not read\n`,
		);
	}

	if (waiting > 0) {
		context.warn(`tlsprobe: clients missing from the output, because it was not read: ${waiting}\n`);
	}

	return 0;
}

const graceMs = 1000;

function prepareFolder(folder: string): void {
	try {
		makeFolder(folder);
	} catch (error) {
		throw new UsageError(`--save ${quotedPath(folder)} is not a writable directory: ${(error as Error).message}`);
	}
}

type Values = Parameters<ReturnType<typeof defineCommand<typeof flags>>['run']>[1];

async function open(values: Values, onClient: (client: RecordedClient) => Promise<void> | undefined): Promise<Listener> {
	const {address = '127.0.0.1'} = values;
	if (isIP(address) === 0) {
		throw new UsageError(`--address takes an IP address of this machine, not ${JSON.stringify(address)}`);
	}

	const port = values.port === undefined ? 8443 : readCount('--port', values.port, 0, 65_535);
	const options = {
		address,
		port,
		answer: readAnswer(values.answer),
		makeCertificate: localhostCertificate,
		timeoutMs: values.timeout === undefined ? 10_000 : readDuration('--timeout', values.timeout),
		mostClients: values.maxClients === undefined ? 256 : readCount('--max-clients', values.maxClients, 1, 10_000),
		onClient,
	};
	try {
		return await startListener(options);
	} catch (error) {
		throw new UsageError(`cannot listen on ${address} port ${port}: ${reasonOf(codeOf(error as Error))}`, {cause: error});
	}
}

const reasonOf = (code: string): string => reasons[code] ?? `${code}; try another --port`;

const reasons: Readonly<Record<string, string>> = {
	EADDRINUSE: 'another program is listening there; choose another port with --port, or --port 0 for any free port',
	EACCES: 'permission denied; choose a port from 1024 on with --port, or run it with more privileges',
	EADDRNOTAVAIL: 'this machine has no such address; choose another with --address',
};

function readAnswer(text: string | undefined): AnswerKind {
	if (text !== undefined && text !== 'handshake' && text !== 'refuse' && text !== 'record') {
		throw new UsageError(`--answer takes handshake, refuse or record, not ${JSON.stringify(text)}`);
	}

	return text ?? 'handshake';
}

type Reporter = {
	readonly listener: Listener;
	readonly directory: string | undefined;
	readonly print: Print;
};

async function report(
	client: Exclude<RecordedClient, {kind: 'turned-away'}>,
	number: number,
	{listener, directory, print}: Reporter,
): Promise<void> {
	const described = client.kind === 'hello' ? describeClient(client.hello) : undefined;
	const file = directory === undefined || client.kind !== 'hello' ? undefined : path.join(directory, fileName(client.startedAt, number));
	if (file !== undefined && client.kind === 'hello') {
		await writeFile(file, clientFlow(client, listener), {flag: 'wx'}).catch((error: Error) => {
			throw new OutputError(`cannot save the hello in ${file}: ${error.message}`, {cause: error});
		});
	}

	await print({text: look => clientText(client, described, file, look), json: () => clientJson(client, described, file)});
}

const fileName = (startedAt: string, number: number): string =>
	`${startedAt.replaceAll(/[-:.]/g, '')}-${String(number).padStart(3, '0')}.flow`;

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

async function untilAborted(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) {
		await once(signal, 'abort');
	}
}
