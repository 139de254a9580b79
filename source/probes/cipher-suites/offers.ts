import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import type {Offer} from '../taking/take-all.js';
import {shapesOf} from '../versions/shapes.js';

/** Ways of offering suites of one version. */
export type Offers = {
	/** Everything else that suites may need of a hello: every curve, every signature scheme. */
	readonly wide: Offer;
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
const srpUser = 'tlsprobe';
const tls13 = 0x03_04;

/** @param accepted - The hello that the version was accepted with. */
export function offersFor(accepted: HelloSpec, serverName: string | undefined): Offers {
	const {version} = accepted;
	const widest = shapesOf(version, serverName).find(({shape}) => widestShapes.includes(shape))?.extensions;
	const narrow = offerOf(suites => ({...accepted, shape: 'cipher-suites', cipherSuites: suites}));
	const offerWith = (extensions: HelloExtensions, shape: string): Offer =>
		offerOf(suites => ({version, shape, cipherSuites: suites, extensions}));
	if (widest === undefined) {
		return {wide: narrow, narrow, finiteField: undefined, srp: undefined};
	}

	const wide = offerWith(widest, 'cipher-suites-wide');
	return {
		wide,
		narrow,
		finiteField:
			version === tls13
				? undefined
				: offerWith({...widest, groups: [...widest.groups, ...finiteFieldGroups]}, 'cipher-suites-finite-field'),
		srp: version === tls13 ? undefined : offerWith({...widest, srpUser}, 'cipher-suites-srp'),
	};
}

const offerOf =
	(hello: (suites: readonly number[]) => HelloSpec): Offer =>
	suites => ({hello: hello(suites), offered: suites, pick: ({cipherSuite}) => cipherSuite});
