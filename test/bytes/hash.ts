import test from 'ava';
import {type Hash, hash} from '../../source/bytes/hash.js';
import {roundsOf} from '../helpers/depth.js';

const hashOf = (text: string): string => {
	const result: Hash = {high: 0, low: 0};
	hash(text, result);
	return result.high.toString(16).padStart(8, '0') + result.low.toString(16).padStart(8, '0');
};

test('it never changes, as shards on several machines agree by it', t => {
	t.deepEqual(['', 'a', 'portal.example.com:443', '127.0.0.1:443', 'é\u{10ffff}'].map(hashOf), [
		'e1938caff55acfb2',
		'4f3fcd6cae450b41',
		'aece364e7324c7f3',
		'4e75f95ec9a4125b',
		'd126e73a2174bd3f',
	]);
});

/** How many pairs of n texts share some 32 bits: n^2 / 2^33 on average. Four times as many would show a weakness. */
const families = [
	{title: 'addresses in a row', text: (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}:443`},
	{title: 'numbered names', text: (index: number) => `host${index}.example.com:443`},
	{
		title: 'IPv6 addresses in a row',
		text: (index: number) => `[2001:db8::${(index >>> 16).toString(16)}:${(index & 0xffff).toString(16)}]:443`,
	},
];
const windows = [
	{title: 'the high half', of: ({high}: Hash) => high >>> 0},
	{title: 'the low half', of: ({low}: Hash) => low >>> 0},
	{title: 'the middle', of: ({high, low}: Hash) => ((high << 16) | (low >>> 16)) >>> 0},
	{title: 'the ends', of: ({high, low}: Hash) => ((high & 0xffff_0000) | (low & 0xffff)) >>> 0},
];
const count = roundsOf(300_000, 150_000);

/** A set of so many numbers takes five times as long. */
const distinct = (values: Uint32Array): number =>
	values.sort().reduce((sum, value, index) => (index > 0 && value === values[index - 1] ? sum : sum + 1), 0);

for (const {title, text} of families) {
	test(`${title}: every 32 bits of the hash are as good as random`, t => {
		const hashes = Array.from({length: count}, (_, index) => {
			const result: Hash = {high: 0, low: 0};
			hash(text(index), result);
			return result;
		});
		const shared = windows.map(({title: part, of}) => ({part, pairs: count - distinct(Uint32Array.from(hashes, of))}));
		t.log(shared.map(({part, pairs}) => `${part} ${pairs}`).join(', '));
		const expected = count ** 2 / 2 ** 33;
		t.deepEqual(
			shared.filter(({pairs}) => pairs > expected * 4),
			[],
		);
	});
}
