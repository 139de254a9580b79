import {defineProduct} from './product.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {endpointsOfGateways, endpointsOfIstio} from './reading/kubernetes-gateway.js';
import {endpointsOfIngresses} from './reading/kubernetes-ingress.js';
import {type KubernetesObject, readObjects} from './reading/kubernetes-objects.js';
import {endpointsOfTraefik} from './reading/kubernetes-traefik.js';

/**
Manifests of Kubernetes, YAML or JSON, as `kubectl get -o yaml` writes them too: Ingresses of ingress-nginx with the controller's ConfigMap, Gateways of the
Gateway API and of Istio, and Traefik's IngressRoutes and TLSOptions.

What they describe runs elsewhere: it is found at the address in its status, or else by its names.
*/
export default defineProduct({
	name: 'kubernetes',
	recognises: text => isObject.test(text) && /(?:^|[{,])[ \t]*(?:- )?["']?kind["']?[ \t]*:/m.test(text),
	read(file, files) {
		const notes: string[] = [];
		const objects = readObjects(file, files);
		const endpoints = collectEndpoints(kinds, endpointsOf => endpointsOf(objects, notes), notes);
		if (endpoints.length === 0 && notes.length === 0) {
			notes.push(`${file}: it has none of the kinds that are read: Ingress, ConfigMap of ingress-nginx, Gateway, IngressRoute`);
		}

		return {endpoints, notes};
	},
});

/** What all objects have. What is set in deeper belongs to something else, but in JSON. */
const isObject = /^(?:- )?apiVersion[ \t]*:|(?:^|\{)[ \t]*"apiVersion"[ \t]*:/m;

const kinds: readonly ((objects: readonly KubernetesObject[], notes: string[]) => ReturnType<typeof endpointsOfIngresses>)[] = [
	endpointsOfIngresses,
	endpointsOfGateways,
	endpointsOfIstio,
	endpointsOfTraefik,
];
