import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

test('the second column is the host, and the rank is carried through', async t => {
	t.deepEqual(await readAll(hostsFixture('rank-domain.csv')), [
		'1 a.example.com:443 {"extra":{"rank":"1"}}',
		'2 b.example.com:443 {"extra":{"rank":"2"}}',
	]);
});

test('quotes, semicolons and tabs do too, and another line is named', async t => {
	t.deepEqual(await readAll('"1","a.example"\n2;b.example\n3\tc.example\nd.example\n4,-bad-\n'), [
		'1 a.example:443 {"extra":{"rank":"1"}}',
		'2 b.example:443 {"extra":{"rank":"2"}}',
		'3 c.example:443 {"extra":{"rank":"3"}}',
		'4 ! d.example: not a rank and a name, such as 1,example.com',
		'5 ! -bad-: not a host name',
	]);
});

test('a header makes it CSV', async t => {
	t.deepEqual(await readAll('GlobalRank,TldRank,Domain\n1,1,a.example\n'), ['2 a.example:443 {"extra":{"GlobalRank":"1","TldRank":"1"}}']);
});
