import {bracketed} from '../../bytes/bracketed.js';
import {type Dialogue, type DialogueStep, decoded, type FindEnd, latin1, oneLine, wordsOf} from '../dialogue.js';
import {hideSecrets} from './hide-secrets.js';
import type {ForwardProxy} from './url.js';

/** How much of a refusal's page to read, and how long to wait for it. */
const [mostPageBytes, mostPageMs] = [4096, 500];

/**
Ask an HTTP proxy for a tunnel. RFC 9110 §9.3.6.

@param host - A name, or an address without brackets.
*/
export function* httpConnect(proxy: ForwardProxy, host: string, port: number): Dialogue {
	const {user, password} = proxy;
	const authority = `${bracketed(host)}:${port}`;
	const login = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
	const lines = [
		`CONNECT ${authority} HTTP/1.1`,
		`Host: ${authority}`,
		'User-Agent: tlsprobe',
		'Proxy-Connection: keep-alive',
		...(user === undefined ? [] : [`Proxy-Authorization: Basic ${login}`]),
	];
	let send: string | undefined = `${lines.join('\r\n')}\r\n\r\n`;
	for (let interim = 0; interim <= mostInterim; interim++) {
		const head = latin1(yield {send, until: untilHead()});
		send = undefined;
		const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(head)?.[1];
		if (status === undefined) {
			return {words: `not an answer in HTTP: ${wordsOf(head)}`};
		}

		if (status.startsWith('1')) {
			continue;
		}

		if (!status.startsWith('2')) {
			return {words: yield* refusalWords(head, proxy)};
		}

		// A tunnel has no content type and no length: this is a page, such as a login page.
		if (/^content-type: *(?:text\/html|application\/xhtml)/im.test(head)) {
			return {words: `a page instead of a tunnel: ${yield* refusalWords(head, proxy)}`};
		}

		return undefined;
	}

	return {words: `more than ${mostInterim} interim answers without a final one`};
}

/** RFC 9110 §15.2 sets no limit; real servers send only a few. */
const mostInterim = 16;

/** Up to the empty line. An answer that is not HTTP ends at the end of its line, or after a few bytes that are not text. */
function untilHead(): FindEnd {
	let searched = 0;
	return bytes => {
		if (!'HTTP/'.startsWith(latin1(bytes.subarray(0, 5)))) {
			const end = bytes.indexOf(0x0a);
			const isNoText = bytes.length > 64 || /[^\t\r\n -~]/.test(latin1(bytes));
			return end === -1 ? (isNoText ? bytes.length : undefined) : end + 1;
		}

		for (let end = bytes.indexOf(0x0a, searched); end !== -1; end = bytes.indexOf(0x0a, searched)) {
			const next = bytes[end + 1] === 0x0d ? end + 2 : end + 1;
			if (bytes[next] === 0x0a) {
				return next + 1;
			}

			if (next >= bytes.length) {
				return undefined;
			}

			searched = end + 1;
		}

		searched = bytes.length;
		return undefined;
	};
}

const header = (head: string, name: string): string | undefined => new RegExp(`^${name}:[ \\t]*([^\\r\\n]*)`, 'im').exec(head)?.[1];

/** The status line; the cause that the proxy gives; the target of a redirect; and the title of its page. */
function* refusalWords(said: string, proxy: ForwardProxy): Generator<DialogueStep, string, Uint8Array> {
	const head = decoded(said);
	const headerText = (name: string): string | undefined => {
		const value = header(head, name);
		return value && hideSecrets(value, proxy);
	};
	const status = hideSecrets(head.replace(/^HTTP\/\S+ /, '').replace(/\r?\n[\s\S]*$/, ''), proxy);
	const title = yield* pageTitle(head, proxy);
	const parts = [
		headerText('x-squid-error')?.replace(/ \d+$/, ''),
		headerText('location') && `to ${headerText('location')}`,
		...loginWords(status, head, proxy),
		title && !status.includes(title) ? `"${title}"` : undefined,
	];
	return oneLine([status, ...parts].filter(Boolean).join(', '));
}

/** The problem of the login: it is missing, refused, or of an unsupported kind. */
function loginWords(status: string, head: string, proxy: ForwardProxy): string[] {
	const wanted = [...head.matchAll(/^proxy-authenticate:[ \t]*([^\r\n]*)/gim)].map(([, value]) => hideSecrets(value!, proxy));
	const takesBasic = wanted.length === 0 || wanted.some(value => /(?:^|,)\s*basic\b/i.test(value));
	return [
		...(status.startsWith('407') && proxy.user !== undefined && takesBasic ? ['user or password refused'] : []),
		...(wanted.length === 0 ? [] : [`wants ${wanted.join(', ')}`]),
		...(takesBasic ? [] : [wayRound(wanted)]),
	];
}

/** Logins with a Windows account or with Kerberos are left to separate relay programs. RFC 4559. */
const wayRound = (wanted: readonly string[]): string =>
	wanted.some(value => /\b(?:ntlm|negotiate|kerberos)\b/i.test(value))
		? 'which is not supported: use a local relay that logs in, such as cntlm or px, as the proxy'
		: 'only Basic is supported';

/**
The page is optional: it may never come. A repeated password is removed first, because a password with a sign that ends a title would be truncated and
not recognised.
*/
function* pageTitle(head: string, proxy: ForwardProxy): Generator<DialogueStep, string | undefined, Uint8Array> {
	const length = Number(header(head, 'content-length') ?? mostPageBytes);
	if (!/html/i.test(header(head, 'content-type') ?? '') || length === 0) {
		return undefined;
	}

	const page = yield {until: untilTitle(Math.min(length, mostPageBytes)), mostMs: mostPageMs};
	return /<title[^>]*>([^<]*)<\/title/i.exec(hideSecrets(decoded(page), proxy).slice(0, mostPageBytes))?.[1]?.trim();
}

const untilTitle =
	(most: number): FindEnd =>
	bytes =>
		bytes.length >= most || /<\/title/i.test(latin1(bytes)) ? bytes.length : undefined;
