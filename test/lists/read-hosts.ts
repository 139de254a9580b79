import {readdirSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import {hostsFormatNames} from '../../source/lists/formats/index.js';
import {readHosts} from '../../source/lists/read-hosts.js';
import {range, rowsOf} from '../helpers/depth.js';
import {describe, hostsFixture, inChunks, readAll} from '../helpers/hosts.js';

const fixtures = readdirSync('fixtures/hosts');
const textOf = (fixture: string): string => new TextDecoder().decode(hostsFixture(fixture)).replaceAll('\r\n', '\n');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

const wrappings = [
	{title: 'carriage returns and line feeds', wrap: (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))},
	{title: 'carriage returns alone', wrap: (text: string) => Buffer.from(text.replaceAll('\n', '\r'))},
	{title: 'a byte order mark', wrap: (text: string) => Buffer.from(`\uFEFF${text}`)},
	{title: 'UTF-16, little end first', wrap: (text: string) => utf16(`\uFEFF${text}`)},
	{title: 'UTF-16, big end first', wrap: (text: string) => utf16(`\uFEFF${text}`).swap16()},
	{title: 'UTF-16 without a mark', wrap: utf16},
	{title: 'gzip', wrap: (text: string) => gzipSync(text)},
	{title: 'gzip in two parts', wrap: (text: string) => Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))])},
	{title: 'gzip round UTF-16', wrap: (text: string) => gzipSync(utf16(`\uFEFF${text}`))},
];

for (const {title, wrap} of wrappings) {
	test(`${title}: every fixture reads the same`, async t => {
		const differing: string[] = [];
		for (const fixture of fixtures) {
			const text = textOf(fixture);
			const [plain, wrapped] = [await readAll(text), await readAll(wrap(text))];
			if (plain.length === 0 || JSON.stringify(plain) !== JSON.stringify(wrapped)) {
				differing.push(fixture);
			}
		}

		t.deepEqual(differing, []);
	});
}

for (const fixture of fixtures) {
	test(`${fixture}: cut at any place it reads the same`, async t => {
		const bytes = hostsFixture(fixture);
		const whole = JSON.stringify(await readAll(bytes));
		const differing: number[] = [];
		for (const place of rowsOf(range(1, bytes.length - 1), 40)) {
			if (JSON.stringify(await readAll(inChunks(bytes, bytes.length, place))) !== whole) {
				differing.push(place);
			}
		}

		t.deepEqual(differing, []);
		t.is(JSON.stringify(await readAll(inChunks(bytes, 1))), whole);
	});

	test(`${fixture}: every beginning of it is read without an exception`, async t => {
		const bytes = hostsFixture(fixture);
		const {length} = await readAll(bytes);
		const longest: number[] = [];
		for (const end of rowsOf(range(0, bytes.length - 1), 40)) {
			longest.push((await readAll(bytes.subarray(0, end))).length);
		}

		// A row that is cut open is read as lines of its own.
		t.true(Math.max(...longest) <= length + 3);
	});
}

test('gzip that is cut at any place gives what was whole, and one entry that says so', async t => {
	const lines = Array.from({length: 60}, (_, index) => `host-${index}.example`);
	const packed = gzipSync(`${lines.join('\n')}\n`);
	const wrong: number[] = [];
	for (const end of rowsOf(range(2, packed.length - 1), 40)) {
		const entries = await readAll(inChunks(packed.subarray(0, end), 7));
		const last = entries.pop() ?? '';
		const areWhole = entries.every((entry, index) => entry === `${index + 1} ${lines[index]}:443`);
		if (!areWhole || !last.startsWith(`${entries.length + 1} ! `) || !last.endsWith(': the gzip data is truncated')) {
			wrong.push(end);
		}
	}

	t.deepEqual(wrong, []);
});

