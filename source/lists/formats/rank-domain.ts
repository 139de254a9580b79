import {noOverrides} from '../entry.js';
import {makeEntries, makeInvalid} from '../targets/make-entries.js';
import {defineFormat} from './format.js';
import {readByLine} from './text/read-by-line.js';

const rowPattern = /^"?(?<rank>\d+)"?[,;\t]\s*"?(?<host>[^\s,;"]+)"?$/;

/**
A rank and a name, without a header, as lists of popular sites have them (Tranco, Cisco Umbrella).

Recognised where it begins with rank 1: another number may be a port.
*/
export default defineFormat({
	name: 'rank-domain',
	recognises: line => /^"?1"?[,;\t]\s*"?(?=[^\s,;"a-z]*[a-z])[^\s,;"]+"?$/i.test(line),
	open: file =>
		readByLine(file, (text, source) => {
			const content = text.trim();
			if (content === '' || content.startsWith('#')) {
				return [];
			}

			const {rank, host} = rowPattern.exec(content)?.groups ?? {};
			return host === undefined
				? [makeInvalid(content, 'not a rank and a name, such as 1,example.com', source)]
				: makeEntries(host, source, {overrides: noOverrides, extra: {rank: rank!}});
		}),
});
