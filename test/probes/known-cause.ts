import test from 'ava';
import type {Completion, Ending} from '../../source/exchange/completing/completion.js';
import {type KnownCause, knownCause} from '../../source/probes/confirm/known-cause.js';

const failed = (how: Ending, more: Partial<Completion> = {}): Completion => ({
	handshake: {kind: 'failed', how},
	wantsCertificate: false,
	answer: undefined,
	chain: [],
	durationMs: 1,
	...more,
});
const alert = (name: string): Ending => ({kind: 'alert', alert: name});
const ownStack = (code: string): Ending => ({kind: 'own-stack', code});
const offer = {cipherSuites: [0xc0_2f, 0xc0_30], groups: [0x00_1d]};
const taken = {cipherSuite: 0xc0_2f, group: 0x00_1d};

const cases: readonly (readonly [title: string, completion: Completion, cause: KnownCause | undefined, accepted?: typeof taken])[] = [
	['certificate_required', failed(alert('certificate_required')), 'client-certificate'],
	['bad_certificate', failed(alert('bad_certificate')), 'client-certificate'],
	['handshake_failure after a CertificateRequest', failed(alert('handshake_failure'), {wantsCertificate: true}), 'client-certificate'],
	['a close after a CertificateRequest', failed({kind: 'closed'}, {wantsCertificate: true}), 'client-certificate'],
	['silence after a CertificateRequest', failed({kind: 'silent', afterMs: 1, receivedBytes: 0}, {wantsCertificate: true}), undefined],
	['no_application_protocol', failed(alert('no_application_protocol')), 'application-protocol'],
	['unrecognized_name', failed(alert('unrecognized_name')), 'server-name'],
	['too many certificates', failed(ownStack('ERR_SSL_EXCESSIVE_MESSAGE_SIZE')), 'chain-too-long'],
	['a version that the library forbids', failed(ownStack('ERR_SSL_UNSUPPORTED_PROTOCOL')), 'local-library'],
	['a prime that the library forbids', failed(ownStack('ERR_SSL_DH_KEY_TOO_SMALL')), 'local-library'],
	['a hash that the library forbids', failed(ownStack('ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED')), 'local-library'],
	['a signature that is wrong', failed(ownStack('ERR_SSL_BAD_SIGNATURE')), undefined],
	['a suite that the library lacks', failed(alert('handshake_failure'), {offer}), 'cipher-suite', {...taken, cipherSuite: 0xc0_9c}],
	['a group that the library lacks', failed({kind: 'reset'}, {offer}), 'group', {...taken, group: 0x01_00}],
	['a refusal of what is offered', failed(alert('handshake_failure'), {offer}), undefined],
	['a hello of the library that is not known', failed(alert('handshake_failure')), undefined],
];

for (const [title, completion, cause, accepted = taken] of cases) {
	test(`${title}: ${cause ?? 'no known cause'}`, t => {
		t.is(knownCause(completion, accepted), cause);
	});
}
