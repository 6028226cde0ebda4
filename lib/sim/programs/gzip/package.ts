import type { DebianPackage } from "../kit/package.ts";

const script = (body: string) => `#!/bin/sh\n${body}\n`;
// zgrep, zdiff and their like: the other command on what gzip -cd gives.
const over = (command: string) => script(`status=1
options=
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -?*) options="$options $1"; shift ;;
    *) break ;;
  esac
done
pattern=$1
[ $# -gt 0 ] && shift
if [ $# -eq 0 ]; then gzip -cdfq | ${command} $options -- "$pattern"; exit $?; fi
several=$#
for file in "$@"; do
  case $file in *.gz|*-gz|*.z|*-z|*_z|*.Z|*.tgz|*.taz) packed=$file;; *) packed=$file.gz;; esac
  if [ ! -e "$file" ] && [ ! -e "$packed" ]; then echo "gzip: $packed: No such file or directory" >&2; status=2; continue; fi
  if [ $several -gt 1 ]; then gzip -cdfq -- "$file" | ${command} -H $options --label="$file" -- "$pattern"
  else gzip -cdfq -- "$file" | ${command} $options -- "$pattern"; fi
  [ $? -eq 0 ] && [ $status -ne 2 ] && status=0
done
exit $status`);
const comparing = (command: string) => script(`options=
while [ $# -gt 0 ]; do
  case $1 in
    -?*) options="$options $1"; shift ;;
    *) break ;;
  esac
done
first=$1 second=\${2:-\${1%.gz}}
for file in "$first" "$second"; do [ -e "$file" ] || { echo "gzip: $file: No such file or directory" >&2; exit 2; }; done
case $second in
  *[-.]gz | *[-.][zZ] | *.t[ga]z) ;;
  *) gzip -cdfq -- "$first" | ${command} $options - "$second"; exit $? ;;
esac
one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
gzip -cdfq -- "$first" >"$one" && gzip -cdfq -- "$second" >"$two" || exit 2
${command} $options "$one" "$two"`);

// Files that gzip made get the end .gz, so that it does not compress them again.
const forcing = script(`[ $# -eq 0 ] && { echo "$0: invalid number of operands; try \\\`$0 --help' for help" >&2; exit 1; }
status=0
for file do
  case $file in
    *[-.]z | *[-.]gz | *.t[ga]z) continue ;;
  esac
  if [ ! -f "$file" ]; then echo "zforce: $file not a file"; status=1
  elif gzip -lv <"$file" 2>/dev/null | grep -q '^defl'; then
    mv "$file" "$file.gz" && echo "$file -- replaced with $file.gz" || status=1
  fi
done
exit $status`);

const gzip: DebianPackage = {
  name: "gzip",
  summary: "compresses files",
  essential: true,
  files: [
    { path: "/bin/gunzip", text: script('exec gzip -d "$@"'), mode: 0o755 },
    { path: "/bin/uncompress", text: script('exec gzip -d "$@"'), mode: 0o755 },
    { path: "/bin/zcat", text: script('exec gzip -cd "$@"'), mode: 0o755 },
    { path: "/bin/zgrep", text: over("grep"), mode: 0o755 },
    { path: "/bin/zegrep", text: script('exec zgrep -E "$@"'), mode: 0o755 },
    { path: "/bin/zfgrep", text: script('exec zgrep -F "$@"'), mode: 0o755 },
    { path: "/bin/zforce", text: forcing, mode: 0o755 },
    { path: "/bin/zless", text: script('for file in "$@"; do gzip -cdfq -- "$file"; done | less'), mode: 0o755 },
    { path: "/bin/zmore", text: script('for file in "$@"; do gzip -cdfq -- "$file"; done | more'), mode: 0o755 },
    { path: "/bin/zdiff", text: comparing("diff"), mode: 0o755 },
    { path: "/bin/zcmp", text: comparing("cmp"), mode: 0o755 },
  ],
};

export default gzip;
