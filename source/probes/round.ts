/** Milliseconds to a tenth: more digits are noise. */
export const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
