import {type OpenFile, openLocated} from '../../bytes/located.js';
import {expandVariables} from './expand-variables.js';

export type {Field, Located, OpenFile} from '../../bytes/located.js';

/**
Read YAML, of which JSON is a part, with the environment's variables put in.

@param file - What messages call it.
*/
export const openYaml = (text: string, file: string, environment: Readonly<Record<string, string | undefined>>): OpenFile =>
	openLocated(text, file, (value, complain) => expandVariables(value, environment, complain));
