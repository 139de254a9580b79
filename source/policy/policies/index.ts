import type {Policy} from '../policy.js';
import azure from './azure.js';
import azureFrontDoor from './azure-front-door.js';
import bsiTr021022 from './bsi-tr-02102-2.js';
import defaultPolicy from './default.js';
import mozillaIntermediate from './mozilla-intermediate.js';
import mozillaModern from './mozilla-modern.js';
import mozillaOld from './mozilla-old.js';
import nistSp80052r2 from './nist-sp-800-52r2.js';
import nistSp80052r2Public from './nist-sp-800-52r2-public.js';
import noKnownVulnerability from './no-known-vulnerability.js';
import pciDss from './pci-dss.js';
import pqReady from './pq-ready.js';
import rfc8996 from './rfc8996.js';
import rfc9325 from './rfc9325.js';
import sslLabs from './ssl-labs.js';

/** Every policy that is shipped. */
export const policies: readonly Policy[] = [
	defaultPolicy,
	rfc8996,
	rfc9325,
	nistSp80052r2,
	nistSp80052r2Public,
	bsiTr021022,
	pciDss,
	mozillaModern,
	mozillaIntermediate,
	mozillaOld,
	pqReady,
	sslLabs,
	azure,
	azureFrontDoor,
	noKnownVulnerability,
];
