import {type OpenFile, openWithPosition} from '../../bytes/with-position.js';
import {expandVariables} from './expand-variables.js';

export type {Field, OpenFile, WithPosition} from '../../bytes/with-position.js';

/**
Read YAML, of which JSON is a part, with the environment's variables put in.

@param file - What messages call it.
*/
export const openYaml = (text: string, file: string, environment: Readonly<Record<string, string | undefined>>): OpenFile =>
	openWithPosition(text, file, (value, complain) => expandVariables(value, environment, complain));
