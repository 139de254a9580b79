import type {ForwardProxy} from './url.js';

/**
A proxy's text without the password that was sent to it. The proxy may repeat it unchanged or in the encodings of URLs, pages, dumps and headers, and
may leave out parts.

@param words - The complete text: a truncated password would not be recognised.
*/
export function hideSecrets(words: string, {user = '', password = ''}: Pick<ForwardProxy, 'user' | 'password'>): string {
	if (password === '') {
		return words;
	}

	const secrets = [`${user}:${password}`, password];
	const patterns = [
		...secrets.map(secret => new RegExp(`${literal(base64(secret))}=*`, 'g')),
		...secrets.map(secret => new RegExp(Buffer.from(secret).toString('hex'), 'gi')),
		// In bytes that are not UTF-8, the password is matched byte by byte.
		...[password, Buffer.from(password).toString('latin1')].map(text => new RegExp(spelled(text) || '(?!)', 'giu')),
	];
	const whole = patterns.reduce((text, pattern) => text.replaceAll(pattern, '***'), words);
	return [password, encodeURIComponent(password), ...secrets.map(base64)].reduce(withoutParts, whole);
}

/** A part of a secret is hidden too if it is at least this long and half of the secret: a proxy may truncate it. */
const shortestPart = 4;

/** The text without the parts of a secret that are long enough, each at its full length. */
function withoutParts(text: string, secret: string): string {
	const length = Math.max(shortestPart, Math.ceil(secret.length / 2));
	if (secret.length <= length) {
		return text;
	}

	const parts = new Set(Array.from({length: secret.length - length + 1}, (_, index) => secret.slice(index, index + length)));
	let safe = '';
	let done = 0;
	let hiddenTo = -1;
	for (let index = 0; index + length <= text.length; index += 1) {
		if (parts.has(text.slice(index, index + length))) {
			safe += index > hiddenTo ? `${text.slice(done, index)}***` : '';
			hiddenTo = index + length;
			done = hiddenTo;
		}
	}

	return safe + text.slice(done);
}

/** Without base64 padding, which may be lost. */
const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');

/** Each character in any encoding that a text may use. White space may have become one space, or been trimmed. */
const spelled = (text: string): string =>
	text
		.trim()
		.split(/(\s+|.)/su)
		.filter(part => part !== '')
		.map(part => (/\s/.test(part) ? String.raw`(?:\s|\+|%20|&nbsp;|&#0*32;|&#x0*20;)+` : anyOf(part)))
		.join('');

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;'};

function anyOf(character: string): string {
	const code = character.codePointAt(0)!;
	const bytes = [...Buffer.from(character)].map(byte => byte.toString(16).padStart(2, '0'));
	const entity = entities[character];
	const ways = [
		`%${bytes.join('%')}`,
		`&#0*${code};`,
		`&#x0*${code.toString(16)};`,
		...(entity === undefined ? [] : [entity]),
		String.raw`\\?${literal(character)}`,
	];
	return `(?:${ways.join('|')})`;
}

const literal = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);
