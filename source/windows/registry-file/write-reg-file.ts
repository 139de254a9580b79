import type {RegistryChange, RegistryValue} from './value.js';

/**
An export as regedit writes it: version 5.00, UTF-16LE with a byte order mark, CRLF.

@param comments - Lines for a person at the top.
*/
export function writeRegFile(changes: readonly RegistryChange[], comments: readonly string[]): Uint8Array {
	const lines = ['Windows Registry Editor Version 5.00', '', ...comments.map(comment => (comment === '' ? '' : `; ${comment}`)), ''];
	let key: string | undefined;
	for (const change of changes) {
		if (change.kind === 'unread') {
			continue;
		}

		const heading = change.kind === 'delete-key' ? `[-${change.key}]` : `[${change.key}]`;
		if (heading !== key) {
			lines.push(...(key === undefined ? [] : ['']), heading);
			key = heading;
		}

		if (change.kind === 'set') {
			lines.push(`${quoted(change.name)}=${written(change.value)}`);
		} else if (change.kind === 'delete-value') {
			lines.push(`${quoted(change.name)}=-`);
		}
	}

	return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le');
}

const quoted = (text: string): string => (text === '' ? '@' : inQuotes(text));
const inQuotes = (text: string): string => `"${text.replaceAll(/["\\]/g, character => `\\${character}`)}"`;

function written(value: RegistryValue): string {
	switch (value.type) {
		case 'REG_DWORD':
			return `dword:${value.number.toString(16).padStart(8, '0')}`;
		case 'REG_SZ':
			return inQuotes(value.text);
		case 'REG_EXPAND_SZ':
			return `hex(2):${bytesOf(Buffer.from(`${value.text}\0`, 'utf16le'))}`;
		case 'REG_MULTI_SZ':
			return `hex(7):${bytesOf(Buffer.from(`${value.texts.map(text => `${text}\0`).join('')}\0`, 'utf16le'))}`;
		case 'other':
			return `${value.code === 3 ? 'hex' : `hex(${value.code.toString(16)})`}:${bytesOf(Buffer.from(value.bytes, 'hex'))}`;
		default:
			return value satisfies never;
	}
}

const bytesOf = (bytes: Buffer): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(',');
