/** Replaces the unknown value of a variable in a text. The variable's name follows it. */
export const unknownMark = '\u0000';

/** The environment as the lines of a configuration see it, one after the other. */
export type Variables = {
	/** What it holds; undefined where it is not set; null where that is not known. */
	readonly get: (name: string) => string | undefined | null;
	/** Undefined where it is not known. */
	readonly isDefined: (name: string) => boolean | undefined;
	/** Takes a line of `global` that changes them. */
	readonly change: (words: readonly string[]) => void;
	/** A text with what its marks stand for; undefined where that is not known. */
	readonly resolve: (text: string) => string | undefined;
	/** A text for a person, with the names of what is marked. */
	readonly shown: (text: string) => string;
};

/** Marks everything that is set, so that a text can be shown and taken apart before it is resolved. */
export const marking = ({get}: Variables): Pick<Variables, 'get'> => ({
	get(name) {
		const value = get(name);
		return typeof value === 'string' ? `${unknownMark}${name}${unknownMark}` : value;
	},
});

const marks = new RegExp(`${unknownMark}(\\.?\\w*)${unknownMark}`, 'g');

/**
HAProxy's variables: what the file sets, and else what our own environment has. It is no proof that HAProxy's has not more.

https://docs.haproxy.org/2.6/configuration.html#2.3
*/
export function makeVariables(environment: Readonly<Record<string, string | undefined>>): Variables {
	const own = new Map<string, string | undefined>();
	/** What `resetenv` leaves of what was there before. */
	let kept: ReadonlySet<string> | undefined;
	const get: Variables['get'] = name =>
		own.has(name) ? own.get(name) : kept === undefined || kept.has(name) ? (environment[name] ?? null) : undefined;
	return {
		get,
		isDefined(name) {
			const value = get(name);
			return value === null ? undefined : value !== undefined;
		},
		change([word, ...args]) {
			switch (word) {
				case 'setenv':
					own.set(args[0] ?? '', args[1] ?? '');
					break;
				case 'presetenv':
					// Where it is not known whether it is there, it is not known what it holds.
					if (get(args[0] ?? '') === undefined) {
						own.set(args[0] ?? '', args[1] ?? '');
					}

					break;
				case 'unsetenv':
					for (const name of args) {
						own.set(name, undefined);
					}

					break;
				case 'resetenv':
					for (const name of [...own.keys()].filter(name => !args.includes(name))) {
						own.set(name, undefined);
					}

					kept = new Set(args.filter(name => kept?.has(name) ?? true));
					break;
				default:
					break;
			}
		},
		resolve(text) {
			const names = [...text.matchAll(marks)].map(([, name]) => name!);
			return names.some(name => get(name) === null) ? undefined : text.replaceAll(marks, (_mark, name: string) => get(name) ?? '');
		},
		shown: text => text.replaceAll(marks, '$$$1'),
	};
}
