import certificate from './certificate.js';
import certificates from './certificates.js';
import cipherSuites from './cipher-suites.js';
import clients from './clients.js';
import confirm from './confirm.js';
import extensions from './extensions.js';
import fingerprints from './fingerprints.js';
import grade from './grade.js';
import groups from './groups.js';
import http from './http.js';
import names from './names.js';
import type {Probe, ProbeTypes} from './probe.js';
import resumption from './resumption.js';
import robustness from './robustness.js';
import signatureSchemes from './signature-schemes.js';
import versions from './versions.js';
import vulnerabilities from './vulnerabilities.js';

/** Everything that can be asked of an endpoint. Parts of a report are in this order. */
export const probes = [
	versions,
	confirm,
	certificate,
	clients,
	cipherSuites,
	groups,
	signatureSchemes,
	certificates,
	extensions,
	resumption,
	vulnerabilities,
	robustness,
	fingerprints,
	http,
	names,
	grade,
] as const;

type Listed = (typeof probes)[number];

export type ProbeName = Listed['name'];

type TypesOf<Name extends ProbeName> =
	Extract<Listed, {readonly name: Name}> extends Probe<Name, infer Types extends ProbeTypes> ? Types : never;

export type OptionsOf<Name extends ProbeName> = TypesOf<Name>['options'];

/** What may be demanded of a probe's part of a report. */
export type DemandOf<Name extends ProbeName> = NonNullable<TypesOf<Name>['demand']>;

/** What each probe that was run has found. */
export type Findings = {readonly [Name in ProbeName]?: TypesOf<Name>['value']};
