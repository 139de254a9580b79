import test from 'ava';
import {type Load, makeIsBusy} from '../../source/engine/machine-load.js';

const busy: Load = {ownShare: 0.2, idleProcessors: 0.1};
const idle: Load = {ownShare: 0.2, idleProcessors: 1.5};

test('a machine is busy where no processor was idle since the last look, and a look has a least length', t => {
	const looks = [busy, busy, idle, busy];
	let at = 0;
	const isBusy = makeIsBusy(
		() => looks.shift()!,
		() => at,
	);
	const seen = [100, 10_000, 10_100, 10_499, 10_500, 11_000, 12_000].map(time => {
		at = time;
		return isBusy();
	});
	t.deepEqual(seen, [false, true, true, true, true, false, true]);
	t.deepEqual(looks, []);
});
