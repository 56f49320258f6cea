/** The shells that completion is written for. Each script asks `aisafe completion candidates` while the learner types. */
export const shells = [
  {
    name: 'bash',
    install: `echo 'source <(aisafe completion bash)' >> ~/.bashrc`,
    script: `_aisafe() {
  local IFS=$'\\n'
  COMPREPLY=($(aisafe completion candidates -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _aisafe aisafe
`,
  },
  {
    name: 'zsh',
    install: `echo 'source <(aisafe completion zsh)' >> ~/.zshrc`,
    script: `_aisafe() {
  local -a lines
  local line
  for line in "\${(@f)$(aisafe completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && lines+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( \${#lines} )) && _describe 'aisafe' lines || _files
}
(( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
compdef _aisafe aisafe
`,
  },
  {
    name: 'fish',
    install: 'aisafe completion fish > ~/.config/fish/completions/aisafe.fish',
    script: `complete -c aisafe -f -a "(aisafe completion candidates -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)"
`,
  },
] as const;

export type ShellName = (typeof shells)[number]['name'];
