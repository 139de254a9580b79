import type {WithPosition} from '../../bytes/with-position.js';
import {type VersionName, versionNames} from '../../iana/versions.js';
import {ConfigurationError} from './configuration-error.js';
import {configOf, fieldAt, fieldOf, itemsOf, textOf, textsOf, typeOf} from './proto-fields.js';
import type {StatedVersions} from './stated-versions.js';

/** What a filter chain says of its versions. */
export type StatedByContext = StatedVersions & {readonly statedAt: string; readonly likelyCause?: string | undefined};

/** What a connection begins with at a filter chain. */
export type Socket =
	| {readonly kind: 'tls'; readonly stated: StatedByContext}
	/** TLS once a filter asks for it. */
	| {readonly kind: 'starttls'; readonly stated: StatedByContext}
	| {readonly kind: 'clear'}
	| {readonly kind: 'not-read'; readonly why: string};

type Place = (offset: number) => string;

/** Names and numbers of the enumeration TlsProtocol. */
const versionsByWord: ReadonlyMap<string, VersionName | undefined> = new Map(
	([undefined, 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).flatMap((name, number) => [
		[name?.replace('.', '_') ?? 'TLS_AUTO', name] as const,
		[String(number), name] as const,
	]),
);

/** Wrappers have the socket that they are round in a field of this name. */
const deepestWrapper = 8;

/**
@param chain - A filter chain.
@throws {ConfigurationError} For a version that is none.
*/
export function socketOf(chain: WithPosition, place: Place): Socket {
	let socket = fieldOf(chain, 'transport_socket');
	const old = fieldOf(chain, 'tls_context');
	if (socket === undefined) {
		return old === undefined ? {kind: 'clear'} : tlsBy(old, place);
	}

	for (let depth = 0; depth < deepestWrapper; depth++) {
		const config = configOf(socket);
		const kind =
			typeOf(config) ?? (fieldOf(config, 'common_tls_context') === undefined ? textOf(fieldOf(socket, 'name')) : 'DownstreamTlsContext');
		switch (kind) {
			case 'DownstreamTlsContext':
			case 'envoy.transport_sockets.tls':
			case 'tls':
				return tlsBy(config ?? socket!, place);
			case 'StartTlsConfig':
				return {kind: 'starttls', stated: statedBy(fieldOf(config, 'tls_socket_config') ?? config!, place)};
			case 'RawBuffer':
			case 'envoy.transport_sockets.raw_buffer':
			case 'raw_buffer':
				return {kind: 'clear'};
			case 'QuicDownstreamTransport':
				return {kind: 'not-read', why: 'it uses QUIC, which is not tested'};
			default: {
				const inner: WithPosition | undefined = fieldOf(config, 'transport_socket');
				if (inner === undefined) {
					return {kind: 'not-read', why: `its transport socket ${kind ?? 'without a name'} is not read`};
				}

				socket = inner;
			}
		}
	}

	return {kind: 'not-read', why: `its transport sockets are more than ${deepestWrapper} deep`};
}

function tlsBy(context: WithPosition, place: Place): Socket {
	const stated = statedBy(context, place);
	return stated.accepts.length === 0 && stated.rejects.length > 0
		? {kind: 'not-read', why: 'its lowest version is above its highest, so it accepts none'}
		: {kind: 'tls', stated};
}

/** @param context - A DownstreamTlsContext. */
function statedBy(context: WithPosition, place: Place): StatedByContext {
	const common = fieldOf(context, 'common_tls_context');
	const parameters = fieldOf(common, 'tls_params');
	const handshaker = fieldOf(common, 'custom_handshaker');
	if (handshaker !== undefined) {
		return {accepts: [], rejects: [], statedAt: `${place(handshaker.offset)}: custom_handshaker, which decides the versions`};
	}

	const [lowest, highest] = (['tls_minimum_protocol_version', 'tls_maximum_protocol_version'] as const).map(name =>
		versionAt(fieldOf(parameters, name), name, place),
	);
	const said = [lowest!, highest!].flatMap(({statedAt}) => statedAt ?? []);
	const statedAt = said.length > 0 ? said.join(', ') : `${place((parameters ?? context).offset)}: the defaults of tls_params`;
	const isFips = textsOf(parameters, 'compliance_policies').length > 0;
	const from = versionNames.indexOf(isFips && isOld(lowest!.version) ? 'TLSv1.2' : (lowest!.version ?? 'TLSv1.2'));
	const to = versionNames.indexOf(highest!.version ?? 'TLSv1.3');
	const on = versionNames.slice(from, to + 1);
	const off = versionNames.filter(name => !on.includes(name));
	// The default minimum was TLS 1.0 before Envoy 1.22.
	const isOpen = (name: VersionName): boolean =>
		lowest!.version === undefined && !isFips && isOld(name) && versionNames.indexOf(name) <= to;
	const suites = suitesBelow12(textsOf(parameters, 'cipher_suites'));
	return {
		accepts: on.filter(name => !isOld(name) || suites === 'some' || suites === 'default'),
		rejects: off.filter(name => !isOpen(name)).concat(suites === 'none' ? on.filter(isOld) : []),
		statedAt:
			on.some(isOld) && suites === 'none' ? `${statedAt}, ${place(fieldOf(parameters, 'cipher_suites')!.offset)}: cipher_suites` : statedAt,
		...(suites === 'default' && on.some(isOld)
			? {likelyCause: 'the default cipher_suites of current Envoy releases have none for TLS 1.0 and 1.1'}
			: {}),
	};
}

const isOld = (name: VersionName | undefined): boolean => name === 'TLSv1.0' || name === 'TLSv1.1';

function versionAt(
	value: WithPosition | undefined,
	name: string,
	place: Place,
): {readonly version: VersionName | undefined; readonly statedAt: string | undefined} {
	if (value === undefined) {
		return {version: undefined, statedAt: undefined};
	}

	const word = textOf(value) ?? '';
	if (!versionsByWord.has(word)) {
		throw new ConfigurationError(
			`${place(value.offset)}: ${name}: ${JSON.stringify(word)} is not one of TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2 and TLSv1_3`,
		);
	}

	return {version: versionsByWord.get(word), statedAt: `${place(value.offset)}: ${name}: ${word}`};
}

/** Whether a list of suites has any for TLS 1.0 and 1.1: those with HMAC-SHA1. A word for several suites may have some. */
function suitesBelow12(suites: readonly string[]): 'default' | 'some' | 'none' | 'unknown' {
	const names = suites.flatMap(text => text.split(/[:,;\s[\]|]+/)).filter(name => name !== '');
	if (names.length === 0) {
		return 'default';
	}

	if (names.some(name => /^[A-Z\d-]+-SHA$|_SHA$/.test(name) && !name.startsWith('-'))) {
		return 'some';
	}

	return names.every(name => /GCM|POLY1305|SHA256$|SHA384$|^[-!]/.test(name)) ? 'none' : 'unknown';
}

/** Whether one of the filters of a chain asks for TLS, in the protocol of PostgreSQL. */
export const isPostgres = (chain: WithPosition): boolean =>
	itemsOf(chain, 'filters').some(filter => {
		const config = configOf(filter);
		const isFilter = typeOf(config) === 'PostgresProxy' || /postgres_proxy$/.test(textOf(fieldOf(filter, 'name')) ?? '');
		return (
			isFilter &&
			(textOf(fieldOf(config, 'terminate_ssl')) === 'true' || /^(?:REQUIRE|ALLOW)$/.test(textOf(fieldAt(config, 'downstream_ssl')) ?? ''))
		);
	});
