import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import {openPage, type Page, testInBrowser} from '../helpers/browser.js';
import {manyResults, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';

test('nothing is from elsewhere, and the policy lets nothing run or load but what is in the page', async t => {
	const text = await rendered('html', readReports());
	t.notRegex(text, /\b(?:src|href|action|url)\s*[=(](?!["']?#)/i);
	t.notRegex(text, /\son\w+=|\sstyle=|javascript:/i);
	const hashes = [...text.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)].map(
		([, content]) => `'sha256-${createHash('sha256').update(content!).digest('base64')}'`,
	);
	t.is(hashes.length, 3);
	t.true(hashes.every(hash => text.includes(hash)));
	t.true(text.includes("default-src 'none'"));
});

test('no text is markup', async t => {
	const plainTags = new Set((await rendered('html', [sayingEverywhere('x')])).match(/<[a-z/!][^\s>]*/gi));
	const hostile = '</td></style></script><script>alert(1)</script><img src=x onerror=alert(1)><!--" onmouseover="alert(1)\' x=\'&lt;';
	const tags = new Set((await rendered('html', [sayingEverywhere(hostile)])).match(/<[a-z/!][^\s>]*/gi));
	t.deepEqual(
		[...tags].filter(tag => !plainTags.has(tag)),
		[],
	);
});

test('beneath the name of an endpoint stands how it is reached, and why it is open', async t => {
	const text = await rendered('html', readReports());
	t.regex(text, /<small class="note">the relay, outside · STARTTLS of smtp · through socks5h:\/\/\[2001:db8::8\]:1080<\/small>/);
	t.regex(text, /<small class="note">name not found<\/small>/);
	t.regex(text, /<small class="note">connection refused<\/small>/);
	t.regex(text, /The certificate is issued by CN=Inspection, O=Example through the proxy/);
});

test('a version reads as a rule has it, not as versions are wont to be', async t => {
	const [result] = readReports().filter(({verdict}) => verdict === 'pass') as [TargetResult];
	const [recording] = result.recordings;
	const source = {name: 'a rule of ours'};
	const judgements = [
		{ruleId: 'rejects', title: 'x', status: 'pass', message: 'x', versions: ['TLSv1.2'], source},
		{ruleId: 'accepts', title: 'x', status: 'fail', message: 'x', versions: ['TLSv1.0'], source},
	] as const;
	const versions = {...recording.report.versions, 'TLSv1.2': {...recording.report.versions['TLSv1.0']!}};
	const text = await rendered('html', [{...result, recordings: [{...recording, report: {...recording.report, versions, judgements}}]}]);
	t.deepEqual(
		[...text.matchAll(/<td class="version (\w+)">/g)].map(([, tone]) => tone),
		['bad', 'good', 'good', 'good'],
	);
});

test('the bytes are there where they were asked for', async t => {
	const [result] = readReports().filter(({verdict}) => verdict === 'pass') as [TargetResult];
	const [recording] = result.recordings;
	const evidence = [
		{shape: 'short', version: 'TLSv1.3', outcome: 'server-hello', durationMs: 3, decided: true, sent: '16030100aa', received: '16030300bb'},
	] as const;
	const version = {...recording.report.versions['TLSv1.3']!, evidence};
	const report = {...recording.report, versions: {...recording.report.versions, 'TLSv1.3': version}};
	const text = await rendered('html', [{...result, recordings: [{...recording, report}]}]);
	t.regex(
		text,
		/<details><summary>TLSv1\.3, hello short: server-hello, 3 ms, decided<\/summary><pre>sent\n16030100aa\n\nreceived\n16030300bb<\/pre>/,
	);
});

async function show(t: ExecutionContext, results: readonly TargetResult[]): Promise<Page> {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-page-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	const file = join(folder, 'page.html');
	writeFileSync(file, await rendered('html', results));
	return openPage(t, pathToFileURL(file).href);
}

const shownRows = "[...document.querySelectorAll('tbody')].filter(body => !body.hidden).length";
const status = "document.getElementById('shown').textContent";
const focused = "document.activeElement.getAttribute('role') || document.activeElement.textContent || document.activeElement.id";

const type = async (page: Page, text: string): Promise<void> => {
	await page.evaluate(`(() => {
		const search = document.getElementById('search');
		search.value = ${JSON.stringify(text)};
		search.form.requestSubmit();
	})()`);
};

testInBrowser('in a browser: searching, filtering, sorting and unfolding work on 300 endpoints', async t => {
	t.timeout(900_000);
	const page = await show(t, manyResults(300));
	t.is(await page.evaluate(shownRows), 300);
	t.is(await page.evaluate(status), '300 shown');
	await type(page, 'server-123.');
	t.is(await page.evaluate(shownRows), 1);
	t.is(await page.evaluate(status), '1 of 300 shown');
	await type(page, 'no such thing');
	t.false(await page.evaluate("document.querySelector('.nothing').hidden"));
	await type(page, '');
	await page.evaluate("document.querySelector('[data-verdict=inconclusive]').click()");
	t.is(await page.evaluate(shownRows), manyResults(300).filter(({verdict}) => verdict === 'inconclusive').length);
	await page.evaluate("document.querySelector('[data-verdict=inconclusive]').click()");
	const firstAfterSort = (): Promise<string> =>
		page.evaluate("document.querySelector('thead th.endpoint button').click(), document.querySelector('tbody th button').textContent");
	t.is(await firstAfterSort(), 'server-0.example.com:443');
	t.is(await firstAfterSort(), 'server-299.example.com:443');
	t.is(await page.evaluate("document.querySelector('thead th.endpoint').getAttribute('aria-sort')"), 'descending');
	await page.evaluate("document.querySelector('thead th.version button').click()");
	t.regex(await page.evaluate("document.querySelector('tbody td.version').className"), /bad/);
	const unfolded = "[...document.querySelectorAll('tbody th button[aria-expanded=true]')].length";
	await page.evaluate("document.querySelector('#unfold').click()");
	t.is(await page.evaluate(unfolded), 300);
	await page.evaluate("document.querySelector('#unfold').click()");
	t.is(await page.evaluate(unfolded), 0);
});

testInBrowser('in a browser: one endpoint is unfolded from the start, and the keyboard reaches everything', async t => {
	const page = await show(t, manyResults(1));
	await page.command('Emulation.setDeviceMetricsOverride', {width: 1400, height: 800, deviceScaleFactor: 1, mobile: false});
	t.is(await page.evaluate("document.querySelector('tbody button').getAttribute('aria-expanded')"), 'true');
	t.true(await page.evaluate("document.querySelector('tr.evidence').offsetHeight > 0"));
	const reached: string[] = [];
	for (let presses = 0; presses < 14; presses += 1) {
		await page.press('Tab');
		reached.push((await page.evaluate<string>(focused)).replace(/^\d+ (\w+) .*/, '$1').trim());
	}

	t.deepEqual(reached, [
		...['Skip to the endpoints', 'fail', 'inconclusive', 'pass', 'search', 'Fold evidence', 'region', 'Verdict', 'Endpoint', 'Address'],
		...['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
	]);
	await page.press('Tab');
	await page.press('Enter');
	t.is(await page.evaluate("document.activeElement.getAttribute('aria-expanded')"), 'false');
	t.is(await page.evaluate("document.querySelector('tr.evidence').offsetHeight"), 0);
	await page.press('/');
	t.is(await page.evaluate('document.activeElement.id'), 'search');
});

testInBrowser('in a browser: what a screen reader is told has names, heads and states', async t => {
	const page = await show(t, readReports());
	await page.command('Accessibility.enable');
	const {nodes} = (await page.command('Accessibility.getFullAXTree')) as unknown as {
		nodes: readonly {ignored: boolean; role?: {value: string}; name?: {value: string}}[];
	};
	const named = new Set(
		nodes.filter(({ignored}) => !ignored).map(({role, name}) => `${role?.value} ${name?.value ?? ''}`.replace('TLSv 1', 'TLSv1')),
	);
	t.deepEqual(
		[
			'heading TLS versions',
			'searchbox Search',
			'columnheader TLSv1.0',
			'rowheader server.example.com:443',
			'button Verdict',
			'cell accepted',
			'cell not asked',
			'cell fail',
			'region Endpoints by versions',
		].filter(item => ![...named].some(name => name.startsWith(item))),
		[],
	);
	t.deepEqual(
		[...named].filter(name => /^(?:button|link|searchbox|table|region) $/.test(name)),
		[],
	);
});

testInBrowser(
	'in a browser: at no width has anything to be scrolled sideways, light and dark are readable, and without scripts all is unfolded',
	async t => {
		const page = await show(t, [...readReports(), ...manyResults(3)]);
		await page.command('Emulation.setDeviceMetricsOverride', {width: 400, height: 800, deviceScaleFactor: 1, mobile: false});
		t.true(await page.evaluate('document.documentElement.scrollWidth <= 400'));
		// All six versions are in sight.
		t.true(await page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.scroll'))"));
		for (const width of [720, 800, 1000, 1150, 1250, 1400]) {
			await page.command('Emulation.setDeviceMetricsOverride', {width, height: 800, deviceScaleFactor: 1, mobile: false});
			t.true(await page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.scroll'))"), `${width}`);
		}

		await page.command('Emulation.setDeviceMetricsOverride', {width: 400, height: 800, deviceScaleFactor: 1, mobile: false});
		for (const value of ['light', 'dark']) {
			await page.command('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value}]});
			t.deepEqual(await page.evaluate<string[]>(tooFaint), [], value);
		}

		t.true(await page.evaluate("[...document.querySelectorAll('tr.evidence')].every(row => row.offsetHeight === 0)"));
		await page.evaluate("document.documentElement.classList.remove('js')");
		t.true(await page.evaluate("[...document.querySelectorAll('tr.evidence')].every(row => row.offsetHeight > 0)"));
	},
);

const detailed = readReports().filter(({target}) => ['portal.example.com', 'suites.example.com'].includes(target.host));

test('an endpoint with more than versions has a page of details, which its row links to', async t => {
	const text = await rendered('html', [...readReports().slice(0, 3), ...detailed]);
	const links = [...text.matchAll(/href="#(details-\d+)"/g)].map(([, id]) => id);
	t.deepEqual([...new Set(links)].toSorted(), [...text.matchAll(/<article [^>]*id="(details-\d+)"/g)].map(([, id]) => id).toSorted());
	t.is(links.length, 2);
	t.regex(
		text,
		/<dt>chain<\/dt><dd>CN=portal\.example\.com<ul><li>issued by [^<]+<ul><li>[^<]+<ul><li>trusted by [^<]+<\/li><li>not trusted by [^<]+<\/li><\/ul><\/li><\/ul><\/li><\/ul><\/dd>/,
	);
	t.regex(text, /<dt>TLSv1\.3<\/dt><dd>3 cipher suites, [^<]+<ul><li>TLS_AES_256_GCM_SHA384, 256 bits<\/li>/);
	t.notRegex(await rendered('html', readReports().slice(0, 3)), /<article/);
});

test('lists are nested and closed in any depth', async t => {
	for (const html of [await rendered('html', detailed), await rendered('html', readReports())]) {
		for (const name of ['ul', 'li', 'dl', 'dt', 'dd', 'section', 'article', 'div', 'p']) {
			t.is(html.match(new RegExp(`<${name}[ >]`, 'g'))?.length, html.match(new RegExp(`</${name}>`, 'g'))?.length, name);
		}
	}
});

testInBrowser('in a browser: details are shown for one endpoint at a time, and without scripts for all', async t => {
	const page = await show(t, detailed);
	const shown = "[...document.querySelectorAll('article')].filter(item => item.offsetHeight > 0).map(item => item.id).join()";
	t.is(await page.evaluate(shown), '');
	await page.evaluate("location.hash = '#details-1'");
	t.is(await page.evaluate(shown), 'details-1');
	t.is(await page.evaluate("document.querySelector('.scroll').offsetHeight"), 0);
	await page.command('Emulation.setDeviceMetricsOverride', {width: 400, height: 800, deviceScaleFactor: 1, mobile: false});
	t.true(await page.evaluate('document.documentElement.scrollWidth <= 400'));
	for (const value of ['light', 'dark']) {
		await page.command('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value}]});
		t.deepEqual(await page.evaluate<string[]>(tooFaint), [], value);
	}

	await page.evaluate("document.querySelector('#details-1 .back a').click()");
	t.is(await page.evaluate(shown), '');
	await type(page, '3DES_EDE');
	t.is(await page.evaluate(shownRows), 1);
	await page.evaluate("document.documentElement.classList.remove('js')");
	t.is(await page.evaluate(shown), 'details-0,details-1');
});

/** What has less contrast than WCAG 2.2 asks of text, 4.5 to 1. */
const tooFaint = `(() => {
	const parse = color => color.match(/[\\d.]+/g).map(Number);
	const light = ([red, green, blue]) => [red, green, blue]
		.map(value => value / 255)
		.map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
		.reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
	const backOf = element => {
		const color = parse(getComputedStyle(element).backgroundColor);
		return color.length === 4 && color[3] === 0 ? (element.parentElement ? backOf(element.parentElement) : [255, 255, 255]) : color;
	};
	const faint = new Set();
	for (const element of document.querySelectorAll('body *')) {
		if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) || element.closest('script')) continue;
		const [one, other] = [light(parse(getComputedStyle(element).color)), light(backOf(element))].sort((first, second) => second - first);
		const contrast = (one + 0.05) / (other + 0.05);
		if (contrast < 4.5) faint.add(element.tagName + '.' + element.className + ' ' + contrast.toFixed(2));
	}
	return [...faint];
})()`;
