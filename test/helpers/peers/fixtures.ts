import path from 'node:path';

/** The path of a certificate with its key, of parameters (both without `.pem`), or of any other file beside them. */
export const fixture = (name: string): string => path.resolve('fixtures', 'certificates', name.includes('.') ? name : `${name}.pem`);
