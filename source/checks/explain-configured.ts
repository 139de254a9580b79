import {listed} from '../bytes/listed.js';
import type {Report} from '../engine/report.js';
import {reasonInWords} from '../formats/words.js';
import {isOld, type VersionName, versionNames} from '../iana/versions.js';
import type {RuleJudgement} from '../policy/evaluate.js';
import type {ConfiguredEndpoint, WithoutSuite} from '../server-configs/product.js';

/** How the running server differs from its file, and what is the likely cause. */
export function explainConfigured(
	judgement: RuleJudgement,
	report: Report,
	reasons: Pick<ConfiguredEndpoint, 'proxyProtocol' | 'likelyCause' | 'withoutSuite'>,
): RuleJudgement {
	const {proxyProtocol, likelyCause, withoutSuite} = reasons;
	const {ruleId, status, versions, message} = judgement;
	if (!ruleId.startsWith('configured-') || status === 'pass') {
		return judgement;
	}

	if (ruleId !== 'configured-accepts' && ruleId !== 'configured-rejects') {
		return status === 'fail'
			? {...judgement, message: `${message.replaceAll(unwanted, ' is not configured, but accepted in $1')}: ${elsewhere}`}
			: judgement;
	}

	const unfit = unfitVersions(versions, report);
	const names = `${listed(versions)} ${versions.length > 1 ? 'are' : 'is'}`;
	if (status === 'inconclusive') {
		const seen = Object.values(report.versions);
		const isDown = seen.length > 0 && seen.every(({reason}) => reason === 'unreachable' || reason === 'silent');
		if (isDown) {
			return {...judgement, message: `the listener does not answer: ${reasonInWords(seen[0]!)}`};
		}

		// Nothing is accepted, but the server tells this version from those that it lacks.
		if (unfit.length > 0 && versionNames.some(name => alertOf(report.versions, name) === 'protocol_version')) {
			return {...judgement, message: `${names} listed, but ${unfitWords}`};
		}

		return proxyProtocol === undefined
			? judgement
			: {...judgement, message: `${message}, with the PROXY protocol as in the file: the running server may not expect it`};
	}

	if (ruleId === 'configured-rejects') {
		return {...judgement, message: `${names} not listed, but accepted: ${likelyCause ?? elsewhere}`};
	}

	const suiteless = versions.filter(name => withoutSuite?.versions.includes(name));
	const [explained, why] = unfit.length > 0 ? [unfit, unfitWords] : [suiteless, suitelessWords(suiteless, withoutSuite)];
	if (explained.length > 0) {
		const others = versions.filter(name => !explained.includes(name));
		const rest = others.length === 0 ? '' : `; ${explainConfigured({...judgement, versions: others}, report, reasons).message}`;
		return {
			...judgement,
			message: `${listed(explained)} ${explained.length > 1 ? 'are' : 'is'} listed, but ${why}${rest}`,
		};
	}

	if (likelyCause !== undefined) {
		return {...judgement, message: `${names} listed, but rejected: ${likelyCause}`};
	}

	const cause = versions.every(isOld)
		? `the security level or the build of its OpenSSL may exclude ${versions.length > 1 ? 'them' : 'it'}, or ${elsewhere}`
		: elsewhere;
	return {...judgement, message: `${names} listed, but rejected: ${cause}`};
}

/**
The versions before TLS 1.3 that are there, but have no cipher suite for the certificate: a server that lacks a version says
protocol_version. Older ones count with TLS 1.2 alone, for a security level has the same effect on them.
*/
function unfitVersions(versions: readonly VersionName[], {versions: seen}: Report): readonly VersionName[] {
	const failed = versions.filter(name => name !== 'TLSv1.3' && alertOf(seen, name) === 'handshake_failure');
	return failed.includes('TLSv1.2') ? failed : [];
}

const alertOf = (seen: Report['versions'], name: VersionName): string | undefined => seen[name]?.alert;

const suitelessWords = (versions: readonly VersionName[], withoutSuite: WithoutSuite | undefined): string =>
	`rejected: the cipher list has no suite for ${versions.length > 1 ? 'them' : 'it'} (${withoutSuite?.statedAt})`;

/** Part of a message of a demand: `NAME is accepted in TLSv1.2, but should be refused`. */
const unwanted = / is accepted in ([\w.]+), but should be refused/g;
const unfitWords = 'rejected with handshake_failure: no cipher suite of the configuration fits the certificate';
const elsewhere = 'another server answers here, or the running server uses another configuration';
