import {noOverrides, type Overrides, type Source, type TargetEntry} from '../entry.js';
import {canonical} from './addresses.js';
import {targetAt} from './read-expression.js';

/** An open TCP port, and what nmap takes it for. */
export type OpenPort = {readonly port: number; readonly service: string};

export type NmapHost = {
	/** An address, as nmap wrote it. */
	readonly address: string;
	/** A name of it. */
	readonly name: string | undefined;
	/** Whether the user gave nmap that name. Else it was looked up. */
	readonly isNameGiven: boolean;
	readonly openPorts: readonly OpenPort[];
};

/** Services that nmap knows to be TLS from the start. With `-sV` it puts `ssl` in front. */
const tlsServices =
	/^(?:ssl|tls)\b|^(?:https|https-alt|https-wmap|smtps|submissions|imaps|pop3s|ldaps|ftps|ftps-data|nntps|ircs|ircs-u|telnets|domain-s|sips|sip-tls|amqps|secure-mqtt|syslog-tls|docker-s|coaps|globalcatLDAPssl|stun-p3|wsmans|oracleas-https|pcsync-https)$/i;
const tlsPorts = new Set([
	443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 2376, 3269, 4443, 5061, 5671, 5986, 6443, 6514, 6697, 8443, 8883, 9443, 10443,
]);

/**
The targets that a scanned host is: its open TCP ports that are TLS by the service or by the number. Where none is, all that are
open, as then nmap knows nothing of them that would help.

A name that the user gave is the target, at that address. One that was looked up is only what is asked for by SNI.
*/
export function targetsOfNmapHost({address, name, isNameGiven, openPorts}: NmapHost, source: Source): readonly TargetEntry[] {
	const marked = openPorts.filter(({port, service}) => tlsServices.test(service) || tlsPorts.has(port));
	const plainAddress = canonical(address);
	const overrides = overridesFor(plainAddress, name, isNameGiven);
	const host = name !== undefined && isNameGiven ? name : plainAddress;
	return (marked.length === 0 ? openPorts : marked).map(({port}) => ({kind: 'target', target: targetAt(host, port), overrides, source}));
}

function overridesFor(address: string, name: string | undefined, isNameGiven: boolean): Overrides {
	if (name === undefined) {
		return noOverrides;
	}

	return isNameGiven ? {serverName: name, address} : {serverName: name};
}
