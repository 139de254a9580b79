/** How often something that is drawn is tried: the larger number in CI, and a part of it in `npm test`, where each one costs processor time. */
export const roundsOf = (inCi: number, elsewhere: number): number => (process.env.CI ? inCi : elsewhere);
