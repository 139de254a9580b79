import test from 'ava';
import {parseHostsFile} from '../../source/transport/hosts-file.js';

test('each name has its addresses in the order of the file, each once', t => {
	const text = [
		'# comment',
		'',
		'127.0.0.1 localhost Local.Example',
		'::1\tlocalhost ip6-localhost # the same',
		'127.0.0.1 localhost',
		'fe80::1%eth0 router.example',
		'not-an-address name.example',
		'127.0.0.2',
		'  127.0.0.3   indented.example  ',
		'127.0.0.4 last.example',
	].join('\r\n');
	t.deepEqual(Object.fromEntries(parseHostsFile(text)), {
		localhost: [
			{address: '127.0.0.1', family: 4},
			{address: '::1', family: 6},
		],
		'local.example': [{address: '127.0.0.1', family: 4}],
		'ip6-localhost': [{address: '::1', family: 6}],
		'router.example': [{address: 'fe80::1', family: 6}],
		'indented.example': [{address: '127.0.0.3', family: 4}],
		'last.example': [{address: '127.0.0.4', family: 4}],
	});
});

test('names that every object knows are only names', t => {
	const hosts = parseHostsFile('127.0.0.1 constructor __proto__\n');
	t.deepEqual(hosts.get('constructor'), [{address: '127.0.0.1', family: 4}]);
	t.is(hosts.get('tostring'), undefined);
});
