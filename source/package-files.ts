/*
What the command finds beside itself where it is installed as a package. A single executable has the same inside: executable-assets.ts stands in
for this file there.
*/
import {readFileSync} from 'node:fs';
import type {ThreadEntry} from './engine/pool-member.js';
import type {SchemaName} from './schemas/index.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export const toolVersion = (JSON.parse(read('../package.json')) as {version: string}).version;

/** The script that threads run. */
export const threadEntry: ThreadEntry = new URL('./worker.js', import.meta.url);

/** Run the command. An executable has loaded it by the time that it is started. */
export const start = (run: () => void): void => run();

/** The licences of what is in the program. */
export const readLicenses = (): string => `${read('../LICENSE')}\n${read('./licenses.txt')}`;

/** The text of a published JSON Schema. */
export const readSchema = (name: SchemaName): string => read(`./schema/${name}.json`);
