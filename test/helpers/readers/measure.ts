import {inputReaders} from './index.js';
import {inputsOf} from './reader.js';

/**
Times readers in a process of its own, so that the time of the processor is theirs alone. Prints a line of JSON for each input whose time grows
faster than it does, and one at the end.

Arguments: names of readers; none for all. `--thorough` tries more inputs.
*/
const smallestMs = 25;

async function timeOf(read: (text: string) => unknown, text: string): Promise<number> {
	const before = process.cpuUsage();
	try {
		await read(text);
	} catch {}

	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

async function leastOf(read: (text: string) => unknown, text: string): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let count = 0; count < 3; count++) {
		least = Math.min(least, await timeOf(read, text));
	}

	return least;
}

const most = 64 * 1024;
const isThorough = process.argv.includes('--thorough');
const names = process.argv.slice(2).filter(word => !word.startsWith('--'));
const chosen = inputReaders.filter(({name}) => names.length === 0 || names.includes(name));
let count = 0;
for (const reader of chosen) {
	for (const [input, make] of inputsOf(reader, isThorough)) {
		count += 1;
		const first = await timeOf(reader.read, make(most));
		if (first < smallestMs) {
			continue;
		}

		const timesMs: number[] = [];
		for (const part of [4, 2, 1]) {
			timesMs.push(await leastOf(reader.read, make(most / part)));
		}

		const [quarter, , whole] = timesMs as [number, number, number];
		if (whole >= smallestMs && whole / Math.max(1, quarter) > 8) {
			process.stdout.write(`${JSON.stringify({reader: reader.name, input, timesMs: timesMs.map(Math.round)})}\n`);
		}
	}
}

process.stdout.write(`${JSON.stringify({readers: chosen.length, inputs: count})}\n`);
