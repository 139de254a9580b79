import {createHash} from 'node:crypto';
import {type HostsFormatName, hostsFormats} from '../../../source/engine/hosts/index.js';
import {readHosts} from '../../../source/engine/hosts/read-hosts.js';
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
			'rows of many cells': filled('a,\n', `host${','.repeat(1000)}\n`),
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
		...(ofFormats[name] ?? {worst: {}, samples: []}),
	})),
	{
		name: 'hosts/auto',
		read: text => readAll('auto', text),
		worst: {'a tail of comments': filled('# a\n'), 'a head that is no line': filled('a')},
		samples: Object.values(ofFormats).flatMap(({samples}) => samples),
	},
	{
		name: 'hosts/byte-by-byte',
		read: text => readAll('auto', text, 1),
		worst: {
			'blank lines': filled('\n'),
			'a line': filled('a'),
			rows: filled('a\n', 'host,port\n'),
			'text of XML': filled('a', '<nmaprun>'),
		},
		samples: [],
	},
];
