import {isIP} from 'node:net';
import {bracketed} from '../../bytes/bracketed.js';
import type {HttpAnswer, ServiceAnswer} from '../../exchange/completing/completion.js';
import {readHttpAnswer} from '../../exchange/completing/http-answer.js';
import {completionInBrief} from '../../exchange/completion-in-brief.js';
import {tlsNewestFirst, type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import {requestFor} from '../confirm/request.js';
import type {Ask, Conduct, Conversation, HandshakeAsk, ProbeTarget, RecordsAsk} from '../probe.js';
import {answered} from '../taking/answered.js';
import {together} from '../taking/together.js';
import {acceptedName} from '../versions/accepted-hello.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import type {HttpFinding, PlainFinding, Redirect} from './http-finding.js';
import {readStrictTransportSecurity} from './strict-transport-security.js';
import type {HttpTypes} from './types.js';

/** The newest first, as browsers select it. */

const [httpsPort, httpPort] = [443, 80];

const conduct: Conduct<HttpTypes> = {
	*run({target, earlier: {versions: findings, confirm}, options}) {
		const host = target.serverName ?? target.host;
		const request = requestFor(target);
		const name = tlsNewestFirst.find(item => findings[item]?.status === 'accepted');
		const known = name && confirm?.get(versionRegistry.code(name))?.completion;
		const plainPort = options.plainPort ?? (target.port === httpsPort ? httpPort : undefined);
		const [behindTls, plain] = yield* together<Asked | PlainFinding | undefined, Ask>([
			request === undefined || name === undefined
				? answered(undefined)
				: known?.handshake.kind === 'completed' && known.answer !== undefined
					? answered({answer: known.answer, connections: 0})
					: (askBehindTls(name, findings, target, request) as Conversation<Asked, Ask>),
			plainPort === undefined || request === undefined || name === undefined
				? answered(undefined)
				: (askInClear(plainPort, versionRegistry.code(name), target) as Conversation<PlainFinding, Ask>),
		]);
		return findingOf(behindTls as Asked | undefined, plain as PlainFinding | undefined, name, host, request === undefined);
	},
};

export default conduct;

type Asked = {readonly answer?: ServiceAnswer | undefined; readonly message?: string; readonly connections: number};

/** A request without an answer is sent again. */
const mostTries = 2;

function* askBehindTls(
	name: VersionName,
	findings: VersionsFinding,
	{serverName}: ProbeTarget,
	request: string,
): Conversation<Asked, HandshakeAsk> {
	const handshake = {
		version: versionRegistry.code(name),
		serverName: acceptedName(findings[name], serverName),
		request,
	};
	for (let connections = 1; ; connections++) {
		const [completion] = yield [{kind: 'handshake', handshake}];
		const {answer} = completion!;
		const isAnswered = answer?.kind === 'http' || answer?.kind === 'not-http';
		if (isAnswered || connections >= mostTries) {
			return {answer, connections, ...(isAnswered ? {} : {message: completionInBrief(completion!)})};
		}
	}
}

function* askInClear(port: number, version: number, target: ProbeTarget): Conversation<PlainFinding, RecordsAsk> {
	const host = target.serverName ?? target.host;
	// The field Host has no port if it is the default one. RFC 9110 §4.2.1.
	const request = requestFor({...target, port: port === httpPort ? httpsPort : port, alpn: undefined})!;
	const turn = {send: [{kind: 'bytes', bytes: Buffer.from(request, 'latin1').toString('hex')}], until: {kind: 'empty-line'}} as const;
	const [answer] = yield [{kind: 'records', records: {version, shape: 'http', serverName: undefined, plainPort: port, turn}}];
	if (answer!.kind === 'not-reached') {
		const {outcome} = answer!;
		return {port, status: outcome.kind === 'unreachable' && outcome.code === 'ECONNREFUSED' ? 'closed' : 'inconclusive'};
	}

	const reader = readHttpAnswer();
	const read = reader.push(answer!.turn.received) ?? reader.end();
	if (read?.kind !== 'http') {
		return {port, status: read?.kind === 'not-http' ? 'not-http' : 'inconclusive'};
	}

	const redirect = redirectOf(read, `http://${bracketed(host)}:${port}/`);
	return {port, status: redirect?.isHttps ? 'redirects' : 'serves', statusCode: read.status, ...(redirect === undefined ? {} : {redirect})};
}

function findingOf(
	asked: Asked | undefined,
	plain: PlainFinding | undefined,
	version: VersionName | undefined,
	host: string,
	isOther: boolean,
): HttpFinding {
	const connections = (asked?.connections ?? 0) + (plain === undefined ? 0 : 1);
	const none = {strictTransportSecurity: null, ...(plain === undefined ? {} : {plain}), connections};
	if (isOther) {
		return {status: 'not-applicable', ...none};
	}

	const answer = asked?.answer;
	if (version === undefined || answer === undefined || (answer.kind !== 'http' && answer.kind !== 'not-http')) {
		return {status: 'inconclusive', message: asked?.message ?? 'no version that could be asked in is accepted', ...none};
	}

	if (answer.kind === 'not-http') {
		return {status: 'not-http', message: `looks like ${answer.looksLike.protocol}`, version, ...none};
	}

	const {fields = {}, server} = answer;
	const [first, second] = fields['strict-transport-security'] ?? [];
	const read = first === undefined ? undefined : readStrictTransportSecurity(first);
	const redirect = redirectOf(answer, `https://${bracketed(host)}/`);
	return {
		status: 'http',
		statusCode: answer.status,
		...none,
		strictTransportSecurity: read !== undefined && 'policy' in read ? read.policy : null,
		...problemOf(
			read !== undefined && 'problem' in read ? read.problem : undefined,
			second !== undefined,
			isIP(host) !== 0 && first !== undefined,
		),
		...(server === undefined ? {} : {server}),
		...(fields['alt-svc'] === undefined ? {} : {altSvc: fields['alt-svc'].join(', ')}),
		...(redirect === undefined ? {} : {redirect}),
		version,
	};
}

/** Only the first field counts, and no field from an address. RFC 6797 §8.1. */
function problemOf(
	problem: string | undefined,
	isRepeated: boolean,
	isFromAddress: boolean,
): Pick<HttpFinding, 'strictTransportSecurityProblem'> {
	const found =
		problem ?? (isRepeated ? 'it is sent twice, and only the first counts' : isFromAddress ? 'it is ignored from an address' : undefined);
	return found === undefined ? {} : {strictTransportSecurityProblem: found};
}

/** RFC 9110 §15.4. */
const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectOf({status, fields = {}}: HttpAnswer, base: string): Redirect | undefined {
	const [location] = fields.location ?? [];
	if (!redirecting.has(status) || location === undefined || !URL.canParse(location, base)) {
		return undefined;
	}

	const {protocol, hostname} = new URL(location, base);
	return {location, isHttps: protocol === 'https:', isSameHost: hostname === new URL(base).hostname};
}
