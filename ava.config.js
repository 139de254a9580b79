import process from 'node:process';
import {writeSuites} from './build/test/helpers/suites.js';

/** Files that are named run as they are; all of them run in suites (test/helpers/suites.ts). */
const isNamed = process.argv.slice(2).some(word => /^build[\\/]|[\\/]build[\\/]/.test(word));

/** Files that are not run: paths, with commas between. `.ci/run` leaves out what does not depend on the version of Node.js. */
const leftOut = process.env.LEFT_OUT?.split(',') ?? [];

export default {
	files: [...(isNamed ? ['build/test/**/*.js', '!build/test/helpers/**'] : writeSuites('build/test')), ...leftOut.map(file => `!${file}`)],
	timeout: '120s',
	workerThreads: true,
};
