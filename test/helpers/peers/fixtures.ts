import path from 'node:path';

/** The path of a certificate with its key, or of parameters. */
export const fixture = (name: string): string => path.resolve('fixtures', 'certificates', `${name}.pem`);
