import type {HandshakeSpec} from '../../exchange/completing/completion.js';
import type {SessionFacts} from '../../exchange/completing/session.js';
import {tlsBefore13, type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {requestFor} from '../confirm/request.js';
import type {Conduct, HandshakeAsk, ProbeTarget} from '../probe.js';
import {answered} from '../taking/answered.js';
import {together} from '../taking/together.js';
import {acceptedName} from '../versions/accepted-hello.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import {findSentinel} from './downgrade-sentinel.js';
import type {FoundResumption, ResumptionFinding} from './resumption-finding.js';
import {type Tried, tryResumption, type Way} from './try-resumption.js';
import type {ResumptionTypes} from './types.js';

const conduct: Conduct<ResumptionTypes> = {
	*run({target, earlier: {versions: findings, confirm}}) {
		const before13 = tlsBefore13.find(name => findings[name]?.status === 'accepted');
		const of13 = findings['TLSv1.3']?.status === 'accepted' ? 'TLSv1.3' : undefined;
		const knownOf = (name: VersionName): string | undefined => confirm?.get(versionRegistry.code(name))?.completion.session;
		const [sessionId, ticket, psk] = yield* together<Tried | undefined, HandshakeAsk>([
			before13 === undefined ? answered(undefined) : tryResumption(bySessionId(handshakeFor(before13, findings, target))),
			before13 === undefined
				? answered(undefined)
				: tryResumption({...byTicket(handshakeFor(before13, findings, target)), known: knownOf(before13)}),
			of13 === undefined
				? answered(undefined)
				: tryResumption({...byPsk(handshakeFor(of13, findings, target), requestFor(target)), known: knownOf(of13)}),
		]);
		return {
			sessionId: foundOf(sessionId, before13, isRejected(findings, [...tlsBefore13, 'SSLv3'])),
			ticket: foundOf(ticket, before13, isRejected(findings, tlsBefore13)),
			psk: foundOf(psk, of13, isRejected(findings, ['TLSv1.3'])),
			earlyData: earlyDataOf(psk, isRejected(findings, ['TLSv1.3'])),
			downgradeSentinel: findSentinel(findings),
			connections: [sessionId, ticket, psk].reduce((sum, tried) => sum + (tried?.connections ?? 0), 0),
		} satisfies ResumptionFinding;
	},
};

export default conduct;

/** SSL 3 counts as rejected if it was not asked: an endpoint is not expected to have it. */
const isRejected = (findings: VersionsFinding, names: readonly VersionName[]): boolean =>
	names.every(name => findings[name]?.status === 'rejected' || (name === 'SSLv3' && findings[name] === undefined));

const handshakeFor = (name: VersionName, findings: VersionsFinding, {serverName}: ProbeTarget): HandshakeSpec => ({
	version: versionRegistry.code(name),
	serverName: acceptedName(findings[name], serverName),
	request: undefined,
});

const bySessionId = (handshake: HandshakeSpec): Way => ({
	handshake: {...handshake, withoutTickets: true},
	isUsable: ({sessionId, ticket}) => sessionId !== '' && ticket === undefined,
	lacks: 'the server sends no session id',
});

const byTicket = (handshake: HandshakeSpec): Way => ({
	handshake,
	isUsable: ({ticket}) => ticket !== undefined,
	lacks: 'the server sends no ticket',
});

/** Some servers send tickets only after a request. */
const byPsk = (handshake: HandshakeSpec, request: string | undefined): Way => ({
	handshake: {...handshake, request},
	again: handshake,
	isUsable: ({ticket}) => ticket !== undefined,
	lacks: request === undefined ? 'the server sends no ticket after the handshake' : 'the server sends no ticket, even after a request',
});

function foundOf(tried: Tried | undefined, version: VersionName | undefined, isNotApplicable: boolean): FoundResumption {
	if (tried === undefined) {
		return isNotApplicable
			? {status: 'not-applicable', resumed: 0, tries: 0}
			: {status: 'inconclusive', resumed: 0, tries: 0, message: 'no version that has it is known to be accepted'};
	}

	const {status, resumed, tries, lifetimeSeconds, message} = tried;
	return {
		status,
		resumed,
		tries,
		version,
		...(lifetimeSeconds === undefined ? {} : {lifetimeSeconds}),
		...(message === undefined ? {} : {message}),
	};
}

/** Each ticket has a field for how much 0-RTT data may come with it. */
function earlyDataOf(psk: Tried | undefined, isNotApplicable: boolean): ResumptionFinding['earlyData'] {
	if (psk === undefined) {
		return {status: isNotApplicable ? 'not-applicable' : 'inconclusive'};
	}

	const maxBytes = Math.max(0, ...psk.sessions.map(({maxEarlyDataBytes = 0}: SessionFacts) => maxEarlyDataBytes));
	if (maxBytes > 0) {
		return {status: 'present', maxBytes};
	}

	// Without a ticket there is nothing to send 0-RTT data with.
	return psk.status === 'inconclusive' ? {status: 'inconclusive'} : {status: 'absent'};
}
