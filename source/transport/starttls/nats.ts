import {type Dialogue, exchangeText, notAnAnswer, wordsOf} from '../dialogue.js';
import {line} from '../replies.js';
import type {StartTls} from '../starttls.js';

export default {
	name: 'nats',
	ports: [4222],
	source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol#info',
	*converse(): Dialogue {
		const said = yield* exchangeText(undefined, line());
		const info = /^INFO\s+(?<json>\{.*\})\s*$/i.exec(said)?.groups?.json;
		const fields = info === undefined ? undefined : parsed(info);
		if (fields === undefined) {
			const isBusy = /^-ERR\b.*maximum connections/i.test(said);
			return {
				isRefusedEarly: true,
				...notAnAnswer(Buffer.from(said, 'latin1'), 'NATS', 'not an INFO line of'),
				...(isBusy ? {kind: 'busy'} : {}),
			};
		}

		// The client sends no request: TLS begins directly after the line.
		const {tls_required: isRequired, tls_available: isAvailable, version} = fields;
		return isRequired === true || isAvailable === true
			? undefined
			: {kind: 'not-offered', words: `nats-server ${wordsOf(String(version))} does not offer TLS (tls_required, tls_available)`};
	},
} as const satisfies StartTls;

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
