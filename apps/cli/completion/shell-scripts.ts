/** The shells whose words can be completed. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** The line by which the program says that names of files fit as well. */
export const FILES = ":files";

// Each script asks the program itself, so that it never falls behind.
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of holdfast
_holdfast() {
  local word=\${COMP_WORDS[COMP_CWORD]} candidate IFS=$'\\n'
  COMPREPLY=()
  for candidate in $(holdfast completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
    if [[ $candidate == ${FILES} ]]; then COMPREPLY+=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null
    else COMPREPLY+=("$candidate"); fi
  done
}
complete -F _holdfast holdfast
`,
  zsh: `#compdef holdfast
# zsh completion of holdfast
_holdfast() {
  local -a candidates
  candidates=("\${(@f)$(holdfast completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${candidates[(I)${FILES}]} )); then _files; fi
  candidates=("\${(@)\${(@)candidates:#${FILES}}:#}")
  (( \${#candidates} )) && compadd -- "\${candidates[@]}"
}
if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
`,
  fish: `# fish completion of holdfast
function __holdfast_words
    set -l words (commandline -opc) (commandline -ct)
    for candidate in (holdfast completion words -- $words[2..-1] 2>/dev/null)
        if test $candidate = ${FILES}
            __fish_complete_path (commandline -ct)
        else
            echo $candidate
        end
    end
end
complete -c holdfast -f -a '(__holdfast_words)'
`,
  powershell: `# PowerShell completion of holdfast
Register-ArgumentCompleter -Native -CommandName holdfast -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += '""' }
  & holdfast completion words -- @words 2>$null | ForEach-Object {
    if ($_ -eq '${FILES}') { Get-ChildItem -Path "$word*" -Name } else { $_ }
  } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`,
};

/** The script that makes a shell complete words of Holdfast's command line. */
export function shellScript(shell: Shell): string {
  return SCRIPTS[shell];
}
