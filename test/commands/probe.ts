import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

test('without a target it says what to do', async t => {
	const {code, stdout, stderr} = await runCli([]);
	t.is(code, 2);
	t.is(stdout, '');
	t.regex(stderr, /^tlsprobe: name a host.*\n$/);
});
