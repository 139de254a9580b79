import {tryDecode} from '../../bytes/decode-error.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {decode} from '../../wire/codec.js';
import {applicationLayerProtocolNegotiation} from '../../wire/extensions/index.js';
import type {Conversation} from '../probe.js';
import {askOne, type Selection, type ServerState} from '../taking/ask-one.js';
import type {FoundProtocols} from './extensions-finding.js';

/** IANA registry "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs", those of servers over TCP, and those of drafts in use. */
export const knownProtocols: readonly string[] = [
	...['h2', 'http/1.1', 'http/1.0', 'http/0.9', 'spdy/3.1', 'spdy/3', 'spdy/2', 'h2c', 'acme-tls/1'],
	...['imap', 'pop3', 'managesieve', 'smtp', 'ftp', 'irc', 'nntp', 'nnsp', 'xmpp-client', 'xmpp-server', 'sip/2'],
	...['dot', 'mqtt', 'postgresql', 'tds/8.0', 'stun.turn', 'stun.nat-discovery', 'webrtc', 'c-webrtc', 'coap', 'ntske/1', 'sunrpc'],
	...['smb', 'radius/1.0', 'radius/1.1', 'grpc-exp', 'istio', 'netconf'],
];

const noApplicationProtocol = 120;

/**
The application protocols that a server speaks: all are offered, and each is taken away once it was selected. The end is an answer without
the extension, or the alert no_application_protocol. RFC 7301 §3.2.

@param base - A hello whose answer is read to its end.
*/
export function* findProtocols(state: ServerState, base: HelloSpec): Conversation<FoundProtocols> {
	const protocols: string[] = [];
	let left = knownProtocols;
	while (left.length > 0) {
		const chosen = yield* choose(state, base, left);
		if (isEnd(chosen)) {
			const again = yield* choose(state, base, left);
			if (!isEnd(again)) {
				break;
			}

			// The alert shows that the server reads the extension.
			const isKnown = protocols.length > 0 || chosen === 'no-match' || again === 'no-match';
			return {status: isKnown ? 'present' : 'absent', protocols};
		}

		if (chosen === undefined || !left.includes(chosen.protocol)) {
			break;
		}

		protocols.push(chosen.protocol);
		left = left.filter(name => name !== chosen.protocol);
	}

	return {status: protocols.length === 0 ? 'inconclusive' : 'present', protocols, ...(left.length === 0 ? {} : {undecided: left})};
}

/** `none`: a ServerHello without the extension. `no-match`: the alert no_application_protocol. */
type End = 'none' | 'no-match';

type Chosen = {readonly protocol: string} | End | undefined;

const isEnd = (chosen: Chosen): chosen is End => typeof chosen === 'string';

/** @returns An end where nothing of these is spoken; undefined where that is not known. */
function* choose(state: ServerState, base: HelloSpec, alpn: readonly string[]): Conversation<Chosen> {
	let chosen: Chosen;
	const hello = {...base, shape: 'extensions-alpn', extensions: {...base.extensions!, alpn}};
	const reply = yield* askOne(state, {
		hello,
		offered: [],
		pick(outcome) {
			chosen = chosenIn(outcome);
			return 0;
		},
	});
	return reply.kind === 'refused' && reply.description === noApplicationProtocol ? 'no-match' : chosen;
}

function chosenIn(outcome: Selection): Chosen {
	const flight = outcome.kind === 'server-hello' ? outcome.flight : undefined;
	if (flight === undefined || (outcome.version >= 0x03_04 && flight.isWhole === undefined)) {
		return undefined;
	}

	const found = flight.bodies?.find(({type}) => type === applicationLayerProtocolNegotiation.type);
	if (found === undefined) {
		return 'none';
	}

	const names = tryDecode(() => decode(applicationLayerProtocolNegotiation.serverHello, found.data));
	return names?.[0] === undefined ? undefined : {protocol: names[0]};
}
