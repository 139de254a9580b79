import path from 'node:path';
import {type OpenFile, openWithPosition, type WithPosition} from '../../bytes/with-position.js';
import {ConfigurationError} from './configuration-error.js';
import {type Budget, type ConfigurationFiles, makeBudget} from './files.js';
import {fieldAt, fieldOf, itemsOf, textOf, typeOf} from './proto-fields.js';

/** A listener, and how to say where it stands. */
export type EnvoyListener = {readonly listener: WithPosition; readonly place: OpenFile['place']};

/**
The listeners of a bootstrap file, of the file that it discovers them from, of such a file itself, and of a dump of what runs.

@throws {ConfigurationError} For a file that is not there, or that is no YAML.
*/
export function listenersOf(file: string, files: ConfigurationFiles, notes: string[]): readonly EnvoyListener[] {
	const budget = makeBudget();
	const {root, place} = openFile(file, files, budget, file);
	const source = fieldAt(root, 'dynamic_resources', 'lds_config');
	const own = [
		...itemsOf(fieldOf(root, 'static_resources'), 'listeners'),
		...itemsOf(root, 'listeners'),
		...resourcesOf(root),
		...itemsOf(root, 'configs').flatMap(dumpedIn),
		...(fieldOf(root, 'filter_chains') === undefined ? [] : [root!]),
	].map((listener): EnvoyListener => ({listener, place}));
	if (source === undefined) {
		return own;
	}

	// The files of a discovery service hold nothing but resources.
	const at = fieldOf(source, 'path') ?? fieldAt(source, 'path_config_source', 'path');
	const name = textOf(at);
	if (name === undefined) {
		notes.push(`${place(source.offset)}: lds_config is left out: its listeners come from a server`);
		return own;
	}

	// Envoy goes by the folder that it is started in, which is often this one.
	const found = [path.resolve(path.dirname(file), name), name].find(candidate => files.read(candidate) !== undefined);
	if (found === undefined) {
		throw new ConfigurationError(`${place(at!.offset)}: there is no file ${name}`);
	}

	const discovered = openFile(found, files, budget, place(at!.offset));
	return own.concat(resourcesOf(discovered.root).map(listener => ({listener, place: discovered.place})));
}

function openFile(file: string, files: ConfigurationFiles, budget: Budget, askedAt: string): OpenFile {
	const text = files.read(file);
	if (text === undefined) {
		throw new ConfigurationError(`there is no file ${file}`);
	}

	budget.spend(text, askedAt);
	const open = openWithPosition(text, file);
	const problems = open.problems();
	if (problems.length > 0) {
		throw new ConfigurationError(problems.join('\n'));
	}

	return open;
}

const resourcesOf = (root: WithPosition | undefined): readonly WithPosition[] =>
	itemsOf(root, 'resources').map(unwrapped).filter(isListener);

/** A resource may be in a wrapper that has its name and version. */
const unwrapped = (resource: WithPosition): WithPosition =>
	typeOf(resource) === 'Resource' ? (fieldOf(resource, 'resource') ?? resource) : resource;

const isListener = (resource: WithPosition): boolean => (typeOf(resource) ?? 'Listener') === 'Listener';

/** Those of a dump: the ones that run. */
const dumpedIn = (dump: WithPosition): readonly WithPosition[] => [
	...itemsOf(dump, 'static_listeners').flatMap(item => fieldOf(item, 'listener') ?? []),
	...itemsOf(dump, 'dynamic_listeners').flatMap(item => fieldAt(item, 'active_state', 'listener') ?? []),
];
