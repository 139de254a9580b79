import {createHash} from 'node:crypto';
import {parseTarget} from '../../../source/engine/target.js';
import {type HostsFormatName, hostsFormats} from '../../../source/lists/formats/index.js';
import {readHosts} from '../../../source/lists/read-hosts.js';
import {filled, type InputReader, numbered} from './reader.js';
import {bytesOf, fixturesIn} from './text-of.js';

type OfFormat = Pick<InputReader, 'starts' | 'worst' | 'samples'>;

const distinct = (index: number): string => String.fromCodePoint(0x4e00 + (index % 20_000));

const ofFormats: Readonly<Record<string, OfFormat>> = {
	lines: {
		starts: ['https://', 'a:', '[', '1.1.1.1-', '192.0.2.1/', 'socks5://a:b'],
		worst: {
			'an unreadable line with a login': filled('//a:b@'),
			'a name in letters that all differ': size => Buffer.from(numbered(distinct)(size / 3)).toString('latin1'),
			'ports of one host': numbered(index => `${(index % 60_000) + 1},`, 'a:', '1'),
			'lines that differ': numbered(index => `${createHash('md5').update(String(index)).digest('hex')}.test:443\n`),
			blocks: numbered(index => `10.${index % 256}.0.0/16\n`, '', ' '),
		},
		samples: fixturesIn('hosts', '.txt'),
	},
	csv: {
		starts: ['host,port\n', 'host;port\n', 'host\tport\n', 'host,port\n"', 'sep=;\nhost'],
		worst: {
			'a quote that does not close': filled('a\n', 'host\n"'),
			'quotes that close one another': filled('"a\n', 'host\n'),
			'a header of many columns': numbered(index => `,a${index}`, 'host', '\na,b\n'),
			'rows of many cells': filled(`${'a'.repeat(60)},\n`, `host${numbered(index => `,a${index}`)(2000)}\n`),
			'a header as long as the rows': size => `host${filled(',a')(size / 2)}\n${filled(`${'a'.repeat(60)},\n`)(size / 2)}`,
		},
		samples: [...fixturesIn('hosts', '.csv'), ...fixturesIn('hosts', '.tsv')],
	},
	'nmap-grepable': {
		starts: ['Host: 192.0.2.1 ()\tPorts: ', 'Host: 192.0.2.1 ('],
		worst: {
			'open ports': numbered(index => `${(index % 60_000) + 1}/open/tcp//https///, `, 'Host: 192.0.2.1 ()\tPorts: '),
			hosts: filled('Host: 192.0.2.1 ()\tPorts: 443/open/tcp//https///\n'),
		},
		samples: fixturesIn('hosts', '.gnmap'),
	},
	'masscan-list': {
		starts: ['open tcp 443 192.0.2.1 1700000000\n', 'open tcp 443 '],
		worst: {
			'open ports': numbered(index => `open tcp ${(index % 60_000) + 1} 192.0.2.1 1700000000\n`),
			'a banner': filled('a ', 'banner tcp 443 192.0.2.1 1700000000 '),
			'blanks in a line': filled(' ', 'open tcp 443 192.0.2.1', 'a\n'),
		},
		samples: fixturesIn('hosts', '.txt').filter(text => text.includes('open tcp ')),
	},
	'masscan-json': {
		starts: ['[\n', '{"ip": "192.0.2.1", "ports": [', '{"ip": "'],
		worst: {
			'objects in objects': filled('{', ''),
			objects: filled('{"ip": "192.0.2.1", "ports": [{"port": 443, "proto": "tcp", "status": "open"}]},\n', '[\n'),
			'ports of one object': numbered(index => `{"port": ${(index % 60_000) + 1}},`, '{"ip": "192.0.2.1", "ports": [', '{"port": 1}]}\n'),
			'strings that do not end': filled('{"\n'),
			'backslashes in a string': filled('\\', '{"'),
			'what is no object': filled('a\n', '[\n{"ip": "192.0.2.1", "ports": []}\n'),
			'blanks between them': filled(' ', '{'),
		},
		samples: [...fixturesIn('hosts', '.json'), ...fixturesIn('hosts', '.ndjson')],
	},
	'rank-domain': {
		starts: ['1,a.test\n', '1,', '"1"\t"'],
		worst: {
			'a name that does not fit': filled('a', '1,', ';x'),
			'digits of a rank': filled('1', '', 'a'),
			rows: numbered(index => `${index + 1},a${index}.test\n`),
		},
		samples: fixturesIn('hosts', 'rank-domain.csv'),
	},
	'ansible-ini': {
		starts: ['[web]\n', 'a ', 'a ansible_host=', '[', 'a[', '[web]\na a="'],
		worst: {
			'variables of one host': numbered(index => `a${index}=b `, 'a '),
			'variables that are none': filled('ansible_ ', 'a '),
			'quotes of both kinds': filled('"\'', 'a a='),
			'quotes that do not close': filled(' a="b', 'a'),
			'ranges of one host': filled('[0:0]', 'a'),
			'ranges that multiply': filled('a[0:9]\n'),
			'hosts that differ': numbered(index => `a${index} ansible_host=192.0.2.1\n`),
			'the same host': filled('a ansible_host=192.0.2.1\n'),
			'heads of sections': numbered(index => `[a${index}]\n`),
			'a head of blanks': filled(' ', '[a]', 'x\n'),
		},
		samples: fixturesIn('hosts', '.ini'),
	},
	'ansible-yaml': {
		starts: ['all:\n', 'all:\n  hosts:\n    ', 'all:\n  hosts:\n    a: {', 'all:\n  hosts: "', '---\n'],
		worst: {
			'groups in groups': size => numbered(index => `${' '.repeat(index)}a:\n`)(size),
			'children in children': size => numbered(index => `${' '.repeat(2 * index)}a:\n${' '.repeat(2 * index + 1)}children:\n`)(size),
			'hosts that differ': numbered(index => `    a${index}:\n      ansible_host: 192.0.2.1\n`, 'all:\n  hosts:\n'),
			'variables in braces': numbered(index => `a${index}: b, `, 'all:\n  hosts:\n    a: {', '}\n'),
			'braces in braces': filled('{a: ', 'all:\n  hosts:\n    a: '),
			'blanks before a comment': filled(' ', 'all:\n  hosts:\n    a: b', 'x\n'),
			'a key of colons': filled(':', 'all:\n  hosts:\n    a'),
			'a key of quotes': filled('"a" ', 'all:\n  hosts:\n    '),
		},
		samples: fixturesIn('hosts', '.yaml'),
	},
	'nmap-xml': {
		starts: ['<nmaprun>', '<nmaprun><host>', '<nmaprun a="', '<nmaprun><!--', '<!DOCTYPE nmaprun ['],
		worst: {
			'elements in elements': filled('<a>', '<nmaprun>'),
			'ports of one host': numbered(
				index => `<port protocol="tcp" portid="${(index % 60_000) + 1}"><state state="open"/></port>`,
				'<nmaprun><host><address addr="192.0.2.1"/>',
				'</host></nmaprun>',
			),
			references: filled('&amp;', '<nmaprun>'),
		},
		samples: fixturesIn('hosts', '.xml'),
	},
};

