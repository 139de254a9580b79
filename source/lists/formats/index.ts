import ansibleIni from './ansible-ini.js';
import ansibleYaml from './ansible-yaml.js';
import csv from './csv.js';
import type {HostsFormat} from './format.js';
import lines from './lines.js';
import masscanJson from './masscan-json.js';
import masscanList from './masscan-list.js';
import nmapGrepable from './nmap-grepable.js';
import nmapXml from './nmap-xml.js';
import rankDomain from './rank-domain.js';

/** Every format of a list of hosts, in the order in which they are asked whether it is theirs. The last one always says yes. */
export const hostsFormats = [nmapXml, nmapGrepable, masscanList, masscanJson, csv, rankDomain, ansibleIni, ansibleYaml, lines] as const;

export type HostsFormatName = (typeof hostsFormats)[number]['name'];

export const hostsFormatNames: readonly HostsFormatName[] = hostsFormats.map(({name}) => name);

export const hostsFormatNamed = (name: HostsFormatName): HostsFormat => hostsFormats.find(format => format.name === name)!;

/** The format of a text that starts with this line. */
export const recogniseFormat = (line: string): HostsFormat => hostsFormats.find(format => format.recognises(line)) ?? lines;
