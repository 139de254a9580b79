/** Resolves when what has arrived by now has been dealt with. */
export const nextTurn = (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});
