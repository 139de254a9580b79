import {cpSync, mkdirSync, readdirSync, symlinkSync} from 'node:fs';
import {join, resolve} from 'node:path';
import test from 'ava';
import {makeFolder} from '../helpers/lists.js';
import {runProgram} from '../helpers/run-program.js';

test('where BullMQ or ioredis is missing, one line says how to install them', t => {
	const folder = makeFolder(t)('');
	cpSync('dist', join(folder, 'dist'), {recursive: true});
	cpSync('package.json', join(folder, 'package.json'));
	const packages = join(folder, 'node_modules');
	mkdirSync(packages);
	const install = (name: string): void => symlinkSync(resolve('node_modules', name), join(packages, name), 'junction');
	for (const name of readdirSync('node_modules').filter(entry => !/^(?:\.|bullmq$|ioredis$)/.test(entry))) {
		install(name);
	}

	const said = 'tlsprobe: a queue needs the packages bullmq and ioredis; install them beside tlsprobe: npm install -g bullmq ioredis\n';
	const run = (argv: readonly string[]) => runProgram(process.execPath, [join(folder, 'dist/cli.cjs'), ...argv], 'localhost\n');
	const url = 'redis://127.0.0.1:1';
	t.deepEqual(run(['--hosts', '-', '--queue', url]), {code: 2, text: said});
	t.deepEqual(run(['queue', '--queue', url]), {code: 2, text: said});
	install('ioredis');
	t.deepEqual(run(['worker', '--queue', url]), {code: 2, text: said});
});
