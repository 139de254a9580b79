import {shippedState} from '../clients/windows/versions.js';
import type {VersionName} from '../iana/versions.js';
import {inOrder, type Machine} from './machine.js';
import type {Step} from './remedy/step.js';
import {meetSuites, remedyWithSuites} from './rules/meet-suites.js';
import type {Reaches} from './rules/offer.js';
import {type ProtocolStates, protocolStates} from './rules/protocol-states.js';
import {isHopeless, schannelSteps, upgrade} from './rules/remedies.js';
import type {ServerKind, ServerKindName} from './rules/server-kind.js';
import {serverKinds} from './servers/index.js';
import {type Confidence, confidenceOf, type Doubt, distinctFacts, type Fact, fact} from './sources.js';
import {supposeUnread} from './suppose-unread.js';

/** What one kind of server does on a machine, as seen by a client that wants TLS 1.2. */
export type ServerReport = {
	readonly server: ServerKindName;
	/** Oldest first. */
	readonly accepts: readonly VersionName[];
	readonly acceptsTls12: Reaches;
	readonly confidence: Confidence;
	readonly because: readonly Fact[];
	readonly remedy: readonly Step[];
};

/** Judge every kind of server, or those that are asked about, in the order of their list. */
export function assessServers(machine: Machine, servers?: readonly ServerKindName[]): readonly ServerReport[] {
	const suppose = supposeUnread<ServerReport>(machine, {
		role: 'server',
		answerOf: ({acceptsTls12, accepts}) => ({reaches: acceptsTls12, versions: accepts}),
		asUncertain: report => ({...report, acceptsTls12: 'uncertain'}),
	});
	return serverKinds.filter(({name}) => servers?.includes(name) ?? true).map(kind => suppose(item => judgeServer(kind, item)));
}

function judgeServer(kind: ServerKind, machine: Machine): ServerReport {
	const states = protocolStates(machine, 'server');
	const judgement = kind.judge(machine, states);
	const accepts = inOrder(judgement.versions.filter(version => states[version].state === 'enabled'));
	const speaks12 = judgement.versions.includes('TLSv1.2');
	const {undecided} = states['TLSv1.2'];
	const isOpen = speaks12 && undecided !== undefined;
	const doubts: readonly Doubt[] = [
		...judgement.doubts,
		...machine.doubts,
		...(isOpen ? [undecided.doubt] : []),
		...judgement.versions.flatMap(version => states[version].defaultDoubts),
	];
	const found: Reaches = isOpen ? 'uncertain' : accepts.includes('TLSv1.2') ? 'yes' : 'no';
	const met = meetSuites({machine, role: 'server', offers: accepts, reaches: found, isStrong: false, service: undefined});
	const none = accepts.length === 0 ? [fact('so that it accepts no version of TLS')] : [];
	return {
		server: kind.name,
		accepts,
		acceptsTls12: met.reaches,
		confidence: confidenceOf([...doubts, ...met.doubts]),
		because: distinctFacts([
			...judgement.facts,
			...(speaks12 ? states['TLSv1.2'].facts : []),
			...judgement.versions.filter(version => isTurnedOff(version, states, machine)).flatMap(version => states[version].facts),
			...none,
			...judgement.consequences,
			...doubts,
			...met.facts,
			...met.doubts,
		]),
		remedy: remedyWithSuites(ownRemedy(machine, judgement.updates, speaks12), found, met),
	};
}

/** Old versions that were on and are turned off: the point of most questions about a server. */
function isTurnedOff(version: VersionName, states: ProtocolStates, {os}: Machine): boolean {
	const isOld = version === 'TLSv1.0' || version === 'TLSv1.1';
	return isOld && shippedState(os, version, 'server') === 'enabled' && ['disabled', 'off-by-default'].includes(states[version].state);
}

function ownRemedy(machine: Machine, updates: readonly Step[], speaks12: boolean): readonly Step[] {
	return isHopeless(machine) || (!speaks12 && updates.length === 0)
		? [upgrade(machine)]
		: [...updates, ...schannelSteps(machine, 'server')];
}
