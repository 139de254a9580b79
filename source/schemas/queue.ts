import type {Failure, Overview, RunOverview} from '../queue/overview.js';
import type {RunState} from '../queue/run-record.js';
import type {WorkerRecord} from '../queue/workers.js';
import {count, listOf, objectOf, oneWord, optional, published, text, texts, yesOrNo} from './building/describe.js';

const failure = objectOf<Failure>({
	reason: text('why they failed, in words'),
	label: optional(text('the label of the workers that they were for')),
	chunks: count('how many chunks failed for this reason'),
});

const run = objectOf<RunOverview>({
	run: text('the name of the run'),
	state: oneWord<RunState>('the state of the run', {
		running: 'it is carried out',
		stopping: 'what has begun is finished, and nothing else begins',
		cancelled: 'what workers have of it is ended',
		over: 'all results are written; also if the record of the run is gone',
	}),
	version: text('the version of tlsprobe that carries it out; empty if it is not known, as are the next three fields'),
	host: text('the machine that carries it out'),
	startedAt: text('when it began; UTC, ISO 8601'),
	seenAt: text('when the process that carries it out was last there; UTC, ISO 8601'),
	labels: texts('the labels of the workers that it is for; empty if it is for those without a label'),
	offered: count('how many targets were given to the queue so far'),
	written: count('how many targets have their results written'),
	failed: count('how many chunks no worker could finish'),
	isCarriedOut: yesOrNo('whether a process adds targets and writes results now'),
	chunks: objectOf<RunOverview['chunks']>(
		{
			waiting: count('wait for a worker'),
			active: count('are with a worker'),
			completed: count('are done, and their results are not written yet'),
			failed: count('have failed'),
		},
		'how many chunks of targets are in which state',
	),
	failures: listOf(failure, 'why chunks failed'),
});

const worker = objectOf<WorkerRecord>({
	host: text('the machine that it runs on'),
	label: optional(text('its label, with --label')),
	version: text('its version of tlsprobe'),
	startedAt: text('when it was started; UTC, ISO 8601'),
	running: count('how many targets it probes now'),
	done: count('how many targets it has probed'),
	chunks: count('how many chunks it has taken'),
	runs: texts('the runs that it works on'),
});

export default published(
	'The object that tlsprobe queue --json prints',
	objectOf<Overview>(
		{
			runs: listOf(run, 'the runs, in the order of their start'),
			workers: listOf(worker, 'the workers that are there, in the order of their start'),
		},
		'The runs and workers of a queue. Later versions may add fields; these stay.',
	),
);
