import {readdirSync} from 'node:fs';
import test from 'ava';
import {clouds} from '../../source/catalogs/catalog.js';
import {fillIn, variablesIn, variablesOf} from '../../source/catalogs/fill-in.js';
import {catalogs} from '../../source/catalogs/index.js';
import {CatalogError, readCatalog} from '../../source/catalogs/read-catalog.js';
import {likelyMeant, parseTarget} from '../../source/engine/target.js';

test('every file of a catalog is in the list, by its name', t => {
	const helpers = ['catalog', 'due', 'expectation-of', 'fill-in', 'index', 'listed-catalog', 'read-catalog', 'stated-by-catalogs'];
	const files = readdirSync('source/catalogs').filter(name => name.endsWith('.ts') && !helpers.includes(name.slice(0, -'.ts'.length)));
	t.deepEqual(catalogs.map(({name}) => `${name}.ts`).toSorted(), files.toSorted());
});

for (const catalog of catalogs) {
	test(`${catalog.name}: every host is one once it is filled in, and every service says where that is from`, t => {
		const values = new Map(variablesIn(catalog).map(name => [name, ['a', 'b.c']]));
		const problems = clouds.flatMap(cloud => {
			const {targets, open} = fillIn(catalog, cloud, values);
			return [
				...[...targets.keys()].filter(target => parseTarget(target).kind === 'invalid').map(target => `${target} is no target`),
				...[...targets.keys()].filter(target => likelyMeant(target) !== undefined).map(target => `${target} is a slip`),
				...open.map(({pattern}) => `${pattern} stays open`),
			];
		});
		const services = catalog.entries.filter(({source, hosts}) => source === '' || Object.keys(hosts).length === 0);
		t.deepEqual([...problems, ...services.map(({service}) => service)], []);
		t.true(fillIn(catalog, 'public', values).targets.size > 0);
	});
}

const backup = catalogs.find(({name}) => name === 'azure-backup')!;

test('without a value a pattern is named with its variable, and the fixed hosts are there all the same', t => {
	const filled = fillIn(backup, 'public', new Map());
	t.true(filled.targets.has('login.microsoftonline.com'));
	t.true(filled.targets.has('portal.azure.com'));
	t.deepEqual(filled.open, [
		{pattern: '{backup-host}.backup.windowsazure.com', variables: ['backup-host']},
		{pattern: '{account}.blob.core.windows.net', variables: ['account']},
		{pattern: '{account}.queue.core.windows.net', variables: ['account']},
		{pattern: '{zone-account}.blob.storage.azure.net', variables: ['zone-account']},
	]);
	t.deepEqual(
		filled.leftOut.map(({host}) => host),
		['www.msftconnecttest.com', 'www.msftncsi.com'],
	);
});

test('with values each pattern becomes a host of the cloud for each of them', t => {
	const values = new Map([
		['account', ['one', 'two']],
		['backup-host', ['pod01-rec2.ja']],
	]);
	const targets = (cloud: (typeof clouds)[number]) => [...fillIn(backup, cloud, values).targets.keys()];
	t.deepEqual(
		targets('public').filter(target => /backup|blob|queue/.test(target)),
		[
			...['pod01-rec2.ja.backup.windowsazure.com', 'one.blob.core.windows.net', 'two.blob.core.windows.net'],
			...['one.queue.core.windows.net', 'two.queue.core.windows.net'],
		],
	);
	t.deepEqual(
		targets('china').filter(target => /backup|blob|login/.test(target)),
		[
			'pod01-rec2.ja.backup.windowsazure.cn',
			'login.partner.microsoftonline.cn',
			'login.chinacloudapi.cn',
			'one.blob.core.chinacloudapi.cn',
			'two.blob.core.chinacloudapi.cn',
		],
	);
});

test('a host that two services share is there once, and a service without a host in a cloud is reported', t => {
	const azure = catalogs.find(({name}) => name === 'azure')!;
	const {targets, elsewhere} = fillIn(azure, 'china', new Map([['region', ['chinaeast']]]));
	t.is(targets.get('login.chinacloudapi.cn')?.length, 1);
	t.true(elsewhere.includes('SQL Server enabled by Azure Arc'));
	t.deepEqual(variablesOf('{arc-host}.{region}.arcdataservices.com'), ['arc-host', 'region']);
});

test("a catalog of a user's own may be objects, hosts alone, or nothing but a list", t => {
	const own = readCatalog(
		JSON.stringify({
			name: 'ours',
			entries: ['mail.example.com:465', {service: 'Shop', hosts: {public: ['{shard}.example.com'], china: []}, minimum: 'TLS 1.2'}],
		}),
		'file',
	);
	t.is(own.name, 'ours');
	t.deepEqual([...fillIn(own, 'public', new Map([['shard', ['s1']]])).targets.keys()], ['mail.example.com:465', 's1.example.com']);
	t.deepEqual(
		[...fillIn(readCatalog('["a.example", "[::1]:8443"]', 'file'), 'public', new Map()).targets.keys()],
		['a.example', '[::1]:8443'],
	);
});

const broken: readonly (readonly [text: string, problem: RegExp])[] = [
	['{', /^it is not JSON/],
	['{"entries": []}', /no list "entries"/],
	['{"name": 1, "entries": ["a.example"]}', /its name is not text/],
	['[1]', /^entry 1: neither a host nor an object/],
	['["a.example", {"hosts": ["*.example.com"]}]', /^entry 2: "\*\.example\.com" is no host.*write \{name\}/],
	['[{"hosts": {"germany": ["a.example"]}}]', /^entry 1: "hosts" is neither/],
	['[{"hosts": {"public": "a.example"}}]', /^entry 1: "hosts" is neither/],
	['[{"host": ["a.example"]}]', /^entry 1: "host" means nothing/],
	['[{"hosts": ["a.example"], "note": 3}]', /^entry 1: "note" is not text/],
	['[{"hosts": ["a.example"], "expect": []}]', /^entry 1: "expect" expects nothing/],
	['[{"hosts": ["a.example"], "expect": "rfc1"}]', /^entry 1: "expect": there is no policy "rfc1"/],
	['[{"hosts": ["a.example"], "expect": {"reject": ["1.0"]}}]', /^entry 1: "expect" takes the name of a policy, or rejects, /],
	['[{"hosts": ["a.example"], "expect": {"rejects": ["1.5"]}}]', /^entry 1: "rejects" takes versions such as TLSv1.2, not \["1.5"\]/],
	['[{"hosts": ["a.example"], "expect": {"minimum": ["1.2"]}}]', /^entry 1: "minimum" takes a version such as/],
];

for (const [text, problem] of broken) {
	test(`a catalog file that holds ${text} is refused with a reason`, t => {
		const error = t.throws(() => readCatalog(text, 'file'), {instanceOf: CatalogError});
		t.regex(error!.message, problem);
	});
}
