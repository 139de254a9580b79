import type {AnswerLimits, BitLimits, CertificateLimits} from '../clients/answer-limits.js';
import type {Family} from '../clients/client-profile.js';
import type {ListedClient} from '../clients/listed-client.js';
import {hashes} from '../exchange/certificate-facts.js';
import {count, listOf, objectOf, oneWord, optional, published, text, texts} from './building/describe.js';
import {ofResult} from './building/of-result.js';
import {confidence} from './building/words.js';

const bits = objectOf<BitLimits>({
	least: optional(count('the smallest size, in bits')),
	most: optional(count('the largest size, in bits')),
});

const certificates = objectOf<CertificateLimits>({
	rsaBits: optional({description: 'which sizes of RSA keys it accepts', $ref: '#/$defs/bits'}),
	hash: optional({description: 'the weakest hash that it accepts in signatures', enum: hashes}),
});

const required = (extension: string) =>
	oneWord<'required' | 'optional'>(`what it makes of a server of TLS 1.2 or older that does not answer ${extension}`, {
		required: 'it refuses it',
		optional: 'it accepts it',
	});

const limits = objectOf<AnswerLimits>(
	{
		renegotiationInfo: optional(required('renegotiation_info (RFC 5746)')),
		extendedMasterSecret: optional(required('extended_master_secret (RFC 7627)')),
		dhBits: optional({description: 'which sizes of Diffie-Hellman primes it accepts', $ref: '#/$defs/bits'}),
		oldSignatures: optional(
			oneWord<'taken' | 'refused'>('what it makes of the signatures of TLS 1.0 and 1.1, with MD5 and SHA-1 or with SHA-1', {
				taken: 'it accepts them',
				refused: 'it refuses them',
			}),
		),
		certificates: optional({description: 'what it accepts of certificates', $ref: '#/$defs/certificates'}),
		publicCertificates: optional({description: 'what it accepts below an authority that it comes with', $ref: '#/$defs/certificates'}),
		sources: texts('where this is known from'),
	},
	'what it accepts of the answer of a server; what is left out is not known',
);

export default published(
	'A line of tlsprobe clients --list --json: one known client',
	objectOf<ListedClient>(
		{
			name: text('the name that --client takes'),
			title: text('the client and its version, for people'),
			family: oneWord<Family>('what it is', {
				windows: 'SChannel of a version of Windows',
				dotnet: 'a program on .NET',
				browser: 'a browser',
				java: 'a version of Java',
				openssl: 'a version of OpenSSL or LibreSSL',
				tool: 'a command, a library or a language',
				mobile: 'a system of phones',
			}),
			aliases: texts('names of other clients that send the same'),
			versions: listOf(ofResult.version, 'which versions it accepts, oldest first'),
			confidence: confidence('how certain these facts are'),
			sources: texts('where these facts are from'),
			note: optional(text('what else is known of it')),
			limits: optional(limits),
		},
		'A client that tlsprobe clients simulates. Later versions may add fields; these stay.',
	),
	{bits, certificates},
);
