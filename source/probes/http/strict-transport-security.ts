/** What a host asks for by HSTS. RFC 6797 §6.1. */
export type StrictTransportSecurity = {
	readonly maxAgeSeconds: number;
	readonly includeSubDomains: boolean;
	/** Not in the RFC: the preload lists of browsers require it. */
	readonly preload: boolean;
};

/** A policy that browsers use, or why they ignore the field. */
export type ReadStrictTransportSecurity = {readonly policy: StrictTransportSecurity} | {readonly problem: string};

const token = String.raw`[!#$%&'*+.^_\`|~\w-]+`;
const directive = new RegExp(String.raw`^(?<name>${token})(?:[ \t]*=[ \t]*(?:(?<plain>${token})|"(?<quoted>(?:[^"\\]|\\.)*)"))?$`);

/**
Read the field Strict-Transport-Security. The whole field is ignored if it does not conform to the grammar or repeats a directive. Unknown directives are
skipped. RFC 6797 §6.1.

@param text - At most thousands of characters, of any origin.
*/
export function readStrictTransportSecurity(text: string): ReadStrictTransportSecurity {
	const values = new Map<string, string | undefined>();
	for (const part of splitOutsideQuotes(text)) {
		const groups = directive.exec(part)?.groups;
		const name = groups?.name?.toLowerCase();
		if (groups === undefined || name === undefined) {
			return {problem: 'it has a directive that does not conform to RFC 6797'};
		}

		if (values.has(name)) {
			return {problem: `it repeats ${name === 'max-age' ? 'max-age' : 'a directive'}`};
		}

		values.set(name, groups.plain ?? groups.quoted?.replaceAll(/\\(.)/g, '$1'));
	}

	const maxAge = values.get('max-age');
	if (!values.has('max-age')) {
		return {problem: 'it has no max-age'};
	}

	if (maxAge === undefined || !/^\d+$/.test(maxAge)) {
		return {problem: 'its max-age is not a number of seconds'};
	}

	if (values.get('includesubdomains') !== undefined) {
		return {problem: 'its includeSubDomains has a value'};
	}

	const maxAgeSeconds = Math.min(Number(maxAge), Number.MAX_SAFE_INTEGER);
	return {policy: {maxAgeSeconds, includeSubDomains: values.has('includesubdomains'), preload: values.has('preload')}};
}

/** Empty directives are allowed. */
function splitOutsideQuotes(text: string): string[] {
	const parts = [''];
	let isQuoted = false;
	for (let index = 0; index < text.length; index++) {
		const character = text[index]!;
		if (character === ';' && !isQuoted) {
			parts.push('');
			continue;
		}

		isQuoted = character === '"' ? !isQuoted : isQuoted;
		parts[parts.length - 1] += isQuoted && character === '\\' ? character + (text[++index] ?? '') : character;
	}

	return parts.map(part => part.replaceAll(/^[ \t]+|[ \t]+$/g, '')).filter(part => part !== '');
}