/** Starts, and units that a reader would go over again and again, if it did. */
const repeated: Readonly<Record<string, ReadonlyArray<readonly [start: string, unit: string]>>> = {
	lines: [
		['', ':'],
		['', 'a,'],
		['', '1-'],
		['', '[::]-'],
		['[', 'a:'],
		['', ' #'],
		['', '//@'],
	],
	csv: [
		['host,port\n', '"'],
		['host,port\n', '"\n'],
		['host,port\n"', '""\n'],
		['host,ip\n"a","', '1.1.1.1 '],
		['', 'host,'],
		['host|port\n', '-|'],
	],
	'nmap-grepable': [
		['Host: 127.0.0.1 ()\tPorts: ', '1/open/tcp////, '],
		['', 'Host: ('],
	],
	'nmap-xml': [
		['<nmaprun>', '<host><address addr="127.0.0.1"/></host>'],
		['<nmaprun><host>', '<port portid="1" protocol="tcp"><state state="open"/></port>'],
		['<nmaprun a="', '&amp;'],
	],
	'masscan-list': [
		['', 'open tcp 1 '],
		['', 'open tcp 1 ::1 1\n'],
	],
	'masscan-json': [
		['[', '{"a":'],
		['[{"a":"', '\\"'],
		['', '{}'],
		['', '"\n'],
	],
	'rank-domain': [
		['', '1,a\n'],
		['1,', 'a '],
	],
	'ansible-ini': [
		['', '[a'],
		['a ', '"\''],
		['a ', 'a=" '],
		['', 'a[0:1]'],
		['[', ':'],
	],
	'ansible-yaml': [
		['', ' :'],
		['a:\n hosts:\n', '  b:\n'],
		['a:\n hosts:\n  b: {', 'c: d,'],
		['', ': #"'],
	],
};

const worstOf = (format: string): InputReader['worst'] => ({
	...ofFormats[format]?.worst,
	...Object.fromEntries((repeated[format] ?? []).map(([start, unit]) => [JSON.stringify(start + unit.repeat(2)), filled(unit, start)])),
});

const targetUnits = [':', '0.', '[', '.', '1', '/1', '-1', 'f:', '::/', 'a@', '。', '%25', '://'];

async function* inPieces(text: string, size = 4096): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < text.length; start += size) {
		yield bytesOf(text.slice(start, start + size));
	}
}

async function readAll(format: HostsFormatName | 'auto', text: string, size?: number): Promise<void> {
	for await (const _ of readHosts({file: 'list', bytes: inPieces(text, size), format})) {
	}
}

export const hostsReaders: readonly InputReader[] = [
	...hostsFormats.map(({name}) => ({
		name: `hosts/${name}`,
		read: (text: string) => readAll(name, text),
		starts: ofFormats[name]?.starts ?? [],
		worst: worstOf(name),
		samples: ofFormats[name]?.samples ?? [],
	})),
	{
		name: 'hosts/target',
		read: parseTarget,
		starts: ['https://', 'a:', '[', 'smtp://'],
		worst: Object.fromEntries(targetUnits.map(unit => [unit, size => filled(unit)(size)])),
		samples: ['example.com:443', 'https://[2001:db8::1]:8443/', 'smtp://mail.example.com', '192.0.2.1'],
	},
	{
		name: 'hosts/auto',
		read: text => readAll('auto', text),
		worst: {
			'a head of comments': filled('# a\n'),
			'a head of blank lines': filled('\n'),
			'a head that is no line': filled('a'),
			'a rank and a name that does not fit': filled('a', '1,', ' x'),
			'a first word without an end': filled('ansible_ ', 'a '),
		},
		samples: Object.values(ofFormats).flatMap(({samples}) => samples),
	},
	{
		name: 'hosts/in-small-pieces',
		read: text => readAll('auto', text, 16),
		worst: {
			'blank lines': filled('\n'),
			comments: filled('# a\n'),
			'a line': filled('a'),
			rows: filled('a\n', 'host,port\n'),
			'text of XML': filled('a', '<nmaprun>'),
		},
		samples: [],
	},
];
