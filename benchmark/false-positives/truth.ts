import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {setTimeout as delay} from 'node:timers/promises';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {type VersionName, versions} from '../../source/iana/versions.js';
import {versionsBefore13} from '../../source/probes/vulnerabilities/accepted-suites.js';
import {suitesAlone} from '../../test/helpers/peers/each-alone.js';
import {askRaw} from '../../test/helpers/peers/raw-hello.js';

/**
Whether a server has a vulnerability, by its name, as a second prober finds that shares no code with the first. Only what follows from what the server accepts can be
there: these servers are sound.
*/
export type Truth = (name: string) => Promise<boolean>;

type Accepted = ReadonlyMap<VersionName, readonly number[]>;

/**
Every cipher suite is offered alone in each version that the server has.

@param names - Versions that the server is known to have. It may have others, which are asked for with usual suites.
*/
export async function findTruth(port: number, names: readonly VersionName[]): Promise<Truth> {
	const accepted = new Map<VersionName, readonly number[]>();
	for (const name of versionsBefore13) {
		if (names.includes(name) || (await isAccepted(port, name))) {
			accepted.set(name, await suitesAlone(port, versions.code(name), [], {isWhole: true, draw: () => 0}));
		}
	}

	const has = (pattern: RegExp, ...only: readonly VersionName[]): boolean =>
		[...accepted].some(
			([name, codes]) => (only.length === 0 || only.includes(name)) && codes.some(code => pattern.test(cipherSuites.label(code))),
		);
	const known = new Map([
		['rc4', has(/_RC4_/)],
		['sweet32', has(/_3DES_|_DES_|_DES40_|_IDEA_|_RC2_|28147|MAGMA/)],
		['freak', has(/^TLS_RSA_EXPORT/)],
		['logjam', has(/^TLS_DHE?_.*EXPORT/)],
		['poodle', has(/_CBC_/, 'SSLv3')],
		['beast', has(/_CBC_/, 'SSLv3', 'TLSv1.0')],
		['raccoon', has(/^TLS_DH_(?!anon)/)],
		['fallbackScsv', await lacksFallbackScsv(port, accepted)],
	]);
	let renegotiation: Promise<boolean> | undefined;
	return async name => {
		if (name === 'clientRenegotiation') {
			renegotiation ??= renegotiates(port);
			return renegotiation;
		}

		return known.get(name) ?? false;
	};
}

const curves = [0x1d, 0x17, 0x18, 0x19, 0x1e, 0x1a, 0x1b, 0x1c, 0x09, 0x0e];

/** With AES, 3DES and RC4, and the kinds of keys that servers have. */
const usualSuites = [0xc0_14, 0xc0_0a, 0xc0_13, 0xc0_09, 0x00_39, 0x00_35, 0x00_33, 0x00_2f, 0x00_38, 0x00_32, 0xc0_12, 0x00_0a, 0x00_05];

async function isAccepted(port: number, name: VersionName): Promise<boolean> {
	const code = versions.code(name);
	const answer = await askRaw(port, {version: code, suites: usualSuites, groups: curves});
	return answer.version === code;
}

/** TLS_FALLBACK_SCSV of RFC 7507. */
const fallbackScsv = 0x56_00;

/** Whether the server accepts its second newest version up to TLS 1.2 although the client says that it has a newer one. */
async function lacksFallbackScsv(port: number, accepted: Accepted): Promise<boolean> {
	const [, second] = [...accepted].toReversed();
	if (second === undefined) {
		return false;
	}

	const [name, codes] = second;
	const answer = await askRaw(port, {version: versions.code(name), suites: [...codes, fallbackScsv], groups: curves});
	return answer.suite !== undefined;
}

/** Time for a handshake, and for each renegotiation. */
const pauseMs = 1500;

/** Whether `openssl s_client` can renegotiate. */
async function renegotiates(port: number): Promise<boolean> {
	const argv = [
		's_client',
		'-connect',
		`127.0.0.1:${port}`,
		'-no_tls1_3',
		'-cipher',
		'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
		'-legacy_renegotiation',
		'-state',
	];
	const client = spawn('openssl', argv, {stdio: ['pipe', 'pipe', 'pipe'], env: {...process.env, OPENSSL_CONF: '/dev/null'}});
	client.stdin.on('error', () => {});
	const reading = Promise.all([text(client.stdout), text(client.stderr)]);
	await delay(pauseMs);
	client.stdin.write('R\n');
	await delay(pauseMs);
	client.kill();
	await once(client, 'close');
	const said = await reading;
	// `-state` names each message. Finished of the server is the last one of a handshake.
	return (said.join('').match(/read finished/g)?.length ?? 0) > 1;
}
