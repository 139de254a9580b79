import {readdirSync} from 'node:fs';
import test from 'ava';
import {makeFolder} from '../helpers/lists.js';
import {startPeer} from '../helpers/one-peer.js';
import {runInProcess} from '../helpers/run-in-process.js';

for (const [host, expected] of [
	['con.example', '_con.example_'],
	['COM1.example', '_com1.example_'],
	['con', 'con_'],
	['console.example', 'console.example_'],
] as const) {
	test(`no connection of ${host} is kept in a file that Windows takes for a device`, async t => {
		const [address, port] = (await startPeer(t, 'compliant')).split(':') as [string, string];
		const folder = makeFolder(t)('flows');
		const {code} = await runInProcess([
			`${host}:${port}`,
			'--resolve',
			`${host}:${port}:${address}`,
			'--versions',
			'1.2',
			'--record',
			folder,
		]);
		t.is(code, 0);
		const names = readdirSync(folder);
		t.true(names.length > 0);
		t.deepEqual(
			names.filter(name => !name.startsWith(`${expected}${port}-`)),
			[],
		);
	});
}
