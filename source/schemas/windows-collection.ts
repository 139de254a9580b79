import type {JsonSchema} from '../probes/report-part.js';
import {collectionMark} from '../windows/registry-file/read-collection.js';
import {hiveNames, type RegistryValue, typeNames} from '../windows/registry-file/value.js';
import {listOf, objectOf, optional, published, text} from './building/describe.js';

/** What the script writes; all but the mark may be missing in what another program writes. */
type Collection = {
	readonly collector: string;
	readonly format?: number;
	readonly os?: OperatingSystem;
	readonly powershell?: string;
	readonly updates?: readonly Update[];
	readonly registry?: readonly unknown[];
};

type OperatingSystem = {
	readonly caption?: string;
	readonly version?: string;
	readonly servicePack?: number;
	readonly productType?: number;
	readonly architecture?: string;
};

type Update = {readonly id: string; readonly installedOn?: string};

type Item = {readonly key: string; readonly name: string; readonly type: string; readonly value: number | string | readonly string[]};

/** JSON Schema has no flag for small letters and capitals. */
const inAnyCase = (words: readonly string[]): string =>
	words.map(word => word.replaceAll(/[A-Z]/g, letter => `[${letter}${letter.toLowerCase()}]`)).join('|');

const key = {
	description: 'the path of the key, such as HKLM\\SYSTEM\\CurrentControlSet\\...; keys of 32-bit programs with WOW6432Node',
	type: 'string',
	pattern: String.raw`^\s*(?:${inAnyCase(hiveNames)})\s*(?:\\|$)`,
};

const valueItem = (type: JsonSchema, value: JsonSchema): JsonSchema =>
	objectOf<Item>({key, name: text('the name of the value; empty for the default value'), type, value}, 'a value of a key');

/** Types whose data is read as what it means. */
const plainTypes: readonly RegistryValue['type'][] = ['REG_DWORD', 'REG_SZ', 'REG_EXPAND_SZ', 'REG_MULTI_SZ'];

const item = {
	oneOf: [
		{...objectOf<Pick<Item, 'key'>>({key}, 'a key that exists'), not: {required: ['name']}},
		valueItem(
			{description: 'a number', const: 'REG_DWORD'},
			{description: 'the number', type: 'integer', minimum: 0, maximum: 2 ** 32 - 1},
		),
		valueItem({description: 'text', enum: ['REG_SZ', 'REG_EXPAND_SZ']}, text('the text, with its variables')),
		valueItem({description: 'several texts', const: 'REG_MULTI_SZ'}, listOf({type: 'string'}, 'the texts')),
		valueItem(
			{description: 'any other type', enum: typeNames.filter(name => !plainTypes.some(plain => plain === name))},
			{description: 'the bytes, in hexadecimal', type: 'string', pattern: '^(?:[0-9a-fA-F]{2})*$'},
		),
	],
};

export default published(
	'The file that the script of tlsprobe windows --collector writes',
	objectOf<Collection>(
		{
			collector: {description: 'what marks the file', const: collectionMark},
			format: optional({description: 'the format of the file', const: 1}),
			os: optional(
				objectOf<OperatingSystem>(
					{
						caption: optional(text('the name of the system, such as Microsoft Windows Server 2016 Standard')),
						version: optional(text('the version of Windows with its build, such as 10.0.14393')),
						servicePack: optional({description: 'the number of the service pack; 0 if there is none', type: 'integer', minimum: 0}),
						productType: optional({description: '1: a workstation; 2: a domain controller; 3: any other server', enum: [1, 2, 3]}),
						architecture: optional(text('AMD64 or ARM64 for 64-bit Windows, x86 for 32-bit Windows')),
					},
					'Win32_OperatingSystem, and PROCESSOR_ARCHITECTURE; without it, --os and --arch say what they are',
				),
			),
			powershell: optional(text('the version of PowerShell')),
			updates: optional(
				listOf(
					objectOf<Update>({
						id: text('the number, such as KB3140245'),
						installedOn: optional(text('the day, ISO 8601, such as 2016-06-15')),
					}),
					'the updates that are installed; others count as not installed',
				),
			),
			registry: optional(listOf(item, 'the keys that exist and their values; a value that is not here counts as not set')),
		},
		'What the script collects on one machine, for tlsprobe windows. Other programs may write such a file too. Later versions may add fields; these stay.',
	),
);
