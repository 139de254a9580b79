import {execFile} from 'node:child_process';
import {homedir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {findProgram} from './find-program.js';

/**
Every program is built in the same way, so that Go compiles its library once for all of them and keeps it. Not without modules
(`GO111MODULE=off`): programs then get the defaults of Go 1.20, which accepts what later ones refuse.
*/
const environment = {
	...process.env,
	GOCACHE: process.env.GOCACHE ?? path.join(homedir(), '.cache', 'go-build'),
	GOTOOLCHAIN: 'local',
	GOPROXY: 'off',
	GOTELEMETRY: 'off',
	CGO_ENABLED: '0',
	// What runs for some seconds need not be fast: optimizing the library takes a third of the time.
	GOFLAGS: "'-gcflags=all=-N -l'",
};

/**
Compile a program of Go. On a new machine that takes a minute of the processor, so it has no time limit: the limits of servers and clients
start when they do.

@returns The path of the program.
*/
export async function buildGoProgram(source: string, folder: string): Promise<string> {
	const program = path.join(folder, path.basename(source, '.go'));
	await promisify(execFile)(findProgram('go')!, ['build', '-o', program, source], {env: environment});
	return program;
}
