import type {CipherSuitesFinding} from '../cipher-suites/finding.js';
import type {Conduct, Conversation, FindingAsk} from '../probe.js';
import {answered} from '../taking/answered.js';
import {together} from '../taking/together.js';
import {acceptedName} from '../versions/accepted-hello.js';
import {askEarlyBefore13, type EarlySchemes, schemesBefore13} from './schemes-before-13.js';
import type {SchemesFinding} from './schemes-finding.js';
import {schemesOf13} from './schemes-of-13.js';
import type {SignatureSchemesTypes} from './types.js';

/**
TLS 1.3 and, for TLS 1.2, the usual kinds of keys are asked about while the suites of TLS 1.2 are still being found. These say which other kinds
there may be.
*/
const conduct: Conduct<SignatureSchemesTypes> = {
	*run({target: {serverName}, earlier}) {
		const {'TLSv1.2': before13, 'TLSv1.3': of13} = earlier.versions;
		const [newer, taken] = yield* together<SchemesFinding | EarlySchemes | undefined>([
			of13?.status === 'accepted' ? schemesOf13(of13, acceptedName(of13, serverName)) : answered(undefined),
			before13?.status === 'accepted' ? askEarlyBefore13(before13, acceptedName(before13, serverName)) : answered(undefined),
		]);
		const findings: Record<string, SchemesFinding> = {};
		if (taken !== undefined) {
			const suites = yield* suitesFound();
			findings['TLSv1.2'] = yield* schemesBefore13(taken as EarlySchemes, suites?.['TLSv1.2']);
		}

		return newer === undefined ? findings : {...findings, 'TLSv1.3': newer as SchemesFinding};
	},
};

function* suitesFound(): Conversation<CipherSuitesFinding | undefined, FindingAsk> {
	const [answer] = yield [{kind: 'finding', probe: 'cipher-suites'}];
	return answer!.finding as CipherSuitesFinding | undefined;
}

export default conduct;
