import {parseProxyProtocol} from '../../transport/parse-route.js';
import {parseProxy} from '../../transport/proxy/url.js';
import type {ProxyProtocol} from '../../transport/proxy-protocol.js';
import {startTlsNames} from '../../transport/starttls/index.js';
import {described, type ReadValue, readText, unknownWord, written} from './read-fields.js';
import type {OpenFile, WithPosition} from './with-position.js';

/** What takes away what `defaults` say. */
const isNone = (value: WithPosition): boolean => value.kind === 'other' && (value.value === false || value.value === null);

/** A proxy's URL, `env`, or `none`; complaints are without its password. */
export function readProxy(value: WithPosition, file: OpenFile): string | undefined {
	if (isNone(value)) {
		return 'none';
	}

	const text = readText('proxy is a URL, such as http://127.0.0.1:3128')(value, file);
	if (text === undefined || text === 'env' || text === 'none') {
		return text;
	}

	const parsed = parseProxy(text);
	if (parsed.kind === 'invalid') {
		file.complain(value.offset, `proxy: ${described(value)}: ${parsed.problem}`);
		return undefined;
	}

	return text;
}

const startTlsWords = ['auto', ...startTlsNames, 'none'] as const;

export const readStartTls: ReadValue<string> = (value, file) => {
	if (isNone(value)) {
		return 'none';
	}

	const text = readText('starttls is the name of a protocol, such as smtp')(value, file);
	const name = startTlsWords.find(word => word === text?.trim().toLowerCase());
	if (text !== undefined && name === undefined) {
		file.complain(value.offset, () => unknownWord('there is no protocol with STARTTLS', written(value, text), startTlsWords));
	}

	return name;
};

export const readProxyProtocol: ReadValue<ProxyProtocol> = (value, file) => {
	const text = readText('proxyProtocol is 1 or 2')(value, file);
	const version = text === undefined ? undefined : parseProxyProtocol(text);
	if (text !== undefined && version === undefined) {
		file.complain(value.offset, `proxyProtocol is 1 or 2, not ${described(value)}`);
	}

	return version;
};
