import {Resolver} from 'node:dns';
import {interruptOf} from './interrupt.js';

export type LookupFailed = {readonly kind: 'failed'; readonly reason: 'name-lookup-failed'; readonly code: string};

/**
Ask name servers, for at most this long.

@param servers - `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`; empty for those of the system.
@param ask - Passes its answer to `finish`, or a code to `fail`.
*/
export function askNameServers<Answer>(
	{servers, timeoutMs, signal}: {readonly servers: readonly string[]; readonly timeoutMs: number; readonly signal: AbortSignal | undefined},
	ask: (resolver: Resolver, finish: (answer: Answer) => void, fail: (code: string) => void) => void,
): Promise<Answer | LookupFailed> {
	return new Promise(resolve => {
		// A single try, the default, fails with one lost datagram. Four tries, each with a third of the time, make at least three.
		const resolver = new Resolver({timeout: Math.max(100, Math.round(timeoutMs / 3)), tries: 4});
		if (servers.length > 0) {
			resolver.setServers(servers);
		}

		const finish = (answer: Answer | LookupFailed): void => {
			clearTimeout(timer);
			interruptOf(signal).leave(place, onAbort);
			resolve(answer);
		};

		const fail = (code: string): void => {
			finish({kind: 'failed', reason: 'name-lookup-failed', code});
			resolver.cancel();
		};

		const onAbort = (): void => fail('ECANCELLED');
		const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs);
		const place = interruptOf(signal).join(onAbort);
		ask(resolver, finish, fail);
	});
}
