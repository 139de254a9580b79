import {parseProxyChoice, parseProxyProtocol, type StartTlsChoice, startTlsChoices} from '../../transport/parse-route.js';
import type {ProxyProtocol} from '../../transport/proxy-protocol.js';
import {redact} from '../redact.js';
import type {GivenProxy} from './check-file.js';
import {described, type ReadValue, readText, unknownWord, written} from './read-fields.js';
import type {WithPosition} from './with-position.js';

/** What takes away what `defaults` say. */
const isNone = (value: WithPosition): boolean => value.kind === 'other' && (value.value === false || value.value === null);

const noProxy: GivenProxy = {label: 'none', choice: {proxy: undefined, noProxy: ''}};

/**
A proxy's URL, `env`, or `none`; complaints are without its password.

@param note - Receives what the author of the file should know.
*/
export const readProxy =
	(environment: Readonly<Record<string, string | undefined>>, note: (text: string) => void): ReadValue<GivenProxy> =>
	(value, file) => {
		const text = isNone(value) ? 'none' : readText('proxy is a URL, such as http://127.0.0.1:3128')(value, file);
		if (text === undefined || text === 'none') {
			return text && noProxy;
		}

		const parsed = parseProxyChoice(text, environment);
		if (parsed.kind === 'invalid') {
			const where = parsed.isFromEnvironment ? `env: HTTPS_PROXY: ${JSON.stringify(parsed.url)}` : described(value);
			file.complain(value.offset, `proxy: ${where}: ${parsed.problem}`);
			return undefined;
		}

		if (parsed.isUnset) {
			note(`${file.place(value.offset)}: proxy env: HTTPS_PROXY is not set, so targets are connected to directly`);
		}

		return {label: redact(text), choice: parsed.choice};
	};

const startTlsWords: readonly (StartTlsChoice | 'none')[] = [...startTlsChoices, 'none'];

export const readStartTls: ReadValue<StartTlsChoice | 'none'> = (value, file) => {
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
