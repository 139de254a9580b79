import {signatureSchemes} from '../../iana/signature-schemes.js';
import type {VersionName} from '../../iana/versions.js';
import type {SignatureSchemesFinding} from './schemes-finding.js';

/** What is reported of the signature schemes of one version. */
export type VersionSchemesReport = {
	/** Names, in the order in which the server chose them. */
	readonly accepted: readonly string[];
	/** Names of those that are neither accepted nor refused. */
	readonly undecided: readonly string[];
	readonly connections: number;
};

/** By the versions that are accepted, oldest first. */
export type SignatureSchemesReport = {readonly [Name in VersionName]?: VersionSchemesReport};

export const describeSchemes = (findings: SignatureSchemesFinding): SignatureSchemesReport =>
	Object.fromEntries(
		Object.entries(findings).map(([name, {accepted, undecided, connections}]) => [
			name,
			{accepted: accepted.map(signatureSchemes.label), undecided: undecided.map(signatureSchemes.label), connections},
		]),
	);

/** The versions of a report with what was found in each, oldest first. */
export const versionsIn = (report: SignatureSchemesReport): readonly (readonly [VersionName, VersionSchemesReport])[] =>
	Object.entries(report) as [VersionName, VersionSchemesReport][];

/** Why a scheme is weak; undefined for one that is not. */
export function weaknessOf(name: string): string | undefined {
	if (/md5/.test(name)) {
		return 'MD5 (RFC 9155, 2021)';
	}

	if (/sha1$/.test(name)) {
		return 'SHA-1 (RFC 9155, 2021)';
	}

	return /^dsa_/.test(name) ? 'DSA (FIPS 186-5, 2023)' : undefined;
}
