import type { DebianPackage } from "../kit/package.ts";

const script = (body: string) => `#!/bin/sh\n${body}\n`;

const bzip2: DebianPackage = {
  name: "bzip2",
  summary: "compresses files by sorting blocks",
  files: [
    {
      path: "/bin/bzgrep", mode: 0o755,
      text: script(`options= status=1
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -?*) options="$options $1"; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "Usage: bzgrep [grep options] pattern [files]" >&2; exit 1; }
pattern=$1
shift
[ $# -gt 0 ] || { bzip2 -cdfq | grep $options -- "$pattern"; exit; }
several=$#
for file in "$@"; do
  if [ $several -gt 1 ]; then bzip2 -cdfq -- "$file" | grep $options -H --label="$file" -- "$pattern"
  else bzip2 -cdfq -- "$file" | grep $options -- "$pattern"; fi
  [ $? -eq 0 ] && status=0
done
exit $status`),
    },
    { path: "/bin/bzless", mode: 0o755, text: script('for file in "$@"; do bzip2 -cdfq -- "$file"; done | less') },
    { path: "/bin/bzmore", mode: 0o755, text: script('for file in "$@"; do bzip2 -cdfq -- "$file"; done | more') },
    {
      path: "/bin/bzdiff", mode: 0o755,
      text: script(`one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
second=\${2:-\${1%.bz2}}
bzip2 -cdfq -- "$1" >"$one" && bzip2 -cdfq -- "$second" >"$two" || exit 2
diff "$one" "$two"`),
    },
  ],
};

export default bzip2;
