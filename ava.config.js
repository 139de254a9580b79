import process from 'node:process';
import {writeSuites} from './build/test/helpers/suites.js';

/** Files that are named run as they are; all of them run in suites (test/helpers/suites.ts). */
const isNamed = process.argv.slice(2).some(word => /^build[\\/]|[\\/]build[\\/]/.test(word));

/** What does not depend on Node.js, and has been run on another one: the paths of files, with commas between. */
const leftOut = process.env.LEFT_OUT?.split(',') ?? [];

export default {
	files: [...(isNamed ? ['build/test/**/*.js', '!build/test/helpers/**'] : writeSuites('build/test')), ...leftOut.map(file => `!${file}`)],
	timeout: '120s',
	workerThreads: true,
};
