import {toHex} from '../../bytes/hex.js';
import {groups} from '../../iana/groups.js';
import type {Conversation} from '../probe.js';
import {makeServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import {makeLedger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {shapesOf} from '../versions/shapes.js';
import {primeName} from './known-primes.js';

/** RFC 7919 §2. */
export const finiteFieldGroups = [0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04];

/** Groups of finite fields that a server of an older version than TLS 1.3 negotiates. */
type FiniteFields = {readonly accepted: readonly number[]; readonly undecided: readonly number[]; readonly connections: number};

/**
Which groups of RFC 7919 a server chooses by what the client lists. One that shows the same prime though its group is not listed does not
negotiate them: the prime is its own parameter.

@param suites - With DHE.
*/
export function* takeFiniteFields(version: number, serverName: string | undefined, suites: readonly number[]): Conversation<FiniteFields> {
	const widest = shapesOf(version, serverName).find(({shape}) => shape === 'ffdhe')?.extensions;
	if (widest === undefined) {
		return {accepted: [], undecided: [], connections: 0};
	}

	const curves = widest.groups.filter(code => !finiteFieldGroups.includes(code));
	const state = makeServerState(finiteFieldGroups.length);
	let isIgnoring = false;
	const offer: Offer = codes => ({
		hello: {
			version,
			shape: 'groups-of-finite-fields',
			cipherSuites: suites,
			extensions: {...widest, groups: [...codes, ...curves]},
			readsFlight: true,
		},
		offered: codes,
		pick(outcome) {
			const prime = 'flight' in outcome ? outcome.flight?.dhParameters?.prime : undefined;
			const name = prime && primeName(toHex(prime));
			const group = groups.entries.find(entry => entry.name === name)?.code;
			isIgnoring ||= prime !== undefined && (group === undefined || !codes.includes(group));
			return group;
		},
	});
	const taken = yield* takeAll(state, offer, finiteFieldGroups);
	if (isIgnoring) {
		return {accepted: [], undecided: [], connections: state.connections};
	}

	const ledger = makeLedger();
	ledger.note(taken, finiteFieldGroups.length);
	yield* checkControl(state, offer, ledger, undefined);
	return {accepted: ledger.accepted, undecided: ledger.undecided(), connections: state.connections};
}
