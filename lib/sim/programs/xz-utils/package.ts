import type { DebianPackage } from "../kit/package.ts";

const script = (body: string) => `#!/bin/sh\n${body}\n`;

const xzUtils: DebianPackage = {
  name: "xz-utils",
  summary: "compresses files with LZMA",
  files: [
    {
      path: "/usr/bin/xzgrep", mode: 0o755,
      text: script(`options= status=1
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -?*) options="$options $1"; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "Usage: xzgrep [OPTION]... [-e] PATTERN [FILE]..." >&2; exit 2; }
pattern=$1
shift
[ $# -gt 0 ] || { xz -cdfq | grep $options -- "$pattern"; exit; }
several=$#
for file in "$@"; do
  if [ $several -gt 1 ]; then xz -cdfq -- "$file" | grep $options -H --label="$file" -- "$pattern"
  else xz -cdfq -- "$file" | grep $options -- "$pattern"; fi
  [ $? -eq 0 ] && status=0
done
exit $status`),
    },
    { path: "/usr/bin/xzless", mode: 0o755, text: script('for file in "$@"; do xz -cdfq -- "$file"; done | less') },
    { path: "/usr/bin/xzmore", mode: 0o755, text: script('for file in "$@"; do xz -cdfq -- "$file"; done | more') },
    {
      path: "/usr/bin/xzdiff", mode: 0o755,
      text: script(`one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
second=\${2:-\${1%.xz}}
xz -cdfq -- "$1" >"$one" && xz -cdfq -- "$second" >"$two" || exit 2
diff "$one" "$two"`),
    },
  ],
};

export default xzUtils;
