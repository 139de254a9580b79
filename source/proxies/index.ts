import apache from './apache.js';
import haproxy from './haproxy.js';
import kubernetes from './kubernetes.js';
import nginx from './nginx.js';
import type {Product} from './product.js';
import stunnel from './stunnel.js';
import traefik from './traefik.js';

/** Every product whose configuration can be read, in the order in which they are asked whether a text is theirs. */
export const products: readonly Product[] = [kubernetes, haproxy, apache, nginx, traefik, stunnel];

export const recogniseProduct = (text: string): Product | undefined => products.find(product => product.recognises(text));
