import {cipherSuites} from '../../registry/cipher-suites.js';
import type {VersionName} from '../../registry/versions.js';
import type {Machine} from '../machine.js';
import type {Step} from '../remedy/step.js';
import type {Service} from '../services.js';
import {type Doubt, type Fact, fact} from '../sources.js';
import {listed, type Reaches} from './offer.js';
import {defaultSuites, isBefore13, suitesOf, withoutWeak} from './suites.js';

type Asked = {
	readonly machine: Machine;
	readonly offers: readonly VersionName[];
	readonly reaches: Reaches;
	readonly isStrong: boolean;
	readonly service: Service | undefined;
};

type Met = {
	readonly reaches: Reaches;
	readonly facts: readonly Fact[];
	readonly doubts?: readonly Doubt[];
	/** In place of the client's own, where the cipher suites are what is missing. */
	readonly remedy?: readonly Step[];
};

/** Whether an endpoint that would take the version shares a cipher suite too, and what a service says only after the handshake. */
export function meetSuites({machine, offers, reaches, isStrong, service}: Asked): Met {
	if (reaches === 'no') {
		return {reaches, facts: afterHandshake(offers, service)};
	}

	const list = suitesOf(machine);
	const codes = isStrong ? withoutWeak(list.codes, machine.os) : list.codes;
	const usable = codes.filter(code => isBefore13(code) || offers.includes('TLSv1.3'));
	const shared = service?.suites === undefined ? usable.filter(isBefore13) : usable.filter(code => service.suites!.includes(code));
	if (shared.length > 0) {
		const {suites: doubtful = [], doubt} = service?.doubtful ?? {};
		const doubts = doubt !== undefined && shared.every(code => doubtful.includes(code)) ? [doubt] : [];
		return {reaches, facts: list.from === 'default' ? [] : [list.fact], doubts};
	}

	if (service?.suites === undefined) {
		const because = fact(`${list.fact.text}, and none of them goes with TLS 1.2`, ...list.fact.sources);
		return {reaches: 'no', facts: [because], remedy: [widen(list.from)]};
	}

	const wanted = service.suites.map(code => cipherSuites.label(code));
	const because = fact(
		`TLS 1.2 is offered, but no cipher suite is shared: ${service.title} takes only ${wanted.join(', ')}; ${list.fact.text}`,
		...list.fact.sources,
		service.source,
	);
	const hasByDefault = defaultSuites(machine.os).some(code => service.suites!.includes(code));
	const upgrade: Step = {
		kind: 'upgrade',
		command: `move to a later Windows: ${machine.os.title} has none of these cipher suites by default`,
	};
	const remedy = [hasByDefault ? widen(list.from, wanted) : upgrade];
	return service.disputed?.systems.includes(machine.os.name)
		? {reaches: 'uncertain', facts: [because], doubts: [service.disputed.doubt], remedy}
		: {reaches: 'no', facts: [because], remedy};
}

function widen(from: 'default' | 'policy' | 'local', wanted: readonly string[] = []): Step {
	const which = wanted.length === 0 ? 'a suite of TLS 1.2' : `one of ${wanted.join(', ')}`;
	return {
		kind: 'cipher-suites',
		command: `add ${which} to ${from === 'policy' ? 'the policy "SSL Cipher Suite Order"' : 'the cipher suites of this machine'}`,
	};
}

function afterHandshake(offers: readonly VersionName[], service: Service | undefined): readonly Fact[] {
	if (service?.refusal === undefined || offers.length === 0) {
		return [];
	}

	const text = `the handshake with ${listed(offers)} may succeed all the same, and ${service.title} then answers ${service.refusal} where its minimum is TLS 1.2`;
	return [fact(text, service.source)];
}
