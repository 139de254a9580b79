/** The input is no list in text, and is not read. Thrown here, and caught in one place, `readHosts`, where it becomes an entry. */
export class NotTextError extends Error {
	override readonly name = 'NotTextError';
}

/** How files of other kinds begin, byte for byte, and what to do instead. */
const signatures: ReadonlyArray<readonly [start: string, what: string, step?: string]> = [
	['PK\x03\x04', 'a ZIP archive', 'unpack it first'],
	['PK\x05\x06', 'an empty ZIP archive'],
	['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'a document of an old Microsoft Office version, such as .xls', 'save the sheet as CSV'],
	['%PDF-', 'a PDF', 'copy the hosts to a text file, one per line'],
	['\x89PNG\r\n', 'an image (PNG)'],
	['\xff\xd8\xff', 'an image (JPEG)'],
	['GIF8', 'an image (GIF)'],
	['RIFF', 'an image or a recording (RIFF)'],
	['{\\rtf', 'a document (RTF)', 'save it as plain text'],
	['BZh', 'packed with bzip2', 'unpack it first: only gzip is read directly'],
	['\xfd7zXZ\x00', 'packed with xz', 'unpack it first: only gzip is read directly'],
	['\x28\xb5\x2f\xfd', 'packed with zstd', 'unpack it first: only gzip is read directly'],
	['\x04\x22\x4d\x18', 'packed with lz4', 'unpack it first: only gzip is read directly'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive', 'unpack it first'],
	['Rar!\x1a\x07', 'a RAR archive', 'unpack it first'],
	['SQLite format 3\x00', 'a database (SQLite)', 'export it as CSV'],
	['\x7fELF', 'a program'],
	['\xd4\xc3\xb2\xa1', 'a packet capture', 'tlsprobe probes hosts, and does not read packets'],
	['\xa1\xb2\xc3\xd4', 'a packet capture', 'tlsprobe probes hosts, and does not read packets'],
	['\x0a\x0d\x0d\x0a', 'a packet capture', 'tlsprobe probes hosts, and does not read packets'],
	['masscan/1.1', "masscan's own binary format (-oB)", 'convert it with masscan to a list (-oL)'],
];

/** Where the kinds of ZIP archives differ: the names of the first files in them. */
const zipHead = 4096;

/**
The bytes as they are.

No more is waited for than what may still become one of the beginnings: a list that comes slowly is read as it comes.

@throws {NotTextError} Where they begin as a file of another kind does.
*/
export async function* refuseBinary(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let head: Buffer | undefined = Buffer.alloc(0);
	for await (const chunk of chunks) {
		if (head === undefined) {
			yield chunk;
			continue;
		}

		head = Buffer.concat([head, chunk]);
		const start = head.subarray(0, 16).toString('latin1');
		const isZip = start.startsWith('PK\x03\x04');
		if (
			isZip ? head.length >= zipHead : !signatures.some(([signature]) => signature.length > start.length && signature.startsWith(start))
		) {
			refuse(head);
			yield head;
			head = undefined;
		}
	}

	if (head !== undefined && head.length > 0) {
		refuse(head);
		yield head;
	}
}

function refuse(head: Buffer): void {
	const start = head.subarray(0, 16).toString('latin1');
	const [, what, step] =
		(start.startsWith('PK\x03\x04') ? kindOfZip(head) : undefined) ?? signatures.find(([item]) => start.startsWith(item)) ?? [];
	if (what !== undefined) {
		throw new NotTextError(`this is ${what}, not a list of hosts${step === undefined ? '' : `; ${step}`}`);
	}
}

function kindOfZip(head: Buffer): (typeof signatures)[number] | undefined {
	const names = head.subarray(0, zipHead).toString('latin1');
	if (/xl\/|mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/.test(names)) {
		return ['', 'a spreadsheet (.xlsx or .ods)', 'save the sheet as CSV'];
	}

	return /word\/|mimetypeapplication\/vnd\.oasis\.opendocument\.text|\[Content_Types\]\.xml/.test(names)
		? ['', 'an office document', 'save it as plain text, or the sheet as CSV']
		: undefined;
}

/** Whether a line is no text at all: of other files, bytes that are no characters are a good part of it. */
export function isBinary(line: string): boolean {
	const head = line.slice(0, 512);
	const odd = head.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F\uFFFD]/g)?.length ?? 0;
	return odd >= 2 && odd >= head.length * 0.3;
}

/** What starts so is the output of something else, meant for people. */
const reports: ReadonlyArray<readonly [start: RegExp, problem: string]> = [
	[/^(?:Starting Nmap |Nmap scan report for )/, "nmap's normal output is not supported; write the scan with nmap -oX or -oG"],
	[/^(?:Starting masscan |Discovered open port )/, "masscan's normal output is not supported; write the scan with masscan -oL or -oJ"],
];

/** @returns What is wrong with a text that starts with this line, where it cannot be a list. */
export const problemWithStart = (line: string): string | undefined =>
	isBinary(line) ? 'this is binary data, not a list of hosts' : reports.find(([start]) => start.test(line))?.[1];
