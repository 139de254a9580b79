import type {LabPorts} from '../lab/lab-text.js';
import {objectOf, published, text, valuesBy} from './building/describe.js';
import {described, ofResult} from './building/of-result.js';

export default published(
	'The object that tlsprobe lab --serve --json prints',
	objectOf<LabPorts>(
		{
			address: text('the address that the servers listen on'),
			ports: valuesBy({type: 'string'}, described('the port of the server', ofResult.port), 'the port of each server, by its name'),
			proxy: text('the URL of a proxy that connects every name to one of the servers'),
		},
		'Where the test servers listen. Later versions may add fields; these stay.',
	),
);
