import type {Report} from '../../engine/report.js';
import {findStartTls} from '../../transport/starttls/index.js';
import {withoutCertificate} from './refused-starttls.js';

/** Protocols whose usual port does not start with TLS, and where TLS is. */
const clearPorts: Readonly<Partial<Record<number, string>>> = {
	80: 'port 80 is usually HTTP without TLS: TLS is usually on 443',
	1521: 'port 1521 is usually Oracle without TLS: TLS (TCPS) is usually on 2484',
	1883: 'port 1883 is usually MQTT without TLS: TLS is usually on 8883',
	2181: 'port 2181 is usually ZooKeeper without TLS: see secureClientPort in its configuration',
	5672: 'port 5672 is usually AMQP without TLS: TLS is usually on 5671, and --starttls amqp is for AMQP 1.0',
	6379: 'port 6379 is usually Redis without TLS: TLS is usually on 6380, or on the port set by tls-port',
	9092: 'port 9092 is usually Kafka without TLS: TLS is usually on 9093',
	11211: 'port 11211 is usually memcached without TLS: it uses TLS if it was started with --enable-ssl',
};

const ldapsPorts: ReadonlySet<number> = new Set([636, 3269]);

/** The protocol that usually runs on the port, if no version is accepted and nothing else explains it. */
export function forUsualPort({port, starttls}: Report): string | undefined {
	if (starttls !== undefined) {
		return undefined;
	}

	const usual = findStartTls('auto', port);
	return clearPorts[port] !== undefined || usual === undefined
		? clearPorts[port]
		: `port ${port} is usually ${usual.name}, which starts in plaintext: try --starttls ${usual.name}`;
}

/** What to do if the server closes or resets the connection after every hello. */
export function forClosedConnections(report: Report): string {
	const {port, serverName} = report;
	const usual = forUsualPort(report);
	if (usual !== undefined) {
		return usual;
	}

	if (ldapsPorts.has(port)) {
		return withoutCertificate;
	}

	return serverName === null
		? 'the server may require a server name: try --servername NAME'
		: `the connection ends after every hello: servers do this if they do not know the server name (try another than ${serverName} with --servername NAME), ` +
				'and so do firewalls, allow lists, connection limits, and ports of other protocols';
}
