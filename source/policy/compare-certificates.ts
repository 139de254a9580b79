/** What is compared of a certificate. Fields that are not recorded are not compared. */
export type ObservedCertificate = {
	readonly sha256: string;
	readonly subject: string;
	readonly issuer: string;
	/** ISO 8601, UTC. */
	readonly validTo?: string | undefined;
	/** When it was seen. */
	readonly validity?: 'valid' | 'expired' | 'not-yet-valid' | undefined;
	/** Whether it is for the name that was asked for. */
	readonly fits?: boolean | undefined;
	readonly selfSigned?: boolean | undefined;
};

const fields = [
	'subject',
	'issuer',
	'validTo',
	'validity',
	'fits',
	'selfSigned',
	'sha256',
] as const satisfies readonly (keyof ObservedCertificate)[];

export type CertificateField = (typeof fields)[number];

/** A field that was recorded in both and is another now. */
export type CertificateDifference = {
	readonly field: CertificateField;
	readonly before: string | boolean;
	readonly after: string | boolean;
};

export type CertificateChange = {
	readonly effect: 'worse' | 'better' | 'changed';
	readonly differences: readonly CertificateDifference[];
};

/**
Compare certificates field by field.

One that is renewed is another one, and no worse. It is worse where it expires earlier than the one before, has expired or is not valid yet, no
longer fits the name that is asked for, or is self-signed.

@returns Undefined where nothing is another.
*/
export function compareCertificates(before: ObservedCertificate, after: ObservedCertificate): CertificateChange | undefined {
	const differences = fields.flatMap((field): CertificateDifference[] => {
		const [was, is] = [before[field], after[field]];
		return was === undefined || is === undefined || was === is ? [] : [{field, before: was, after: is}];
	});
	if (differences.length === 0) {
		return undefined;
	}

	const effects = differences.map(effectOf);
	return {effect: effects.includes('worse') ? 'worse' : effects.includes('better') ? 'better' : 'changed', differences};
}

function effectOf({field, before, after}: CertificateDifference): CertificateChange['effect'] {
	switch (field) {
		case 'validTo':
			return Date.parse(String(after)) < Date.parse(String(before)) ? 'worse' : 'changed';
		case 'validity':
			return after === 'valid' ? 'better' : before === 'valid' ? 'worse' : 'changed';
		case 'fits':
			return after === true ? 'better' : 'worse';
		case 'selfSigned':
			return after === true ? 'worse' : 'better';
		case 'subject':
		case 'issuer':
		case 'sha256':
			return 'changed';
		default:
			return field satisfies never;
	}
}
