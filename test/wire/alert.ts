import {alert} from '../../source/wire/alert.js';
import {testCodec} from '../helpers/codec-cases.js';

testCodec(alert, [
	{title: 'protocol_version', hex: '0246', value: {level: 2, description: 70}},
	{title: 'a level and a description that no registry knows', hex: 'ffee', value: {level: 255, description: 238}},
]);
