import {netSetupKey, windowsKey} from './machine.js';
import {collectionMark} from './registry-file/read-collection.js';

/** What the script reads, values and all keys below. Keys of 32-bit programs are spelled out, as a 64-bit process sees them. */
export const collectedKeys: readonly string[] = [
	'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL',
	'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002',
	'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002',
	...['', 'WOW6432Node\\'].flatMap(view => [
		`HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\v2.0.50727`,
		`HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\v4.0.30319`,
		`HKLM\\SOFTWARE\\${view}Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp`,
	]),
	'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
];

/** Single values, out of keys that hold much else. */
export const collectedValues: readonly (readonly [key: string, name: string])[] = [
	['HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings', 'SecureProtocols'],
	['HKCU\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings', 'SecureProtocols'],
	[netSetupKey, 'Release'],
	[netSetupKey, 'Version'],
	['HKLM\\SOFTWARE\\Microsoft\\Internet Explorer', 'svcVersion'],
	['HKLM\\SOFTWARE\\Microsoft\\Internet Explorer', 'Version'],
	...['ProductName', 'CurrentBuildNumber', 'InstallationType', 'ReleaseId', 'DisplayVersion', 'UBR'].map(
		name => [windowsKey, name] as const,
	),
];

/**
The collector: a script that only reads, and prints JSON.

It keeps to what Windows PowerShell 2.0 on .NET 2.0 has, since that is what the oldest machines have: no ConvertTo-Json, no CIM, no
static `::new`, WMI for the system and its updates.
*/
export const collectorScript = (): string => `${script.replaceAll(/\r?\n/g, '\r\n')}\r\n`;

const inQuotes = (text: string): string => `'${text}'`;

