import test from 'ava';
import {roundsOf} from './helpers/depth.js';
import {inputReaders} from './helpers/readers/index.js';
import {mutated, randomFrom} from './helpers/readers/mutate.js';

/** To go on where a failure was seen, or for longer: `FUZZ_SEED=7 FUZZ_ROUNDS=10000`. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const rounds = Number(process.env.FUZZ_ROUNDS ?? roundsOf(40, 10));

for (const {name, read, refusals = [], samples} of inputReaders.filter(reader => reader.samples.length > 0)) {
	test(`${name} reads or refuses whatever a good input becomes (FUZZ_SEED=${seed})`, async t => {
		t.timeout(600_000);
		const random = randomFrom(seed);
		for (let round = 0; round < rounds; round++) {
			const text = mutated(samples[random(samples.length)]!, random);
			try {
				await read(text);
			} catch (error) {
				const isRefusal = error instanceof Error && refusals.includes(error.name);
				t.true(isRefusal, `${JSON.stringify(text.slice(0, 3000))}\n${error instanceof Error ? error.stack : error}`);
			}
		}

		t.pass();
	});
}
