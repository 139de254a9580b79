import type {RemedyStep} from '../clients/client-profile.js';
import type {ClientAnswer, ClientsReport} from '../formats/clients.js';
import type {ClientFinding, Missing} from '../probes/clients/client-finding.js';
import {count, listOf, objectOf, oneWord, optional, published, text, texts, valuesBy} from './building/describe.js';
import {described, ofResult} from './building/of-result.js';
import {confidence} from './building/words.js';

const answer = objectOf<ClientAnswer>({
	client: text('the name of the client, as --client takes it'),
	title: text('the client and its version, for people'),
	connects: oneWord<ClientFinding['connects']>('whether the client can connect', {
		yes: 'the server answers its hello with what it accepts',
		no: 'something that it needs is missing',
		undecided: 'there was no clear answer',
	}),
	version: optional(text('the version that the server selected; left out if it sent no ServerHello')),
	cipherSuite: optional(described('the cipher suite that the server selected, by the name of IANA, or its number', ofResult.cipherSuite)),
	group: optional(described('the group of the key exchange, by the name of IANA, its number, or the size of a DHE prime', ofResult.group)),
	missing: optional(
		listOf(
			oneWord<Missing>('one thing that is missing', {
				version: 'no version in common',
				'cipher-suite': 'no cipher suite in common',
				group: 'no group in common',
				signature: 'no signature algorithm in common',
				'server-name': 'the server requires a server name, which the client does not send',
				'key-size': 'the Diffie-Hellman prime of the server has a size that the client refuses',
				'large-hello': 'the server does not answer a hello as long as that of the client',
				'renegotiation-info': 'the server does not answer renegotiation_info, which the client requires',
				'extended-master-secret': 'the server does not answer extended_master_secret, which the client requires',
				'certificate-key': 'a certificate has a key that the client refuses',
				'certificate-signature': 'a certificate is signed with a hash that the client refuses',
				unknown: 'the server rejects the hello, and nothing that was added changed that',
			}),
			'with connects no: what is missing; of several, all are needed',
		),
	),
	remedy: optional(
		listOf(
			objectOf<RemedyStep>({
				kind: text('the kind of step, as tlsprobe windows --json has it'),
				command: text('what to run, or what to do in words'),
			}),
			'with --from, if a version is missing: what makes the client use a newer version',
		),
	),
	largeHello: optional(
		objectOf<NonNullable<ClientAnswer['largeHello']>>(
			{bytes: count('length of the hello that gets no answer'), answeredBytes: count('length of the hello that gets an answer')},
			'with large-hello in missing: lengths in bytes',
		),
	),
	because: text('the reason, in a sentence'),
	derivedFrom: optional(
		listOf(
			objectOf<NonNullable<ClientAnswer['derivedFrom']>[number]>({
				version: described('a version that the server rejects', ofResult.version),
				connection: count('the number of the connection that asked for it, from 1'),
			}),
			'if the hello of the client was not sent: the rejected versions that the result follows from',
		),
	),
	notKnown: optional(texts('with connects yes: what the client may refuse in the answer, in words')),
	confidence: confidence('how certain the facts about the client are'),
	sources: texts('where these facts are from'),
});

export default published(
	'A line of tlsprobe clients --json: one address of one target',
	objectOf<ClientsReport>(
		{
			target: ofResult.target,
			host: ofResult.host,
			port: ofResult.port,
			address: {
				description: 'the address that was asked; null if a proxy looks up the name, or if there is no address, which has a problem',
				type: ['string', 'null'],
			},
			serverName: ofResult.serverName,
			versions: optional(
				valuesBy(
					ofResult.version,
					described('whether the server accepts the version', ofResult.status),
					'what the server makes of each version, as far as the answers show it; left out if there is no address',
				),
			),
			clients: listOf(answer, 'the result of each client, in the order of the list; empty if there is no address'),
			problem: optional(text('why there is no address')),
			toolVersion: ofResult.toolVersion,
		},
		'Which clients can connect to one address. Later versions may add fields; these stay.',
	),
);
