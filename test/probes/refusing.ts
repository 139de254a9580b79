import test from 'ava';
import {alerts} from '../../source/iana/alerts.js';
import {range, rowsOf} from '../helpers/depth.js';
import {accept, all, honest, modern, tls10, tls11, tls12, tls13} from '../helpers/honest-server.js';
import {accepted, play, plays, refused, summaries, tooOld} from '../helpers/play.js';
import {alert, alertBytes, close, hold, type Move, reset, say} from '../helpers/script.js';

const four = (summary: string): readonly string[] => Array.from({length: 4}, () => summary);
const oldRefused = (summary: string): readonly string[] => [summary, summary, accepted, accepted];

test('alert 70 refuses at once where another version is accepted with the same shape of hello', t => {
	const {exchanges} = plays(t, honest(), oldRefused(tooOld));
	t.is(exchanges.length, 4);
});

test('alert 70 to everything refuses after a second shape', t => {
	const {findings} = plays(t, () => alert(70), four(tooOld));
	t.deepEqual(
		Object.values(findings).map(({attempts}) => attempts.length),
		[2, 2, 2, 2],
	);
});

for (const description of [40, 71, 47, 80, 86, 50, 10, 109, 110, 120]) {
	const label = alerts.label(description);

	test(`alert ${label} to old versions refuses after the whole ladder, where newer ones are accepted`, t => {
		const {findings, exchanges} = plays(t, honest({refuseVersion: () => alert(description)}), oldRefused(`rejected alert ${label}`));
		const shapes = new Set(exchanges.filter(({hello}) => hello.version === tls10).map(({hello}) => hello.shape));
		t.true(shapes.size >= 10);
		t.is(findings['TLSv1.0']!.attempts.length, shapes.size);
	});

	test(`alert ${label} to every version says nothing`, t => {
		plays(t, () => alert(description), four(`inconclusive alert ${label}`));
	});
}

test('alert 112 says nothing, to some versions or to all', t => {
	const unknown = 'inconclusive alert unrecognized_name';
	plays(t, () => alert(112), four(unknown));
	plays(t, honest({refuseVersion: () => alert(112)}), oldRefused(unknown));
	plays(t, honest({refuseVersion: () => [say(alertBytes(112, 1)), close]}), oldRefused(unknown));
});

test('alert 112 on a later rung spoils the ladder', t => {
	plays(
		t,
		asked => (modern.includes(asked.hello.version) ? accept(asked) : asked.hello.bytes.length > 512 ? alert(112) : alert(40)),
		oldRefused('inconclusive alert unrecognized_name'),
	);
});

test('a different alert for every version says nothing where none is accepted', t => {
	plays(t, ({hello}) => alert([40, 47, 80, 71][all.indexOf(hello.version)]!), [
		'inconclusive alert handshake_failure',
		'inconclusive alert illegal_parameter',
		'inconclusive alert internal_error',
		'inconclusive alert insufficient_security',
	]);
});

test('a warning alert and then a close counts as the alert', t => {
	const warn = (description: number): readonly Move[] => [say(alertBytes(description, 1)), close];
	plays(t, honest({refuseVersion: () => warn(40)}), oldRefused(refused));
	plays(t, honest({refuseVersion: () => warn(70)}), oldRefused(tooOld));
	plays(t, () => warn(40), four('inconclusive alert handshake_failure'));
	plays(t, honest({refuseVersion: () => [say(alertBytes(40, 1)), reset]}), oldRefused(refused));
	plays(t, honest({refuseVersion: () => warn(0)}), oldRefused('rejected alert close_notify'));
});

test('a warning alert and then nothing is silence', t => {
	plays(t, honest({refuseVersion: () => [say(alertBytes(40, 1)), hold]}), oldRefused('inconclusive silent'));
});

test('silence for one version is no refusal of it, and does not keep the others waiting', t => {
	const {findings} = plays(t, asked => (asked.hello.version === tls11 ? [hold] : honest()(asked)), [
		tooOld,
		'inconclusive silent',
		accepted,
		accepted,
	]);
	t.true(findings['TLSv1.1']!.attempts.length <= 3);
});

test('silence for all is no refusal', t => {
	const {exchanges} = plays(t, () => [hold], four('inconclusive silent'));
	t.true(exchanges.length <= 8);
});

test('an answer after silence counts', t => {
	plays(t, asked => (asked.hello.extensions?.includes(0xff_01) ? [hold] : honest({versions: all})(asked)), [
		accepted,
		accepted,
		accepted,
		accepted,
	]);
});

test('alerts on some rungs and silence on the last ones are no refusal', t => {
	plays(
		t,
		asked => (modern.includes(asked.hello.version) ? accept(asked) : asked.hello.suites.length > 50 ? [hold] : alert(40)),
		oldRefused('inconclusive silent'),
	);
});

test('a close on some rungs and an alert on others refuse, where a control is accepted before and after', t => {
	plays(
		t,
		asked => (modern.includes(asked.hello.version) ? accept(asked) : asked.hello.extensions === undefined ? [close] : alert(40)),
		oldRefused(refused),
	);
});

test('what has no one answer to the whole ladder but some that is no TLS is no refusal', t => {
	const html = say(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
	plays(
		t,
		asked => (modern.includes(asked.hello.version) ? accept(asked) : asked.hello.extensions === undefined ? [html] : alert(40)),
		oldRefused('inconclusive not-tls http'),
	);
});

test('a server of one version alone refuses the others with alerts', t => {
	plays(t, honest({versions: [tls13], refuseVersion: () => alert(40)}), [refused, refused, refused, accepted]);
	plays(t, honest({versions: [tls12], refuseVersion: () => alert(40)}), [refused, refused, accepted, refused]);
	plays(t, honest({versions: [tls10], refuseVersion: () => alert(40)}), [accepted, refused, refused, refused]);
});

test('time that runs out anywhere on the way makes no refusal and no acceptance', t => {
	const spoken = honest({versions: [tls10, tls13], suites: [0xc0_9c, 0x13_05], refuse: () => [reset], refuseVersion: () => alert(40)});
	const wrong: string[] = [];
	for (const most of rowsOf(range(1, 129), 24)) {
		const found = summaries(play(spoken, {mostExchanges: most}));
		for (const [index, version] of all.entries()) {
			if (found[index]!.startsWith([tls10, tls13].includes(version) ? 'rejected' : 'accepted')) {
				wrong.push(`${most}: ${found.join(', ')}`);
			}
		}
	}

	t.deepEqual(wrong, []);
	plays(t, spoken, [accepted, refused, refused, accepted]);
});
