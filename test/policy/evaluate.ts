import test from 'ava';
import {versionNames} from '../../source/iana/versions.js';
import {evaluate, type Statuses, verdictOf} from '../../source/policy/evaluate.js';
import {clausesOf, type Expectation} from '../../source/policy/expectation.js';
import type {Policy} from '../../source/policy/policy.js';
import {wordsOf} from '../../source/policy/rule.js';
import {azureServiceOf} from '../../source/policy/services/find-azure-service.js';
import {versionsIn, type Words} from '../../source/policy/words.js';

const statusOf = {'+': 'accepted', '-': 'rejected', '?': 'inconclusive'} as const;

/** A server in six signs, oldest version first; a space is a version that was not asked for. */
const server = (signs: string): Statuses =>
	Object.fromEntries(
		[...signs].map((sign, index) => [versionNames[index]!, sign === ' ' ? undefined : {status: statusOf[sign as keyof typeof statusOf]}]),
	);

const subject = {host: 'example.com', today: '2026-11-27'};
const inWords = (words: Words): Expectation => [{kind: 'words', words}];
const named = (name: string): Expectation => [{kind: 'policy', name}];
/** A rule without the others of its policy. */
const ruled = (rule: string): Expectation => [{kind: 'rule', rule}];

const cases: readonly (readonly [expectation: Expectation, signs: string, verdict: string, messages: readonly string[]])[] = [
	[inWords({rejects: ['TLSv1.0', 'TLSv1.1']}), '  --  ', 'pass', ['TLSv1.0 and TLSv1.1 are rejected']],
	[inWords({rejects: ['TLSv1.0', 'TLSv1.1']}), '  -+  ', 'fail', ['TLSv1.1 is accepted, but should be rejected']],
	[inWords({rejects: ['TLSv1.0', 'TLSv1.1']}), '  -?  ', 'inconclusive', ['TLSv1.1 is not proved to be rejected']],
	[inWords({rejects: ['TLSv1.0', 'TLSv1.1']}), '  ?+  ', 'fail', ['TLSv1.1 is accepted, but should be rejected']],
	[inWords({rejects: ['TLSv1.0']}), '   ---', 'inconclusive', ['TLSv1.0 is not proved to be rejected']],
	[inWords({accepts: ['TLSv1.2', 'TLSv1.3']}), '    ++', 'pass', ['TLSv1.2 and TLSv1.3 are accepted']],
	[inWords({accepts: ['TLSv1.2', 'TLSv1.3']}), '    +-', 'fail', ['TLSv1.3 is rejected, but should be accepted']],
	[inWords({accepts: ['TLSv1.2', 'TLSv1.3']}), '    +?', 'inconclusive', ['TLSv1.3 is not proved to be accepted']],
	[inWords({acceptsAny: ['TLSv1.2', 'TLSv1.3']}), '    -+', 'pass', ['TLSv1.3 is accepted']],
	[inWords({acceptsAny: ['TLSv1.2', 'TLSv1.3']}), '    ?+', 'pass', ['TLSv1.3 is accepted']],
	[
		inWords({acceptsAny: ['TLSv1.2', 'TLSv1.3']}),
		'    --',
		'fail',
		['TLSv1.2 and TLSv1.3 are rejected, but one of them should be accepted'],
	],
	[inWords({acceptsAny: ['TLSv1.2', 'TLSv1.3']}), '    -?', 'inconclusive', ['TLSv1.3 is not proved to be accepted']],
	[inWords({acceptsAny: ['TLSv1.2', 'TLSv1.3']}), '    ??', 'inconclusive', ['TLSv1.2 or TLSv1.3 is not proved to be accepted']],
	[inWords({minimum: 'TLSv1.2'}), '----+-', 'pass', ['SSLv2, SSLv3, TLSv1.0 and TLSv1.1 are rejected; TLSv1.2 is accepted']],
	[inWords({minimum: 'TLSv1.2'}), '-----+', 'pass', ['SSLv2, SSLv3, TLSv1.0 and TLSv1.1 are rejected; TLSv1.3 is accepted']],
	[inWords({minimum: 'TLSv1.2'}), '-+--++', 'fail', ['SSLv3 is accepted, but should be rejected']],
	[inWords({minimum: 'TLSv1.2'}), '------', 'fail', ['TLSv1.2 and TLSv1.3 are rejected, but one of them should be accepted']],
	[inWords({minimum: 'SSLv2'}), '+-----', 'pass', ['SSLv2 is accepted']],
	[
		inWords({rejects: ['TLSv1.0'], accepts: ['TLSv1.3']}),
		'  +  -',
		'fail',
		['TLSv1.0 is accepted, but should be rejected', 'TLSv1.3 is rejected, but should be accepted'],
	],
	[named('rfc8996'), '  --  ', 'pass', ['TLSv1.0 is rejected', 'TLSv1.1 is rejected']],
	[ruled('mozilla-modern'), '-----+', 'pass', ['SSLv2, SSLv3, TLSv1.0, TLSv1.1 and TLSv1.2 are rejected; TLSv1.3 is accepted']],
	[ruled('mozilla-modern'), '----++', 'fail', ['TLSv1.2 is accepted, but should be rejected']],
	[ruled('mozilla-old'), '--++++', 'pass', ['SSLv2 and SSLv3 are rejected; TLSv1.2 and TLSv1.3 are accepted']],
];

