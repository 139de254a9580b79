import {readFile} from 'node:fs/promises';
import {printable, visible} from '../bytes/hex.js';
import {readHexText} from '../bytes/read-hex-text.js';
import type {SideBytes} from '../bytes/span.js';
import {whyUnreadable} from '../bytes/why-unreadable.js';
import {FlowError, isFlow} from '../exchange/flow.js';
import {looksLike} from '../exchange/looks-like.js';
import {readFlow} from '../exchange/read-flow.js';
import {transcriptOf} from '../exchange/replay.js';
import {explainFlow} from '../formats/explain.js';
import {type BytesOptions, byteCount, explanationText} from '../formats/explaining/bytes.js';
import {makePaint} from '../formats/paint.js';
import {explain} from '../wire/explain.js';
import {defineCommand, UsageError} from './command.js';
import {planText, printingFlags, withPrinting} from './probing/printing.js';
import {readAll} from './read-all.js';

/** Of one input: thirty times what is ever read of one connection. */
const mostBytes = 2 * 1024 * 1024;

/** Shows recorded bytes field by field, offline. */
export default defineCommand({
	name: 'explain',
	summary: 'show recorded bytes field by field, offline',
	operands: 'file',
	flags: {full: {type: 'boolean'}, format: {...printingFlags.format, value: 'explain-formats'}, output: printingFlags.output},
	help: `Usage
  $ tlsprobe explain [FILE]...

Shows the bytes of SSL and TLS next to the RFC names of their fields. No network
is used.
A file is a flow of --record, raw bytes, or hexadecimal text from any source:
plain digits, 0x16, 16:03:01, \\x16\\x03, xxd, hexdump -C, od, Wireshark,
openssl s_client -msg or -debug, curl --trace. Without a file, or for -, it
reads stdin.

The bytes may be records, handshake messages, a ClientHello, a ServerHello or an
alert, with or without headers, or SSL 2. Malformed input is shown as far as it
can be decoded.

Options
  --full             every byte of long fields
  --format NAME      text  [text]
  -o, --output FILE  write to FILE, which ends in .txt; repeatable
  --no-color         no colours

Exit code
  0 shown  2 the input is not SSL or TLS, or cannot be read

Examples
  $ tlsprobe explain flows/*.flow
  $ echo 15030100020246 | tlsprobe explain
  $ openssl s_client -connect example.com:443 -msg </dev/null | tlsprobe explain
`,
	async run(input, {full, ...values}, context) {
		const files = input.length === 0 ? ['-'] : input;
		if (input.length === 0 && context.isInputTerminal) {
			throw new UsageError('name a file, or pipe bytes in: echo 15030100020246 | tlsprobe explain');
		}

		return withPrinting(planText(values, files), context, async print => {
			for (const [index, file] of files.entries()) {
				const name = file === '-' ? 'stdin' : file;
				const bytes = bounded(name, file === '-' ? await readAll(context, mostBytes) : await read(file));
				await print({
					text(look) {
						const heading = files.length > 1 ? `${makePaint(look)('bold', visible(name))}\n` : '';
						return `${index > 0 ? '\n' : ''}${heading}${explainInput(name, bytes, {look, isFull: full ?? false})}`;
					},
				});
			}

			return 0;
		});
	},
});

async function read(file: string): Promise<Uint8Array> {
	if (file === '') {
		throw new UsageError('the name of a file is empty, for example because a variable is not set; name a file');
	}

	try {
		return await readFile(file);
	} catch (error) {
		throw new UsageError(`cannot read ${file}: ${whyUnreadable(error)}`);
	}
}

function bounded(name: string, bytes: Uint8Array): Uint8Array {
	if (bytes.length > mostBytes) {
		throw new UsageError(`${name} is larger than ${mostBytes / 1024 / 1024} MiB, more than any handshake`);
	}

	return Uint8Array.from(bytes);
}

function explainInput(name: string, bytes: Uint8Array, options: BytesOptions): string {
	const text = asText(bytes);
	if (text === undefined) {
		return explainSpans(name, [{from: undefined, title: undefined, bytes}], options);
	}

	if (isFlow(text)) {
		return explainFlowText(name, text, options);
	}

	try {
		return explainSpans(name, readHexText(text), options);
	} catch (error) {
		if (error instanceof TypeError) {
			throw new UsageError(`${name}: ${visible(error.message)}; it must be a flow, hexadecimal text or raw bytes`);
		}

		throw error;
	}
}

function explainFlowText(name: string, text: string, options: BytesOptions): string {
	try {
		const flow = readFlow(text);
		return explainFlow(flow, flow.kind === 'hello' ? transcriptOf(flow).outcome : undefined, options);
	} catch (error) {
		if (error instanceof FlowError) {
			throw new UsageError(`${name}: ${visible(error.message)}`);
		}

		throw error;
	}
}

/** Text without a control character that no text has; every record has one. Undefined for raw bytes. */
function asText(bytes: Uint8Array): string | undefined {
	// PowerShell's `>` writes UTF-16.
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return Buffer.from(bytes.subarray(2)).toString('utf16le');
	}

	const isRaw = bytes.some(byte => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte));
	return isRaw ? undefined : Buffer.from(bytes).toString('utf8');
}

function explainSpans(name: string, stretches: readonly SideBytes[], options: BytesOptions): string {
	const explained = stretches.map(stretch => ({...stretch, explanation: explain(stretch.bytes)}));
	if (!explained.some(({explanation}) => explanation.isTls)) {
		const {bytes} = stretches[0]!;
		const {protocol} = looksLike(bytes);
		const like = protocol === 'binary' ? '' : ` and looks like ${protocol === 'text' ? 'some text' : protocol.toUpperCase()}`;
		throw new UsageError(`${name}: it starts with ${start(bytes)}${like}, which is not a record, message or alert of SSL or TLS`);
	}

	const paint = makePaint(options.look);
	return explained
		.map(({from, title, bytes, explanation}) => {
			const heading =
				from === undefined
					? ''
					: `${paint('bold', `The ${from} sent ${byteCount(bytes.length)}${title === undefined ? '' : `, ${visible(title)}`}:`)}\n\n`;
			return `${heading}${explanationText(explanation, options)}`;
		})
		.join('\n');
}

const start = (bytes: Uint8Array): string => JSON.stringify(printable(bytes.subarray(0, 16))).replaceAll('\\\\', '\\');
