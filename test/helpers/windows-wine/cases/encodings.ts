/** Files as programs of Windows write them. Windows PowerShell writes UTF-16 with `>` and `Out-File`, Notepad what its user chooses. */
export const encodings = {
	'UTF-8 with a mark': (text: string) => Buffer.from(`\uFEFF${text}`),
	'UTF-16 LE': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
	'UTF-16 BE': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
} as const;

export const crlf = (lines: readonly string[]): string => lines.map(line => `${line}\r\n`).join('');
