import http from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ExecutionContext} from 'ava';

/** What a path is answered with: a document, a status with headers, or nothing at all. */
export type Served =
	| Uint8Array
	| {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array}
	| 'silence'
	| 'cut'
	| ((body: Uint8Array) => Uint8Array);

export type DocumentServer = {readonly port: number; readonly url: (path: string) => string; readonly asked: string[]};

/** A web server on loopback, until the test is over. Paths that are not known are 404. */
export async function serveDocuments(
	t: Pick<ExecutionContext, 'teardown'>,
	documents: Readonly<Record<string, Served>> | ((path: string) => Served | undefined),
): Promise<DocumentServer> {
	const asked: string[] = [];
	const server = http.createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) {
			chunks.push(chunk as Buffer);
		}

		const path = request.url ?? '';
		asked.push(`${request.method} ${path}`);
		const served = typeof documents === 'function' ? documents(path) : documents[path];
		if (served === undefined) {
			response.writeHead(404).end();
		} else if (served === 'cut') {
			response.writeHead(200, {'content-length': 10}).write('12345', () => response.destroy());
		} else if (served instanceof Uint8Array) {
			response.end(served);
		} else if (typeof served === 'function') {
			response.end(served(Buffer.concat(chunks)));
		} else if (served !== 'silence') {
			response.writeHead(served.status, served.headers).end(served.body);
		}
	});
	t.teardown(() => {
		server.close();
		server.closeAllConnections();
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	return {port, url: path => `http://127.0.0.1:${port}${path}`, asked};
}
