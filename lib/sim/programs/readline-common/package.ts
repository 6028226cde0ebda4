// /etc/inputrc: the key bindings that Debian adds to readline's own.
import type { DebianPackage } from "../kit/package.ts";

const inputrc = `# Settings of readline for everybody; a ~/.inputrc replaces this file (it may "$include /etc/inputrc").

# Eight-bit characters in and out.
set input-meta on
set output-meta on

# To keep the terminal silent:
# set bell-style none

$if mode=emacs

# Home and End as the console sends them
"\\e[1~": beginning-of-line
"\\e[4~": end-of-line

# Delete and Insert
"\\e[3~": delete-char
"\\e[2~": quoted-insert

# Page Up and Page Down could search the history:
# "\\e[5~": history-search-backward
# "\\e[6~": history-search-forward

# Ctrl-Right and Ctrl-Left
"\\e[1;5C": forward-word
"\\e[1;5D": backward-word
"\\e[5C": forward-word
"\\e[5D": backward-word
"\\e\\e[C": forward-word
"\\e\\e[D": backward-word

$if term=rxvt
"\\e[7~": beginning-of-line
"\\e[8~": end-of-line
"\\eOc": forward-word
"\\eOd": backward-word
$endif

$endif
`;

const readlineCommon: DebianPackage = {
  name: "readline-common",
  summary: "settings and documentation of the line editor readline",
  files: [
    { path: "/etc/inputrc", text: inputrc },
    { path: "/usr/share/readline/inputrc", text: inputrc },
  ],
};

export default readlineCommon;
