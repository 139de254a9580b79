// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how HAProxy writes its variables.
/** Conditions of `.if` behind `conditionSetting`. The tests beside a real HAProxy ask it as well. */
export const conditions: readonly (readonly [condition: string, holds: boolean])[] = [
	['', false],
	['0', false],
	['-1', true],
	['!0', true],
	['!!1', true],
	['! 1', false],
	['0 || 1 && 0', false],
	['1 || 1 && 0', true],
	['(1 || 0) && 0', false],
	['streq(a,a)', true],
	['streq("a b",\'a b\')', true],
	['streq("$SET",yes) && defined(SET)', true],
	['strneq("${SET}",yes)', false],
	['defined(OTHER)', true],
	['defined(GONE) || defined(NEVER)', false],
	['streq("x${GONE}","x")', true],
	['streq("${NEVER-no}",no)', true],
	['streq($SET,yes)', false],
	['"${ONE}"', true],
	['"${GONE}"', false],
	['!"$ONE" || "${NEVER-0}"', false],
];

/** What the environment holds then. */
export const conditionSetting = `global
	resetenv
	setenv SET yes
	setenv ONE 1
	presetenv SET no
	presetenv OTHER 1
	setenv GONE 1
	unsetenv GONE
`;
