import http from 'node:http';
import https from 'node:https';
import {isIP, type LookupFunction} from 'node:net';
import {performance} from 'node:perf_hooks';
import {isWithinReach, type Reach} from '../reach.js';
import {systemResolver} from '../resolve.js';
import {addressScope} from './address-scope.js';

/** A document to fetch over HTTP. The server that is tested may have chosen the URL. */
export type DocumentRequest = {
	readonly url: string;
	/** The body to POST; without it, the method is GET. */
	readonly posted?: {readonly contentType: string; readonly body: Uint8Array} | undefined;
	/** A larger document is an error. */
	readonly mostBytes: number;
};

/** Why there is no document. `refused`: this URL must not be fetched. */
export type FetchFailure = 'refused' | 'timeout' | 'too-large' | 'redirects' | 'unreachable' | 'cancelled' | 'not-recorded';

export type Fetched =
	| {readonly kind: 'document'; readonly httpStatus: number; readonly body: Uint8Array; readonly durationMs: number}
	| {readonly kind: 'failed'; readonly reason: FetchFailure /** For a person. */; readonly message: string};

export type FetchOptions = {
	/** For the whole fetch, with its redirects. */
	readonly timeoutMs: number;
	/** The address of the target. An address that is not public is refused, unless this one is of the same kind. Null if only a proxy knows it. */
	readonly targetAddress: string | null;
	/** Which addresses may be connected to. [all] */
	readonly reach?: Reach | undefined;
	readonly signal?: AbortSignal | undefined;
};

const mostRedirects = 3;

/** Fetch a document over HTTP or HTTPS. Never rejects, and never reads much more than `mostBytes`. */
export async function fetchDocument(request: DocumentRequest, options: FetchOptions): Promise<Fetched> {
	const startedAt = performance.now();
	const deadline = AbortSignal.timeout(options.timeoutMs);
	const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
	let current = request;
	for (let redirects = 0; redirects <= mostRedirects; redirects++) {
		const answer = await fetchOnce(current, options, signal);
		if (!('location' in answer)) {
			return answer.kind === 'document' ? {...answer, durationMs: performance.now() - startedAt} : answer;
		}

		// Redirects are followed with GET, as browsers do for most of them.
		current = {...request, url: answer.location, posted: undefined};
	}

	return failed('redirects', `more than ${mostRedirects} redirects`);
}

const failed = (reason: FetchFailure, message: string) => ({kind: 'failed', reason, message}) as const;

type Once = Fetched | {readonly location: string};

async function fetchOnce(request: DocumentRequest, options: FetchOptions, signal: AbortSignal): Promise<Once> {
	const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
	if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '') {
		return failed('refused', 'only http and https URLs without a user are fetched');
	}

	const host = url.hostname.replace(/^\[(?<address>.*)\]$/, '$<address>');
	const resolved = await systemResolver(host, options.timeoutMs, signal);
	if (resolved.kind === 'failed') {
		return endedBy(signal, options) ?? failed('unreachable', `${host}: ${resolved.code}`);
	}

	const allowed = resolved.addresses.filter(({address}) => isAllowed(address, options.targetAddress));
	const found = allowed.find(({address}) => isWithinReach(address, options.reach));
	if (found === undefined && allowed.length > 0) {
		return failed('refused', `${allowed[0]!.address} is an address that this machine may not connect to`);
	}

	if (found === undefined) {
		const [first] = resolved.addresses;
		return failed(
			'refused',
			`${first?.address ?? host} is ${first === undefined ? 'no address' : scopeWords[addressScope(first.address)]}`,
		);
	}

	return requestDocument(url, request, found, options, signal);
}

const scopeWords = {
	public: 'a public address',
	loopback: 'an address of this machine',
	'link-local': 'a link-local address',
	private: 'a private address',
	other: 'not the address of a host',
} as const;

/** The URL comes from the server. It must not give access to hosts in the local network, unless the server is in that network. */
function isAllowed(address: string, targetAddress: string | null): boolean {
	const scope = addressScope(address);
	return scope === 'public' || (targetAddress !== null && isIP(targetAddress) !== 0 && addressScope(targetAddress) === scope);
}

const endedBy = (signal: AbortSignal, {signal: interrupt, timeoutMs}: FetchOptions) =>
	interrupt?.aborted
		? failed('cancelled', 'interrupted')
		: signal.aborted
			? failed('timeout', `no whole answer within ${timeoutMs} ms`)
			: undefined;

function requestDocument(
	url: URL,
	{posted, mostBytes}: DocumentRequest,
	{address, family}: {readonly address: string; readonly family: 4 | 6},
	options: FetchOptions,
	signal: AbortSignal,
): Promise<Once> {
	// Connect to the address that was checked: a second look-up could have another result.
	const lookup = ((_name, {all}, callback) =>
		all ? callback(null, [{address, family}]) : callback(null, address, family)) as LookupFunction;
	return new Promise(resolve => {
		const end = (result: Once): void => {
			resolve(result);
			asked.destroy();
		};
		const asked = (url.protocol === 'https:' ? https : http).request(
			url,
			{
				method: posted === undefined ? 'GET' : 'POST',
				headers: posted === undefined ? {} : {'content-type': posted.contentType, 'content-length': posted.body.length},
				agent: false,
				lookup,
				signal,
			},
			response => {
				const {statusCode = 0, headers} = response;
				if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
					end(
						URL.canParse(headers.location, url.href)
							? {location: new URL(headers.location, url).href}
							: failed('redirects', 'a redirect to no URL'),
					);
					return;
				}

				const chunks: Buffer[] = [];
				let size = 0;
				response.on('data', (chunk: Buffer) => {
					size += chunk.length;
					chunks.push(chunk);
					if (size > mostBytes) {
						end(failed('too-large', `more than ${mostBytes} bytes`));
					}
				});
				response.on('end', () =>
					end(
						response.complete
							? {kind: 'document', httpStatus: statusCode, body: Buffer.concat(chunks), durationMs: 0}
							: failed('unreachable', 'the answer is cut off'),
					),
				);
				response.on('error', error => end(endedBy(signal, options) ?? failed('unreachable', codeOf(error))));
			},
		);
		asked.on('error', error => end(endedBy(signal, options) ?? failed('unreachable', codeOf(error))));
		asked.end(posted?.body);
	});
}

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? 'an error of the connection';
