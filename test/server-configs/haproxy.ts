import {readFileSync} from 'node:fs';
import test from 'ava';
import haproxy from '../../source/server-configs/haproxy.js';
import {conditionSetting, conditions} from '../helpers/haproxy-conditions.js';
import {fixture} from '../helpers/peers/fixtures.js';
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
listen d
	bind "*:\${NOT_SET_EITHER-448}" ssl crt /x.pem
	bind "\${LIST}" ssl "\${OPTIONS[*]}" crt /x.pem
	bind "$NOT_SET:450" ssl crt /x.pem
listen e
	tcp-request connection expect-proxy layer4 if { src 10.0.0.0/8 }
	bind *:452 ssl crt /x.pem
listen f
	tcp-request connection expect-proxy layer4
	bind *:453 ssl crt /x.pem
`,
		},
		{ADDRESS: '127.0.0.1', LIST: '127.0.0.1:449,127.0.0.2:449', OPTIONS: 'no-alpn ssl-min-ver TLSv1.3'},
	);
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(' +')[0]),
		['127.0.0.1:443:', '::1:444:', '127.0.0.2:445:', '*:446 PROXY 1:', '*:448:', '127.0.0.1:449:', '127.0.0.2:449:', '*:453 PROXY 1:'],
	);
	t.deepEqual(notes, [
		'haproxy.cfg:8: bind /run/b.sock is left out: it is not an address and port that can be probed',
		'haproxy.cfg:15: bind $NOT_SET:450 is left out: a variable in it is not set here',
		'haproxy.cfg:18: bind *:452 is left out: it expects the PROXY protocol from some clients, which are not known',
	]);
	t.is(places[2], 'haproxy.cfg:5: bind ipv4@127.0.0.2:445 ssl');
	t.is(places[5], 'haproxy.cfg:14: bind $LIST ssl ssl-min-ver TLSv1.3');
});

test('a range is a port each, and what listens by IPv6 alone is looked for there', t => {
	const {endpoints, notes} = readWith(haproxy, {
		'h.cfg':
			'listen a\n\tbind 127.0.0.1:8000-8002 ssl crt /x\n\tbind ipv6@:443 ssl crt /x\n\tbind :1-60000 ssl crt /x\n\tbind quic4@:443 ssl crt /x\n',
	});
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(': ')[0]),
		['127.0.0.1:8000', '127.0.0.1:8001', '127.0.0.1:8002', '::1:443'],
	);
	t.deepEqual(notes, [
		'h.cfg:4: bind :1-60000 is left out: it is not an address and port that can be probed',
		'h.cfg:5: bind quic4@:443 is left out: it is not an address and port that can be probed',
	]);
});

test('certificates of ssl-f-use are loaded from the last line to the first, behind those of the bind line', t => {
	const certificate = readFileSync(fixture('ecdsa-p256'), 'utf8');
	const {endpoints, notes, places} = readWith(haproxy, {
		'h.cfg': `frontend a
	ssl-f-use crt a.pem ssl-min-ver TLSv1.3
	ssl-f-use crt gone.pem ssl-max-ver TLSv1.2
	bind :443 ssl
frontend b
	bind :444 ssl crt a.pem
	ssl-f-use crt a.pem ssl-min-ver TLSv1.3
