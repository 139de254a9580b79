import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import type {Conduct, Conversation, FindingAsk} from '../probe.js';
import {acceptedName} from '../versions/accepted-hello.js';
import {schemesBefore13} from './schemes-before-13.js';
import type {SchemesFinding} from './schemes-finding.js';
import {schemesOf13} from './schemes-of-13.js';
import type {SignatureSchemesTypes} from './types.js';

/** TLS 1.3 is asked about while the suites of TLS 1.2 are still being found: these say which kinds of keys there are. */
const conduct: Conduct<SignatureSchemesTypes> = {
	*run({target: {serverName}, earlier}) {
		const {'TLSv1.2': before13, 'TLSv1.3': of13} = earlier.versions;
		const findings: Record<string, SchemesFinding> = {};
		const newer = of13?.status === 'accepted' ? yield* schemesOf13(of13, acceptedName(of13, serverName)) : undefined;
		if (before13?.status === 'accepted') {
			const suites = yield* suitesFound();
			findings['TLSv1.2'] = yield* schemesBefore13(before13, acceptedName(before13, serverName), suites?.['TLSv1.2']);
		}

		return newer === undefined ? findings : {...findings, 'TLSv1.3': newer};
	},
};

function* suitesFound(): Conversation<CipherSuitesFinding | undefined, FindingAsk> {
	const [answer] = yield [{kind: 'finding', probe: 'cipher-suites'}];
	return answer!.finding as CipherSuitesFinding | undefined;
}

export default conduct;
