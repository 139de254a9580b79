import test from 'ava';
import haproxy from '../../source/proxies/haproxy.js';
import {filesOf, readWith} from '../helpers/proxies.js';

/** What `bind` and the defaults come to, by HAProxy's own rule. */
const cases: readonly (readonly [defaults: string, bind: string, accepted: string])[] = [
	['', '', '1.2 1.3'],
	['', 'ssl-min-ver TLSv1.0', '1.0 1.1 1.2 1.3'],
	['', 'ssl-max-ver TLSv1.2', '1.2'],
	['', 'ssl-max-ver TLSv1.1', '1.1'],
	['', 'ssl-min-ver TLSv1.1 ssl-max-ver TLSv1.2', '1.1 1.2'],
	['', 'force-tlsv12', '1.2'],
	['', 'no-tlsv12', '1.3'],
	['', 'no-tlsv10', '1.2 1.3'],
	['', 'ssl-min-ver TLSv1.0 no-tlsv11', '1.0 1.1 1.2 1.3'],
	['ssl-min-ver TLSv1.3 no-tls-tickets', '', '1.3'],
	['ssl-min-ver TLSv1.3', 'ssl-min-ver TLSv1.1', '1.1 1.2 1.3'],
	['ssl-max-ver TLSv1.2', 'ssl-min-ver TLSv1.0', '1.0 1.1 1.2'],
	['no-tlsv13', '', '1.2'],
];

for (const [defaults, bind, accepted] of cases) {
	test(`defaults ${JSON.stringify(defaults)}, bind ${JSON.stringify(bind)}: ${accepted}`, t => {
		const {endpoints} = readWith(haproxy, {
			'haproxy.cfg': `global\n${defaults && `\tssl-default-bind-options ${defaults}\n`}frontend edge\n\tbind :443 ssl crt /x.pem ${bind}\n`,
		});
		t.regex(endpoints.join(), new RegExp(`^\\*:443: \\+${accepted.replaceAll('.', '\\.')} -`));
	});
}

test('addresses in every spelling, quotes, variables and comments', t => {
	const {endpoints, notes, places} = readWith(
		haproxy,
		{
			'haproxy.cfg': `defaults
	mode http
frontend a # the first
	bind "\${ADDRESS}":443,[::1]:444 ssl crt /x.pem
	bind ipv4@127.0.0.2:445 ssl crt /x.pem alpn h2,http/1.1
	bind :80
listen b
	bind /run/b.sock ssl crt /x.pem
	bind *:446 accept-proxy ssl crt /x.pem
backend c
	server one 127.0.0.1:447 ssl verify none
`,
		},
		{ADDRESS: '127.0.0.1'},
	);
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(' +')[0]),
		['127.0.0.1:443:', '::1:444:', '127.0.0.2:445:'],
	);
	t.deepEqual(notes, [
		'haproxy.cfg:8: bind /run/b.sock is left out: it is no address and port',
		'haproxy.cfg:9: bind *:446 is left out: it wants the PROXY protocol first',
	]);
	t.is(places[2], 'haproxy.cfg:5: bind ipv4@127.0.0.2:445 ssl');
});

test('a folder stands for the files in it', t => {
	const files = filesOf({'d/1.cfg': 'global\n', 'd/2.cfg': 'frontend a\n bind :443 ssl\n', 'd/3.txt': 'frontend b\n bind :444 ssl\n'});
	t.deepEqual(
		haproxy.read('/etc/d', files).endpoints.map(({port}) => port),
		[443],
	);
	t.throws(() => haproxy.read('/etc/none.cfg', files), {message: 'there is no file /etc/none.cfg'});
});
