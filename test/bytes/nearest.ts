import test from 'ava';
import {nearest} from '../../source/bytes/nearest.js';

const words = ['timeout', 'deadline', 'versions', 'version', 'json', 'servername', 'max-connections'];

const cases: readonly (readonly [word: string, meant: string | undefined])[] = [
	['timeout', 'timeout'],
	['timeuot', 'timeout'],
	['time-out', 'timeout'],
	['tiemout', 'timeout'],
	['jsno', 'json'],
	['jason', 'json'],
	['versoin', 'version'],
	['versionss', 'versions'],
	['server-name', 'servername'],
	['maxconnections', 'max-connections'],
	['x', undefined],
	['', undefined],
	['quiet', undefined],
	['verbose', undefined],
];

for (const [word, meant] of cases) {
	test(`${JSON.stringify(word)} was meant to be ${meant ?? 'something else'}`, t => {
		t.is(nearest(word, words), meant);
	});
}
