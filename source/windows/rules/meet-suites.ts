import type {Role} from '../../clients/windows/versions.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import type {VersionName} from '../../iana/versions.js';
import type {Machine} from '../machine.js';
import {mergeSteps, type Step} from '../remedy/step.js';
import type {Service} from '../services.js';
import {type Doubt, distinctFacts, type Fact, fact} from '../sources.js';
import type {SuiteLimit} from './algorithms.js';
import {protocolsInWords, type Reaches} from './offer.js';
import {defaultSuites, isBefore13, type SuiteList, suitesOf, withoutWeak} from './suites.js';

type Asked = {
	readonly machine: Machine;
	readonly role: Role;
	readonly offers: readonly VersionName[];
	readonly reaches: Reaches;
	readonly isStrong: boolean;
	readonly service: Service | undefined;
};

type Met = {
	readonly reaches: Reaches;
	readonly facts: readonly Fact[];
	readonly doubts: readonly Doubt[];
	/** What makes suites meet, where they do not. */
	readonly remedy: readonly Step[];
};

/** Whether an endpoint that would take the version shares a cipher suite too, and what a service says only after the handshake. */
export function meetSuites(asked: Asked): Met {
	const {reaches, offers, service} = asked;
	const found = weighSuites(asked);
	if (reaches === 'no') {
		// The suites are looked at all the same: with the version alone the client would still fail.
		const steps = found.remedy.filter(({kind}) => kind === 'registry');
		return {reaches, facts: [...afterHandshake(offers, service), ...(steps.length > 0 ? found.facts : [])], doubts: [], remedy: steps};
	}

	return {...found, reaches: found.reaches === 'yes' ? reaches : found.reaches};
}

/** The remedy of a program, with that of its suites: these are in the way alone, or with the program itself, or not at all. */
export function remedyWithSuites(own: readonly Step[], reaches: Reaches, met: Met): readonly Step[] {
	if (met.reaches === 'yes') {
		return own.filter(step => 'isAdvised' in step && step.isAdvised);
	}

	return reaches === 'yes' ? met.remedy : own.some(({kind}) => kind === 'upgrade') ? own : [...own, ...met.remedy];
}

function weighSuites({machine, role, offers, isStrong, service}: Asked): Met {
	const list = suitesOf(machine, role);
	const isShared = (code: number): boolean =>
		service?.suites === undefined ? isBefore13(code) : (isBefore13(code) || offers.includes('TLSv1.3')) && service.suites.includes(code);
	const sharedOf = (codes: readonly number[]) => (isStrong ? withoutWeak(codes, machine.os) : codes).filter(isShared);
	const doubtful = list.limits.filter(({effect}) => effect === 'perhaps');
	const shared = sharedOf(list.codes);
	const sure = shared.filter(code => !doubtful.some(({limits}) => limits(code)));
	if (sure.length > 0) {
		return {reaches: 'yes', facts: list.from === 'default' ? [] : [list.fact], doubts: doubtsOf(sure, service), remedy: []};
	}

	const possible = sharedOf(list.listed);
	const blockers = fewestBlockers(possible, list.limits);
	const steps = mergeSteps(blockers.map(({step}) => step));
	if (shared.length > 0) {
		const doubts = doubtful.filter(({limits}) => shared.some(limits)).flatMap(limit => limit.doubts);
		return {reaches: 'uncertain', facts: [], doubts: distinctFacts(doubts), remedy: steps};
	}

	const off = list.limits.filter(limit => limit.effect === 'off' && possible.some(limit.limits));
	const because = distinctFacts(off.map(limit => limit.fact));
	const doubts = distinctFacts([...list.doubts, ...off.flatMap(limit => limit.doubts)]);
	const failure = noneShared(list, off.length > 0, service);
	const remedy = steps.length > 0 ? steps : [widening(machine, list, service)];
	// Where pages differ on whether the service demands these suites of this Windows, others may do.
	const {disputed} = service ?? {};
	return disputed?.systems.includes(machine.os.name) && list.codes.some(isBefore13)
		? {reaches: 'uncertain', facts: [...because, failure], doubts: [...doubts, disputed.doubt], remedy}
		: {reaches: 'no', facts: [...because, failure], doubts, remedy};
}

/** What makes it doubtful that the service still takes these suites, where it is so of all of them. */
function doubtsOf(codes: readonly number[], service: Service | undefined): readonly Doubt[] {
	const {suites = [], doubt} = service?.doubtful ?? {};
	return doubt !== undefined && codes.every(code => suites.includes(code)) ? [doubt] : [];
}

/** The keys to change for one suite to be offered again: those of the suite that the fewest stand against. */
function fewestBlockers(codes: readonly number[], limits: readonly SuiteLimit[]): readonly SuiteLimit[] {
	const against = codes.map(code => limits.filter(limit => limit.limits(code)));
	const keysOf = (items: readonly SuiteLimit[]): number => mergeSteps(items.map(({step}) => step)).length;
	return against.reduce<readonly SuiteLimit[]>((best, item, index) => (index === 0 || keysOf(item) < keysOf(best) ? item : best), []);
}

function noneShared(list: SuiteList, isCut: boolean, service: Service | undefined): Fact {
	const from = isCut ? `${list.fact.text}, less those` : list.fact.text;
	if (service?.suites === undefined) {
		return fact(`${from}, and none of them works with TLS 1.2`, ...list.fact.sources);
	}

	const wanted = service.suites.map(code => cipherSuites.label(code)).join(', ');
	const text = `TLS 1.2 is offered, but no cipher suite is shared: ${service.title} accepts only ${wanted}; ${from}`;
	return fact(text, ...new Set([...list.fact.sources, service.source]));
}

function widening(machine: Machine, {from}: SuiteList, service: Service | undefined): Step {
	const wanted = service?.suites ?? [];
	if (wanted.length > 0 && !defaultSuites(machine.os).some(code => wanted.includes(code))) {
		return {kind: 'upgrade', command: `move to a later Windows: ${machine.os.title} has none of these cipher suites by default`};
	}

	const which = wanted.length === 0 ? 'a suite of TLS 1.2' : `one of ${wanted.map(code => cipherSuites.label(code)).join(', ')}`;
	const place = from === 'policy' ? 'the policy "SSL Cipher Suite Order"' : 'the cipher suites of this machine';
	return {kind: 'cipher-suites', command: `add ${which} to ${place}`};
}

function afterHandshake(offers: readonly VersionName[], service: Service | undefined): readonly Fact[] {
	if (service?.refusal === undefined || offers.length === 0) {
		return [];
	}

	const text = `the handshake with ${protocolsInWords(offers)} may still succeed, and ${service.title} then answers ${service.refusal} if its minimum is TLS 1.2`;
	return [fact(text, service.source)];
}
