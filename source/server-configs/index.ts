import apache from './apache.js';
import caddy from './caddy.js';
import envoy from './envoy.js';
import haproxy from './haproxy.js';
import kubernetes from './kubernetes.js';
import nginx from './nginx.js';
import type {Product} from './product.js';
import {recogniseForeign} from './reading/foreign-products.js';
import stunnel from './stunnel.js';
import traefik from './traefik.js';

export {type ForeignProduct, recogniseForeign} from './reading/foreign-products.js';

/** Every product whose configuration can be read, in the order in which they are asked whether a text is theirs. */
export const products: readonly Product[] = [kubernetes, envoy, haproxy, apache, nginx, traefik, stunnel, caddy];

export const recogniseProduct = (text: string): Product | undefined =>
	recogniseForeign(text) === undefined ? products.find(product => product.recognises(text)) : undefined;
