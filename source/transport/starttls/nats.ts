import {type Dialogue, exchangeText, wordsOf} from '../dialogue.js';
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
			return {isTurnedAway: true, words: `not an INFO line of NATS: ${wordsOf(said)}`};
		}

		// The client has nothing to ask with: TLS begins right behind the line.
		const {tls_required: isRequired, tls_available: isAvailable, version} = fields;
		return isRequired === true || isAvailable === true
			? undefined
			: {words: `nats-server ${wordsOf(String(version))} does not offer TLS (tls_required, tls_available)`};
	},
} as const satisfies StartTls;

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
