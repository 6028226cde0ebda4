import type { DebianPackage } from "../kit/package.ts";

// What less asks before it opens a file (LESSOPEN): the text of archives and compressed files.
const lesspipe = `#!/bin/sh
# Input filter for less. Without arguments: the settings for the shell.
if [ $# -eq 0 ]; then
  case $SHELL in
    *csh) echo 'setenv LESSOPEN "| /usr/bin/lesspipe %s";'; echo 'setenv LESSCLOSE "/usr/bin/lesspipe %s %s";' ;;
    *) echo 'export LESSOPEN="| /usr/bin/lesspipe %s";'; echo 'export LESSCLOSE="/usr/bin/lesspipe %s %s";' ;;
  esac
  exit 0
fi
[ $# -eq 1 ] || exit 0
[ -r "$1" ] || exit 0
case $1 in
  *.tar) tar tvf "$1" ;;
  *.tar.gz|*.tgz|*.tar.z|*.tar.bz2|*.tbz2|*.tar.xz|*.txz|*.tar.zst) tar tvf "$1" ;;
  *.gz|*.z) gzip -dc -- "$1" ;;
  *.bz2) bzip2 -dc -- "$1" ;;
  *.xz|*.lzma) xz -dc -- "$1" ;;
  *.zst) zstd -dcq -- "$1" ;;
esac 2>/dev/null
exit 0
`;

const less: DebianPackage = {
  name: "less",
  summary: "shows text a screen at a time",
  files: [
    { path: "/usr/bin/lesspipe", text: lesspipe, mode: 0o755 },
    { path: "/usr/bin/lessfile", symlink: "lesspipe" },
  ],
  postInstall: [{ alternative: "pager", link: "/usr/bin/pager", path: "/usr/bin/less", priority: 77, slaves: [{ link: "/usr/share/man/man1/pager.1.gz", name: "pager.1.gz", path: "/usr/share/man/man1/less.1.gz" }] }],
};

export default less;
