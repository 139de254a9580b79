/** Objects that mostly have the same fields, by column: the names of fields are there once for all objects of a shape, and so is what does not differ. */
export type ByColumn = {
	/** The shape of each object, in their order: a place in `shapes`. */
	readonly order: readonly number[];
	readonly shapes: readonly StoredShape[];
};

type StoredShape = {
	/** An object like those of this shape, with the place of a column in place of each value. */
	readonly fields: Fields;
	/** What the objects have there, one behind the other; one value where all of them have the same. */
	readonly columns: readonly (readonly unknown[])[];
};

type Fields = {readonly [name: string]: number | Fields};

/** What an object of a shape has: names in their order, and the shape of each value that is an object itself. */
type Shape = {readonly names: readonly string[]; readonly inner: readonly (Shape | undefined)[]};

/** Objects of one shape while they are gathered: a list of values for each. */
type Table = {readonly shape: Shape; readonly rows: (readonly unknown[])[]};

/** @param objects - Plain data, as of JSON. Fields that are undefined are left out, as there. */
export function toColumns(objects: readonly object[]): ByColumn {
	const tables: Table[] = [];
	const order = objects.map(object => {
		for (const [place, {shape, rows}] of tables.entries()) {
			const row: unknown[] = [];
			if (readRow(object, shape, row)) {
				rows.push(row);
				return place;
			}
		}

		const shape = shapeOf(object);
		const row: unknown[] = [];
		readRow(object, shape, row);
		return tables.push({shape, rows: [row]}) - 1;
	});
	return {order, shapes: tables.map(storedShape)};
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const shapeOf = (object: object): Shape => {
	const fields = Object.entries(object).filter(([, value]) => value !== undefined);
	return {names: fields.map(([name]) => name), inner: fields.map(([, value]) => (isObject(value) ? shapeOf(value) : undefined))};
};

/** Puts the values of an object into a row. @returns Whether it has this shape. */
function readRow(object: object, {names, inner}: Shape, row: unknown[]): boolean {
	let place = 0;
	for (const name of Object.keys(object)) {
		const value = (object as Readonly<Record<string, unknown>>)[name];
		if (value === undefined) {
			continue;
		}

		if (name !== names[place]) {
			return false;
		}

		const shape = inner[place];
		place += 1;
		if (!isObject(value)) {
			if (shape !== undefined) {
				return false;
			}

			row.push(value);
		} else if (shape === undefined || !readRow(value, shape, row)) {
			return false;
		}
	}

	return place === names.length;
}

function storedShape({shape, rows}: Table): StoredShape {
	let count = 0;
	const fieldsOf = ({names, inner}: Shape): Fields =>
		Object.fromEntries(
			names.map((name, place) => {
				const within = inner[place];
				return [name, within === undefined ? count++ : fieldsOf(within)];
			}),
		);
	const fields = fieldsOf(shape);
	const [first] = rows as [readonly unknown[]];
	return {
		fields,
		columns: first.map((value, place) => (rows.every(row => row[place] === value) ? [value] : rows.map(row => row[place]))),
	};
}

/** What `fromColumns` makes at most, in fields of all objects: they may be many times as large as the columns. */
const mostFields = 2 ** 23;

/**
@param columns - What `toColumns` makes, from another process.
@throws {TypeError} If it is something else, or too large.
*/
export function fromColumns({order, shapes}: ByColumn): object[] {
	const readers = shapes.map(({fields, columns}) => ({...readerOf(fields, columns), row: 0}));
	let left = mostFields;
	return order.map(place => {
		const reader = readers[place]!;
		left -= reader.size;
		if (left < 0) {
			throw new TypeError('too many fields');
		}

		const object = reader.read(reader.row);
		reader.row += 1;
		return object;
	});
}

type Reader = {readonly size: number; readonly read: (row: number) => object};

/** A copy of an object is made faster than one is built, field by field. */
function readerOf(fields: Fields, columns: StoredShape['columns']): Reader {
	const usual: Record<string, unknown> = {};
	const inner: (Reader & {readonly name: string})[] = [];
	const varied: {readonly name: string; readonly column: readonly unknown[]}[] = [];
	let size = 1;
	for (const [name, found] of Object.entries(fields)) {
		const column = typeof found === 'number' ? columns[found]! : undefined;
		// An assignment would set the prototype where this is the name.
		Object.defineProperty(usual, name, {value: column?.[0], enumerable: true, configurable: true, writable: true});
		size += 1;
		if (column === undefined) {
			const reader = readerOf(found as Fields, columns);
			size += reader.size;
			inner.push({...reader, name});
		} else if (column.length !== 1) {
			varied.push({name, column});
		}
	}

	return {
		size,
		read(row) {
			const object = {...usual};
			for (let place = 0; place < varied.length; place++) {
				const {name, column} = varied[place]!;
				object[name] = column[row];
			}

			for (let place = 0; place < inner.length; place++) {
				const {name, read} = inner[place]!;
				object[name] = read(row);
			}

			return object;
		},
	};
}
