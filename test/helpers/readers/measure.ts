import {rowsOf} from '../depth.js';
import {controlReaders} from './control.js';
import {inputReaders} from './index.js';
import {type InputReader, inputsOf} from './reader.js';
import {timeGrowth} from './time-growth.js';

/**
Times readers in a process of their own, so that the time of the processor is theirs alone. Prints a line of JSON for each input whose time
grows faster than it does, and one for each reader.

Arguments: names of readers; none for all. `--thorough` tries more inputs. Of a sample, three inputs of each reader are timed.
*/
/** Where it fails, there is nothing to time. */
const readOf =
	({read, refusals = []}: InputReader) =>
	async (text: string): Promise<void> => {
		try {
			await read(text);
		} catch (error) {
			if (!(error instanceof Error && refusals.includes(error.name))) {
				throw error;
			}
		}
	};

const isThorough = process.argv.includes('--thorough');
const names = process.argv.slice(2).filter(word => !word.startsWith('--'));
const chosen = names.length === 0 ? inputReaders : [...inputReaders, ...controlReaders].filter(({name}) => names.includes(name));
for (const reader of chosen) {
	const before = process.cpuUsage();
	let inputs = 0;
	const all = [...inputsOf(reader, isThorough)];
	// What shows that the measurement tells is never left out.
	for (const [input, make] of isThorough || controlReaders.includes(reader) ? all : rowsOf(all, 3)) {
		inputs += 1;
		const {timesMs, isTooFast} = await timeGrowth(readOf(reader), make);
		if (isTooFast) {
			process.stdout.write(`${JSON.stringify({reader: reader.name, input, timesMs: timesMs.map(Math.round)})}\n`);
		}
	}

	const {user, system} = process.cpuUsage(before);
	process.stdout.write(`${JSON.stringify({measured: reader.name, inputs, cpuMs: Math.round((user + system) / 1000)})}\n`);
}
