import type {Due} from '../catalogs/due.js';
import {listOf, objectOf, published, text, texts} from './building/describe.js';
import {ofResult} from './building/of-result.js';
import {hostsByCloud, retirement} from './building/retirement.js';

export default published(
	'A line of tlsprobe catalog --due --json: one service and day',
	objectOf<Due>(
		{
			...retirement,
			service: text('the name of the service'),
			catalogs: texts('the names of the catalogs that have it'),
			versions: listOf(ofResult.version, 'the versions that the service stops accepting'),
			hosts: hostsByCloud('the hosts that the day is about, in each cloud where it holds; a name in braces is a variable'),
			source: text('the document that names the day, and its date'),
		},
		'A day on which a service stops accepting TLS 1.0 and 1.1. Later versions may add fields; these stay.',
	),
);
