import test from 'ava';
import type {Catalog, CatalogEntry} from '../../source/catalogs/catalog.js';
import {dueIn} from '../../source/catalogs/due.js';
import {catalogs} from '../../source/catalogs/index.js';
import {azureServiceOf} from '../../source/policy/services/find-azure-service.js';

const entry = (service: string, ends: CatalogEntry['ends']): CatalogEntry => ({
	service,
	hosts: {public: [`${service}.example`, `old.${service}.example`], china: [`${service}.example.cn`]},
	ends,
	source: 'a page',
});

const made: Catalog = {
	name: 'made',
	title: 'made up',
	entries: [
		entry('late', [{day: '2027-05-31', sure: 'high', source: 'a page'}]),
		entry('early', [{day: '2027-01-01', sure: 'low', source: 'a post', hosts: ['old.early.example']}]),
		entry('over', [{day: '2026-11-26', sure: 'high', source: 'a page'}]),
		entry('today', [{day: '2026-11-27', sure: 'high', source: 'a page'}]),
		entry('month', [{day: '2026-11', sure: 'high', source: 'a page'}]),
		entry('moving', [{day: '2025-01-31', clouds: ['china'], sure: 'medium', source: 'a page', isOngoing: true}]),
		entry('silent', undefined),
	],
};

const days = (window: Parameters<typeof dueIn>[1], list: readonly Catalog[] = [made]): string[] =>
	dueIn(list, window).map(({day, service}) => `${day} ${service}`);

test('what ends from today on is listed by day, with what is still under way', t => {
	const today = '2026-11-27';
	t.deepEqual(days({today}), [...['2025-01-31 moving', '2026-11 month', '2026-11-27 today', '2027-01-01 early', '2027-05-31 late']]);
	t.deepEqual(days({today, until: '2027-05-30'}), [...['2025-01-31 moving', '2026-11 month', '2026-11-27 today', '2027-01-01 early']]);
	t.deepEqual(days({today, until: '2027-05-31'}).at(-1), '2027-05-31 late');
	t.deepEqual(days({today: '2027-06-01'}), ['2025-01-31 moving']);
	t.deepEqual(days({today, cloud: 'usgov'}), []);
	t.deepEqual(days({today: '2027-02-01', cloud: 'public'}), ['2027-05-31 late']);
});

test('a day is about the hosts and clouds that it names, and each service is listed once', t => {
	const [moving, , , early] = dueIn([made, {...made, name: 'copy'}], {today: '2026-11-27'});
	t.deepEqual(moving!.hosts, {china: ['moving.example.cn']});
	t.deepEqual(moving!.catalogs, ['made', 'copy']);
	t.deepEqual(early, {
		day: '2027-01-01',
		service: 'early',
		catalogs: ['made', 'copy'],
		versions: ['TLSv1.0', 'TLSv1.1'],
		hosts: {public: ['old.early.example']},
		sure: 'low',
		source: 'a post',
	});
});

test('App Service, the mail protocols and sign-in in China are ahead as of November 2026', t => {
	t.deepEqual(days({today: '2026-11-27', until: '2027-06-01'}, catalogs), [
		'2025-01-31 Sign-in (Microsoft Entra ID)',
		'2026-12-31 Exchange Online, POP3 and IMAP4',
		'2027-05-31 App Service',
	]);
	t.deepEqual(days({today: '2027-06-01'}, catalogs), [
		'2025-01-31 Sign-in (Microsoft Entra ID)',
		'2026-12-31 Exchange Online, POP3 and IMAP4',
	]);
});

const entries = [...new Set(catalogs.flatMap(({entries: list}) => list))];

test('every day is one of the calendar, has a source, and is about hosts that the entry has', t => {
	const wrong = entries.flatMap(({service, hosts, ends = []}) =>
		ends
			.filter(({day, source, hosts: named = [], clouds = []}) => {
				const full = day.length === 7 ? `${day}-01` : day;
				const isDay = /^\d{4}-\d\d-\d\d$/.test(full) && new Date(`${full}T00:00:00Z`).toISOString().startsWith(full);
				const all = Object.values(hosts).flat();
				return !isDay || source === '' || named.some(host => !all.includes(host)) || clouds.some(cloud => hosts[cloud] === undefined);
			})
			.map(({day}) => `${service}: ${day}`),
	);
	t.deepEqual(wrong, []);
});

test('where a rule knows the day of a host, the catalogs have the same one', t => {
	const differing = entries.flatMap(({service, hosts, expect, ends = []}) =>
		expect?.some(item => item.kind === 'rule' && item.rule === 'azure-retired-versions')
			? Object.entries(hosts).flatMap(([cloud, list]) =>
					(list ?? []).flatMap(host => {
						const known = azureServiceOf(host.replaceAll(/\{[^}]*\}/g, 'x').replace(/:\d+$/, ''));
						const own = ends.filter(
							({clouds: where, hosts: named}) => (where?.some(name => name === cloud) ?? true) && (named?.includes(host) ?? true),
						);
						return known === undefined || own.some(({day, isOngoing}) => day === known.since && isOngoing === known.isOngoing)
							? []
							: [`${service}, ${host}: ${known.since} by the rule, ${own.map(({day}) => day).join(' and ')} by the catalog`];
					}),
				)
			: [],
	);
	t.deepEqual(differing, []);
});
