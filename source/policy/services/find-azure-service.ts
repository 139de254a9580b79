import {azure} from './azure.js';
import {type AzureService, type Cloud, clouds, type Retirement} from './azure-service.js';

/** What one host's service states of TLS 1.0 and 1.1 in the host's cloud. */
export type HostService = Pick<AzureService, 'name' | 'source' | 'refusesLater'> &
	Pick<Retirement, 'sure' | 'isOngoing'> & {
		/** The day, or the month, ISO 8601. */
		readonly since: string;
	};

/** How the names of a service's hosts end, or whole names, each with what is stated in its cloud. */
let suffixes: ReadonlyMap<string, HostService> | undefined;

/** The service that a host belongs to. */
export function azureServiceOf(host: string): HostService | undefined {
	suffixes ??= new Map(Object.values<AzureService>(azure).flatMap(suffixesOf));
	for (let name = host, dot = 0; dot !== -1; dot = host.indexOf('.', dot + 1), name = host.slice(dot)) {
		const found = suffixes.get(name);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

function suffixesOf(service: AzureService): readonly (readonly [suffix: string, service: HostService])[] {
	const listed = clouds.flatMap(cloud => (service.hosts[cloud] ?? []).map(host => [suffixOf(host), cloud] as const));
	const more = (service.moreSuffixes ?? []).map(suffix => [suffix, 'public'] as const);
	return [...listed, ...more].flatMap(([suffix, cloud]) => {
		const found = inCloud(service, cloud);
		return found === undefined ? [] : [[suffix, found] as const];
	});
}

/** `.blob.core.windows.net` of `{account}.blob.core.windows.net:443`; a name without a part to fill in is itself. */
const suffixOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^.*\}[^.]*/, '');

const cloudTitles: Readonly<Record<Cloud, string>> = {public: '', usgov: ' (US Government)', china: ' (China)'};

function inCloud({name, source, refusesLater, retirements}: AzureService, cloud: Cloud): HostService | undefined {
	const retirement = retirements.find(({clouds: where}) => where?.includes(cloud) ?? true);
	if (retirement === undefined) {
		return undefined;
	}

	const {day, sure, clouds: where, isOngoing} = retirement;
	return {
		name: where === undefined ? name : `${name}${cloudTitles[cloud]}`,
		since: day,
		sure,
		source,
		...(refusesLater && {refusesLater}),
		...(isOngoing && {isOngoing}),
	};
}

/**
Whether the day of a service has come. A month has once it begins.

@param today - ISO 8601.
*/
export const isInForce = ({since}: HostService, today: string): boolean => today >= since;
