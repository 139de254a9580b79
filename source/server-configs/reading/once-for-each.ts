const mostKnown = 500;

/** Read each text once: a thousand servers may state the same list. */
export function onceForEach<Value>(read: (text: string) => Value): (text: string) => Value {
	const known = new Map<string, Value>();
	return text => {
		if (!known.has(text)) {
			if (known.size >= mostKnown) {
				known.clear();
			}

			known.set(text, read(text));
		}

		return known.get(text) as Value;
	};
}
