/**
Put variables in for `${NAME}`. `$${` stands for `${` itself.

@param complain - Receives each variable that is not set. Its place stays empty.
*/
export const expandVariables = (
	text: string,
	environment: Readonly<Record<string, string | undefined>>,
	complain: (problem: string) => void,
): string =>
	text.replaceAll(/\$\$\{|\$\{(?<name>[^}]*)\}?/g, (match, name: string | undefined) => {
		if (name === undefined) {
			return match.slice(1);
		}

		if (!match.endsWith('}') || !/^[A-Za-z_]\w*$/.test(name)) {
			complain(`not a variable: ${match.slice(0, 60)}; write \${NAME}, and $\${ for \${ itself`);
			return '';
		}

		const value = environment[name];
		if (value === undefined) {
			complain(`the environment variable ${name} is not set`);
		}

		return value ?? '';
	});
