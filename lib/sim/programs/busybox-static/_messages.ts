// Applets that share their work with the GNU programs speak busybox's language: what goes to standard error is reworded line by line.
// The wording of busybox 1.35 is that of bb_perror_msg and of each applet's own texts.

import { type Sys, decode, encode } from "../../kernel/sys.ts";
import { usageText } from "./_usage.ts";

type Rule = readonly [pattern: RegExp, replacement: string];

const RULES: ReadonlyMap<string, readonly Rule[]> = new Map<string, readonly Rule[]>([
  ["cat", [[/^(.*): Is a directory$/, "read error: Is a directory"], [/^-?(.+): (.*)$/, "can't open '$1': $2"]]],
  ["rm", [[/^cannot remove '(.*)': Is a directory$/, "'$1' is a directory"], [/^cannot remove '(.*)': (.*)$/, "can't remove '$1': $2"]]],
  ["mkdir", [[/^cannot create directory '(.*)': (.*)$/, "can't create directory '$1': $2"]]],
  ["rmdir", [[/^failed to remove '(.*)': (.*)$/, "'$1': $2"]]],
  ["cp", [[/^cannot stat '(.*)': (.*)$/, "can't stat '$1': $2"], [/^-r not specified; omitting directory '(.*)'$/, "omitting directory '$1'"], [/^cannot create (?:regular file|directory) '(.*)': (.*)$/, "can't create '$1': $2"], [/^cannot open '(.*)' for reading: (.*)$/, "can't open '$1': $2"]]],
  ["mv", [[/^cannot stat '(.*)': (.*)$/, "can't rename '$1': $2"], [/^cannot move '(.*)' to '(.*)': (.*)$/, "can't rename '$1': $3"]]],
  ["ln", [[/^failed to create (?:symbolic|hard) link '(.*?)'(?: => '.*')?: (.*)$/, "$1: $2"], [/^failed to access '(.*)': (.*)$/, "$1: $2"]]],
  ["touch", [[/^(?:cannot touch|setting times of) '(.*)': (.*)$/, "$1: $2"]]],
  ["chmod", [[/^(?:cannot access|changing permissions of) '(.*)': (.*)$/, "$1: $2"], [/^invalid mode: '(.*)'$/, "invalid mode '$1'"]]],
  ["chown", [[/^(?:cannot access|changing ownership of) '(.*)': (.*)$/, "$1: $2"], [/^invalid user: '([^:']*).*'$/, "unknown user $1"], [/^invalid group: ':?(.*)'$/, "unknown group $1"]]],
  ["chgrp", [[/^(?:cannot access|changing group of) '(.*)': (.*)$/, "$1: $2"], [/^invalid group: '(.*)'$/, "unknown group $1"]]],
  ["head", [[/^cannot open '(.*)' for reading: (.*)$/, "$1: $2"]]],
  ["tail", [[/^cannot open '(.*)' for reading: (.*)$/, "can't open '$1': $2"]]],
  ["sort", [[/^cannot read: (.*?): (.*)$/, "$1: $2"]]],
  ["sed", [[/^can't read (.*?): (.*)$/, "$1: $2"]]],
  ["tar", [[/^(.*): Cannot open: (.*)$/, "can't open '$1': $2"], [/^(.*): Cannot stat: (.*)$/, "$1: $2"]]],
  ["id", [[/^'(.*)': no such user$/, "unknown user $1"]]],
  ["whoami", [[/^cannot find name for user ID (\d+)$/, "unknown uid $1"]]],
  ["sleep", [[/^invalid time interval '(.*)'$/, "invalid number '$1'"]]],
  ["chroot", [[/^cannot change root directory to '(.*)': (.*)$/, "can't change root directory to '$1': $2"], [/^failed to run command '(.*)': (.*)$/, "can't execute '$1': $2"]]],
  ["nice", [[/^'(.*)': (.*)$/, "can't execute '$1': $2"]]],
  ["env", [[/^'(.*)': (.*)$/, "can't execute '$1': $2"]]],
  ["date", [[/^invalid date '(.*)'$/, "invalid date '$1'"], [/^cannot set date: (.*)$/, "can't set date: $1"]]],
  ["find", [[/^'(.*)': (.*)$/, "$1: $2"]]],
  ["du", [[/^cannot access '(.*)': (.*)$/, "$1: $2"]]],
  ["stat", [[/^cannot statx? '(.*)': (.*)$/, "can't stat '$1': $2"]]],
  ["dd", [[/^failed to open '(.*)': (.*)$/, "can't open '$1': $2"]]],
  ["seq", [[/^invalid floating point argument: '(.*)'$/, "invalid number '$1'"]]],
]);

const USAGE_ERROR = /^(missing (?:file )?operand|missing destination file operand after |extra operand |unrecognized option |invalid option -- |option requires an argument|option '.*' requires|you must specify|usage:)/i;

/** What busybox would have said in place of that text of a GNU program. */
export function reworded(applet: string, text: string): string {
  let out = "";
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const plain = line.replace(/[‘’]/g, "'");
    if (/^Try '.*--help' for more information\.$/.test(plain) || /^Try `.*`/.test(plain)) continue;
    const own = plain.startsWith(`${applet}: `) ? plain.slice(applet.length + 2) : undefined;
    if (own === "Error is not recoverable: exiting now" || own?.startsWith("Exiting with failure status")) continue;
    if (own === undefined) {
      out += `${plain}\n`;
      continue;
    }
    if (USAGE_ERROR.test(own)) {
      out += `${/^(invalid option|unrecognized option|option )/.test(own) ? `${plain}\n` : ""}${usageText(applet)}`;
      continue;
    }
    let said = own;
    for (const [pattern, replacement] of RULES.get(applet) ?? []) {
      if (!pattern.test(own)) continue;
      said = own.replace(pattern, replacement);
      break;
    }
    out += `${applet}: ${said}\n`;
  }
  return out;
}

/** The caller's Sys, with standard error reworded. */
export function speakingBusybox(sys: Sys, applet: string): Sys {
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy(sys, {
    get(target, key): unknown {
      if (key === "write") {
        return function* (fd: number, bytes: Uint8Array) {
          if (fd !== 2) return yield* target.write(fd, bytes);
          const text = reworded(applet, decode(bytes));
          if (text !== "") yield* target.write(2, encode(text));
          return bytes.length;
        };
      }
      const known = bound.get(key);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      const method: unknown = value.bind(target);
      bound.set(key, method);
      return method;
    },
  });
}
