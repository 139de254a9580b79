/** What is used of sax, which comes without types. */
declare module 'sax' {
	type Tag = {readonly name: string; readonly attributes: Readonly<Record<string, string>>};

	type Parser = {
		ondoctype: (text: string) => void;
		onattribute: () => void;
		onopentagstart: () => void;
		onopentag: (tag: Tag) => void;
		onclosetag: (name: string) => void;
		onerror: (error: Error) => void;
		/** From 0. */
		readonly line: number;
		readonly tags: readonly Tag[];
		write(text: string): void;
		close(): void;
	};

	const sax: {parser(isStrict: boolean, options?: {strictEntities?: boolean}): Parser; MAX_BUFFER_LENGTH: number};
	export default sax;
}
