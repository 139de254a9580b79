import type {NameServerOptions} from './name-server.js';
import type {Resolver} from './resolve.js';

/** Whether a text is the address of a name server: `ADDRESS`, `ADDRESS:PORT` or `[IPv6]:PORT`. Node.js takes these forms and no others. */
export const isNameServer = (text: string): boolean =>
	/^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|\[[\da-f:.]+\](?::\d{1,5})?|[\da-f:.]*:[\da-f:.]*)$/i.test(text);

/** `nameServerResolver`, loaded for the first name: most runs do not ask for it. */
export function lateNameServerResolver(options: NameServerOptions): Resolver {
	let made: Promise<Resolver> | undefined;
	return async (...question) => {
		made ??= import('./name-server.js').then(({nameServerResolver}) => nameServerResolver(options));
		return (await made)(...question);
	};
}
