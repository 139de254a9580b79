import test from 'ava';
import {compareCertificates, type ObservedCertificate} from '../../source/policy/compare-certificates.js';

const old: ObservedCertificate = {
	sha256: 'aa',
	subject: 'CN=a.test',
	issuer: 'CN=One',
	validTo: '2026-06-01T00:00:00.000Z',
	validity: 'valid',
	fits: true,
	selfSigned: false,
};
const bare: ObservedCertificate = {sha256: 'aa', subject: 'CN=a.test', issuer: 'CN=One'};
const renewed = {sha256: 'bb', validTo: '2027-06-01T00:00:00.000Z'};

const cases: readonly (readonly [title: string, before: ObservedCertificate, after: ObservedCertificate, expected: string | undefined])[] =
	[
		['the same', old, old, undefined],
		['the same, with less recorded', bare, old, undefined],
		['one that is renewed', old, {...old, ...renewed}, 'changed: validTo sha256'],
		['one of another issuer', old, {...old, ...renewed, issuer: 'CN=Two'}, 'changed: issuer validTo sha256'],
		['one of which nothing but the fingerprint is another', bare, {...bare, sha256: 'bb'}, 'changed: sha256'],
		['one that expires earlier', old, {...old, sha256: 'bb', validTo: '2026-05-01T00:00:00.000Z'}, 'worse: validTo sha256'],
		['one that has expired meanwhile', old, {...old, validity: 'expired'}, 'worse: validity'],
		['one that is not valid yet', old, {...old, ...renewed, validity: 'not-yet-valid'}, 'worse: validTo validity sha256'],
		['one that had expired and is renewed', {...old, validity: 'expired'}, {...old, ...renewed}, 'better: validTo validity sha256'],
		[
			'one that no longer fits the name',
			old,
			{...old, ...renewed, subject: 'CN=b.test', fits: false},
			'worse: subject validTo fits sha256',
		],
		['one that fits again', {...old, fits: false}, {...old, ...renewed}, 'better: validTo fits sha256'],
		[
			'one that nobody else signed',
			old,
			{...old, ...renewed, issuer: 'CN=a.test', selfSigned: true},
			'worse: issuer validTo selfSigned sha256',
		],
	];

for (const [title, before, after, expected] of cases) {
	test(`${title}: ${expected ?? 'no change'}`, t => {
		const change = compareCertificates(before, after);
		t.is(change === undefined ? undefined : `${change.effect}: ${change.differences.map(({field}) => field).join(' ')}`, expected);
	});
}
