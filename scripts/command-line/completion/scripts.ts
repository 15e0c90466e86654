/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** What each shell reads to complete `phyllome`: it asks `phyllome complete` for each word. */
export const completionScripts: Readonly<Record<(typeof shells)[number], string>> = {
  bash: `# Completion of phyllome for bash; for every shell to come:
#   phyllome completion bash > ~/.local/share/bash-completion/completions/phyllome
_phyllome() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :directories) compopt -o dirnames ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${1/#\\~/$HOME}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _phyllome phyllome
`,
  zsh: `#compdef phyllome
# Completion of phyllome for zsh; into a directory of $fpath as _phyllome, or: source <(phyllome completion zsh)
_phyllome() {
  local -a lines offered
  local line
  lines=("\${(@f)$(\${~words[1]} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    case $line in
      :files) _files; return ;;
      :directories) _files -/; return ;;
      *) offered+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  _describe phyllome offered
}
(( $+functions[compdef] )) && compdef _phyllome phyllome
`,
  fish: `# Completion of phyllome for fish; for every shell to come:
#   phyllome completion fish > ~/.config/fish/completions/phyllome.fish
function __phyllome_complete
    set -l typed (commandline -opc)
    for line in (eval $typed[1] complete -- (string escape -- $typed[2..] (commandline -ct)) 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :directories
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c phyllome -f -a '(__phyllome_complete)'
`,
};
