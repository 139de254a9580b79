import process from 'node:process';
import {writeSuites} from './build/test/helpers/suites.js';

/** Files that are named run as they are; all of them run in suites (test/helpers/suites.ts). */
const isNamed = process.argv.slice(2).some(word => /^build[\\/]|[\\/]build[\\/]/.test(word));

export default {
	files: isNamed ? ['build/test/**/*.js', '!build/test/helpers/**'] : writeSuites('build/test'),
	timeout: '120s',
	workerThreads: true,
};
