/** A JSON Schema (draft 2020-12) that is closed: it names every field. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One line of a report for people, such as `preference  server`. The text may hold what a server sent; formats escape it. */
export type Line = {
	readonly label: string;
	readonly text: string;
	readonly tone: 'good' | 'bad' | 'open' | 'neutral';
	/** Its depth below the last line without one: 1 or more. A label that repeats the one above is not shown. */
	readonly depth?: number;
};

/** A fact in an overview, such as `TLSv1.3: x25519, secp256r1`. The text may hold what a server sent; formats escape it. */
export type ShortLine = {
	readonly text: string;
	/** In place of the title of the part. */
	readonly label?: string;
};

/** Something that is wrong or not known, for the head of a report. */
export type Problem = {
	/** `error`: clients refuse it, or it protects nothing; `warning`: a document calls it weak; `undecided`: it is not known. */
	readonly severity: 'error' | 'warning' | 'undecided';
	/** One short sentence or less. It may hold what a server sent; formats escape it. */
	readonly message: string;
};

/** How what was found stands to what is demanded of it. */
export type Judgement = {readonly status: 'pass' | 'fail' | 'inconclusive'; readonly message: string};

/** One difference between two reports of the same endpoint. */
export type PartChange = {readonly effect: 'worse' | 'better' | 'changed'; readonly message: string};

/** A metric for Prometheus. */
export type Measure<Part> = {
	/** The name after `tlsprobe_`, with the unit. */
	readonly name: string;
	/** One sentence. */
	readonly help: string;
	/** Empty where it is not known. No two have the same labels. */
	samples(part: Part): readonly {readonly labels: Readonly<Record<string, string>>; readonly value: number}[];
};

/** A column of a sheet. */
export type Column<Part> = {
	/** In snake case; it follows the name of the part. */
	readonly name: string;
	/** Empty where it is not known. */
	cell(part: Part): string | number;
};

/**
What a probe adds to a report, and how everything that reads reports deals with it: JSON and its schema, formats, checks, comparing.
It judges nothing but what a demand asks for, and does no I/O.
*/
export type ReportPart<Part, Demand = never> = {
	/** Of the JSON: the part is there under this name. */
	readonly field: string;
	/** Of the section in formats for people. */
	readonly title: string;
	readonly schema: JsonSchema;
	/** How it is decided from the connections that were made, in sentences, for `--explain`. */
	readonly rule?: string;
	/** For the table, HTML, Markdown and the like. */
	lines(part: Part): readonly Line[];
	/**
	Replaces the lines in an overview of many parts: what there is, in few words.
	It is only called where nothing is wrong, weak or undecided: no problem, and no line that is `bad` or `open`. Without it, the lines are shown.
	*/
	inShort?(part: Part): readonly ShortLine[];
	/** The worst first. */
	problems(part: Part): readonly Problem[];
	/** For one cell, and a list's line where there is no `inList`; without line breaks. */
	brief(part: Part): string;
	/** Replaces the title and the brief in a list's line: only what is compared across many hosts. Empty for nothing. */
	inList?(part: Part): string;
	readonly measures?: readonly Measure<Part>[];
	/** After the column of the brief. */
	readonly columns?: readonly Column<Part>[];
	/** What a check file and a policy may ask of the part; under the probe's field in `expect`. */
	readonly demand?: {
		readonly schema: JsonSchema;
		/** @returns The demand, or what is wrong with it, in words. */
		parse(value: unknown): {readonly demand: Demand} | {readonly problem: string};
		judge(part: Part, demand: Demand): Judgement;
		/** A demand that the part meets as it is, for a first check file; undefined if there is nothing to demand. */
		fromPart?(part: Part): Demand | undefined;
	};
	compare?(before: Part, after: Part): readonly PartChange[];
};