test('gzip with a wrong checksum gives all that it holds, and damaged gzip what could be unpacked, and one entry that says so', async t => {
	const packed = gzipSync('a.example\nb.example\n');
	packed[packed.length - 6]! ^= 0xff;
	t.deepEqual(await readAll(packed), ['1 a.example:443', '2 b.example:443', '3 ! : the gzip data is damaged']);
	const lines = Array.from({length: 20_000}, (_, index) => `host-${index}-${(index * 7919) % 10_007}.example\n`).join('');
	const large = gzipSync(lines);
	large[large.length >> 1]! ^= 0xff;
	const entries = await readAll(large);
	// What unpacks to something else is found out by the checksum only.
	const firstWrong = entries.findIndex((entry, index) => !entry.startsWith(`${index + 1} host-${index}-`));
	t.true(firstWrong > 5000 && firstWrong < 15_000);
	t.regex(entries.at(-1)!, /: the gzip data is damaged$/);
});

test('what follows gzip and is not gzip counts as damage, but for zeros', async t => {
	const lines = Array.from({length: 2000}, (_, index) => `host-${index}.example\n`).join('');
	const entries = await readAll(Buffer.concat([gzipSync(lines), Buffer.from('b.example\n')]));
	t.true(entries.length > 500);
	t.regex(entries.at(-1)!, /: the gzip data is damaged$/);
	t.is((await readAll(Buffer.concat([gzipSync(lines), Buffer.alloc(2000)]))).length, 2000);
});

test.serial('gzip that unpacks to a thousand times its size is only passed through', async t => {
	const packed = gzipSync(Buffer.alloc(200_000_000, 'a'));
	t.true(packed.length < 250_000);
	const before = process.memoryUsage().arrayBuffers;
	let most = 0;
	const entries: string[] = [];
	const watched = async function* () {
		for await (const chunk of inChunks(packed, 4096)) {
			most = Math.max(most, process.memoryUsage().arrayBuffers - before);
			yield chunk;
		}
	};

	entries.push(...(await readAll(watched())));
	t.deepEqual(entries, [`1 ! ${'a'.repeat(200)}…: a line of more than 65536 characters`]);
	t.true(most < 100_000_000, `${most} bytes at once`);
});

test('an input that fails makes the reading fail', async t => {
	const failing = async function* () {
		yield Buffer.from('a.example\nb.exa');
		throw new Error('EIO');
	};
	const entries: string[] = [];
	await t.throwsAsync(
		async () => {
			for await (const batch of readHosts({file: 'list', bytes: failing(), format: 'lines'})) {
				entries.push(...batch.map(describe));
			}
		},
		{message: 'EIO'},
	);
	t.deepEqual(entries, ['1 a.example:443']);
});

test('an entry is handed over as soon as its line is complete', async t => {
	let isAsked = false;
	const slow = async function* () {
		yield Buffer.from('# a list\na.example\nb.exam');
		isAsked = true;
		yield Buffer.from('ple\n');
	};
	const entries = readHosts({file: 'list', bytes: slow(), format: 'auto'});
	const first = await entries.next();
	t.deepEqual(first.value.map(describe), ['2 a.example:443']);
	t.false(isAsked);
	await entries.return(undefined);
});

const pieces = fc.oneof(
	fc.uint8Array({maxLength: 200}),
	fc
		.array(
			fc.oneof(
				fc.constantFrom('\n', '\r', ',', ';', '\t', '"', '#', ':', '/', '-', '[', ']', '<', '>', '&', 'host', 'port', 'Host: ', 'Ports: '),
				fc.string({maxLength: 8}),
				fc.nat(70_000).map(String),
				fc.ipV4(),
				fc.ipV6(),
			),
			{maxLength: 40},
		)
		.map(parts => new Uint8Array(Buffer.from(parts.join('')))),
);

for (const format of [...hostsFormatNames, 'auto'] as const) {
	test(`${format}: whatever the bytes and however they are cut, they read the same and without an exception`, async t => {
		await t.notThrowsAsync(
			fc.assert(
				fc.asyncProperty(pieces, fc.integer({min: 1, max: 50}), async (bytes, size) => {
					const whole = await readAll(bytes, format);
					const cut = await readAll(inChunks(bytes, size), format);
					const tooLong = whole.find(entry => entry.includes(' ! ') && entry.length > 200 * 10 * 2 + 100);
					return JSON.stringify(whole) === JSON.stringify(cut) && tooLong === undefined;
				}),
				{numRuns: 300},
			),
		);
	});
}

