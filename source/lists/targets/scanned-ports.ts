import type {Overrides} from '../../engine/overrides.js';
import {type EntrySource, noOverrides, type TargetEntry} from '../entry.js';
import type {ReadOptions} from '../formats/format.js';
import {canonical} from './addresses.js';
import {targetAt} from './read-expression.js';

/** An open port, its transport protocol, and what the scanner takes it for. */
export type OpenPort = {readonly port: number; readonly protocol: string; readonly service: string};

export type ScannedHost = {
	/** An address, as the scanner wrote it. */
	readonly address: string;
	/** A name of it. */
	readonly name: string | undefined;
	/** Whether the user gave the scanner that name. Else it was looked up. */
	readonly isNameGiven: boolean;
	readonly openPorts: readonly OpenPort[];
};

/** Services that nmap knows to be TLS from the start. With `-sV` it puts `ssl` in front. */
const tlsServices =
	/^(?:ssl|tls)\b|^(?:https|https-alt|https-wmap|smtps|submissions|imaps|pop3s|ldaps|ldapssl|ftps|ftps-data|nntps|ircs|ircs-u|telnets|domain-s|sips|sip-tls|amqps|secure-mqtt|syslog-tls|docker-s|coaps|globalcatLDAPssl|stun-p3|wsmans|oracleas-https|pcsync-https)$/i;
const tlsPorts = new Set([
	443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 2376, 3269, 4443, 5061, 5671, 5986, 6443, 6514, 6697, 8443, 8883, 9443, 10443,
]);

/**
The targets that a scanned host is: every open TCP port, as a scanner that does not ask knows a port by its number alone. What is
not one goes to `leaveOut`.

A name that the user gave is the target, at that address. One that was looked up is only what is asked for by SNI.
*/
export function targetsOfScannedHost(
	{address, name, isNameGiven, openPorts}: ScannedHost,
	source: EntrySource,
	{scannedPorts, leaveOut}: ReadOptions,
): readonly TargetEntry[] {
	const plainAddress = canonical(address);
	const overrides = overridesFor(plainAddress, name, isNameGiven);
	const host = name !== undefined && isNameGiven ? name : plainAddress;
	return openPorts.flatMap(({port, protocol, service}) => {
		if (protocol !== 'tcp') {
			leaveOut('open ports other than TCP', `${port}/${protocol}`);
			return [];
		}

		if (scannedPorts === 'tls' && !tlsServices.test(service) && !tlsPorts.has(port)) {
			leaveOut('open ports that the scan does not report as TLS', `${port}`);
			return [];
		}

		return [{kind: 'target', target: targetAt(host, port), overrides, source} as const];
	});
}

function overridesFor(address: string, name: string | undefined, isNameGiven: boolean): Overrides {
	if (name === undefined) {
		return noOverrides;
	}

	return isNameGiven ? {serverName: name, address} : {serverName: name};
}
