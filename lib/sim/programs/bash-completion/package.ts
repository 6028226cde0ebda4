// bash-completion: its start file only says that it is there. The rules are lib/sim/shell/completion/rules, which the line editor uses
// once BASH_COMPLETION_VERSINFO is set and a command has no spec of its own.
import type { DebianPackage } from "../kit/package.ts";

const start = `# Programmable completion for bash; read by interactive shells.

BASH_COMPLETION_VERSINFO=(2 11)
shopt -s extglob progcomp

_completion_loader()
{
    return 124
}

complete -D -F _completion_loader
`;

const profile = `# Loads programmable completion in interactive bash shells.
if [ -n "\${BASH_VERSION-}" ] && [ -n "\${PS1-}" ] && [ -z "\${BASH_COMPLETION_VERSINFO-}" ]; then
    if shopt -q progcomp && [ -r /usr/share/bash-completion/bash_completion ]; then
        . /usr/share/bash-completion/bash_completion
    fi
fi
`;

const bashCompletion: DebianPackage = {
  name: "bash-completion",
  summary: "completes the options and operands of commands in bash",
  files: [
    { path: "/etc/bash_completion", text: ". /usr/share/bash-completion/bash_completion\n", conffile: true },
    { path: "/etc/bash_completion.d", directory: true },
    { path: "/etc/profile.d/bash_completion.sh", text: profile, conffile: true },
    { path: "/usr/share/bash-completion/bash_completion", text: start },
    { path: "/usr/share/bash-completion/completions", directory: true },
  ],
};

export default bashCompletion;
