import type {Report} from '../../engine/report.js';
import {findStartTls} from '../../transport/starttls/index.js';
import {withoutCertificate} from './refused-starttls.js';

/** Protocols that do not begin with TLS on the port that is usual for them, and where TLS is. */
const clearPorts: Readonly<Partial<Record<number, string>>> = {
	80: 'HTTP in clear is usual on port 80: TLS is usually on 443',
	1521: 'Oracle without TLS is usual on port 1521: TLS (TCPS) is usually on 2484',
	1883: 'MQTT without TLS is usual on port 1883: TLS is usually on 8883',
	2181: 'ZooKeeper without TLS is usual on port 2181: see secureClientPort in its configuration',
	5672: 'AMQP without TLS is usual on port 5672: TLS is usually on 5671, and --starttls amqp is for AMQP 1.0',
	6379: 'Redis without TLS is usual on port 6379: TLS is usually on 6380, or where tls-port says',
	9092: 'Kafka without TLS is usual on port 9092: TLS is usually on 9093',
	11211: 'memcached without TLS is usual on port 11211: it speaks TLS where it was started with --enable-ssl',
};

const ldapsPorts: ReadonlySet<number> = new Set([636, 3269]);

/** What speaks on the port by custom, where no version is accepted and nothing else says it; undefined where that explains nothing. */
export function forUsualPort({port, starttls}: Report): string | undefined {
	if (starttls !== undefined) {
		return undefined;
	}

	const usual = findStartTls('auto', port);
	return clearPorts[port] !== undefined || usual === undefined
		? clearPorts[port]
		: `${usual.name} is usual on port ${port} and begins in clear: try --starttls ${usual.name}`;
}

/** What to do where every hello is answered by the end of the connection. */
export function forHangUps(report: Report): string {
	const {port, serverName} = report;
	const usual = forUsualPort(report);
	if (usual !== undefined) {
		return usual;
	}

	if (ldapsPorts.has(port)) {
		return withoutCertificate;
	}

	return serverName === null
		? 'it may want a name: try --servername NAME'
		: `every hello ends the connection: servers that go by names do so for one that they do not know (--servername NAME asks for another than ${serverName}), ` +
				'and so do firewalls, allow lists, limits on connections, and ports of other protocols';
}