for (const [expectation, signs, verdict, messages] of cases) {
	test(`${JSON.stringify(expectation)}: ${JSON.stringify(signs)} is ${verdict}`, t => {
		const judgements = evaluate({versions: server(signs)}, clausesOf(expectation, subject));
		t.is(verdictOf(judgements), verdict as never);
		t.deepEqual(
			judgements.map(({message}) => message),
			messages,
		);
	});
}

test('a service of Azure is judged by its own day and source', t => {
	const [storage] = evaluate(
		{versions: server('  +-+-')},
		clausesOf(named('azure'), {host: 'data.blob.core.windows.net', today: '2026-11-27'}),
	);
	t.is(storage!.title, 'TLS 1.0 and 1.1 are refused; Azure Storage refuses them since 2026-02-03');
	t.is(storage!.message, 'TLSv1.0 is accepted, but should be rejected (judged by the handshake alone)');
	t.is(storage!.judges, 'handshake');
	t.regex(storage!.source.name, /Azure Storage/);
	const [other] = clausesOf(named('azure'), {host: 'example.com', today: '2026-11-27'});
	t.is(other!.title, 'TLS 1.0 and 1.1 are refused, as Azure services require');
	t.is(clausesOf(named('azure'), {host: 'notlogin.microsoftonline.com', today: '2026-11-27'})[0]!.title, other!.title);
});

const judgedOn = (host: string, today: string, signs: string) =>
	evaluate({versions: server(signs)}, clausesOf(named('azure'), {host, today}))[0]!;

test('a service whose day is in the future may accept old versions until then, and what comes is said', t => {
	const before = judgedOn('shop.azurewebsites.net', '2027-05-30', '  ++++');
	t.is(before.status, 'pass');
	t.is(before.title, 'TLS 1.2 or 1.3 is accepted; Azure App Service refuses TLS 1.0 and 1.1 from 2027-05-31 on');
	t.is(before.message, 'TLSv1.2 and TLSv1.3 are accepted; TLSv1.0 and TLSv1.1, which are accepted now, will be refused from 2027-05-31');
	t.notRegex(judgedOn('shop.azurewebsites.net', '2027-05-30', '  --++').message, /2027/, 'nothing changes for it');
	t.is(judgedOn('shop.azurewebsites.net', '2027-05-30', '  ++--').status, 'fail', 'TLS 1.2 or 1.3 is expected all the same');
	const after = judgedOn('shop.azurewebsites.net', '2027-05-31', '  ++++');
	t.is(after.status, 'fail');
	t.is(after.title, 'TLS 1.0 and 1.1 are refused; Azure App Service refuses them since 2027-05-31');
	t.is(judgedOn('shop.scm.azurewebsites.us', '2027-06-01', '  --++').status, 'pass');
});

