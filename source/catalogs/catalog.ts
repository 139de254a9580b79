import type {Expectation} from '../policy/expectation.js';
import type {HostsByCloud, Retirement} from '../policy/services/azure-service.js';

export {type Cloud, clouds} from '../policy/services/azure-service.js';

/** A day on which a service stops accepting TLS 1.0 and 1.1, as it was announced. That it was carried out is another matter. */
export type ServiceEnding = Retirement & {
	/** Which of the entry's hosts it is about, as they are written there: all of them where nothing is said. */
	readonly hosts?: readonly string[] | undefined;
	/** Which document names the day, and of when. */
	readonly source: string;
};

/** What a service documents of itself, and where to find it. */
export type CatalogEntry = {
	readonly service: string;
	readonly hosts: HostsByCloud;
	/** The oldest version that the service says it takes; undefined where it says nothing that could be found. */
	readonly minimum?: string | undefined;
	/** Since when, in words or as a date, by cloud where they differ. */
	readonly since?: string | undefined;
	/** On which days it stops accepting versions of TLS, where that is known as a date. */
	readonly ends?: readonly ServiceEnding[] | undefined;
	/** Which document says so, and of when. */
	readonly source: string;
	readonly note?: string | undefined;
	/** What is expected of its hosts; if nothing is stated, what follows from its minimum, or else what is expected of any host. */
	readonly expect?: Expectation | undefined;
	/** Why it is not probed: it does not use TLS by design. */
	readonly isLeftOut?: string | undefined;
};

/** A list of endpoints that belong to one task. */
export type Catalog = {
	/** What it is chosen by. */
	readonly name: string;
	readonly title: string;
	readonly note?: string | undefined;
	readonly entries: readonly CatalogEntry[];
};
