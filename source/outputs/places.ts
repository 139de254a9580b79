/** What goes where. */
export type Places<Name extends string> = {
	/** What stdout carries; undefined where everything goes to files. */
	readonly printed: Name | undefined;
	readonly files: readonly {readonly path: string; readonly format: Name}[];
};