`,
		'a.pem': certificate,
	});
	t.deepEqual(endpoints, [
		'*:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
		'*:443 peer.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:443 any.peer.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:444: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
	]);
	t.is(places[0], 'h.cfg:3: ssl-f-use crt gone.pem ssl-max-ver TLSv1.2');
	t.deepEqual(notes, [
		'h.cfg:3: ssl-f-use crt gone.pem ssl-max-ver TLSv1.2 is left out: gone.pem cannot be read, so its names are not known',
	]);
});

test('without a name, the first certificate of a crt-list says the versions from HAProxy 3.0 on', t => {
	const texts = {
		'h.cfg': 'frontend f\n bind :443 ssl crt-list l.txt\n bind :444 ssl crt-list l2.txt\n bind :445 ssl crt x.pem crt-list l.txt\n',
		'l.txt': 'x.pem [ssl-min-ver TLSv1.3] three.test\nx.pem [ssl-max-ver TLSv1.2] two.test\n',
		'l2.txt': 'x.pem [ssl-min-ver TLSv1.3] three.test\nx.pem [ssl-max-ver TLSv1.2] *\n',
	};
	const unnamed = (version?: string): readonly string[] =>
		readWith(haproxy, texts, {}, version).endpoints.filter(endpoint => /^\S+: /.test(endpoint));
	const [whole, third] = ['+1.2 1.3 -ssl2 ssl3 1.0 1.1', '+1.3 -ssl2 ssl3 1.0 1.1 1.2'];
	t.deepEqual(unnamed('2.6.12'), [`*:443: ${whole}`, `*:444: ${whole}`, `*:445: ${whole}`]);
	t.deepEqual(unnamed('3.5-dev5'), [`*:443: ${third}`, '*:444: + -ssl2 ssl3 1.0 1.1', `*:445: ${whole}`]);
	t.deepEqual(unnamed(), ['*:443: +1.3 -ssl2 ssl3 1.0 1.1', '*:444: + -ssl2 ssl3 1.0 1.1', `*:445: ${whole}`]);
	t.true(readWith(haproxy, texts).notes.some(note => note.includes('its versions depend on HAProxy 3.0 or later')));
});

test('a folder stands for the files in it', t => {
	const files = filesOf({'d/1.cfg': 'global\n', 'd/2.cfg': 'frontend a\n bind :443 ssl\n', 'd/3.txt': 'frontend b\n bind :444 ssl\n'});
	t.deepEqual(
		haproxy.read('/etc/d', files).endpoints.map(({port}) => port),
		[443],
	);
	t.throws(() => haproxy.read('/etc/none.cfg', files), {message: 'there is no file /etc/none.cfg'});
});

test("a name of a crt-list has the versions of its brackets; what these leave open is the bind line's, as far as it is sure which", t => {
	const certificate = readFileSync(fixture('ecdsa-p256'), 'utf8');
	const texts = {
		'haproxy.cfg': `global
	crt-base certs
	ssl-default-bind-options ssl-min-ver TLSv1.1
frontend edge
	bind :443 ssl crt-list list.txt
	bind :444 ssl crt-list list.txt ssl-max-ver TLSv1.2
	bind :445 ssl crt-list none.txt
	bind :446 ssl crt one.pem crt-list list.txt strict-sni
`,
		'list.txt': `# names
one.pem [ssl-min-ver TLSv1.3]
two.pem [ alpn h2 ssl-max-ver TLSv1.2 ] *.wild.test !no.wild.test b.test
two.pem c.test

gone.pem [ssl-min-ver TLSv1.2]
two.pem [ssl-min-ver TLSv1.3] b.test
rsa.pem [ssl-min-ver TLSv1.2] any.wild.test
two.pem [ssl-min-ver TLSv1.3] !*
`,
		'certs/one.pem': certificate,
		'certs/two.pem': certificate,
		'certs/rsa.pem': readFileSync(fixture('rsa'), 'utf8'),
	};
	const {endpoints, notes, places} = readWith(haproxy, texts, {}, '2.6.12');
	t.deepEqual(endpoints, [
		'*:443: +1.1 1.2 1.3 -ssl2 ssl3 1.0',
		'*:443 peer.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:443 any.peer.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:443 any.wild.test: +1.2 -ssl2 ssl3 1.0',
		'*:443 b.test: +1.1 1.2 -ssl2 ssl3 1.0 1.3',
		'*:444: +1.1 1.2 -ssl2 ssl3 1.0 1.3',
		'*:444 peer.test: + -ssl2 ssl3 1.0 1.1 1.2',
		'*:444 any.peer.test: + -ssl2 ssl3 1.0 1.1 1.2',
		'*:444 any.wild.test: +1.2 -ssl2 ssl3 1.0',
		'*:444 b.test: +1.1 1.2 -ssl2 ssl3 1.0 1.3',
		'*:445: +1.1 1.2 1.3 -ssl2 ssl3 1.0',
		'*:446 peer.test: +1.1 1.2 1.3 -1.0',
		'*:446 any.peer.test: +1.1 1.2 1.3 -1.0',
		'*:446 any.wild.test: +1.2 -1.0',
		'*:446 b.test: +1.1 1.2 -1.0 1.3',
		'*:446 c.test: +1.1 1.2 1.3 -1.0',
	]);
	t.is(places[4], 'list.txt:3: two.pem [alpn h2 ssl-max-ver TLSv1.2]');
	t.true(notes.includes('list.txt:6: gone.pem [ssl-min-ver TLSv1.2] is left out: gone.pem cannot be read, so its names are not known'));
	t.true(notes.includes('haproxy.cfg:7: crt-list none.txt cannot be read: its versions are not checked'));
});

test('haproxy: conditions on the version hold by the version that is named, and agree with each other where none is', t => {
	const text = `frontend f
