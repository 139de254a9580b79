import type {VersionName} from '../iana/versions.js';
import {clientKinds} from './clients/index.js';
import type {Machine} from './machine.js';
import type {Step} from './remedy/step.js';
import type {ClientKind, ClientName} from './rules/client-kind.js';
import {meetSuites, remedyWithSuites} from './rules/meet-suites.js';
import {offerOf, type Reaches} from './rules/offer.js';
import {protocolStates} from './rules/protocol-states.js';
import type {Service} from './services.js';
import {type Confidence, confidenceOf, type Doubt, type Fact, fact} from './sources.js';
import {supposeUnread} from './suppose-unread.js';

/** What one kind of client does on a machine, as seen by an endpoint that wants TLS 1.2. */
export type ClientReport = {
	readonly client: ClientName;
	/** Absent where programs of 32 and of 64 bits read the same values. */
	readonly bits?: 32 | 64;
	/** Oldest first. */
	readonly offers: readonly VersionName[];
	readonly reachesTls12: Reaches;
	readonly confidence: Confidence;
	readonly because: readonly Fact[];
	readonly remedy: readonly Step[];
};

/** What else is asked of a machine than what is there. */
export type AskedOfMachine = {
	/** In place of any endpoint that wants TLS 1.2. */
	readonly service?: Service | undefined;
	/** In place of all. */
	readonly clients?: readonly ClientName[] | undefined;
	/** What a program adds to the kind that it goes by. */
	readonly doubtsOf?: ((client: ClientName, machine: Machine) => readonly Doubt[]) | undefined;
};

/** Judge every kind of client, or those that are asked about, in the order of their list, 64 bits before 32. */
export function assess(machine: Machine, {service, clients, doubtsOf}: AskedOfMachine = {}): readonly ClientReport[] {
	const suppose = supposeUnread<ClientReport>(machine, {
		role: 'client',
		answerOf: ({reachesTls12, offers}) => ({reaches: reachesTls12, versions: offers}),
		asUncertain: report => ({...report, reachesTls12: 'uncertain'}),
	});
	return clientKinds
		.filter(({name, isOnlyAsked}) => clients?.includes(name) ?? isOnlyAsked !== true)
		.filter(({since}) => since === undefined || machine.os.build >= since)
		.flatMap(kind =>
			viewsOf(kind, machine).map(bits =>
				suppose(item => judgeClient({kind, bits, machine: item, service, more: doubtsOf?.(kind.name, machine) ?? []})),
			),
		);
}

function viewsOf({bits}: ClientKind, {architecture}: Machine): readonly (32 | 64 | undefined)[] {
	switch (bits) {
		case 'any':
			return [undefined];
		case 'both':
			return architecture === 'x64' ? [64, 32] : [32];
		case 'only-64':
			return architecture === 'x64' ? [64] : [];
		default:
			return bits satisfies never;
	}
}

type Case = {
	readonly kind: ClientKind;
	readonly bits: 32 | 64 | undefined;
	readonly machine: Machine;
	readonly service: Service | undefined;
	readonly more: readonly Doubt[];
};

function judgeClient({kind, bits, machine, service, more}: Case): ClientReport {
	const states = protocolStates(machine);
	const judgement = kind.judge(machine, bits ?? 64);
	const offer = offerOf(judgement.request, states);
	const isPossible = ['enabled', 'off-by-default'].includes(states['TLSv1.2'].state);
	const reaches = judgement.isOpen && isPossible ? 'uncertain' : offer.reachesTls12;
	const doubts = [...judgement.doubts, ...offer.doubts, ...more, ...machine.doubts];
	const met = meetSuites({machine, role: 'client', offers: offer.offers, reaches, isStrong: judgement.isStrong ?? false, service});
	const none = offer.offers.length === 0 ? [fact('so that no version is left to offer')] : [];
	return {
		client: kind.name,
		...(bits === undefined ? {} : {bits}),
		offers: offer.offers,
		reachesTls12: met.reaches,
		confidence: confidenceOf([...doubts, ...met.doubts]),
		because: [...judgement.facts, ...offer.facts, ...none, ...doubts, ...met.facts, ...met.doubts],
		remedy: remedyWithSuites(judgement.remedy, reaches, met),
	};
}
