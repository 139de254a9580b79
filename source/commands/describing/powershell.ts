import type {DescribedCommand, DescribedOption} from './describe-commands.js';
import {groupOptions, spellingsWithValue} from './group-options.js';

/** For Windows PowerShell 5.1 and PowerShell 7. PowerShell completes files by itself where the script returns nothing. */
export function writePowerShell(commands: readonly DescribedCommand[]): string {
	const main = commands.find(({name}) => name === 'probe')!;
	const groups = groupOptions(commands);
	return `Register-ArgumentCompleter -Native -CommandName tlsprobe -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)

	$commands = [ordered]@{
${commands.map(({name, summary}) => `		${quoted(name)} = ${quoted(summary)}\n`).join('')}	}

	$options = @{
${commands.map(optionsEntry).join('')}	}

	$takingValue = @(${spellingsWithValue(main).map(quoted).join(', ')})

	# The words of values, and the options that have them.
	$values = @(
${groups
	.map(({option: {value}, places}) => {
		const names = [...new Set(places.map(({command, spelling}) => `${command} ${spelling}`))].map(quoted).join(', ');
		return `		@{ Options = @(${names}); Words = @(${value!.words.map(quoted).join(', ')}); IsList = ${bool(value!.isList)}; IsOptional = ${bool(value!.isOptional)} }\n`;
	})
	.join('')}	)

	$operands = @{
${commands
	.filter(({operands}) => operands.words.length > 0)
	.map(({name, operands}) => `		${quoted(name)} = @(${operands.words.map(quoted).join(', ')})\n`)
	.join('')}	}

	$before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
	$command = 'probe'
	$isFirst = $true
	for ($index = 0; $index -lt $before.Count; $index++) {
		$word = $before[$index]
		if ($takingValue -ccontains $word) {
			$index++
		} elseif ($word -notlike '-*') {
			if ($commands.Contains($word)) {
				$command = $word
			}
			$isFirst = $false
			break
		}
	}

	function Complete-Word($words, $prefix, $text) {
		$words | Where-Object { $_.StartsWith($text, [StringComparison]::OrdinalIgnoreCase) } | ForEach-Object {
			[System.Management.Automation.CompletionResult]::new("$prefix$_", $_, 'ParameterValue', $_)
		}
	}

	$option = if ($before.Count -gt 0) { $before[-1] }
	$prefix = ''
	$text = $wordToComplete
	if ($wordToComplete -match '^(--[^=]+)=(.*)$') {
		$option = $Matches[1]
		$prefix = "$option="
		$text = $Matches[2]
	}

	$value = $values | Where-Object { $_.Options -ccontains "$command $option" } | Select-Object -First 1
	if ($value) {
		if ($value.IsList -and $text -match '^(.*,)([^,]*)$') {
			$prefix += $Matches[1]
			$text = $Matches[2]
		}
		Complete-Word $value.Words $prefix $text
		if (-not $value.IsOptional) {
			return
		}
	}

	if ($wordToComplete -like '-*') {
		foreach ($name in $options[$command].Keys) {
			if ($name.StartsWith($wordToComplete, [StringComparison]::Ordinal)) {
				[System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterName', $options[$command][$name])
			}
		}
		return
	}

	if ($isFirst) {
		foreach ($name in $commands.Keys) {
			if ($name.StartsWith($wordToComplete, [StringComparison]::OrdinalIgnoreCase)) {
				[System.Management.Automation.CompletionResult]::new($name, $name, 'Command', $commands[$name])
			}
		}
	}

	Complete-Word $operands[$command] '' $wordToComplete
}
`;
}

function optionsEntry({name, options}: DescribedCommand): string {
	const entries = options.flatMap(({spellings, text}: DescribedOption) =>
		spellings.map(spelling => `			${quoted(spelling)} = ${quoted(text || spelling)}\n`),
	);
	return `		${quoted(name)} = [ordered]@{\n${entries.join('')}		}\n`;
}

const bool = (value: boolean): string => (value ? '$true' : '$false');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
