import {probes} from '../../source/probes/index.js';
import type {AnyProbe, Conduct, Probe, ProbeTypes} from '../../source/probes/probe.js';
import type {VersionsFinding} from '../../source/probes/versions/versions-finding.js';

export type Greeted = {readonly suite: string};

type GreetingTypes = ProbeTypes & {
	readonly needs: {readonly versions: VersionsFinding};
	readonly options: {readonly version: number};
	readonly value: Greeted;
	readonly part: Greeted;
	readonly demand: Greeted;
};

const conduct: Conduct<GreetingTypes> = {
	*run({target, options, earlier}) {
		if (Object.keys(earlier.versions).length === 0) {
			throw new Error('it starts from the versions');
		}

		const [answer] = yield [{kind: 'handshake', handshake: {version: options.version, serverName: target.serverName, request: undefined}}];
		const {handshake} = answer!;
		return {suite: handshake.kind === 'completed' ? handshake.cipherSuite : handshake.kind};
	},
};

const isGreeted = (value: unknown): value is Greeted => typeof (value as Partial<Greeted> | null)?.suite === 'string';

/** A probe that exists in tests alone: it completes a handshake, and reports the suite. */
export const greeting: Probe<'greeting', GreetingTypes> = {
	name: 'greeting',
	title: 'Greeting',
	isDefault: false,
	isInFull: false,
	needs: ['versions'],
	options: {version: 0x03_03},
	conduct: async () => conduct,
	report: {
		field: 'greeting',
		title: 'Greeting',
		schema: {},
		lines: ({suite}) => [{label: 'suite', text: suite, tone: 'neutral'}],
		problems: () => [],
		brief: ({suite}) => suite,
		of: value => value,
		demand: {
			schema: {},
			parse: value => (isGreeted(value) ? {demand: value} : {problem: 'it takes a suite'}),
			judge: ({suite}, wanted) =>
				suite === wanted.suite
					? {status: 'pass', message: `the suite is ${suite}`}
					: {status: 'fail', message: `the suite is ${suite}, but should be ${wanted.suite}`},
		},
	},
};

/** Every probe, and this one. */
export const withGreeting: readonly AnyProbe[] = [...probes, greeting as unknown as AnyProbe];
