/** Runs before the page is drawn: without it, everything is unfolded and nothing is hidden. */
export const early = `document.documentElement.classList.add('js')`;

/** What makes the page sort, filter and fold. The page says all that it has to say without it. */
export const script = `'use strict';
(() => {
const table = document.querySelector('table');
if (!table) return;
const search = document.getElementById('search');
const status = document.getElementById('shown');
const unfold = document.getElementById('unfold');
const none = document.querySelector('.nothing');
const counts = [...document.querySelectorAll('.count')];
const rows = [...table.tBodies].map((body, position) => ({body, position, text: undefined}));
const number = new Intl.NumberFormat('en');

const details = ({position}) => document.getElementById('details-' + position);

function apply() {
	const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
	const wanted = new Set(counts.filter(item => item.getAttribute('aria-pressed') === 'true').map(item => item.dataset.verdict));
	let shown = 0;
	for (const row of rows) {
		const isWanted = wanted.size === 0 || wanted.has(row.body.dataset.verdict);
		let isShown = isWanted;
		if (isWanted && words.length > 0) {
			row.text ??= (row.body.textContent + (details(row)?.textContent ?? '')).toLowerCase();
			isShown = words.every(word => row.text.includes(word));
		}
		if (row.body.hidden === isShown) row.body.hidden = !isShown;
		if (isShown) shown += 1;
	}
	none.hidden = shown > 0;
	status.textContent = shown === rows.length ? number.format(shown) + ' shown' : number.format(shown) + ' of ' + number.format(rows.length) + ' shown';
	label();
}

const isUnfolded = ({body}) => body.rows[1].classList.contains('unfolded');
function setUnfolded({body}, value) {
	body.rows[1].classList.toggle('unfolded', value);
	body.querySelector('th button').setAttribute('aria-expanded', String(value));
}
const visible = () => rows.filter(({body}) => !body.hidden);
function label() {
	const all = visible();
	unfold.textContent = all.length > 0 && all.every(isUnfolded) ? 'Fold evidence' : 'Unfold evidence';
}

const order = {fail: 0, inconclusive: 1, pass: 2};
const tones = ['bad', 'open', 'neutral', 'good'];
// What breaks a rule comes first, and what was not asked last.
function keyOf({body}, column) {
	const cell = body.rows[0].cells[column];
	if (column === 0) return order[body.dataset.verdict];
	if (!cell.classList.contains('version')) return (cell.querySelector('button') ?? cell).textContent;
	const place = tones.findIndex(tone => cell.classList.contains(tone));
	return place === -1 ? tones.length : place;
}
const collator = new Intl.Collator('en', {numeric: true});
function sort(heading) {
	const column = heading.cellIndex;
	const direction = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
	for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
	heading.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
	for (const row of rows) row.key = keyOf(row, column);
	const compare = (one, other) => (typeof one.key === 'number' ? one.key - other.key : collator.compare(one.key, other.key));
	rows.sort((one, other) => direction * compare(one, other) || one.position - other.position);
	table.append(...rows.map(({body}) => body));
}

let pending;
search.addEventListener('input', () => {
	clearTimeout(pending);
	pending = setTimeout(apply, 100);
});
search.form.addEventListener('submit', event => {
	event.preventDefault();
	apply();
});
for (const item of counts) {
	item.addEventListener('click', () => {
		item.setAttribute('aria-pressed', String(item.getAttribute('aria-pressed') !== 'true'));
		apply();
	});
}
unfold.addEventListener('click', () => {
	const all = visible();
	const value = !all.every(isUnfolded);
	for (const row of all) setUnfolded(row, value);
	label();
});
table.addEventListener('click', event => {
	const button = event.target.closest('th button');
	if (!button) return;
	const body = button.closest('tbody');
	if (!body) return sort(button.closest('th'));
	setUnfolded({body}, button.getAttribute('aria-expanded') !== 'true');
	label();
});
document.addEventListener('keydown', event => {
	if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && event.target !== search) {
		event.preventDefault();
		search.focus();
	}
	if (event.key === 'Escape' && event.target === search) {
		search.value = '';
		apply();
	}
});
apply();
if (rows.length === 1) {
	setUnfolded(rows[0], true);
	label();
}
})();
`;
