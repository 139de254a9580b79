import type {VersionName} from '../../iana/versions.js';
import type {Machine} from '../machine.js';
import type {Step} from '../remedy/step.js';
import type {Doubt, Fact} from '../sources.js';
import type {ProtocolStates} from './protocol-states.js';

export type ServerKindName = 'schannel' | 'iis' | 'rdp' | 'sql-server';

/** What limits a kind of server beyond SChannel. */
export type ServerJudgement = {
	/** What its code can speak, oldest first. It takes those of them that SChannel has on for servers. */
	readonly versions: readonly VersionName[];
	/** Why it cannot speak more. */
	readonly facts: readonly Fact[];
	readonly doubts: readonly Doubt[];
	/** What follows from versions that are off. */
	readonly consequences: readonly Fact[];
	/** What it needs before the values of SChannel help. */
	readonly updates: readonly Extract<Step, {kind: 'update'}>[];
};

export type ServerKind = {
	readonly name: ServerKindName;
	/** For a person. */
	readonly title: string;
	readonly judge: (machine: Machine, states: ProtocolStates) => ServerJudgement;
};
