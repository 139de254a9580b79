import {openWithPosition, type WithPosition} from '../../bytes/with-position.js';
import {ConfigurationError} from './configuration-error.js';

/** What stands in a file, and where in it. */
export type Document = {
	readonly root: WithPosition;
	/** `file:line`. */
	readonly place: (value: WithPosition) => string;
};

/** Of all documents of a file; more is no configuration. */
const [mostDocuments, mostValues] = [10_000, 400_000];

/**
The documents of a YAML file, of which JSON is a part. Empty ones are left out.

@throws {ConfigurationError} For what is no YAML, with file and line, and for more values than can be gone through.
*/
export function readYamlDocuments(text: string, file: string): Document[] {
	const documents: Document[] = [];
	let count = 0;
	const parts = partsOf(text);
	if (parts.length > mostDocuments) {
		throw new ConfigurationError(`${file}:${parts[mostDocuments]!.line + 1}: more than ${mostDocuments} documents`);
	}

	for (const {text: part, line} of parts) {
		const open = openWithPosition(part, file);
		const moved = (place: string): string => {
			const [, inPart] = /:(\d+):\d+$/.exec(place)!;
			return `${file}:${Number(inPart) + line}`;
		};
		const [problem] = open.count() > 0 ? open.problems() : [];
		if (problem !== undefined) {
			const [, place, words] = /^(.*?:\d+:\d+): (.*)$/s.exec(problem)!;
			throw new ConfigurationError(`${moved(place!)}: ${words}`);
		}

		if (open.root === undefined) {
			continue;
		}

		count += valuesIn(open.root);
		if (count > mostValues) {
			throw new ConfigurationError(`${file}:${line + 1}: more than ${mostValues} values, with its aliases expanded`);
		}

		documents.push({root: open.root, place: ({offset}) => moved(open.place(offset))});
	}

	return documents;
}

/** A line of three hyphens begins a document, whatever it stands in. */
function partsOf(text: string): {readonly text: string; readonly line: number}[] {
	const parts: {text: string; line: number}[] = [];
	let [start, line, startLine] = [0, 0, 0];
	for (let at = 0; at < text.length; line++) {
		const end = text.indexOf('\n', at);
		const next = end === -1 ? text.length : end + 1;
		if (/^(?:---|\.\.\.)(?=\s|$)/.test(text.slice(at, Math.min(next, at + 4)))) {
			parts.push({text: text.slice(start, at), line: startLine});
			// What stands behind the hyphens belongs to the document.
			[start, startLine] = [text.startsWith('...', at) ? next : at + 3, text.startsWith('...', at) ? line + 1 : line];
		}

		at = next;
	}

	parts.push({text: text.slice(start), line: startLine});
	return parts.filter(({text: part}) => part.trim() !== '');
}

function valuesIn(value: WithPosition): number {
	let count = 0;
	const pending = [value];
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		count += 1;
		const inner = next.kind === 'list' ? next.items : next.kind === 'mapping' ? next.fields.map(({value: field}) => field) : [];
		for (const one of inner) {
			pending.push(one);
		}
	}

	return count;
}
