import {styleText} from 'node:util';

/** How text is drawn for where it goes. */
export type TerminalFeatures = {
	readonly hasColor: boolean;
	readonly hasUnicode: boolean;
	/** How wide a line may be. */
	readonly columns: number;
	/** Whether a person reads it as it comes. */
	readonly isTerminal?: boolean;
};

export type Color = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

export type Paint = (color: Color | readonly Color[], text: string) => string;

export const makePaint =
	({hasColor}: Pick<TerminalFeatures, 'hasColor'>): Paint =>
	(color, text) =>
		hasColor ? styleText(color as Parameters<typeof styleText>[0], text, {validateStream: false}) : text;
