import type {FolderAnswer, FolderCommand} from './run-in-folder.js';
import {runInProcess} from './run-in-process.js';

const home = process.cwd();

/** The process that `runInFolder` sends its commands to. */
process.on('message', async ({argv, cwd, ...options}: FolderCommand) => {
	process.chdir(cwd!);
	const answer: FolderAnswer = await runInProcess(argv, options).then(
		result => ({result}),
		(error: Error) => ({error: error.stack ?? error.message}),
	);
	process.chdir(home);
	process.send!(answer);
});
process.on('disconnect', () => process.exit());
