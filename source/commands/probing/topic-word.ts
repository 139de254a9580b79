import {nearest} from '../../bytes/nearest.js';
import {probes} from '../../probes/index.js';
import {wordOf} from '../../probes/report-parts.js';
import {vulnerabilities} from '../../probes/vulnerabilities/index.js';

/** The value of `--explain` without a word: every version is shown. */
export const everything = 'everything';

/** The beginnings of IANA's names of groups, suites and signature schemes; and codes. */
const nameOfAnswer =
	/^(?:x25519|x448|curve(?:\d|sm2)|gc(?:256|512)[a-d]$|arbitrary_|sec[pt]\d|ffdhe\d|brainpool|prime\d|0x[\da-f]|(?:tls|ssl|rsa|dsa|ecdsa|eccsi|iso|sm2sig|gostr\d+)_|mldsa\d|ed25519|ed448)|mlkem|^cve-\d/i;

/** A host may have a name like one of these, so a misspelled one is none. */
const vulnerabilityWords: ReadonlySet<string> = new Set(vulnerabilities.map(({name}) => wordOf(name)));

/** Whether a word after `--explain` is a topic, or a misspelled one, rather than a host. */
export function isTopicWord(word: string): boolean {
	const [first = ''] = word.split(',');
	const isHost = /[.:/[\]]/.test(first) || first === 'localhost';
	const lower = first.toLowerCase();
	return (
		!isHost &&
		(nameOfAnswer.test(first) ||
			vulnerabilityWords.has(lower) ||
			nearest(lower, [everything, ...probes.map(({name}) => name)]) !== undefined)
	);
}
