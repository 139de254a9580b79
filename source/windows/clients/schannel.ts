import type {ClientKind} from '../rules/client-kind.js';
import {protocolsInWords} from '../rules/offer.js';
import {schannelSteps} from '../rules/remedies.js';
import {fact} from '../sources.js';

/** A native program that leaves the choice to SChannel, or names its versions to it. */
export default {
	name: 'schannel',
	title: 'SChannel, native programs',
	bits: 'any',
	judge(machine) {
		const {codeProtocols} = machine.program;
		if (codeProtocols === undefined) {
			return {request: {kind: 'system', withoutSsl: false}, facts: [], doubts: [], remedy: schannelSteps(machine)};
		}

		return {
			request: {kind: 'named', versions: codeProtocols},
			facts: [fact(`the program names ${protocolsInWords(codeProtocols)} to SChannel, and gets no other version`, 'SCH-CRED', 'REG-NEW')],
			doubts: [],
			remedy: codeProtocols.includes('TLSv1.2')
				? schannelSteps(machine)
				: [{kind: 'program', command: 'let the program name TLS 1.2 in grbitEnabledProtocols, or nothing (0)'}],
		};
	},
} satisfies ClientKind;
