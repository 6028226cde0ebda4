// What is started at boot: the kernel command line has the first word, then the link that systemctl set-default makes (kernel-command-line(7), systemd(1)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { linkTarget, tryReadFile } from "./api/files.ts";

/** Words of the command line that stand for a unit. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["emergency", "emergency.target"], ["-b", "emergency.target"], ["rescue", "rescue.target"], ["single", "rescue.target"], ["-s", "rescue.target"], ["s", "rescue.target"], ["S", "rescue.target"], ["1", "rescue.target"],
  ["2", "multi-user.target"], ["3", "multi-user.target"], ["4", "multi-user.target"], ["5", "graphical.target"],
]);
/** Old names of targets. */
const ALIASES: ReadonlyMap<string, string> = new Map([["runlevel1.target", "rescue.target"], ["runlevel2.target", "multi-user.target"], ["runlevel3.target", "multi-user.target"], ["runlevel4.target", "multi-user.target"], ["runlevel5.target", "graphical.target"]]);

export function* bootTarget(sys: Sys): Blocking<string> {
  let chosen: string | undefined;
  for (const word of ((yield* tryReadFile(sys, "/proc/cmdline")) ?? "").trim().split(/\s+/)) {
    if (word.startsWith("systemd.unit=")) chosen = word.slice("systemd.unit=".length);
    else chosen = WORDS.get(word) ?? chosen;
  }
  const link = chosen ?? linkTarget(sys, "/etc/systemd/system/default.target") ?? linkTarget(sys, "/lib/systemd/system/default.target") ?? "graphical.target";
  const name = link.slice(link.lastIndexOf("/") + 1);
  return ALIASES.get(name) ?? name;
}
