import type {HeardClient} from '../listener/client-text.js';
import type {HandshakeResult} from '../listener/start-listener.js';
import {count, listOf, objectOf, oneWord, optional, orNull, published, text, texts, yesOrNo} from './building/describe.js';
import {described, ofResult} from './building/of-result.js';

type Resembled = NonNullable<HeardClient['resembles']>;
type Ended<Kind extends HandshakeResult['kind']> = Extract<HandshakeResult, {kind: Kind}>;

const ofTls = 'of a hello of TLS:';

const resembled = objectOf<Resembled>({
	clients: listOf(
		objectOf<Resembled['clients'][number]>({
			name: text('the name, as tlsprobe clients takes it'),
			title: text('the client and its version, for people'),
		}),
		'the known clients; all of them send the same hello',
	),
	differences: texts('how this hello differs from theirs, in words; empty if it is the same'),
});

const handshake = {
	description: 'with --answer handshake: how the handshake ended',
	oneOf: [
		objectOf<Ended<'finished'>>({
			kind: {description: 'it was completed', const: 'finished'},
			version: text('the version that was selected'),
			cipherSuite: described('the cipher suite that was selected, by the name of IANA', ofResult.cipherSuite),
		}),
		objectOf<Ended<'failed'>>({
			kind: {description: 'it was not completed', const: 'failed'},
			code: text('the code of the error, such as ERR_SSL_TLSV1_ALERT_UNKNOWN_CA or ECONNRESET'),
		}),
	],
};

export default published(
	'A line of tlsprobe listen --json: one client that connected',
	objectOf<HeardClient>(
		{
			client: text('address and port of the client, with brackets round an IPv6 address'),
			startedAt: described('when it connected; UTC, ISO 8601', ofResult.startedAt),
			durationMs: described('how long the connection took, in milliseconds, to a tenth', ofResult.durationMs),
			kind: oneWord<HeardClient['kind']>('what the client sent', {
				hello: 'a ClientHello',
				garbage: 'something that is no TLS',
				incomplete: 'nothing, or a ClientHello without its end',
			}),
			looksLike: optional(text('of garbage: what it looks like, such as http; text or binary if it is not known')),
			problem: optional(text('of garbage: why it is no ClientHello')),
			because: optional(
				oneWord<NonNullable<HeardClient['because']>>('of an incomplete hello: what ended the connection', {
					closed: 'the client closed it',
					reset: 'the client reset it',
					'too-slow': 'the client took longer than --timeout',
					'too-long': 'the hello did not end',
				}),
			),
			receivedBytes: optional(count('of an incomplete hello: how many bytes were received')),
			format: optional(
				oneWord<NonNullable<HeardClient['format']>>('of a hello: its format', {
					tls: 'the format of SSL 3 and later',
					ssl2: 'the format of SSL 2, which can ask for newer versions',
				}),
			),
			versions: optional(
				texts('of a hello: the versions that it offers, oldest first; a hello without supported_versions names only the newest'),
			),
			mayTakeOlder: optional(yesOrNo('of a hello: whether the client may accept older versions than those, which the hello does not say')),
			serverName: optional(text(`${ofTls} the server name (SNI); left out if there is none`)),
			alpn: optional(texts('of a hello: the application protocols that it offers (ALPN)')),
			cipherSuites: optional(texts('of a hello: the cipher suites, in its order, by the names of IANA; GREASE is left out')),
			groups: optional(texts('of a hello: the groups, in its order, by the names of IANA; GREASE is left out')),
			signatureAlgorithms: optional(texts('of a hello: the signature algorithms, in its order, by the names of IANA')),
			ja3: optional({description: `${ofTls} its JA3 fingerprint`, type: 'string', pattern: '^[0-9a-f]{32}$'}),
			ja3Text: optional(text(`${ofTls} what JA3 is the MD5 of`)),
			ja4: optional(text(`${ofTls} its JA4 fingerprint`)),
			ja4Text: optional(text(`${ofTls} JA4 with the lists instead of their hashes (JA4_r)`)),
			resembles: optional(orNull(resembled, 'of a hello: the known clients whose hello is most like it; null if there is none')),
			tls12: optional(
				objectOf<NonNullable<HeardClient['tls12']>>(
					{
						isTaken: yesOrNo('whether a service that accepts only TLS 1.2 would accept the client'),
						because: text('the reason, in a sentence'),
					},
					'of a hello: what a service with only TLS 1.2 makes of it',
				),
			),
			handshake: optional(handshake),
			file: optional(text('with --save: the file that the hello was saved in')),
		},
		'A client, and what it offers. Later versions may add fields; these stay.',
	),
);
