import {visible} from '../../bytes/hex.js';
import {exchangedInBrief} from '../../exchange/exchanged-in-brief.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
import type {Attempt, HelloAttempt} from '../../probes/attempt.js';
import {ssl2CipherKindLabel} from '../../wire/ssl2.js';
import {saidLine} from '../explain.js';
import {columnsOf, hangingIndent} from '../fill.js';
import type {BytesOptions} from './bytes.js';
import type {TopicKind} from './topic.js';

/** One connection in short, with its number in the run. */
export function connectionLine(index: number, attempt: Attempt, kind: TopicKind | undefined, {look}: BytesOptions, mark = ''): string {
	const number = `  ${index + 1}. `;
	const text = `${saidOn(attempt, kind)}${mark}`;
	return `${hangingIndent(text, columnsOf(look), number, ' '.repeat(number.length)).join('\n')}\n`;
}

function saidOn(attempt: Attempt, kind: TopicKind | undefined): string {
	if (attempt.kind === 'question') {
		return `${visible(exchangedInBrief(attempt))}, ${attempt.transcript.durationMs.toFixed(1)} ms`;
	}

	if (attempt.kind !== 'hello') {
		return saidLine(attempt).trimEnd();
	}

	const {outcome} = attempt.transcript;
	const scheme = kind === 'signature scheme' && outcome.kind === 'server-hello' ? outcome.flight?.signatureScheme : undefined;
	const signed = scheme === undefined ? '' : `, signed with ${signatureSchemes.label(scheme)}`;
	const what = (kind === undefined ? undefined : offerInWords(attempt, kind)) ?? attempt.hello.shape;
	return `${what}: ${visible(exchangedInBrief(attempt))}${signed}, ${attempt.transcript.durationMs.toFixed(1)} ms`;
}

/** What was offered: a count, or the name if it is only one. */
function offerInWords(attempt: HelloAttempt, kind: TopicKind): string | undefined {
	const codes = offeredIn(attempt, kind);
	if (codes.length > 1) {
		return `${codes.length} ${kind}s offered`;
	}

	const label = kind === 'group' ? groups.label : kind === 'signature scheme' ? signatureSchemes.label : suiteLabelOf(attempt);
	return codes.length === 0 ? undefined : `${label(codes[0]!)} offered`;
}

const suiteLabelOf = ({hello}: HelloAttempt): ((code: number) => string) =>
	hello.version === 0x00_02 ? ssl2CipherKindLabel : cipherSuites.label;

/** The codes of this kind that a hello offers. */
export function offeredIn({hello}: HelloAttempt, kind: TopicKind): readonly number[] {
	switch (kind) {
		case 'cipher suite':
			return hello.cipherSuites;
		case 'group':
			return hello.extensions?.groups ?? [];
		case 'signature scheme':
			return hello.extensions?.signatureSchemes ?? [];
		default:
			return kind satisfies never;
	}
}
