/**
An object with some of its fields. When another field is read, the whole object is loaded, and all of its fields are there from then on.

@param known - Some fields. It is what is returned.
@param load - Returns the whole object.
*/
export const lateObject = (known, load) => Object.setPrototypeOf(known, new Proxy({known, load}, late));

/** One for all: a snapshot starts the faster the fewer functions are in it. */
const late = {
	get: (target, key) => complete(target)[key],
	has: (target, key) => key in complete(target),
};

const complete = ({known, load}) => Object.setPrototypeOf(known, load());
