/** The name of a file as messages quote it. Backslashes are those of Windows, and stay single: such a path can be copied. */
export const quotedPath = (file: string): string => JSON.stringify(file).replaceAll('\\\\', '\\');

/** The name of a file as a word of a command line that is shown to be copied: in quotation marks if it has a space or anything else that a shell reads. */
export const pathAsWord = (file: string): string => (/^[\w./\\:~+@%,=-]+$/.test(file) ? file : quotedPath(file));
