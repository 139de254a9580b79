import {openWithPosition} from '../bytes/with-position.js';
import {defineProduct} from './product.js';
import {serversOfJson} from './reading/caddy-json.js';
import {endpointsOfServer} from './reading/caddy-server.js';
import {serversOfSites} from './reading/caddy-sites.js';
import {blocksOf} from './reading/caddyfile-blocks.js';
import {readCaddyfile} from './reading/caddyfile-imports.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import {type ConfigurationFiles, makeBudget} from './reading/files.js';

/**
Caddy: the sites of a Caddyfile, or the servers of Caddy's JSON configuration.

It settles the name before the version: the first policy for a name counts. What has no certificate for a name answers it with an alert.
*/
export default defineProduct({
	name: 'caddy',
	recognises: text => isJson(text) || isCaddyfile(text),
	read(file, files) {
		const notes: string[] = [];
		const text = files.read(file);
		if (text === undefined) {
			throw new ConfigurationError(`there is no file ${file}`);
		}

		const {servers, certificates} = /^\s*\{\s*"/.test(text)
			? readJson(text, file, files, notes)
			: serversOfSites(blocksOf(readCaddyfile(file, files)), {environment: files.environment, notes});
		return {endpoints: collectEndpoints(servers, server => endpointsOfServer(server, certificates, notes), notes), notes};
	},
});

function readJson(text: string, file: string, files: ConfigurationFiles, notes: string[]): ReturnType<typeof serversOfJson> {
	makeBudget().spend(text, file);
	const {root, problems, place} = openWithPosition(text, file);
	if (problems().length > 0) {
		throw new ConfigurationError(problems().join('\n'));
	}

	return serversOfJson(root!, {files, notes, place});
}

const isJson = (text: string): boolean =>
	/^\s*\{\s*"/.test(text) && /"apps"\s*:\s*\{/.test(text) && /"(?:http|tls|layer4)"\s*:\s*\{/.test(text);

/** Directives and options that no other product has, alone or with what stands behind them. */
const words =
	/^[ \t]*(?:reverse_proxy|file_server|php_fastcgi|respond|encode|handle|handle_path|redir|basic_?auth|auto_https|https?_port|default_sni|fallback_sni|acme_(?:ca|email|dns)|tls|import|bind|root|log|email)(?:[ \t]+[^=:;{\s][^=;\n]*|[ \t]*)(?:\{[ \t]*)?$/m;

/** Whether a line opens a block as a site, a snippet or the options do, or is a site's address alone. */
const isCaddyfile = (text: string): boolean => words.test(text) && text.split('\n').some(isHead);

function isHead(line: string): boolean {
	const trimmed = line.trimEnd();
	const opens = trimmed.endsWith('{');
	const addresses = (opens ? trimmed.slice(0, -1) : trimmed).split(/[\s,]+/).filter(word => word !== '');
	if (/^[\s#]/.test(line) || (addresses.length === 0 && !opens)) {
		return false;
	}

	return opens && /^\([\w-]+\)$/.test(addresses.join(' ')) ? true : addresses.every(isAddress);
}

/** A name of one label could be anything. */
const isAddress = (word: string): boolean =>
	word.includes('{$') ||
	(/[.:*]|^localhost$/.test(word) &&
		/^(?:https?:\/\/)?(?:[\w*-]+(?:\.[\w*-]+)*|\[[\da-f:]*\]|\{[^{}]*\})?(?::\d+)?(?:\/\S*)?$/i.test(word));
