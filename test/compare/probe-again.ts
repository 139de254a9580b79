import test from 'ava';
import {probeAgain} from '../../source/compare/probe-again.js';
import type {Asked} from '../../source/engine/asked.js';
import {defaultOptions, type UsualChoice, usualProbes} from '../../source/engine/probe-options.js';
import {probeTarget} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {oneSample, samplesOfEach} from '../../source/probes/versions/sample.js';

const target = {target: '127.0.0.1:1', host: '127.0.0.1', port: 1};
const usual: UsualChoice = {versions: ['TLSv1.2']};
const options = {...defaultOptions, probes: usualProbes(usual), timeoutMs: 1000, retries: 0, toolVersion: '0.1.0'};

/** Nothing listens there, so that no answer shows what was asked. */
const probed = async (more: Partial<UsualChoice>, family?: 6): Promise<Report> => {
	const {recordings} = await probeTarget(target, {...options, family, probes: usualProbes({...usual, ...more})}, {});
	return recordings[0].report;
};

const cases: readonly (readonly [more: Partial<UsualChoice>, asked: Asked | undefined])[] = [
	[{}, undefined],
	[{samples: oneSample}, undefined],
	[{confirms: true}, {probes: ['versions', 'confirm']}],
	[{online: true}, {probes: ['versions', 'certificates'], online: true}],
	[{samples: samplesOfEach(1)}, {samples: 1}],
	[
		{confirms: true, samples: samplesOfEach(5)},
		{probes: ['versions', 'confirm'], samples: 5},
	],
];

for (const [more, asked] of cases) {
	test(`${JSON.stringify(more)}: a result has what is not usual in its field asked, and the same is asked again`, async t => {
		const report = await probed(more);
		t.deepEqual(report.asked, asked);
		const [again] = await probeAgain([report], new Map(), options, {});
		t.deepEqual(again!.asked, asked);
	});
}

test('a target without an address says what would have been asked', async t => {
	const report = await probed({confirms: true}, 6);
	t.is(report.reason, 'name-not-found');
	t.deepEqual(report.asked, {probes: ['versions', 'confirm']});
	t.is(Object.keys(report)[Object.keys(report).indexOf('asked') + 1], 'versions');
});

test('a number of samples that is given now goes before the one of then', async t => {
	const report = await probed({samples: samplesOfEach(5)});
	const [again] = await probeAgain([report], new Map(), {...options, probes: usualProbes({...usual, samples: samplesOfEach(2)})}, {});
	t.deepEqual(again!.asked, {samples: 2});
});
