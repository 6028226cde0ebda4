// The scripts that bzip2 and xz-utils have beside their programs: grep, less, more and diff on compressed files.
import type { PackageFile } from "../package.ts";

interface Wrapped {
  /** the program that decompresses, with -cdfq */
  readonly program: string;
  readonly directory: string;
  /** before "grep", "less" and so on */
  readonly prefix: string;
  readonly suffix: string;
  readonly grepUsage: string;
  /** status of grep's script for a wrong call */
  readonly usageStatus: number;
}

const script = (body: string): string => `#!/bin/sh\n${body}\n`;

export function wrapperScripts({ program, directory, prefix, suffix, grepUsage, usageStatus }: Wrapped): PackageFile[] {
  const file = (name: string, body: string): PackageFile => ({ path: `${directory}/${prefix}${name}`, mode: 0o755, text: script(body) });
  return [
    file("grep", `options= status=1
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -?*) options="$options $1"; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "${grepUsage}" >&2; exit ${usageStatus}; }
pattern=$1
shift
[ $# -gt 0 ] || { ${program} -cdfq | grep $options -- "$pattern"; exit; }
several=$#
for file in "$@"; do
  if [ $several -gt 1 ]; then ${program} -cdfq -- "$file" | grep $options -H --label="$file" -- "$pattern"
  else ${program} -cdfq -- "$file" | grep $options -- "$pattern"; fi
  [ $? -eq 0 ] && status=0
done
exit $status`),
    ...["less", "more"].map((pager) => file(pager, `for file in "$@"; do ${program} -cdfq -- "$file"; done | ${pager}`)),
    file("diff", `one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
second=\${2:-\${1%${suffix}}}
${program} -cdfq -- "$1" >"$one" && ${program} -cdfq -- "$second" >"$two" || exit 2
diff "$one" "$two"`),
  ];
}
