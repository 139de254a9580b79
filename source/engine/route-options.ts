import type {ProbeOptions} from './probe-options.js';

/** What lies between this machine and TLS. */
export type RouteOptions = Pick<ProbeOptions, 'proxy' | 'noProxy' | 'comparesDirect' | 'startTls' | 'proxyProtocol'>;
