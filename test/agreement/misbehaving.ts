import test from 'ava';
import {cipherSuites as cipherSuiteNames} from '../../source/iana/cipher-suites.js';
import {groups as groupNames} from '../../source/iana/groups.js';
import type {CipherSuitesReport} from '../../source/probes/cipher-suites/suites-report.js';
import type {GroupsReport} from '../../source/probes/groups/groups-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {groupServer} from '../helpers/group-server.js';
import {tls12} from '../helpers/honest-server.js';
import {type Asked, alert, close, hold, type Move, type Script, wait} from '../helpers/script.js';
import {probePort, serve} from '../helpers/scripted-server.js';
import {suiteServer} from '../helpers/suite-server.js';

/*
Servers that misbehave, over sockets: the engine's limits, pauses and timeouts are part of what is tested. Whatever they do, nothing is accepted that
they do not have, and nothing that they have is missing without a word.
*/

const suites = [0xc0_2b, 0xc0_ac, 0xc0_9c, 0x00_2f];
const groups = [0x1d, 0x17, 0x18];
const mixed = [0xc0_ac, 0xc0_9c];

type Server = (behaviour: {
	readonly refuse?: (asked: Asked) => readonly Move[];
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
}) => Script;

const behaviours: Readonly<Record<string, (server: Server) => Script>> = {
	'refuses a mixed list though each suite alone works': server =>
		server({first: ({hello}) => (mixed.every(code => hello.suites.includes(code)) ? alert(40) : undefined)}),
	'hangs to refuse': server => server({refuse: () => [hold]}),
	'hangs on each sixth connection': server => server({first: ({connection}) => (connection % 6 === 5 ? [hold] : undefined)}),
	'delays every refusal': server => server({refuse: () => [wait(60), ...alert(40)]}),
	'delays every refusal beyond the timeout': server => server({refuse: () => [wait(1000), ...alert(40)]}),
	'closes what comes as the third at once': server => server({first: ({atOnce}) => (atOnce > 2 ? [close] : undefined)}),
	'refuses lists of more than 40 suites': server => server({first: ({hello}) => (hello.suites.length > 40 ? alert(40) : undefined)}),
	'reads the first 16 suites': server => asked => server({})({...asked, hello: {...asked.hello, suites: asked.hello.suites.slice(0, 16)}}),
	'reads the first 64 suites': server => asked => server({})({...asked, hello: {...asked.hello, suites: asked.hello.suites.slice(0, 64)}}),
	'chooses what was not offered': server => asked =>
		server({})({...asked, hello: {...asked.hello, suites: [...asked.hello.suites, 0xc0_2b]}}),
	'answers every second connection otherwise': server => server({first: ({connection}) => (connection % 2 === 1 ? alert(40) : undefined)}),
	'answers every third connection with internal_error': server =>
		server({first: ({connection}) => (connection % 3 === 2 ? alert(80) : undefined)}),
};

/** What these never answer is waited for. */
const timeoutMsOf = (how: string): number => (/hangs|beyond/.test(how) ? 300 : 10_000);

const settled = /mixed|every refusal$|at once|lists of more|reads the first 64/;
const patience = {deadlineMs: 60_000, serverName: null};
const missing = (codes: readonly number[], found: readonly (readonly number[])[]): number[] =>
	codes.filter(code => !found.some(list => list.includes(code)));

for (const [how, behave] of Object.entries(behaviours)) {
	test.serial(`suites of a server that ${how}`, async t => {
		const {port} = await serve(
			t,
			behave(behaviour => suiteServer({suites, ...behaviour})),
		);
		const {recordings} = await probePort(port, {
			...patience,
			timeoutMs: timeoutMsOf(how),
			probes: [requestProbe('versions', {versions: ['TLSv1.2']}), requestProbe('cipher-suites')],
		});
		const {cipherSuites} = recordings[0].report as unknown as {readonly cipherSuites: CipherSuitesReport};
		const found = cipherSuites['TLSv1.2'];
		if (found === undefined) {
			// The version was not accepted: nothing is said of its suites.
			t.not(recordings[0].report.versions['TLSv1.2']?.status, 'accepted');
			return;
		}

		const accepted = found.accepted.map(({code}) => Number(code));
		const undecided = found.undecided.length;
		t.deepEqual(missing(accepted, [suites]), [], 'accepted');
		t.deepEqual(
			missing(suites, [accepted]).filter(code => !found.undecided.includes(cipherSuiteNames.label(code))),
			[],
			'neither accepted nor undecided',
		);
		if (settled.test(how)) {
			t.deepEqual([accepted.length, undecided], [suites.length, 0]);
		}

		t.log(`${accepted.length} accepted, ${undecided} undecided, ${found.connections} connections`);
	});

	test.serial(`groups of a server that ${how}`, async t => {
		const {port} = await serve(
			t,
			behave(behaviour => groupServer({version: tls12, groups, suites: [0xc0_2b, 0xc0_2c], ...behaviour})),
		);
		const {recordings} = await probePort(port, {
			...patience,
			timeoutMs: timeoutMsOf(how),
			probes: [requestProbe('versions', {versions: ['TLSv1.2']}), requestProbe('groups')],
		});
		const found = (recordings[0].report as unknown as {readonly groups: GroupsReport}).groups['TLSv1.2'];
		if (found === undefined) {
			t.not(recordings[0].report.versions['TLSv1.2']?.status, 'accepted');
			return;
		}

		const accepted = found.accepted.map(({code}) => Number(code));
		t.deepEqual(missing(accepted, [groups]), [], 'accepted');
		t.deepEqual(
			missing(groups, [accepted]).filter(code => !found.undecided.includes(groupNames.label(code))),
			[],
			'neither accepted nor undecided',
		);
		t.log(`${accepted.length} accepted, ${found.undecided.length} undecided, ${found.connections} connections`);
	});
}
