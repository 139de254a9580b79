/** The name of a file as messages quote it. Backslashes are those of Windows, and stay single: such a path can be copied. */
export const quotedPath = (file: string): string => JSON.stringify(file).replaceAll('\\\\', '\\');
