/** Text on its way out. */
export type BufferedWriter = {
	/** Takes text; resolves when there is room for more, and is undefined where there is already. */
	readonly add: (text: string) => Promise<void> | undefined;
	/** Resolves when everything is out. */
	readonly end: () => Promise<void>;
};

/** Too short for a person to notice, and a pipe is written to fifty times a second instead of thousands of times. */
const everyMs = 20;

/** So much may wait for a reader before those who write wait too, in characters. */
const mostWaiting = 65_536;

/**
Hand text on at once where there was none for a while, and what follows closely in one piece: each write wakes its reader, which costs as
much as a connection.

@param write - Resolves when the text is out. What it throws comes out of the next `add`, or of `end`.
*/
export function makeBufferedWriter(write: (text: string) => Promise<void>): BufferedWriter {
	let waiting = '';
	let writing: Promise<void> | undefined;
	let failure: {readonly error: unknown} | undefined;
	let timer: NodeJS.Timeout | undefined;

	/** Ends when nothing waits any more. Never rejects. */
	const flush = async (): Promise<void> => {
		try {
			while (waiting !== '' && failure === undefined) {
				const text = waiting;
				waiting = '';
				await write(text);
			}
		} catch (error) {
			failure = {error};
		}

		writing = undefined;
	};

	const start = (): Promise<void> => {
		writing ??= flush();
		return writing;
	};

	const onTime = (): void => {
		timer = undefined;
		if (waiting !== '') {
			void start();
			timer = setTimeout(onTime, everyMs);
		}
	};

	const check = (): void => {
		if (failure !== undefined) {
			throw failure.error;
		}
	};

	return {
		add(text) {
			if (failure !== undefined) {
				return Promise.reject(failure.error);
			}

			waiting += text;
			const isFirst = timer === undefined;
			if (text === '' || (!isFirst && waiting.length <= mostWaiting)) {
				return undefined;
			}

			timer ??= setTimeout(onTime, everyMs);
			return start().then(check);
		},
		async end() {
			clearTimeout(timer);
			timer = undefined;
			await writing;
			await start();
			check();
		},
	};
}
