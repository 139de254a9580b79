import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {findClients} from '../../source/clients/find-clients.js';
import {defaultOptions} from '../../source/engine/probe-options.js';
import {probeTarget} from '../../source/engine/probe-target.js';
import {becauseInWords} from '../../source/formats/clients.js';
import {requestProbe} from '../../source/probes/requests.js';
import {issueCertificates} from '../helpers/answer-limits/certificates.js';
import {realClients} from '../helpers/answer-limits/clients.js';
import {limitsServers, type Started, startLimitsServer} from '../helpers/answer-limits/servers.js';
import {rowsOf} from '../helpers/depth.js';
import {needsTool} from '../helpers/needs-tool.js';
import {findProgram} from '../helpers/peers/find-program.js';

/** What no version of any client of today does in another way. */
const undisputed: ReadonlySet<string> = new Set([
	...['TLS 1.2', 'TLS 1.3', 'TLS 1.2 and 1.3', 'P-256 key', 'P-256 key in TLS 1.3', 'RSA key of 512 bits', 'MD5 certificate'],
	...['ECDSA certificate with suites for RSA', 'RSA certificate with suites for ECDSA', 'no renegotiation_info, TLS 1.3'],
]);

/** What the servers take. */
const serverPrograms = ['openssl', 'gnutls-serv'];

const all = Object.entries(limitsServers);
const chosen = rowsOf(all, 12, ([name]) => undisputed.has(name) && name);

let folder: string;
let authority: string;
const servers = new Map<string, Started>();

test.before(async () => {
	if (serverPrograms.some(program => findProgram(program) === undefined)) {
		return;
	}

	folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-limits-'));
	const issued = issueCertificates(folder);
	authority = issued.authority;
	const started = chosen.map(async ([name, server]) => [name, await startLimitsServer(server, issued.files)] as const);
	for (const [name, server] of await Promise.all(started)) {
		servers.set(name, server);
	}
});

test.after.always(async () => {
	await Promise.all([...servers.values()].map(({stop}) => stop()));
	if (folder !== undefined) {
		rmSync(folder, {recursive: true, force: true, maxRetries: 10});
	}
});

const versionOf = (program: string, argv: readonly string[]): Promise<string> =>
	new Promise(resolve => {
		execFile(findProgram(program)!, argv, {timeout: 60_000}, (_, stdout, stderr) => resolve(`${stdout}${stderr}`));
	});

/** What is said of a client and each server: whether it connects, and why. */
async function predict(profile: string): Promise<ReadonlyMap<number, string>> {
	const clients = [findClients(profile)[0]!];
	const said = new Map<number, string>();
	for (const {port} of servers.values()) {
		const target = {target: `localhost:${port}`, host: 'localhost', port};
		const {recordings} = await probeTarget(target, {
			...defaultOptions,
			probes: [requestProbe('clients', {clients})],
			deadlineMs: 60_000,
			timeoutMs: 20_000,
			overrides: [{host: '*', port, addresses: [{address: '127.0.0.1', family: 4}]}],
			toolVersion: 'test',
		});
		const finding = recordings[0].scans![0]!.findings.clients!;
		const found = finding.clients[0]!;
		said.set(port, found.connects === 'yes' ? 'yes' : `${found.connects}: ${becauseInWords(clients[0]!, found, finding)}`);
	}

	return said;
}

test('there are servers for each limit', t => {
	t.true(all.length >= 40);
});

for (const {profile, programs, connect, version, recorded} of realClients) {
	const title = `${profile} connects to the servers that it is said to connect to, and to no other`;
	if (!needsTool(title, [...serverPrograms, ...programs])) {
		continue;
	}

	test.serial(title, async t => {
		t.timeout(600_000, 'Go compiles its library first');
		const home = path.join(folder, profile);
		await mkdir(home);
		const ports = [...servers.values()].map(({port}) => port);
		const installed = await versionOf(programs[0]!, version);
		const isRecorded = recorded.test(installed);
		const [fared, said] = await Promise.all([connect(ports, authority, home), predict(profile)]);
		if (!isRecorded) {
			t.log(`${installed.split('\n')[0]} is another version than the one of the profile ${profile}: only what all versions do is compared`);
		}

		const compared = [...servers].filter(([name]) => isRecorded || undisputed.has(name));
		const wrong = compared.flatMap(([name, {port}]) => {
			const problem = fared.get(port);
			const isRight = problem !== undefined && (problem === '') === (said.get(port) === 'yes') && !said.get(port)!.startsWith('undecided');
			return isRight ? [] : [`${name}: said ${said.get(port)}, really ${problem === '' ? 'connects' : (problem ?? 'not tried')}`];
		});
		t.is(ports.length, chosen.length);
		t.deepEqual(wrong, []);
	});
}