const script = `# Collects the settings that decide which TLS versions the programs on this computer offer.
# It only reads: nothing is changed, installed or sent. Requires Windows PowerShell 2.0 or later.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File collect.ps1 > this-computer.json
#   tlsprobe windows this-computer.json

if ($env:PROCESSOR_ARCHITEW6432) {
    Write-Error 'Run this in the 64-bit PowerShell: the 32-bit one does not see the keys of 64-bit programs.'
    exit 1
}

if (-not (Get-Command Get-WmiObject -ErrorAction SilentlyContinue)) {
    Write-Error 'Run this in Windows PowerShell, powershell.exe: PowerShell 6 and later cannot read all of it.'
    exit 1
}

$keys = @(
${collectedKeys.map(key => `    ${inQuotes(key)}`).join(',\n')}
)

$values = @(
${collectedValues.map(([key, name]) => `    @(${inQuotes(key)}, ${inQuotes(name)})`).join(',\n')}
)

# A policy such as AppLocker may block the rest of this script. The output of reg.exe is also accepted; it does not list updates.
$mode = $ExecutionContext.SessionState.LanguageMode
if ($null -ne $mode -and "$mode" -ne 'FullLanguage') {
    foreach ($path in $keys) { & reg.exe query $path /s 2>$null }
    foreach ($pair in $values) { & reg.exe query $pair[0] /v $pair[1] 2>$null }
    exit 0
}

$invariant = [Globalization.CultureInfo]::InvariantCulture

function ConvertTo-JsonText($text) {
    $result = New-Object Text.StringBuilder
    [void]$result.Append('"')
    foreach ($character in ([string]$text).ToCharArray()) {
        $code = [int]$character
        if ($code -eq 34 -or $code -eq 92) {
            [void]$result.Append('\\').Append($character)
        } elseif ($code -lt 32 -or $code -gt 126) {
            [void]$result.Append('\\u').Append($code.ToString('x4', $invariant))
        } else {
            [void]$result.Append($character)
        }
    }
    [void]$result.Append('"')
    $result.ToString()
}

function ConvertTo-HexText($bytes) {
    if ($null -eq $bytes -or $bytes.Length -eq 0) { return '' }
    [BitConverter]::ToString([byte[]]$bytes).Replace('-', '').ToLower($invariant)
}

function ConvertTo-JsonValue($key, $name) {
    $value = $key.GetValue($name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    switch ($key.GetValueKind($name).ToString()) {
        'DWord' {
            $number = [int64]$value
            if ($number -lt 0) { $number = $number + 4294967296 }
            return '"type":"REG_DWORD","value":' + $number.ToString($invariant)
        }
        'QWord' {
            return '"type":"REG_QWORD","value":"' + (ConvertTo-HexText ([BitConverter]::GetBytes([int64]$value))) + '"'
        }
        'String' { return '"type":"REG_SZ","value":' + (ConvertTo-JsonText $value) }
        'ExpandString' { return '"type":"REG_EXPAND_SZ","value":' + (ConvertTo-JsonText $value) }
        'MultiString' {
            $texts = @()
            foreach ($text in $value) { $texts += (ConvertTo-JsonText $text) }
            return '"type":"REG_MULTI_SZ","value":[' + [string]::Join(',', [string[]]$texts) + ']'
        }
        'Binary' { return '"type":"REG_BINARY","value":"' + (ConvertTo-HexText $value) + '"' }
        default { return $null }
    }
}

$script:items = @()

function Open-Key($path) {
    $subkey = $path.Substring(5)
    if ($path.StartsWith('HKLM\\')) { return [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey($subkey) }
    return [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey($subkey)
}

function Add-Value($key, $path, $name) {
    $value = ConvertTo-JsonValue $key $name
    if ($null -ne $value) {
        $script:items += '{"key":' + (ConvertTo-JsonText $path) + ',"name":' + (ConvertTo-JsonText $name) + ',' + $value + '}'
    }
}

function Add-Key($path) {
    $key = Open-Key $path
    if ($null -eq $key) { return }
    $script:items += '{"key":' + (ConvertTo-JsonText $path) + '}'
    foreach ($name in $key.GetValueNames()) { Add-Value $key $path $name }
    foreach ($name in $key.GetSubKeyNames()) { Add-Key ($path + '\\' + $name) }
    $key.Close()
}

function Add-OneValue($path, $name) {
    $key = Open-Key $path
    if ($null -eq $key) { return }
    if ($key.GetValue($name, $null) -ne $null) { Add-Value $key $path $name }
    $key.Close()
}

foreach ($path in $keys) { Add-Key $path }
foreach ($pair in $values) { Add-OneValue $pair[0] $pair[1] }

$system = Get-WmiObject -Class Win32_OperatingSystem
$architecture = $env:PROCESSOR_ARCHITECTURE

$updates = @()
foreach ($update in @(Get-WmiObject -Class Win32_QuickFixEngineering)) {
    if ($null -eq $update -or -not $update.HotFixID) { continue }
    $text = '{"id":' + (ConvertTo-JsonText $update.HotFixID)
    $date = $null
    try { $date = [DateTime]$update.InstalledOn } catch { }
    if ($null -ne $date) { $text += ',"installedOn":"' + $date.ToString('yyyy-MM-dd', $invariant) + '"' }
    $updates += $text + '}'
}

$json = '{"collector":"${collectionMark}","format":1,'
$json += '"os":{"caption":' + (ConvertTo-JsonText $system.Caption)
$json += ',"version":' + (ConvertTo-JsonText $system.Version)
$json += ',"servicePack":' + ([int]$system.ServicePackMajorVersion).ToString($invariant)
$json += ',"productType":' + ([int]$system.ProductType).ToString($invariant)
$json += ',"architecture":' + (ConvertTo-JsonText $architecture) + '},'
$json += '"powershell":' + (ConvertTo-JsonText $PSVersionTable.PSVersion.ToString()) + ','
$between = ',' + [Environment]::NewLine
$json += '"updates":[' + [string]::Join($between, [string[]]$updates) + '],'
$json += '"registry":[' + [string]::Join($between, [string[]]$script:items) + ']}'
$json`;
