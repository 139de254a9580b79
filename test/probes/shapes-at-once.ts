import test from 'ava';
import {versionNames} from '../../source/iana/versions.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {negotiating, ssl3, tls12, tls13} from '../helpers/honest-server.js';
import {play} from '../helpers/play.js';
import {type Asked, alert, close, type Script} from '../helpers/script.js';

/* A version that is refused by alerts is asked for in several shapes at once, if another version is accepted. */

const calm = negotiating({versions: [tls12, tls13]});
const asksForSsl3 = ({hello}: Asked): boolean => hello.version === ssl3;
const refusing: Script = asked => (asksForSsl3(asked) ? alert(40) : calm(asked));

/** How many hellos for SSL 3 each answer was waited for with. */
function askedAtOnce(script: Script) {
	const places: number[] = [];
	const {findings, exchanges} = play(
		asked => {
			if (asksForSsl3(asked)) {
				places.push(asked.atOnce);
			}

			return script(asked);
		},
		{versions: versionNames},
	);
	return {
		ssl3: findings.SSLv3!,
		exchanges: exchanges.filter(({hello}) => hello.version === ssl3),
		together: places.filter(place => place > 1).length,
	};
}

test('each shape of SSL 3 is refused, several at once after the second', t => {
	const {ssl3: finding, exchanges, together} = askedAtOnce(refusing);
	t.is(finding.status, 'rejected');
	t.deepEqual(
		shapesOf(ssl3, undefined)
			.map(({shape}) => shape)
			.filter(name => !exchanges.some(({hello: {shape}}) => shape === name)),
		[],
	);
	t.true(together >= 3, String(together));
});

for (const [place, {shape, cipherSuites}] of shapesOf(ssl3, undefined).entries()) {
	test(`SSL 3 is found where ${shape} alone is accepted`, t => {
		const server: Script = asked =>
			asksForSsl3(asked) && asked.hello.suites.includes(cipherSuites[0]!) ? negotiating({versions: [ssl3]})(asked) : refusing(asked);
		const {ssl3: finding, exchanges} = askedAtOnce(server);
		t.is(finding.status, 'accepted');
		t.is(finding.shape, shape);
		// The shapes beside it, and what an acceptance after a refusal is asked again for.
		t.true(exchanges.length <= place + 1 + 2 + 2, String(exchanges.length));
	});
}

test('a server that closes the third connection at once is not refusing anything by it', t => {
	const limited: Script = asked => (asked.atOnce > 2 ? [close] : refusing(asked));
	const {findings} = play(limited, {versions: versionNames});
	t.is(findings['TLSv1.2']!.status, 'accepted');
	t.is(findings['TLSv1.3']!.status, 'accepted');
	t.is(findings.SSLv3!.status, 'rejected');
});