test('a day that was announced and moved is not held against a host', t => {
	for (const today of ['2025-01-01', '2026-11-27', '2030-01-01']) {
		const china = judgedOn('login.chinacloudapi.cn', today, '  ++++');
		t.is(china.status, 'pass');
		t.regex(china.title, /announced the end of TLS 1\.0 and 1\.1 for 2025-01-31, but has not confirmed it/);
	}

	t.is(judgedOn('login.microsoftonline.com', '2026-11-27', '  ++++').status, 'fail');
});

const servicesOfHosts: readonly (readonly [host: string, service: string, since: string, refusesLater?: true])[] = [
	['hsm.managedhsm.usgovcloudapi.net', 'Azure Key Vault Managed HSM', '2023-06'],
	['hsm.managedhsm.azure.cn', 'Azure Key Vault Managed HSM', '2023-06'],
	['one.vaultcore.azure.net', 'Azure Key Vault', '2023-06'],
	['one.z12.blob.storage.azure.net', 'Azure Storage', '2026-02-03', true],
	['one-secondary.blob.core.windows.net', 'Azure Storage', '2026-02-03', true],
	['one.z6.web.core.windows.net', 'Azure Storage', '2026-02-03', true],
	['one.documents.azure.com', 'Azure Cosmos DB', '2025-08-31', true],
	['one.documents.azure.cn', 'Azure Cosmos DB', '2025-08-31', true],
	['one.mongo.cosmos.azure.com', 'Azure Cosmos DB', '2025-08-31', true],
	['hub.azure-devices.net', 'Azure IoT Hub', '2025-08-31'],
	['one.database.windows.net', 'Azure SQL Database and Managed Instance', '2025-08-31'],
	['one.mysql.database.azure.com', 'Azure Database for MySQL', '2025-08-31'],
	['one.azure-automation.net', 'Azure Automation', '2020-09-01'],
	['japaneast01.afs.azure.net', 'Azure File Sync', '2020-08'],
	['one.azure-api.cn', 'Azure API Management', '2025-10-31'],
	['w.ods.opinsights.azure.com', 'Azure Monitor (Log Analytics)', '2026-03-01'],
	['dc.services.visualstudio.com', 'Azure Monitor (Application Insights)', '2025-05-01'],
	['one.azurefd.net', 'Azure Front Door', '2025-03-01'],
	['one.redis.cache.windows.net', 'Azure Cache for Redis', '2024-11-01'],
	['one.japaneast-1.eventgrid.azure.net', 'Azure Event Grid', '2025-02-28'],
	['enterpriseregistration.windows.net', 'Microsoft Entra device registration', '2020-10-30'],
];

for (const [host, name, since, refusesLater] of servicesOfHosts) {
	test(`${host} belongs to ${name}, since ${since}`, t => {
		const service = azureServiceOf(host);
		t.deepEqual([service?.name, service?.since, service?.refusesLater], [name, since, refusesLater]);
		t.is(judgedOn(host, '2026-11-27', '  +-++').status, 'fail');
		t.is(judgedOn(host, '2020-01-01', '  +-++').status, 'pass', 'before its day');
	});
}

const own: Policy[] = [
	{
		name: 'house',
		title: 'ours',
		source: {name: 'Manual §7'},
		extends: ['rfc8996', 'default'],
		rules: [{rule: 'accepts', parameters: {accepts: ['TLSv1.3']}}],
	},
	{name: 'circle', title: '', source: {name: ''}, extends: ['round'], rules: []},
	{name: 'round', title: '', source: {name: ''}, extends: ['circle'], rules: []},
	{name: 'azure', title: 'another', source: {name: 'ours'}, rules: [{rule: 'minimum', parameters: {minimum: 'TLSv1.3'}}]},
];

