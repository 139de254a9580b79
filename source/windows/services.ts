import {azure, frontDoorWithoutDhe} from '../policy/services/azure.js';
import {type Doubt, doubt, type SourceKey} from './sources.js';

/** What is documented of a service that some client might miss though it offers TLS 1.2. */
export type Service = {
	readonly name: string;
	readonly title: string;
	/** The only suites it takes, where it says so. */
	readonly suites?: readonly number[];
	/** Those of its suites that it may not take any more, and who says so. */
	readonly doubtful?: {readonly suites: readonly number[]; readonly doubt: Doubt};
	/** Systems for which one page states the suites, and another does not: what lacks them is not decided. */
	readonly disputed?: {readonly systems: readonly string[]; readonly doubt: Doubt};
	/** What it answers to too old a version after a handshake that succeeds. */
	readonly refusal?: string;
	readonly source: SourceKey;
};

export const services: readonly Service[] = [
	{
		name: 'azure-arc',
		title: 'Azure Arc',
		suites: [0x13_02, 0x13_01, 0xc0_30, 0xc0_2f],
		disputed: {
			systems: ['windows-server-2012', 'windows-server-2012-r2'],
			doubt: doubt(
				'low',
				'one page requires these cipher suites from agent version 1.56 on (2026-04-01); another only from 1.56 to 1.63, and not on ' +
					'Windows Server 2012 and 2012 R2 (2026-01-14): test it with tlsprobe clients',
				'ARC',
				'ARC-TR',
			),
		},
		source: 'ARC',
	},
	{
		name: 'azure-devops',
		title: 'Azure DevOps',
		suites: [0xc0_30, 0xc0_2f, 0x00_9f, 0x00_9e, 0xc0_28, 0xc0_27],
		doubtful: {
			suites: [0x00_9f, 0x00_9e, 0xc0_28, 0xc0_27],
			doubt: doubt(
				'low',
				`Azure Front Door dropped DHE on ${frontDoorWithoutDhe}, and has only ECDHE with GCM by default; whether Azure DevOps, which is behind it, still ` +
					'accepts DHE or CBC suites is not documented: test it with tlsprobe clients',
				'DEVOPS12',
				'AFD-DHE',
			),
		},
		source: 'DEVOPS12',
	},
	{name: 'azure-storage', title: azure.storage.name, refusal: azure.storage.refusal, source: 'STG-MIN'},
	{name: 'azure-service-bus', title: 'Azure Service Bus', refusal: azure.serviceBus.refusal, source: 'SB-MIN'},
];
