import {alerts} from '../iana/alerts.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {groups} from '../iana/groups.js';
import {versions} from '../iana/versions.js';
import {ssl2CipherKindLabel} from '../wire/ssl2.js';
import type {Outcome} from './outcome.js';

/** One line for a person: what one connection came to. What the peer chose is in it as it came: not safe to print as it is. */
export function outcomeInBrief(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'server-hello':
		case 'hello-retry-request':
			return helloInBrief(outcome);
		case 'alert':
			return `${outcome.level === 1 ? 'warning' : 'fatal'} alert ${outcome.description} ${alerts.label(outcome.description)}`;
		case 'closed':
			return 'closed without an answer';
		case 'reset':
			return 'reset';
		case 'silent':
			return `no answer within ${outcome.afterMs} ms`;
		case 'not-tls':
			return `not TLS, looks like ${outcome.looksLike.protocol}`;
		case 'malformed':
			return `malformed answer, ${outcome.problem}`;
		case 'unreachable':
			return `${{connect: 'no connection', dns: 'no address', proxy: 'no connection through the proxy', starttls: 'no STARTTLS'}[outcome.stage]}, ${outcome.code}`;
		case 'proxy-refused':
			return `refused by the proxy, ${outcome.words}`;
		case 'starttls-refused':
			return `no STARTTLS, ${outcome.words}`;
		case 'unasked':
			return outcome.because === 'cancelled' ? 'not asked, interrupted' : 'not asked, out of time';
		case 'unanswered':
			return cutInWords(outcome);
		default:
			return outcome satisfies never;
	}
}

const undone = {connect: 'no connection', proxy: 'no connection through the proxy', starttls: 'no STARTTLS'} as const;
const ends = {deadline: 'by the deadline', 'max-time': 'before the time of the run was over'} as const;

/** What had not come when the asking was cut short. */
export const cutInWords = ({because, stage}: Pick<Extract<Outcome, {kind: 'unanswered'}>, 'because' | 'stage'>): string =>
	because === 'cancelled' ? 'interrupted' : `${stage === undefined ? 'no answer' : undone[stage]} ${ends[because]}`;

function helloInBrief(outcome: Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}>): string {
	const {kind, version, cipherSuite, group, anomalies} = outcome;
	const suite = version === 0x00_02 ? ssl2CipherKindLabel(cipherSuite) : cipherSuites.label(cipherSuite);
	const parts = [versions.label(version), suite, ...(group === undefined ? [] : [groups.label(group)]), ...anomalies];
	return `${kind === 'server-hello' ? 'ServerHello' : 'HelloRetryRequest'} ${parts.join(', ')}`;
}
