import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {cipherSuites as cipherSuiteNames} from '../../source/iana/cipher-suites.js';
import {groups as groupNames} from '../../source/iana/groups.js';
import type {CipherSuitesReport} from '../../source/probes/cipher-suites/suites-report.js';
import type {GroupsReport} from '../../source/probes/groups/groups-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {groupServer} from '../helpers/group-server.js';
import {tls12} from '../helpers/honest-server.js';
import {type Asked, alert, close, hold, type Move, type ReadHello, type Script, wait} from '../helpers/script.js';
import {probePort, serve} from '../helpers/scripted-server.js';
import {suiteServer} from '../helpers/suite-server.js';

/*
Servers that misbehave, over sockets: the engine's limits, pauses and timeouts are part of what is tested. Whatever they do, nothing is accepted that
they do not have, and what they have is accepted or undecided.
*/

type Behaviour = {
	readonly refuse?: (asked: Asked) => readonly Move[];
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
};

/** What one probe looks for, and a server that has it. */
type Subject = {
	readonly probe: 'cipher-suites' | 'groups';
	/** What the server has. */
	readonly codes: readonly number[];
	/** Two of them, for servers that refuse both in one list. */
	readonly mixed: readonly [number, number];
	/** Longer lists than this are refused. */
	readonly longest: number;
	/** Of a list no more than this is read. */
	readonly mostRead: number;
	/** With these behaviours, nothing is undecided. */
	readonly settled: RegExp;
	readonly field: 'suites' | 'groups';
	readonly label: (code: number) => string;
	readonly server: (behaviour: Behaviour) => Script;
	readonly foundIn: (
		report: Report,
	) =>
		| {readonly accepted: readonly {readonly code: string}[]; readonly undecided: readonly string[]; readonly connections: number}
		| undefined;
};

const suites = [0xc0_2b, 0xc0_ac, 0xc0_9c, 0x00_2f];
const groups = [0x1d, 0x17, 0x18, 0x1c];

const subjects: readonly Subject[] = [
	{
		probe: 'cipher-suites',
		codes: suites,
		mixed: [0xc0_ac, 0xc0_9c],
		longest: 40,
		mostRead: 16,
		settled: /mixed|every refusal$|at once|long lists|first codes/,
		field: 'suites',
		label: cipherSuiteNames.label,
		server: behaviour => suiteServer({suites, ...behaviour}),
		foundIn: report => (report as unknown as {readonly cipherSuites: CipherSuitesReport}).cipherSuites['TLSv1.2'],
	},
	{
		probe: 'groups',
		codes: groups,
		mixed: [0x18, 0x1c],
		longest: 10,
		mostRead: 6,
		settled: /every refusal$|at once|first codes/,
		field: 'groups',
		label: groupNames.label,
		server: behaviour => groupServer({version: tls12, groups, suites: [0xc0_2b, 0xc0_2c], ...behaviour}),
		foundIn: report => (report as unknown as {readonly groups: GroupsReport}).groups['TLSv1.2'],
	},
];

const listIn = (hello: ReadHello, {field}: Subject): readonly number[] => hello[field] ?? [];

const withList =
	(subject: Subject, change: (list: readonly number[]) => readonly number[]): Script =>
	asked =>
		subject.server({})({...asked, hello: {...asked.hello, [subject.field]: change(listIn(asked.hello, subject))}});

const behaviours: Readonly<Record<string, (subject: Subject) => Script>> = {
	'refuses a mixed list though each code alone works': subject =>
		subject.server({first: ({hello}) => (subject.mixed.every(code => listIn(hello, subject).includes(code)) ? alert(40) : undefined)}),
	'hangs to refuse': ({server}) => server({refuse: () => [hold]}),
	'hangs on each sixth connection': ({server}) => server({first: ({connection}) => (connection % 6 === 5 ? [hold] : undefined)}),
	'delays every refusal': ({server}) => server({refuse: () => [wait(60), ...alert(40)]}),
	'delays every refusal beyond the timeout': ({server}) => server({refuse: () => [wait(1000), ...alert(40)]}),
	'closes what comes as the third at once': ({server}) => server({first: ({atOnce}) => (atOnce > 2 ? [close] : undefined)}),
	'refuses long lists': subject =>
		subject.server({first: ({hello}) => (listIn(hello, subject).length > subject.longest ? alert(40) : undefined)}),
	'reads the first codes of a list': subject => withList(subject, list => list.slice(0, subject.mostRead)),
	'chooses what was not offered': subject => withList(subject, list => [...list, subject.codes[0]!]),
	'answers every second connection otherwise': ({server}) =>
		server({first: ({connection}) => (connection % 2 === 1 ? alert(40) : undefined)}),
	'answers every third connection with internal_error': ({server}) =>
		server({first: ({connection}) => (connection % 3 === 2 ? alert(80) : undefined)}),
};

/** What these never answer is waited for. */
const timeoutMsOf = (how: string): number => (/hangs|beyond/.test(how) ? 300 : 10_000);

const missing = (codes: readonly number[], found: readonly number[]): number[] => codes.filter(code => !found.includes(code));

for (const [how, behave] of Object.entries(behaviours)) {
	for (const subject of subjects) {
		const {probe, codes, settled, label, foundIn} = subject;
		test.serial(`${probe} of a server that ${how}`, async t => {
			const {port} = await serve(t, behave(subject));
			const {recordings} = await probePort(port, {
				deadlineMs: 60_000,
				serverName: null,
				timeoutMs: timeoutMsOf(how),
				probes: [requestProbe('versions', {versions: ['TLSv1.2']}), requestProbe(probe)],
			});
			const {report} = recordings[0];
			const found = foundIn(report);
			if (found === undefined && !settled.test(how)) {
				// The version was not accepted: nothing is reported of what it has.
				t.not(report.versions['TLSv1.2']?.status, 'accepted');
				return;
			}

			const {accepted, undecided, connections} = found!;
			const acceptedCodes = accepted.map(({code}) => Number(code));
			t.deepEqual(missing(acceptedCodes, codes), [], 'accepted');
			t.deepEqual(
				missing(codes, acceptedCodes).filter(code => !undecided.includes(label(code))),
				[],
				'neither accepted nor undecided',
			);
			if (settled.test(how)) {
				t.deepEqual([accepted.length, undecided], [codes.length, []]);
			}

			t.log(`${accepted.length} accepted, ${undecided.length} undecided, ${connections} connections`);
		});
	}
}
