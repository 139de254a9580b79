import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

test('masscan -oL: what masscan 1.3.2 wrote of a scan of this machine is read', async t => {
	t.deepEqual(await readAll(hostsFixture('masscan-1.3.2.txt')), ['2 127.0.0.1:34619', '3 127.0.0.1:41265', '4 127.0.0.1:35195']);
});

test('a port that is not open is none, what a service said is of an open one, and another line is named', async t => {
	const text =
		'#masscan\nclosed tcp 80 127.0.0.1 1700000000\nbanner tcp 443 127.0.0.1 1700000000 ssl TLS/1.2\nopen tcp 99999 127.0.0.1 1700000000\nopen tcp 443\n# end\n';
	t.deepEqual(await readAll(text), [
		'3 127.0.0.1:443',
		'4 ! open tcp 99999 127.0.0.1 1700000000: not a line of masscan -oL',
		'5 ! open tcp 443: not a line of masscan -oL',
	]);
});
