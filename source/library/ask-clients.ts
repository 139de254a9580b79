import {InputError} from '../bytes/input-error.js';
import {nearest} from '../bytes/nearest.js';
import type {ClientProfile} from '../clients/client-profile.js';
import {findClients} from '../clients/find-clients.js';
import {clientProfiles} from '../clients/index.js';
import {makeConnectionLimits} from '../engine/connection-limits.js';
import type {ProbeHooks, ProbeOptions} from '../engine/probe-options.js';
import {probeTarget} from '../engine/probe-target.js';
import {parseTarget} from '../engine/target.js';
import {type ClientsReport, clientsReport, clientsResultOf} from '../formats/clients.js';
import {requestProbe} from '../probes/requests.js';
import {redactUrls} from '../transport/proxy/url.js';

/** Ask targets in the words of clients, one target after another. @throws {InputError} For what is no target and no client, before anything is asked. */
export async function* askClients(
	targets: readonly string[],
	names: readonly string[] | undefined,
	options: ProbeOptions,
	hooks: ProbeHooks,
): AsyncGenerator<ClientsReport, void, void> {
	const clients = names === undefined ? clientProfiles : names.flatMap(findNamed);
	const asked = {...options, probes: [requestProbe('clients', {clients})]};
	const limited = {...hooks, limits: makeConnectionLimits({...asked, signal: hooks.signal})};
	for (const {target, startTls} of targets.map(readTarget)) {
		const {recordings} = await probeTarget(target, startTls === undefined ? asked : {...asked, startTls}, limited);
		yield* recordings.map(recording => clientsReport(clientsResultOf(recording, clients), options.toolVersion));
	}
}

function readTarget(text: string) {
	const parsed = parseTarget(text);
	if (parsed.kind === 'invalid') {
		throw new InputError(`${JSON.stringify(redactUrls(text))}: ${parsed.problem}`);
	}

	return {target: parsed.target, startTls: parsed.startTls};
}

function findNamed(name: string): readonly ClientProfile[] {
	const found = findClients(name);
	if (found.length === 0) {
		const meant = nearest(
			name,
			clientProfiles.flatMap(profile => [profile.name, ...profile.aliases]),
		);
		throw new InputError(`there is no client ${JSON.stringify(name)}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
	}

	return found;
}
