import type {ExtensionBody} from '../extension-body.js';
import applicationLayerProtocolNegotiation from './application-layer-protocol-negotiation.js';
import compressCertificate from './compress-certificate.js';
import cookie from './cookie.js';
import ecPointFormats from './ec-point-formats.js';
import heartbeat from './heartbeat.js';
import keyShare from './key-share.js';
import maxFragmentLength from './max-fragment-length.js';
import nextProtocolNegotiation from './next-protocol-negotiation.js';
import preSharedKey from './pre-shared-key.js';
import pskKeyExchangeModes from './psk-key-exchange-modes.js';
import recordSizeLimit from './record-size-limit.js';
import renegotiationInfo from './renegotiation-info.js';
import serverName from './server-name.js';
import signatureAlgorithms from './signature-algorithms.js';
import signatureAlgorithmsCert from './signature-algorithms-cert.js';
import srp from './srp.js';
import statusRequest from './status-request.js';
import supportedGroups from './supported-groups.js';
import supportedVersions from './supported-versions.js';

export {
	applicationLayerProtocolNegotiation,
	compressCertificate,
	cookie,
	ecPointFormats,
	heartbeat,
	keyShare,
	maxFragmentLength,
	nextProtocolNegotiation,
	preSharedKey,
	pskKeyExchangeModes,
	recordSizeLimit,
	renegotiationInfo,
	serverName,
	signatureAlgorithms,
	signatureAlgorithmsCert,
	srp,
	statusRequest,
	supportedGroups,
	supportedVersions,
};

const bodies: readonly ExtensionBody[] = [
	applicationLayerProtocolNegotiation,
	compressCertificate,
	cookie,
	ecPointFormats,
	heartbeat,
	keyShare,
	maxFragmentLength,
	nextProtocolNegotiation,
	preSharedKey,
	pskKeyExchangeModes,
	recordSizeLimit,
	renegotiationInfo,
	serverName,
	signatureAlgorithms,
	signatureAlgorithmsCert,
	srp,
	statusRequest,
	supportedGroups,
	supportedVersions,
];

/** The bodies that are known by their type. Any other stays bytes. */
export const extensionBodies: ReadonlyMap<number, ExtensionBody> = new Map(bodies.map(body => [body.type, body]));
