import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {configuredEndpoints} from '../../source/checks/configured-endpoints.js';
import {readConfiguration} from '../../source/commands/checking/read-configuration.js';

function makeFolder(t: ExecutionContext): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-configured-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

type Asked = {
	readonly configType?: string;
	readonly configVersion?: string | undefined;
	readonly configHost?: string;
	readonly environment?: Readonly<Record<string, string>>;
};

/** What is asked of a configuration, and what is said of it. The version is named, so that no program of this machine is asked. */
function read(t: ExecutionContext, text: string, {environment = {}, ...more}: Asked = {}) {
	const folder = makeFolder(t);
	const file = path.join(folder, 'main.conf');
	writeFileSync(file, text);
	const flags = {configType: undefined, configVersion: '2.4.58', configHost: undefined, ...more};
	const short = (words: string): string => words.replaceAll(`${folder}${path.sep}`, '');
	try {
		const {endpoints, notes} = configuredEndpoints({...readConfiguration(file, flags, {environment}), expect: []});
		return {
			endpoints: endpoints.map(({target, name}) => (name === undefined ? target.target : `${target.target} ${name}`)),
			notes: notes.map(short),
		};
	} catch (error) {
		return {refused: short((error as Error).message)};
	}
}

const plain = 'http { server { listen 8080; } }';

const refusals: readonly (readonly [title: string, text: string, more: Asked, message: string])[] = [
	['listeners without TLS', plain, {}, 'main.conf: nothing in it accepts TLS'],
	[
		'no listener',
		'http { include none/*.conf; }',
		{},
		"main.conf: no listener was found in it, read as nginx's; set another product with --config-type",
	],
	[
		'what is not read beside what is plain',
		'Listen 443\n<VirtualHost *:443>\nNSSEngine on\n</VirtualHost>\n',
		{},
		'main.conf: nothing that accepts TLS was found in it, and not all of it was read:\nmain.conf:3: NSSEngine on: the settings of mod_nss are not read; probe its port instead',
	],
	[
		'a configuration of Dovecot',
		readFileSync(path.join('fixtures', 'server-configs', 'kinds', 'dovecot.conf'), 'utf8'),
		{},
		'--config main.conf: it looks like a configuration of Dovecot, which is not supported; probe its ports instead: tlsprobe HOST:993, or tlsprobe --starttls imap HOST:143',
	],
	[
		'a configuration of Dovecot that is said to be of HAProxy',
		readFileSync(path.join('fixtures', 'server-configs', 'kinds', 'dovecot.conf'), 'utf8'),
		{configType: 'haproxy'},
		"main.conf: nothing that accepts TLS was found in it, read as haproxy's; it looks like a configuration of Dovecot, which is not supported",
	],
	['a version that is none', plain, {configVersion: 'latest'}, '--config-version takes a version such as 2.4 or 3.2.1, not "latest"'],
];

for (const [title, text, more, message] of refusals) {
	test(`${title}: what is said is true of what was understood`, t => {
		t.deepEqual(read(t, text, more), {refused: message});
	});
}

test('what no product is recognised in is named with what to do', t => {
	t.regex(
		read(t, 'hello\n').refused ?? '',
		/^--config main\.conf: the product was not recognised; set it with --config-type .* or nginx.*; probe the ports of any other product: tlsprobe HOST:PORT$/,
	);
});

test('what listens on every address is not looked for where another listener answers', t => {
	const text = 'http { ssl_protocols TLSv1.3;\nserver { listen 443 ssl; }\nserver { listen 127.0.0.1:443 ssl; ssl_protocols TLSv1.2; }\n}';
	t.deepEqual(read(t, text), {
		endpoints: ['127.0.0.1:443'],
		notes: [
			'main.conf:1: ssl_protocols TLSv1.3: left out: another listener answers at 127.0.0.1:443; set another address with --config-host',
		],
	});
	t.deepEqual(read(t, text, {configHost: '127.0.0.2'}).endpoints, ['127.0.0.2:443', '127.0.0.1:443']);
});

test('an address that is none is left out, and nothing else is lost', t => {
	const text =
		'Listen 443\n<VirtualHost [2001:db8::1]>\nSSLEngine on\n</VirtualHost>\n<VirtualHost -.-:443>\nSSLEngine on\n</VirtualHost>\n';
	const {endpoints, notes} = read(t, text);
	t.deepEqual(endpoints, ['[2001:db8::1]:443']);
	t.regex(notes?.join('\n') ?? '', /main\.conf:5: the default of SSLProtocol: left out: the address is not a host$/);
});

test('of several servers with a name, the first is asked for', t => {
	const name = (version: string): string =>
		`<VirtualHost *:443>\nServerName a.test\nSSLEngine on\nSSLProtocol ${version}\n</VirtualHost>\n`;
	t.deepEqual(read(t, `${name('TLSv1.2')}${name('TLSv1.3')}`).endpoints, ['127.0.0.1:443', '127.0.0.1:443 a.test']);
});

test('the version of the program that is installed counts where none is named, and where the file depends on it', t => {
	if (process.platform === 'win32') {
		t.pass('programs are no scripts there');
		return;
	}

	const folder = makeFolder(t);
	const program = path.join(folder, 'nginx');
	const write = (script: string): void => {
		writeFileSync(program, `#!/bin/sh\n${script}\n`);
		chmodSync(program, 0o755);
	};
	const open = 'http { server { listen 443 ssl; } }';
	const said = (more: Asked = {}, text = open) =>
		(read(t, text, {configVersion: undefined, environment: {PATH: folder}, ...more}).notes ?? []).map(note => note.split(/[:;,] /)[0]);
	write('echo "nginx version: nginx/1.29.5" >&2');
	t.deepEqual(said(), ['read as nginx 1.29.5 does']);
	t.deepEqual(said({}, 'http { ssl_protocols TLSv1.3; server { listen 443 ssl; } }'), []);
	t.deepEqual(said({configHost: '127.0.0.2'}), ['main.conf:1']);
	t.deepEqual(said({configVersion: '1.29'}), []);
	// A folder that is named from where the user is may be a stranger's.
	t.notDeepEqual(said({environment: {PATH: path.relative(process.cwd(), folder)}}), ['read as nginx 1.29.5 does']);
	write('echo nonsense');
	t.deepEqual(said(), ['main.conf:1']);
});
