import type {CertificateDifference, CertificateField} from '../policy/compare-certificates.js';
import type {Change, Effect} from '../policy/diff.js';
import {listOf, objectOf, oneWord, optional, published, text} from './building/describe.js';
import {described, ofResult} from './building/of-result.js';

const stringOrNull = (description: string) => ({description, type: ['string', 'null']});

const difference = objectOf<CertificateDifference>({
	field: oneWord<CertificateField>('a field of the certificate', {
		subject: 'its name',
		issuer: 'the name of its issuer',
		validTo: 'when it expires; UTC, ISO 8601',
		validity: 'valid, expired or not-yet-valid, when it was seen',
		fits: 'whether it is for the name that was asked for',
		selfSigned: 'whether it is signed by itself',
		sha256: 'its SHA-256, in hexadecimal',
	}),
	before: {description: 'its value in the earlier run', type: ['string', 'boolean']},
	after: {description: 'its value in the later run', type: ['string', 'boolean']},
});

export default published(
	'A line of tlsprobe diff --json: one change between two runs',
	objectOf<Change>(
		{
			effect: oneWord<Effect>('how the change is judged', {
				worse: 'for the worse',
				better: 'for the better',
				changed: 'neither',
				lost: 'a result was known and is not known any more, which is no change of the server',
				gained: 'a result was not known before',
			}),
			target: ofResult.target,
			serverName: ofResult.serverName,
			address: stringOrNull('the address; null if the change is about the whole target, or if a proxy looks up the name'),
			what: oneWord<Change['what']>('what has changed', {
				version: 'the status of a version',
				service: 'the answer of the service behind a version, with --confirm',
				'cipher-suite': 'the cipher suite that is selected for a version',
				certificate: 'the certificate of the server',
				part: 'the result of a probe',
				address: 'the addresses of the target',
				target: 'the target as a whole',
			}),
			version: optional(described('the version that the change is about', ofResult.version)),
			field: optional(text('of a part: the field of the result, such as cipherSuites')),
			message: optional(text('of a part: the change in a sentence; left out if one of the runs does not have the part')),
			before: stringOrNull('the earlier status, verdict, cipher suite, fingerprint, or a part in brief; null if there was none'),
			after: stringOrNull('the same of the later run; for a target that is lost, the reason'),
			differences: optional(listOf(difference, 'of a certificate: the fields that differ')),
			reason: optional(text('of a version that is lost: the reason of its later result')),
			words: optional(described('of a version that is lost: what a proxy or a STARTTLS server said', ofResult.words)),
		},
		'One difference between two runs. Later versions may add fields; these stay.',
	),
);
