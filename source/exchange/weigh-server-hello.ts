import {DecodeError} from '../bytes/decode-error.js';
import {isEqual} from '../bytes/is-equal.js';
import type {Codec} from '../wire/codec.js';
import {findExtension} from '../wire/extension.js';
import {applicationLayerProtocolNegotiation, keyShare, supportedVersions} from '../wire/extensions/index.js';
import {downgradeSentinel, isHelloRetryRequest, type ServerHello} from '../wire/server-hello.js';
import type {BuiltHello} from './built-hello.js';
import type {HelloSpec} from './hello-spec.js';
import {noteAnomaly} from './note-anomaly.js';
import type {Anomaly, Outcome} from './outcome.js';

const tls13 = 0x03_04;
const cookie = 0x00_2c;
const nullAlone = [0];

/**
What a ServerHello selects, and what is odd about it. No finished handshake, certificate or known suite is needed; only
`supported_versions` selects TLS 1.3 (RFC 9846 §4.2.3), and a HelloRetryRequest may only ask for a group that was offered (§4.2.4).

@param noted - What was odd before the ServerHello.
*/
export function weighServerHello(hello: ServerHello, spec: HelloSpec, built: BuiltHello, noted: readonly Anomaly[]): Outcome {
	const anomalies = [...noted];
	const selected = findExtension(hello.extensions, supportedVersions.type, supportedVersions.serverHello);
	const version = selected ?? hello.legacyVersion;
	noteFaults(hello, spec, built, selected, anomalies);

	if (isHelloRetryRequest(hello)) {
		return weighRetry(hello, spec, selected, anomalies);
	}

	const isByLegacyVersion = selected === undefined && version >= tls13;
	if (isByLegacyVersion) {
		noteAnomaly(anomalies, 'supported-versions-missing');
	}

	const share = version === tls13 ? lenient(hello, keyShare.type, keyShare.serverHello, anomalies) : undefined;
	if (version === tls13 && share === undefined) {
		noteAnomaly(anomalies, 'missing-key-share');
	}

	const {cipherSuite} = hello;
	const group = share?.group;
	const sentinel = downgradeSentinel(hello.random);
	// Without a spread for the usual hello: each makes such a literal take far longer.
	const usual = {kind: 'server-hello', version, cipherSuite, group, downgradeSentinel: sentinel, anomalies} as const;
	const outcome =
		spec.compressionMethods === undefined && !spec.readsRandom
			? usual
			: {
					...usual,
					...(spec.compressionMethods === undefined ? {} : {compressionMethod: hello.compressionMethod}),
					...(spec.readsRandom ? {random: hello.random.slice()} : {}),
				};
	const applicationProtocol =
		spec.extensions?.alpn === undefined
			? undefined
			: lenient(hello, applicationLayerProtocolNegotiation.type, applicationLayerProtocolNegotiation.serverHello, anomalies)?.[0];
	const selection = applicationProtocol === undefined ? outcome : {...outcome, applicationProtocol};
	return isByLegacyVersion ? {...selection, isByLegacyVersion} : selection;
}

function weighRetry(hello: ServerHello, spec: HelloSpec, selected: number | undefined, anomalies: Anomaly[]): Outcome {
	if (selected === undefined) {
		return malformed('supported_versions', 'a HelloRetryRequest without it');
	}

	const group = lenient(hello, keyShare.type, keyShare.helloRetryRequest, anomalies);
	if (group !== undefined && !spec.extensions?.groups.includes(group)) {
		return malformed('selected_group', 'a group that was not offered');
	}

	if (group !== undefined && spec.extensions?.keyShares.includes(group)) {
		noteAnomaly(anomalies, 'key-share-already-offered');
	}

	return {kind: 'hello-retry-request', version: selected, cipherSuite: hello.cipherSuite, group, anomalies};
}

function noteFaults(hello: ServerHello, spec: HelloSpec, built: BuiltHello, selected: number | undefined, anomalies: Anomaly[]): void {
	if (!spec.cipherSuites.includes(hello.cipherSuite)) {
		noteAnomaly(anomalies, 'cipher-suite-not-offered');
	}

	if (!(spec.compressionMethods ?? nullAlone).includes(hello.compressionMethod)) {
		noteAnomaly(anomalies, 'compression-not-offered');
	}

	if (selected !== undefined && selected < tls13) {
		noteAnomaly(anomalies, 'supported-versions-before-1.3');
	}

	if (selected === tls13) {
		if (hello.legacyVersion !== 0x03_03) {
			noteAnomaly(anomalies, 'legacy-version');
		}

		if (!isEqual(hello.sessionId, built.sessionId)) {
			noteAnomaly(anomalies, 'session-id-not-echoed');
		}
	}

	const seen = new Set<number>();
	for (const {type} of hello.extensions ?? []) {
		if (!built.extensionTypes.has(type) && !isSignalled(type, spec) && type !== cookie) {
			noteAnomaly(anomalies, 'extension-not-offered');
		}

		if (seen.has(type)) {
			noteAnomaly(anomalies, 'extension-repeated');
		}

		seen.add(type);
	}
}

/** A suite may stand for renegotiation_info, which the server answers then as well. RFC 5746 §3.3. */
const isSignalled = (type: number, {cipherSuites}: HelloSpec): boolean => type === 0xff_01 && cipherSuites.includes(0x00_ff);

/** An extension that does not decode is odd, but takes nothing from the version that was selected. */
function lenient<Value>(hello: ServerHello, type: number, codec: Codec<Value>, anomalies: Anomaly[]): Value | undefined {
	try {
		return findExtension(hello.extensions, type, codec);
	} catch (error) {
		if (!(error instanceof DecodeError)) {
			throw error;
		}

		noteAnomaly(anomalies, 'undecodable-extension');
		return undefined;
	}
}

const malformed = (field: string, problem: string): Outcome => ({kind: 'malformed', field, offset: 0, problem: `${field}: ${problem}`});
