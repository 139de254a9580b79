import type {AddressOptions} from './address-options.js';

/** Whether probes of many connections each are asked for. */
export const isDeep = ({probes}: Pick<AddressOptions, 'probes'>): boolean =>
	probes.some(({name}) => !['versions', 'certificate', 'confirm'].includes(name));