.if version_atleast(3.0)
	bind :1 ssl crt /x
.endif
.if version_before(3.0)
	bind :2 ssl crt /x
.endif
.if version_atleast(2.2)
	bind :3 ssl crt /x
.endif
.if version_before(2.9) && version_atleast(3.1)
	bind :4 ssl crt /x
.endif
`;
	const ports = (version?: string): readonly string[] =>
		readWith(haproxy, {'h.cfg': text}, {}, version).endpoints.map(endpoint => endpoint.split(': ')[0]!);
	t.deepEqual(ports('2.6'), ['*:2', '*:3']);
	t.deepEqual(ports('3.0-dev1'), ['*:2', '*:3']);
	t.deepEqual(ports('3.0.0'), ['*:1', '*:3']);
	t.deepEqual(ports(), ['*:3']);
	t.notRegex(readWith(haproxy, {'h.cfg': text}).notes.join(), /bind :4/);
});

test('what is the value of a parameter is no parameter', t => {
	const {endpoints, listeners} = readWith(haproxy, {
		'h.cfg': 'frontend f\n bind :8080 name ssl\n bind :8443 name web ssl crt strict-sni\n bind :8444 ssl crt accept-proxy id no-tlsv13\n',
	});
	t.deepEqual(endpoints, ['*:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:8444: +1.2 1.3 -ssl2 ssl3 1.0 1.1']);
	t.is(listeners, 3);
});

test('IPv4 beside IPv6 alone, and what listens in other sections than frontend and listen', t => {
	const {endpoints, notes} = readWith(haproxy, {
		'h.cfg': `global
	localpeer one
	stats socket :9000 ssl crt /x ssl-min-ver TLSv1.3
frontend f
	bind :8443 ssl crt /x ssl-min-ver TLSv1.2
	bind :::8443 v6only ssl crt /x ssl-min-ver TLSv1.3
	bind [::]:8444 v4v6 ssl crt /x
	bind stream+ipv6@*:8445 ssl crt /x
frontend off
	disabled
	bind :1 ssl crt /x
ring r
	server s 127.0.0.1:9 ssl
log-forward syslog
	bind 127.0.0.1:2514 ssl crt /x ssl-min-ver TLSv1.0
peers new
	default-bind ssl crt /x
	bind 127.0.0.1:1024 ssl-min-ver TLSv1.3
	server one
	server two 192.0.2.1:1024
peers old
	default-bind ssl crt /x
	peer one 127.0.0.1:1025
	peer two 192.0.2.1:1025
`,
	});
	t.deepEqual(endpoints, [
		'*:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		'::1:8443: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:8444: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		'::1:8445: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		'127.0.0.1:2514: +1.0 1.1 1.2 1.3 -ssl2 ssl3',
		'127.0.0.1:1024: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'127.0.0.1:1025: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
	]);
	t.deepEqual(notes, []);
	const unnamed = readWith(haproxy, {'h.cfg': 'peers p\n default-bind ssl crt /x\n peer one :1\n'});
	t.deepEqual(unnamed.notes, ['h.cfg:3: peer one is left out: it listens only where it is the local peer, and localpeer is not set']);
});

for (const [condition, holds] of conditions) {
	test(`.if ${condition} ${holds ? 'holds' : 'does not hold'}`, t => {
		const {endpoints, notes} = readWith(haproxy, {
			'haproxy.cfg': `${conditionSetting}frontend edge
.if ${condition} # comment
	bind 127.0.0.1:1 ssl crt /x.pem
.else
	bind 127.0.0.1:2 ssl crt /x.pem
.endif
`,
		});
		t.deepEqual([endpoints.length, endpoints[0]!.split(' ')[0], notes], [1, holds ? '127.0.0.1:1:' : '127.0.0.1:2:', []]);
	});
}

test('what the file does not decide is not guessed: only what is the same either way is stated', t => {
	const {endpoints, notes} = readWith(haproxy, {
		'haproxy.cfg': `global
.if version_before(2.2)
	.alert "too old"
.elif feature(QUIC) || defined(LEGACY)
	ssl-default-bind-options ssl-min-ver TLSv1.1
