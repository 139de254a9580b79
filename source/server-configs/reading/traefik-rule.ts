/** What a rule says of names, as `Host(...)` of HTTP and `HostSNI(...)` of TCP do. */
export type RuleNames = {
	/** Lower case; `*` where every name is meant. */
	readonly names: readonly string[];
	/** Those by a regular expression, as they are written. */
	readonly expressions: readonly string[];
	/** Whether something else has to hold as well, such as an address or another protocol. */
	readonly isConditional: boolean;
};

/**
Read a rule of Traefik's: matchers that are calls of functions, with `&&`, `||`, `!` and parentheses.

Names that are negated are not those that the rule is for. Goes through the rule once.

https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
*/
export function readRule(rule: string): RuleNames {
	const names: string[] = [];
	const expressions: string[] = [];
	let others = 0;
	/** Whether what stands in each of the open parentheses is negated. */
	const negated: boolean[] = [false];
	let isNot = false;
	let matcher: string | undefined;
	for (const [token] of rule.matchAll(tokens)) {
		if (token === '!') {
			isNot = !isNot;
		} else if (token === '(' && matcher === undefined) {
			negated.push(negated.at(-1)! !== isNot);
			isNot = false;
		} else if (token === ')') {
			if (matcher === undefined && negated.length > 1) {
				negated.pop();
			}

			matcher = undefined;
			isNot = false;
		} else if (/^\w/.test(token)) {
			matcher = token.toLowerCase();
			others += matcher === 'host' || matcher === 'hostsni' || matcher.endsWith('regexp') ? 0 : 1;
		} else if (/^["'`]/.test(token) && matcher !== undefined) {
			const value = token.slice(1, -1);
			if (negated.at(-1)! !== isNot) {
				others += 1;
			} else if (matcher === 'host' || matcher === 'hostsni') {
				names.push(value.toLowerCase());
			} else if (matcher === 'hostregexp' || matcher === 'hostsniregexp') {
				expressions.push(value);
			}
		}
	}

	return {names, expressions, isConditional: others > 0};
}

const tokens = /[!()]|\w+|`[^`]*`|"[^"]*"|'[^']*'/g;
