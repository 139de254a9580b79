import type {SourceKey} from './sources.js';

/** What is documented of a service that some client might miss though it offers TLS 1.2. */
export type Service = {
	readonly name: string;
	readonly title: string;
	/** The only suites it takes, where it says so. */
	readonly suites?: readonly number[];
	/** What it answers to too old a version after a handshake that succeeds. */
	readonly refusal?: string;
	readonly source: SourceKey;
};

export const services: readonly Service[] = [
	{name: 'azure-arc', title: 'Azure Arc', suites: [0x13_02, 0x13_01, 0xc0_30, 0xc0_2f], source: 'ARC'},
	{name: 'azure-devops', title: 'Azure DevOps', suites: [0xc0_30, 0xc0_2f, 0x00_9f, 0x00_9e, 0xc0_28, 0xc0_27], source: 'DEVOPS12'},
	{name: 'azure-storage', title: 'Azure Storage', refusal: 'HTTP 400', source: 'STG-MIN'},
	{name: 'azure-service-bus', title: 'Azure Service Bus', refusal: '401', source: 'SB-MIN'},
];
