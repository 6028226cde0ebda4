// Start files of bash: /etc/bash.bashrc and what new home directories get. Values as in bash 5.2.15-2, comments in our own words.
import type { DebianPackage } from "../kit/package.ts";

const bashBashrc = `# Read by every interactive bash, and by login shells through /etc/profile.

# Nothing to do when not interactive.
[ -z "$PS1" ] && return

# Keep LINES and COLUMNS up to date after each command.
shopt -s checkwinsize

# The chroot that the prompt names, if any.
if [ -z "\${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi

# A plain prompt, unless sudo brought its own.
if ! [ -n "\${SUDO_USER}" -a -n "\${SUDO_PS1}" ]; then
  PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
fi

# With the package command-not-found, unknown commands get a hint.
if [ -x /usr/lib/command-not-found -o -x /usr/share/command-not-found/command-not-found ]; then
	function command_not_found_handle {
                if [ -x /usr/lib/command-not-found ]; then
		   /usr/lib/command-not-found -- "$1"
                   return $?
                elif [ -x /usr/share/command-not-found/command-not-found ]; then
		   /usr/share/command-not-found/command-not-found -- "$1"
                   return $?
		else
		   printf "%s: command not found\\n" "$1" >&2
		   return 127
		fi
	}
fi
`;

const skelBashrc = `# ~/.bashrc: read by interactive bash that is no login shell.

# Nothing to do when not interactive.
case $- in
    *i*) ;;
      *) return;;
esac

# Neither repeated lines nor lines that start with a blank go to the history.
HISTCONTROL=ignoreboth

# Append to the history file, do not replace it.
shopt -s histappend

# Lines in memory and in the file.
HISTSIZE=1000
HISTFILESIZE=2000

# Keep LINES and COLUMNS up to date after each command.
shopt -s checkwinsize

# "**" for whole trees:
#shopt -s globstar

# The chroot that the prompt names, if any.
if [ -z "\${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi

# A coloured prompt where the terminal's name promises colours.
case "$TERM" in
    xterm-color|*-256color) color_prompt=yes;;
esac

# To have it everywhere:
#force_color_prompt=yes

if [ -n "$force_color_prompt" ]; then
    if [ -x /usr/bin/tput ] && tput setaf 1 >&/dev/null; then
	color_prompt=yes
    else
	color_prompt=
    fi
fi

if [ "$color_prompt" = yes ]; then
    PS1='\${debian_chroot:+($debian_chroot)}\\[\\033[01;32m\\]\\u@\\h\\[\\033[00m\\]:\\[\\033[01;34m\\]\\w\\[\\033[00m\\]\\$ '
else
    PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
fi
unset color_prompt force_color_prompt

# In an xterm the title shows user, host and directory.
case "$TERM" in
xterm*|rxvt*)
    PS1="\\[\\e]0;\${debian_chroot:+($debian_chroot)}\\u@\\h: \\w\\a\\]$PS1"
    ;;
*)
    ;;
esac

# Colours for ls.
if [ -x /usr/bin/dircolors ]; then
    test -r ~/.dircolors && eval "$(dircolors -b ~/.dircolors)" || eval "$(dircolors -b)"
    alias ls='ls --color=auto'
    #alias dir='dir --color=auto'
    #alias vdir='vdir --color=auto'

    #alias grep='grep --color=auto'
    #alias fgrep='fgrep --color=auto'
    #alias egrep='egrep --color=auto'
fi

# Coloured messages of GCC:
#export GCC_COLORS='error=01;31:warning=01;35:note=01;36:caret=01;32:locus=01:quote=01'

# More ls:
#alias ll='ls -l'
#alias la='ls -A'
#alias l='ls -CF'

# Your own aliases may live in a file of their own.
if [ -f ~/.bash_aliases ]; then
    . ~/.bash_aliases
fi

# Programmable completion.
if ! shopt -oq posix; then
  if [ -f /usr/share/bash-completion/bash_completion ]; then
    . /usr/share/bash-completion/bash_completion
  elif [ -f /etc/bash_completion ]; then
    . /etc/bash_completion
  fi
fi
`;

const skelProfile = `# ~/.profile: read by login shells, unless ~/.bash_profile or ~/.bash_login exists (bash).

# Of bash: the interactive settings too.
if [ -n "$BASH_VERSION" ]; then
    if [ -f "$HOME/.bashrc" ]; then
	. "$HOME/.bashrc"
    fi
fi

# Private programs go first.
if [ -d "$HOME/bin" ] ; then
    PATH="$HOME/bin:$PATH"
fi

if [ -d "$HOME/.local/bin" ] ; then
    PATH="$HOME/.local/bin:$PATH"
fi
`;

const skelLogout = `# ~/.bash_logout: read when a login shell ends.

# Nothing stays on the console for the next one.
if [ "$SHLVL" = 1 ]; then
    [ -x /usr/bin/clear_console ] && /usr/bin/clear_console -q
fi
`;

const bash: DebianPackage = {
  name: "bash",
  summary: "the GNU shell that Debian gives to people",
  files: [
    { path: "/etc/bash.bashrc", text: bashBashrc, conffile: true },
    { path: "/etc/skel/.bashrc", text: skelBashrc, conffile: true },
    { path: "/etc/skel/.profile", text: skelProfile, conffile: true },
    { path: "/etc/skel/.bash_logout", text: skelLogout, conffile: true },
    { path: "/usr/bin/rbash", symlink: "bash" },
  ],
};

export default bash;
