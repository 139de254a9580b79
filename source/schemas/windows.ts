import type {JsonSchema} from '../probes/report-part.js';
import type {RemedyReport, WindowsClientsReport, WindowsServersReport} from '../windows/report-json.js';
import type {Reaches} from '../windows/rules/offer.js';
import type {Confidence} from '../windows/sources.js';
import {listOf, objectOf, oneWord, onlyTrue, optional, published, text, texts} from './building/describe.js';
import {ofResult} from './building/of-result.js';
import {confidence as confidenceOf} from './building/words.js';

type Client = WindowsClientsReport['clients'][number];
type Server = WindowsServersReport['servers'][number];
type ClientStep = NonNullable<WindowsClientsReport['steps']>[number];
type ServerStep = NonNullable<WindowsServersReport['steps']>[number];
type ClientChange = ClientStep['changes'][number];
type ServerChange = ServerStep['changes'][number];
type Machine = Omit<WindowsClientsReport, 'role' | 'clients' | 'steps'>;

const versions = (description: string): JsonSchema => listOf(ofResult.version, `${description}, oldest first`);

const confidence = confidenceOf('how certain the answer is', {
	high: 'every step is documented',
	medium: 'a step follows from documents, and none of them states it',
	low: 'documents disagree, or a step is not documented',
} satisfies Readonly<Record<Confidence, string>>);

const reaches = (description: string): JsonSchema =>
	oneWord<Reaches>(description, {yes: 'it does', no: 'it does not', uncertain: 'the documents or the files do not decide it'});

const clientState = {
	offers: versions('the versions that it offers'),
	reachesTls12: reaches('whether it can use TLS 1.2'),
	confidence,
};

const serverState = {
	accepts: versions('the versions that it accepts'),
	acceptsTls12: reaches('whether it accepts TLS 1.2'),
	confidence,
};

const bits = optional({description: 'the size of the program; left out if both sizes read the same values', enum: [32, 64]});
const because = texts('the reasons, each with its sources in brackets');

const step = {
	kind: oneWord<RemedyReport['kind']>('the kind of step', {
		update: 'an update to install',
		registry: 'a value in the registry',
		script: 'a line for a session or a script, instead of the registry',
		program: 'a change in the code or the configuration of the program',
		'cipher-suites': 'a change of the list of cipher suites',
		upgrade: 'a newer version of Windows',
	}),
	command: text('what to run, or what to do in words'),
	advised: onlyTrue('the step is recommended, and not required'),
};

const remedy = listOf(objectOf<RemedyReport>(step), 'the steps after which it can use TLS 1.2; empty if none is needed');

const machine = {
	os: text('the version of Windows, as --os takes it'),
	architecture: {description: 'of Windows: 32 bits (x86) or 64 bits (x64)', enum: ['x86', 'x64']},
	withoutEffect: optional(texts('keys and values in the files that have no effect, with the reason')),
	cipherSuites: texts('the cipher suites of SChannel in this role, in its order, by the names of IANA'),
} as const satisfies Parameters<typeof objectOf<Machine>>[0];

const {os, architecture, withoutEffect, cipherSuites} = machine;
const afterwards = 'with --before-after: updates and values of the registry in their order, and what each changes';

export default published('The object that tlsprobe windows --json prints', {
	description: 'What one machine with Windows can use, by its role. Later versions may add fields; these stay.',
	oneOf: [
		objectOf<WindowsClientsReport>(
			{
				os,
				architecture,
				role: {description: 'the machine as a client', const: 'client'},
				clients: listOf(
					objectOf<Client>({
						client: text('the kind of client, as --client takes it'),
						bits,
						...clientState,
						because,
						remedy,
					}),
					'each kind of client',
				),
				withoutEffect,
				cipherSuites,
				steps: optional(
					listOf(
						objectOf<ClientStep>({
							...step,
							changes: listOf(
								objectOf<ClientChange>({
									client: text('the kind of client'),
									bits,
									before: objectOf<ClientChange['before']>(clientState, 'the state before this step'),
									after: objectOf<ClientChange['after']>(clientState, 'the state after this step'),
								}),
								'the clients that the step changes',
							),
						}),
						afterwards,
					),
				),
			},
			'what the programs offer; --role client, the default',
		),
		objectOf<WindowsServersReport>(
			{
				os,
				architecture,
				role: {description: 'the machine as a server', const: 'server'},
				servers: listOf(
					objectOf<Server>({
						server: text('the kind of server, as --server takes it'),
						...serverState,
						because,
						remedy,
					}),
					'each kind of server',
				),
				withoutEffect,
				cipherSuites,
				steps: optional(
					listOf(
						objectOf<ServerStep>({
							...step,
							changes: listOf(
								objectOf<ServerChange>({
									server: text('the kind of server'),
									before: objectOf<ServerChange['before']>(serverState, 'the state before this step'),
									after: objectOf<ServerChange['after']>(serverState, 'the state after this step'),
								}),
								'the servers that the step changes',
							),
						}),
						afterwards,
					),
				),
			},
			'what the servers accept; --role server',
		),
	],
});
