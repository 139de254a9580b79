/** The best first. T: the certificate is not trusted. M: it is for another name. */
export const letters = ['A+', 'A', 'A-', 'B', 'C', 'D', 'E', 'F', 'T', 'M'] as const;

export type Letter = (typeof letters)[number];

/** A rule that leaves no better letter than this. */
export type Cap = {
	/** Stable. */
	readonly id: string;
	readonly letter: Letter;
	/** What was found, in a few words. */
	readonly because: string;
};

/** The grade by the SSL Labs rating guide. */
export type GradeReport = {
	/** Null where there is nothing to grade. */
	readonly letter: Letter | null;
	/** The grade without T and M, if the letter is one of them. */
	readonly withoutTrust?: Letter | undefined;
	/** 0 to 100: 0.3 of `protocol`, 0.3 of `keyExchange` and 0.4 of `cipher`; 0 where one of them is. */
	readonly score: number;
	readonly protocol: number;
	readonly keyExchange: number;
	readonly cipher: number;
	/** What limits the letter, the worst first. */
	readonly caps: readonly Cap[];
	/** What is not decided, and the letter that it may lead to. */
	readonly open: readonly Cap[];
	/** What SSL Labs checks and this run did not. */
	readonly notSeen: readonly string[];
	/** The version of the guide. */
	readonly guide: '2009r';
};

/** Whether a letter is at least as good as another. */
export const isAtLeast = (letter: Letter, wanted: Letter): boolean => letters.indexOf(letter) <= letters.indexOf(wanted);
