import {makeDeadline} from '../../source/engine/deadline.js';
import {openNetwork} from '../../source/engine/network.js';
import {runProbe} from '../../source/engine/run-probe.js';
import type {VersionName} from '../../source/iana/versions.js';
import type {Attempt} from '../../source/probes/attempt.js';
import type {About, AskForVulnerability, Assessment} from '../../source/probes/vulnerabilities/vulnerability.js';
import type {StartTlsName} from '../../source/transport/starttls/index.js';

/** The findings about a server on loopback that accepts these versions. */
export const aboutPort = (
	port: number,
	accepted: readonly VersionName[] = ['TLSv1.2', 'TLSv1.3'],
	sessionTicket: 'present' | 'absent' = 'present',
	startTls?: StartTlsName,
): About => {
	const target = {host: 'localhost', port, serverName: 'localhost', startTls, alpn: undefined, toolVersion: 'test'};
	const versions = Object.fromEntries(accepted.map(name => [name, {status: 'accepted'}]));
	return {target, earlier: {versions, extensions: {sessionTicket: {status: sessionTicket}}}, attempts: []} as unknown as About;
};

/** Ask a server on loopback about one vulnerability. */
export async function askPort(
	ask: AskForVulnerability,
	port: number,
	about: About = aboutPort(port),
): Promise<Assessment & {readonly connections: number}> {
	const endpoint = {host: 'localhost', address: '127.0.0.1', port, serverName: 'localhost'};
	const {startTls} = about.target;
	const deadline = makeDeadline(performance.now() + 100_000);
	const network = await openNetwork(endpoint, {timeoutMs: 20_000, deadline, startTls, isRecorded: false});
	const attempts: Attempt[] = [];
	const found = await runProbe(ask(about), 'test', attempts, {network, limit: task => task(), retries: 0, sleep: async () => {}});
	return {...found, connections: attempts.length};
}
