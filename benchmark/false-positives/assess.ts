import type {Report} from '../../source/engine/report.js';
import {requestProbe} from '../../source/probes/requests.js';
import type {VulnerabilitiesReport} from '../../source/probes/vulnerabilities/vulnerabilities-report.js';
import {probePort} from '../../test/helpers/scripted-server.js';
import type {Truth} from './truth.js';

/** What one run said of one vulnerability. `wrong`: it says what is not so, and in which direction. */
export type Said = {
	readonly name: string;
	readonly status: string;
	readonly message: string;
	readonly wrong?: 'false positive' | 'missed' | undefined;
};

const everyVersion = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** Run the probe `vulnerabilities` once, and compare what it says with the truth. @throws {Error} If it did not run. */
export async function assess(port: number, truth: Truth): Promise<readonly Said[]> {
	const {recordings} = await probePort(port, {
		host: 'peer.test',
		serverName: null,
		timeoutMs: 5000,
		deadlineMs: 300_000,
		probes: [requestProbe('versions', {versions: everyVersion}), requestProbe('vulnerabilities')],
	});
	const report = recordings[0].report as Report & {readonly vulnerabilities?: VulnerabilitiesReport};
	if (report.vulnerabilities === undefined) {
		throw new Error(`no vulnerability was asked for: ${JSON.stringify(report)}`);
	}

	const found = Object.entries(report.vulnerabilities);
	return Promise.all(found.map(async ([name, {status, message}]) => ({name, status, message, wrong: await wrongOf(name, status, truth)})));
}

async function wrongOf(name: string, status: string, truth: Truth): Promise<Said['wrong']> {
	switch (status) {
		case 'present':
			return (await truth(name)) ? undefined : 'false positive';
		case 'absent':
		case 'not-applicable':
			// A second opinion on renegotiation is asked for only where it is said to be there: a refusal may come later.
			return name !== 'clientRenegotiation' && (await truth(name)) ? 'missed' : undefined;
		default:
			return undefined;
	}
}
