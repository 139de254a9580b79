import {defaultOptions, type ProbeHooks, type ProbeOptions, type UsualChoice, usualProbes} from '../../source/engine/probe-options.js';
import {defaultVersions} from '../../source/iana/versions.js';

/** Everything about a probe that a test may say, in one object. */
export type LooseOptions = Partial<ProbeOptions> & Partial<UsualChoice> & ProbeHooks;

/** What the engine takes, by what the main command takes where the test says nothing. */
export function splitOptions(loose: LooseOptions): {readonly options: ProbeOptions; readonly hooks: ProbeHooks} {
	const {versions = defaultVersions, samples, asksLargeHello = true, confirms, ...others} = loose;
	const {signal, limits, network, knownProbes, scanElsewhere, resolver, exchangerResolver, onWait, readsCertificate, ...given} = others;
	const readsAnswers = readsCertificate ?? (others.evidence || others.comparesDirect);
	return {
		options: {
			...defaultOptions,
			probes: usualProbes({versions, samples, asksLargeHello, confirms, readsCertificate: readsAnswers}),
			toolVersion: 'test',
			...given,
		},
		hooks: {signal, limits, network, knownProbes, scanElsewhere, resolver, exchangerResolver, onWait},
	};
}
