import type {Machine} from '../machine.js';
import type {Step} from '../remedy/step.js';
import type {Doubt, Fact} from '../sources.js';
import type {Request} from './offer.js';

export type ClientName =
	| 'schannel'
	| 'dotnet-3.5'
	| 'dotnet-4.5'
	| 'dotnet-4.6'
	| 'dotnet-4.7'
	| 'powershell'
	| 'winhttp'
	| 'wininet'
	| 'dotnet-5'
	| 'mars-agent'
	| 'entra-connect';

/** What a kind of client asks of SChannel on a machine, why, and what would make it reach TLS 1.2. */
export type KindJudgement = {
	readonly request: Request;
	/** Whether weak cipher suites are left out. */
	readonly isStrong?: boolean;
	readonly facts: readonly Fact[];
	readonly doubts: readonly Doubt[];
	/** What neither case nor rule decides: the verdict is then open whatever is offered. */
	readonly isOpen?: boolean;
	readonly remedy: readonly Step[];
};

export type ClientKind = {
	readonly name: ClientName;
	/** For a person. */
	readonly title: string;
	/** Which programs exist; `any` where 32 and 64 bits read the same values. */
	readonly bits: 'any' | 'both' | 'only-64';
	/** The first build of Windows that has it, where it is not on all. */
	readonly since?: number;
	/** Whether it is judged only where it is asked for: most machines do not have it. */
	readonly isOnlyAsked?: boolean;
	readonly judge: (machine: Machine, bits: 32 | 64) => KindJudgement;
};
