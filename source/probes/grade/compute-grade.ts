import {describeSuites} from '../cipher-suites/suites-report.js';
import {describeGroups} from '../groups/groups-report.js';
import type {HttpFinding} from '../http/http-finding.js';
import type {Conduct} from '../probe.js';
import {describeVulnerabilities} from '../vulnerabilities/vulnerabilities-report.js';
import type {GradeInput} from './grade-input.js';
import {gradeOf} from './grade-of.js';
import type {GradeTypes} from './types.js';

/** It asks nothing: it uses the findings of other probes. */
const conduct: Conduct<GradeTypes> = {
	// biome-ignore lint/correctness/useYield: a conversation without a question
	*run({earlier}) {
		const {versions, certificates, extensions, vulnerabilities, http} = earlier;
		return gradeOf({
			versions,
			cipherSuites: describeSuites(earlier['cipher-suites']),
			groups: describeGroups(earlier.groups),
			certificates,
			extensions,
			vulnerabilities: describeVulnerabilities(vulnerabilities),
			http: httpInput(http),
		});
	},
};

export default conduct;

/** A service that is not HTTP has no HSTS. */
function httpInput({status, strictTransportSecurity}: HttpFinding): GradeInput['http'] {
	switch (status) {
		case 'http':
			return {strictTransportSecurity: strictTransportSecurity ?? null};
		case 'inconclusive':
			return {strictTransportSecurity: undefined};
		default:
			return 'notHttp';
	}
}
