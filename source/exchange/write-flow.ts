import {hexDump, printable, toHex} from '../bytes/hex.js';
import {versions} from '../iana/versions.js';
import type {Completion} from './completing/completion.js';
import {type Flow, flowMagic} from './flow.js';

/** A flow as a text file: lines of `# key: value`, then a hex dump of every stretch of bytes that went either way. */
export function writeFlow(flow: Flow): string {
	const {connectedMs, localAddress, localPort, failure, completion, turns} = flow;
	const headers: Readonly<Record<string, string | undefined>> = {
		target: flow.target,
		address: flow.address,
		port: String(flow.port),
		kind: flow.kind === 'hello' ? undefined : flow.kind,
		probe: flow.probe === '' ? undefined : flow.probe,
		ask: flow.askKey,
		version: flow.version === undefined ? undefined : versions.label(flow.version),
		shape: flow.shape,
		'server name': flow.serverName,
		outcome: flow.outcome,
		ended: flow.end,
		failure: failure && asciiJson(failure),
		completion: completion && asciiJson(writeCompletion(completion)),
		turns: turns && asciiJson(turns),
		started: flow.startedAt,
		connected: connectedMs === undefined ? undefined : `${connectedMs} ms`,
		duration: `${flow.durationMs} ms`,
		'local address': localAddress,
		'local port': localPort === undefined ? undefined : String(localPort),
	};
	const lines = Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [`# ${key}: ${inLine(value)}\n`]));
	const sections = flow.flights.map(({from, atMs, bytes}) => `\n>>> ${from} ${atMs} ms\n${hexDump(bytes)}`);
	return `${flowMagic}\n${lines.join('')}${sections.join('')}`;
}

/** What stands in other places of a flow is not written again. */
const writeCompletion = ({chain, secrets, turns, ...completion}: Completion): object => ({
	...completion,
	chain: chain.map(toHex),
	keyLog: secrets?.keyLog,
});

/** JSON of what the server chose in part, in characters that stay as they are in a header. */
const asciiJson = (value: unknown): string =>
	JSON.stringify(value).replaceAll(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Some of it was chosen by the server: it must stay on its line. */
const inLine = (text: string): string => (/[^ -~]/.test(text) ? printable(Buffer.from(text)) : text);
