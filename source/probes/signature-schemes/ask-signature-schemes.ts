import type {Conduct} from '../probe.js';
import {together} from '../taking/together.js';
import {acceptedName} from '../versions/accepted-hello.js';
import {schemesBefore13} from './schemes-before-13.js';
import {schemesOf13} from './schemes-of-13.js';
import type {SignatureSchemesTypes} from './types.js';

/** Both versions that have signature schemes are asked about beside each other. */
const conduct: Conduct<SignatureSchemesTypes> = {
	*run({target, earlier}) {
		const {serverName} = target;
		const {'TLSv1.2': before13, 'TLSv1.3': of13} = earlier.versions;
		const asked = [
			...(before13?.status === 'accepted'
				? [{name: 'TLSv1.2', ask: schemesBefore13(before13, acceptedName(before13, serverName), earlier['cipher-suites']?.['TLSv1.2'])}]
				: []),
			...(of13?.status === 'accepted' ? [{name: 'TLSv1.3', ask: schemesOf13(of13, acceptedName(of13, serverName))}] : []),
		];
		const findings = yield* together(asked.map(({ask}) => ask));
		return Object.fromEntries(asked.map(({name}, index) => [name, findings[index]!]));
	},
};

export default conduct;
