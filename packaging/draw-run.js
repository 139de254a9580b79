/**
Draws a run of the command as the README shows it: `npm run build && node packaging/draw-run.js` writes docs/images/run-light.svg and run-dark.svg.

What they show is what `tlsprobe lab` printed. They need no font that a reader may not have.
*/
import {execFileSync} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import process from 'node:process';

const argv = ['lab', '--peer', 'legacy'];
const themes = {
	light: {
		background: '#ffffff',
		border: '#d0d7de',
		text: '#1f2328',
		dim: '#59636e',
		red: '#c4121d',
		green: '#116329',
		yellow: '#7d4e00',
		cyan: '#0b5f78',
	},
	dark: {
		background: '#0d1117',
		border: '#3d444d',
		text: '#e6edf3',
		dim: '#9198a1',
		red: '#ff7b72',
		green: '#56d364',
		yellow: '#e3b341',
		cyan: '#76e3ea',
	},
};

/** In pixels: a character of these fonts is six tenths of their size wide. */
const size = 14;
const column = size * 0.6;
const row = 20;
const margin = 16;

/** What an escape sequence changes. */
const codes = {
	1: {isBold: true},
	2: {color: 'dim'},
	22: {isBold: false, color: undefined},
	31: {color: 'red'},
	32: {color: 'green'},
	33: {color: 'yellow'},
	36: {color: 'cyan'},
	39: {color: undefined},
};

const printed = execFileSync(process.execPath, ['dist/cli.cjs', ...argv], {
	encoding: 'utf8',
	env: {FORCE_COLOR: '1', COLUMNS: '80', LANG: 'C.UTF-8'},
});
// What the lab expected of its own servers says nothing about a run.
const lines = [`$ tlsprobe ${argv.join(' ')}`, ...printed.split(/\n\n(?=\S*\s+Server\b)/)[0].split('\n')];

await mkdir('docs/images', {recursive: true});
for (const [name, theme] of Object.entries(themes)) {
	await writeFile(`docs/images/run-${name}.svg`, draw(lines, theme));
}

function draw(all, theme) {
	const longest = Math.max(...all.map(line => plain(line).length));
	const width = Math.ceil(longest * column + 2 * margin);
	const height = all.length * row + 2 * margin;
	let style = {};
	const texts = all.flatMap((line, index) => {
		const found = [];
		let place = 0;
		for (const [, code, text] of line.matchAll(/\u001B\[(\d+)m|([^\u001B]+)/g)) {
			if (text === undefined) {
				style = {...style, ...codes[code]};
				continue;
			}

			// Wide spaces are left out, as each column has a place of its own.
			for (const {0: words, index: before} of text.matchAll(/\S+(?: \S+)*/g)) {
				const x = (margin + (place + before) * column).toFixed(1);
				const y = margin + index * row + size;
				const length = (words.length * column).toFixed(1);
				const fill = style.color === undefined ? '' : ` fill="${theme[style.color]}"`;
				const weight = style.isBold ? ' font-weight="bold"' : '';
				found.push(
					`<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${fill}${weight}>${escaped(words)}</text>`,
				);
			}

			place += text.length;
		}

		return found;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(`What tlsprobe ${argv.join(' ')} prints`)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.background}" stroke="${theme.border}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size}" fill="${theme.text}">
${texts.join('\n')}
</g>
</svg>
`;
}

function plain(line) {
	return line.replaceAll(/\u001B\[\d+m/g, '');
}

function escaped(text) {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
