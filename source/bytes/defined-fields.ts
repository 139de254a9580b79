/** The fields that are not undefined. Spread, they do not replace others with undefined. */
export const definedFields = <Fields extends object>(
	fields: Fields,
): {readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined>} =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<typeof definedFields<Fields>>;