const zipped = (name: string): Buffer =>
	Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from(name), Buffer.alloc(500, 0xa5)]);

/** The beginnings of files that are no lists, as people pass them. */
const others: ReadonlyArray<readonly [title: string, bytes: Buffer, problem: RegExp]> = [
	['.xlsx', zipped('[Content_Types].xml and xl/workbook.xml'), /this is a spreadsheet \(\.xlsx or \.ods\), .*; save the sheet as CSV$/],
	['.ods', zipped('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), /a spreadsheet/],
	['.docx', zipped('word/document.xml'), /an office document/],
	['.zip', zipped('hosts.txt'), /a ZIP archive, not a list of hosts; unpack it first$/],
	['.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /an old Microsoft Office version, .*; save the sheet as CSV$/],
	['PDF', Buffer.from('%PDF-1.7\n%\n1 0 obj'), /a PDF/],
	['PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /an image \(PNG\)/],
	['JPEG', Buffer.from('ffd8ffe000104a46494600', 'hex'), /an image \(JPEG\)/],
	['bzip2', Buffer.from('BZh91AY&SY'), /packed with bzip2, not a list of hosts; unpack it first/],
	['xz', Buffer.from('fd377a585a000004', 'hex'), /packed with xz/],
	['masscan -oB', Buffer.from('masscan/1.1\ns:1700000000\n'), /convert it with masscan to a list \(-oL\)$/],
	['a program', Buffer.from('7f454c46020101000000', 'hex'), /a program/],
	['a packet capture', Buffer.from('d4c3b2a1020004000000', 'hex'), /a packet capture/],
	[
		'unknown bytes',
		Buffer.from(Array.from({length: 300}, (_, index) => (index * 167 + 3) % 256)),
		/this is binary data, not a list of hosts$/,
	],
	[
		'what nmap prints',
		Buffer.from('# Nmap 7.93 scan\nNmap scan report for localhost\n443/tcp open\n'),
		/write the scan with nmap -oX or -oG$/,
	],
	['what masscan prints', Buffer.from('Discovered open port 443/tcp on 127.0.0.1\n'), /write the scan with masscan -oL or -oJ$/],
];

for (const [title, bytes, problem] of others) {
	test(`${title} is named once as what it is, packed or not, however it is cut`, async t => {
		for (const entries of [await readAll(bytes), await readAll(inChunks(bytes, 1)), await readAll(gzipSync(bytes))]) {
			t.is(entries.length, 1);
			t.regex(entries[0]!, problem);
		}
	});
}

const heads = [
	['60 KiB of comments and blank lines before a header are passed over', '# a\r\n\n'.repeat(8500), 'csv'],
	['behind 64 KiB of comments a list is one of lines', '# a\n'.repeat(20_000), 'lines'],
	['a comment of 70 KiB is none of another format', `#${'a'.repeat(70_000)}\n`, 'lines'],
] as const;

for (const [title, head, expected] of heads) {
	test(title, async t => {
		const bytes = Buffer.from(`${head}host,port\na.example,8443\n`);
		const [whole, ...others] = [await readAll(bytes), await readAll(inChunks(bytes, 7)), await readAll(inChunks(bytes, 4096))];
		for (const other of others) {
			t.deepEqual(other, whole);
		}

		t.is(whole!.at(-1)!.includes('!'), expected === 'lines', whole!.at(-1));
	});
}

test('a name that starts as another file does is a name', async t => {
	t.deepEqual(await readAll('masscan.example\nPK.example\nRIFFS.example\n'.slice(0, 27)), [
		'1 masscan.example:443',
		'2 PK.example:443'.toLowerCase(),
	]);
});
