import type {ExtensionBody} from '../extension.js';
import applicationLayerProtocolNegotiation from './application-layer-protocol-negotiation.js';
import cookie from './cookie.js';
import ecPointFormats from './ec-point-formats.js';
import keyShare from './key-share.js';
import pskKeyExchangeModes from './psk-key-exchange-modes.js';
import renegotiationInfo from './renegotiation-info.js';
import serverName from './server-name.js';
import signatureAlgorithms from './signature-algorithms.js';
import signatureAlgorithmsCert from './signature-algorithms-cert.js';
import srp from './srp.js';
import supportedGroups from './supported-groups.js';
import supportedVersions from './supported-versions.js';

export {
	applicationLayerProtocolNegotiation,
	cookie,
	ecPointFormats,
	keyShare,
	pskKeyExchangeModes,
	renegotiationInfo,
	serverName,
	signatureAlgorithms,
	signatureAlgorithmsCert,
	srp,
	supportedGroups,
	supportedVersions,
};

const bodies: readonly ExtensionBody[] = [
	applicationLayerProtocolNegotiation,
	cookie,
	ecPointFormats,
	keyShare,
	pskKeyExchangeModes,
	renegotiationInfo,
	serverName,
	signatureAlgorithms,
	signatureAlgorithmsCert,
	srp,
	supportedGroups,
	supportedVersions,
];

/** The bodies that are known by their type. Any other stays bytes. */
export const extensionBodies: ReadonlyMap<number, ExtensionBody> = new Map(bodies.map(body => [body.type, body]));
