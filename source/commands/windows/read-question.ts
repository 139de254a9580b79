import {nearest} from '../../bytes/nearest.js';
import type {Role} from '../../clients/windows/versions.js';
import {clientKinds} from '../../windows/clients/index.js';
import type {Machine} from '../../windows/machine.js';
import {type Lead, leadOf, programName, programs} from '../../windows/programs.js';
import type {ClientName} from '../../windows/rules/client-kind.js';
import type {ServerKindName} from '../../windows/rules/server-kind.js';
import {serverKinds} from '../../windows/servers/index.js';
import {type Service, services} from '../../windows/services.js';
import type {Doubt} from '../../windows/sources.js';
import {UsageError} from '../command.js';

/** What is asked of the machine. */
export type WindowsQuestion = {
	readonly role: Role;
	readonly service: Service | undefined;
	readonly clients: readonly ClientName[] | undefined;
	readonly servers: readonly ServerKindName[] | undefined;
	/** What a program adds to the kind that it goes by. */
	readonly doubtsOf: (client: ClientName, machine: Machine) => readonly Doubt[];
	/** What there is to say of programs that led to a kind. */
	readonly notes: readonly string[];
};

type Flags = {
	readonly role?: string | undefined;
	readonly server: readonly string[];
	readonly client: readonly string[];
	readonly service?: string | undefined;
	readonly codeProtocols?: string | undefined;
	readonly switch: readonly string[];
};

export function readQuestion(values: Flags): WindowsQuestion {
	const role = readRole(values.role) ?? (values.server.length > 0 ? 'server' : 'client');
	if (role === 'client' && values.server.length > 0) {
		throw new UsageError('--server is about what the machine accepts: use it with --role server, or leave out --role');
	}

	const foreign = Object.entries({
		'--client': values.client.length > 0,
		'--service': values.service !== undefined,
		'--code-protocols': values.codeProtocols !== undefined,
		'--switch': values.switch.length > 0,
	}).find(([, isGiven]) => isGiven)?.[0];
	if (role === 'server' && foreign !== undefined) {
		const instead = foreign === '--client' ? `; name a server with --server ${serverNames.join(', ')}` : '';
		throw new UsageError(`${foreign} is about clients, and does not go with --role server or --server${instead}`);
	}

	return {role, service: readService(values.service), servers: readServers(values.server), ...readClients(values.client)};
}

function readRole(text: string | undefined): Role | undefined {
	const role = text?.toLowerCase();
	if (role !== undefined && role !== 'client' && role !== 'server') {
		throw new UsageError(`--role takes client or server, not ${JSON.stringify(text)}`);
	}

	return role;
}

const serverNames = serverKinds.map(({name}) => name);

function readServers(texts: readonly string[]): readonly ServerKindName[] | undefined {
	const wanted = texts.flatMap(text => text.split(',')).map(programName);
	const unknown = wanted.find(text => !serverNames.some(name => name === text));
	if (unknown !== undefined) {
		throw new UsageError(`--server takes ${serverNames.join(', ')}, not ${JSON.stringify(unknown)}`);
	}

	return wanted.length === 0 ? undefined : serverNames.filter(name => wanted.includes(name));
}

/** The kinds that are asked for, in the order of the report, and what there is to say of programs that led to them. */
type AskedClients = Pick<WindowsQuestion, 'clients' | 'notes' | 'doubtsOf'>;

function readClients(texts: readonly string[]): AskedClients {
	const names = clientKinds.map(({name}) => name);
	const leads = texts.flatMap(text => text.split(',')).map(text => readClient(text, names));
	const wanted = new Set(leads.flatMap(({clients}) => clients));
	return {
		clients: leads.length === 0 ? undefined : names.filter(name => wanted.has(name)),
		notes: leads.flatMap(({note}) => note ?? []),
		doubtsOf: (client, machine) => leads.flatMap(({clients, doubtOn}) => (clients.includes(client) ? (doubtOn?.(machine) ?? []) : [])),
	};
}

type ReadClient = Omit<Extract<Lead, {kind: 'clients'}>, 'kind' | 'note'> & {readonly note?: string};

function readClient(text: string, names: readonly ClientName[]): ReadClient {
	const asked = text.trim().toLowerCase();
	const kind = names.find(name => name === asked || name === programName(text));
	if (kind !== undefined) {
		return {clients: [kind]};
	}

	const lead = leadOf(text);
	const quoted = `--client ${JSON.stringify(asked)}`;
	if (lead?.kind === 'clients') {
		return {...lead, note: `${quoted}: ${lead.note}`};
	}

	if (lead !== undefined) {
		throw new UsageError(`${quoted}: ${lead.note}`);
	}

	const meant = nearest(
		asked,
		// What differs in a number is another program.
		[...names, ...programs.flatMap(program => program.names)].filter(name => digitsOf(name) === digitsOf(asked)),
	);
	const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
	throw new UsageError(`${quoted} is not a kind of client; ${hint}`);
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

function readService(name: string | undefined): Service | undefined {
	const service = services.find(item => item.name === name);
	if (name !== undefined && service === undefined) {
		throw new UsageError(`--service takes ${services.map(item => item.name).join(', ')}, not ${JSON.stringify(name)}`);
	}

	return service;
}
