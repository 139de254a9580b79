import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import type {Offer} from '../taking/take-all.js';
import {shapesOf} from '../versions/shapes.js';

/** Ways of offering suites of one version. */
export type SuiteOffers = {
	/** Everything else that suites may need of a hello: every curve, every signature scheme. */
	readonly wide: Offer;
	/**
	The same, but that groups and schemes go to the end of their lists once they were chosen. A server that goes by the client's order then
	shows another one each time, at no cost.
	*/
	readonly learning: Offer;
	/** The hello that the version was accepted with, but for its suites. */
	readonly narrow: Offer;
	/** For DHE: RFC 7919 §4 has servers refuse those who list finite-field groups, none of which is theirs, and others insist on one. */
	readonly finiteField: Offer | undefined;
	/** For SRP: with a user name. RFC 5054 §2.5.1. */
	readonly srp: Offer | undefined;
};

/** The shapes of the versions probe that hold every group and scheme, before TLS 1.3 and in it. */
const widestShapes = ['suites-1', 'everything'];
const finiteFieldGroups = [0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04];
const wideShape = 'cipher-suites-wide';
const srpUser = 'tlsprobe';
const tls13 = 0x03_04;

/** @param accepted - The hello that the version was accepted with. */
export function offersFor(accepted: HelloSpec, serverName: string | undefined): SuiteOffers {
	const {version} = accepted;
	const found = shapesOf(version, serverName).find(({shape}) => widestShapes.includes(shape))?.extensions;
	const narrow = makeOffer(suites => ({...accepted, shape: 'cipher-suites', cipherSuites: suites}));
	if (found === undefined) {
		return {wide: narrow, learning: narrow, narrow, finiteField: undefined, srp: undefined};
	}

	const widest = {...found, supportedVersions: accepted.extensions?.supportedVersions};
	const offerWith = (extensions: HelloExtensions, shape: string): Offer =>
		makeOffer(suites => ({version, shape, cipherSuites: suites, extensions}));
	if (version === tls13) {
		// Without a share the answer costs the server no key exchange, and names the group that it likes best.
		const all = {...widest, keyShares: []};
		return {wide: offerWith(all, wideShape), learning: makeLearning(all, version), narrow, finiteField: undefined, srp: undefined};
	}

	return {
		wide: offerWith(widest, wideShape),
		learning: makeLearning(widest, version),
		narrow,
		finiteField: offerWith({...widest, groups: [...widest.groups, ...finiteFieldGroups]}, 'cipher-suites-finite-field'),
		srp: offerWith({...widest, srpUser}, 'cipher-suites-srp'),
	};
}

/** Before TLS 1.3 everything up to ServerHelloDone is read: other probes learn groups, schemes, certificates and primes from it. */
const makeOffer =
	(hello: (suites: readonly number[]) => HelloSpec): Offer =>
	suites => {
		const spec = hello(suites);
		return {hello: spec.version < tls13 ? {...spec, readsFlight: true} : spec, offered: suites, pick: ({cipherSuite}) => cipherSuite};
	};

function makeLearning(extensions: HelloExtensions, version: number): Offer {
	let {groups, signatureSchemes} = extensions;
	const offer = makeOffer(suites => ({
		version,
		shape: wideShape,
		cipherSuites: suites,
		extensions: {...extensions, groups, signatureSchemes},
	}));
	return suites => {
		const offered = offer(suites);
		return {
			...offered,
			pick(outcome) {
				groups = withLast(groups, outcome.group);
				signatureSchemes = withLast(signatureSchemes, 'flight' in outcome ? outcome.flight?.signatureScheme : undefined);
				return offered.pick(outcome);
			},
		};
	};
}

function withLast(codes: readonly number[], last: number | undefined): readonly number[] {
	return last === undefined || !codes.includes(last) ? codes : [...codes.filter(code => code !== last), last];
}