.else
	ssl-default-bind-options ssl-min-ver TLSv1.2
.endif
frontend edge
	bind :443 ssl crt /x.pem
	bind :444 ssl crt /x.pem force-tlsv13
.if feature(QUIC)
	bind :445 ssl crt /x.pem
.elif !feature(QUIC)
	bind :446 ssl crt /x.pem
.endif
.if defined(LEGACY) && 0
	bind :447 ssl crt /x.pem
.endif
`,
	});
	t.deepEqual(endpoints, ['*:443: +1.2 1.3 -ssl2 ssl3 1.0', '*:444: +1.3 -ssl2 ssl3 1.0 1.1 1.2']);
	const questions = 'feature(QUIC) and defined(LEGACY)';
	t.deepEqual(notes, [
		`haproxy.cfg:10: bind :443 ssl with ssl-default-bind-options: its versions depend on ${questions}, which the files do not say: only what is the same either way is checked`,
		`haproxy.cfg:13: bind :445 ssl with ssl-default-bind-options: is left out: whether it exists depends on ${questions}, which the files do not say`,
		`haproxy.cfg:15: bind :446 ssl with ssl-default-bind-options: is left out: whether it exists depends on ${questions}, which the files do not say`,
	]);
});

test('what a variable holds is in no message', t => {
	const environment = {PASSWORD: 'hunter2'};
	const {notes} = readWith(haproxy, {'haproxy.cfg': '.if streq("$PASSWORD","$OTHER")\nlisten a\n\tbind :1 ssl\n.endif\n'}, environment);
	t.deepEqual(notes, [
		'haproxy.cfg:3: bind :1 ssl: is left out: whether it exists depends on streq($PASSWORD,$OTHER), which the files do not say',
	]);
	t.throws(() => readWith(haproxy, {'haproxy.cfg': '.if "$PASSWORD" 1\n.endif\n'}, environment), {
		message: /haproxy\.cfg:1: text after its end: \.if "\$PASSWORD" 1$/,
	});
});

for (const [title, lines, message] of [
	['an .if that is not closed', '.if 1\n', /haproxy\.cfg:1: \.if without \.endif/],
	['an .endif of nothing', '.endif\n', /haproxy\.cfg:1: \.endif without \.if/],
	['two times .else', '.if 1\n.else\n.else\n.endif\n', /haproxy\.cfg:3: \.else without \.if/],
	['a condition that does not end', '.if (1\n.endif\n', /haproxy\.cfg:1: missing closing parenthesis: \.if \(1/],
	['a condition of two words', '.if 1 2\n.endif\n', /haproxy\.cfg:1: text after its end: \.if 1 2/],
	['an .alert that is met', '.if 1\n.alert "no"\n.endif\n', /haproxy\.cfg:2: HAProxy would not start: \.alert "no"/],
	[
		'more conditions than can be followed',
		`${Array.from({length: 9}, (_, index) => `.if feature(F${index})\n.endif\n`).join('')}`,
		/too many conditions depend on something outside the files/,
	],
] as const) {
	test(`${title} is an error that says so`, t => {
		t.throws(() => readWith(haproxy, {'haproxy.cfg': lines}), {name: 'ConfigurationError', message});
	});
}

test('haproxy: what a variable of the environment holds is in no message', t => {
	const environment = {SECRET: 'hunter2,hunter3', WORDS: 'hunter4 hunter5'};
	const text = `global
	setenv COPY "$SECRET"
listen a
	bind "\${SECRET}:99999" ssl crt /x
	bind "\${COPY}:99999" ssl crt /x
	bind "\${WORDS[*]}" ssl crt /x
	bind :443 ssl crt /x crt-list "$SECRET"
	bind :444 ssl ssl-min-ver "\${SECRET}"
	bind "\${SECRET}:445" ssl ssl-min-ver TLSv1.2
`;
	const {notes, places} = readWith(haproxy, {'haproxy.cfg': text}, environment);
	t.notRegex([...notes, ...places].join('\n'), /hunter/);
	t.true(notes.includes('haproxy.cfg:4: bind $SECRET:99999 is left out: it is not an address and port that can be probed'));
	t.true(notes.includes('haproxy.cfg:7: crt-list $SECRET cannot be read: its versions are not checked'));
	t.true(places.includes('haproxy.cfg:9: bind $SECRET:445 ssl ssl-min-ver TLSv1.2'));
});