test('a policy of ones own extends others, shares rules with them, and is the source of its own words', t => {
	t.deepEqual(
		clausesOf(named('house'), subject, own).map(({ruleId, source}) => `${ruleId}: ${source.name}`),
		[
			'rfc8996-no-tls-1-0: RFC 8996 §4',
			'rfc8996-no-tls-1-1: RFC 8996 §5',
			'rfc6176-no-ssl-2: RFC 6176 §3',
			'rfc7568-no-ssl-3: RFC 7568 §3',
			'accepts-any: RFC 9325 §3.1.1',
			'accepts: Manual §7',
		],
	);
	t.deepEqual(wordsOf(clausesOf(named('azure'), subject, own))[0], {minimum: 'TLSv1.3'});
	t.throws(() => clausesOf(named('circle'), subject, own), {message: 'the policy circle extends itself'});
	t.throws(() => clausesOf(named('nothing'), subject, own), {message: 'no policy nothing'});
});

test('what has to be asked for follows from what is expected', t => {
	const asked = (expectation: Expectation) => versionsIn(wordsOf(clausesOf(expectation, subject)));
	t.deepEqual(asked(inWords({accepts: ['TLSv1.3'], rejects: ['TLSv1.0']})), ['TLSv1.0', 'TLSv1.3']);
	t.deepEqual(asked(inWords({minimum: 'TLSv1.2'})), versionNames);
	t.deepEqual(asked(named('azure')), ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
});

type Service = 'served' | 'refused' | 'undecided' | 'unknown';
const confirmed = (old: Service, current: Service = 'served') => ({
	'TLSv1.0': {status: 'rejected'} as const,
	'TLSv1.1': {status: 'accepted', confirmed: {verdict: old}} as const,
	'TLSv1.2': {status: 'accepted', confirmed: {verdict: current}} as const,
	'TLSv1.3': {status: 'rejected'} as const,
});

const byService = " (judged by the service's answer)";
const services: readonly (readonly [statuses: ReturnType<typeof confirmed>, verdict: string, message: string])[] = [
	[confirmed('refused'), 'pass', `TLSv1.0 and TLSv1.1 are refused; TLSv1.2 is accepted${byService}`],
	[confirmed('served'), 'fail', `TLSv1.1 is accepted, but should be refused${byService}`],
	[confirmed('undecided'), 'inconclusive', `TLSv1.1 is not proved to be refused${byService}`],
	// Where the service said nothing, the handshake is all that is known.
	[confirmed('unknown'), 'fail', 'TLSv1.1 is accepted, but should be rejected (judged by the handshake alone)'],
	[confirmed('refused', 'refused'), 'fail', `TLSv1.2 and TLSv1.3 are refused, but one of them should be accepted${byService}`],
	// An overload says nothing of the version.
	[confirmed('refused', 'undecided'), 'pass', `TLSv1.0 and TLSv1.1 are refused; TLSv1.2 is accepted${byService}`],
];

for (const [statuses, verdict, message] of services) {
	const {'TLSv1.1': old, 'TLSv1.2': current} = statuses;
	test(`a rule about the service, where it is ${old.confirmed.verdict} in TLS 1.1 and ${current.confirmed.verdict} in TLS 1.2, is ${verdict}`, t => {
		const [judgement] = evaluate(
			{versions: statuses},
			clausesOf(named('azure'), {host: 'data.blob.core.windows.net', today: '2026-11-27'}),
		);
		t.is(judgement!.status, verdict as never);
		t.is(judgement!.message, message);
		t.is(judgement!.judges, old.confirmed.verdict === 'unknown' ? 'handshake' : 'service');
	});
}

test('a rule about versions judges the handshake, whatever the service says', t => {
	const judgements = evaluate({versions: confirmed('refused')}, clausesOf(named('rfc8996'), subject));
	t.is(verdictOf(judgements), 'fail');
	t.true(judgements.every(({judges, message}) => judges === 'handshake' && !message.includes('judged')));
});
