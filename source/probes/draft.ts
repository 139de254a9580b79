/** A report, or a part of one, on its way: fields are added in the order of the format, which is faster than joining parts. */
export type Draft<Value> = {-readonly [Field in keyof Value]?: Value[Field]};
