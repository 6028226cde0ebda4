import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { parseFstab } from "../kit/mount-options.ts";
import { readMounts } from "../kit/mounts.ts";
import { deviceOfTag, probeQuietly } from "../kit/probe-device.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";

export default program(
  { name: "fsck", showsHelp: true, path: "/sbin/fsck", manSection: 8, summary: "check Linux filesystems and repair them", synopsis: ["[options] -- [fs-options] [<filesystem> ...]"], options: [flag(["-A"], "everything that /etc/fstab wants checked"), flag(["-M"], "leave out what is mounted"), flag(["-N"], "only show the commands"), flag(["-P"], "with -A, the root filesystem along with the others"), flag(["-R"], "with -A, all but the root filesystem"), flag(["-T"], "start without the line of the version"), flag(["-V"], "tell each step"), text(["-t"], "type", "only these types, with commas between"), flag(["-y"], "handed on"), flag(["-?", "--help"], "display this help"), flag(["--version"], "display version")], operands: "files", exitStatuses: [["0", "no errors"], ["1", "errors were found and corrected"], ["4", "some errors remain"], ["8", "operational error"], ["16", "usage error"]] },
  function* (sys, argv, io: Io) {
    const handed: string[] = [];
    const names: string[] = [];
    let type: string | undefined;
    let all = false;
    let skipMounted = false;
    let dryRun = false;
    let noTitle = false;
    let verbose = false;
    let skipRoot = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--") {
        for (const rest of argv.slice(at + 1)) (rest.startsWith("-") ? handed : names).push(rest);
        break;
      }
      if (word === "--help" || word === "-?") {
        io.say("\nUsage:\n fsck [options] -- [fs-options] [<filesystem> ...]\n\nCheck and repair a Linux filesystem.\n\nOptions:\n -A         all of /etc/fstab\n -M         leave out what is mounted\n -N         only show what would be done\n -R         leave out the root with -A\n -T         no title\n -V         say what is done\n -t <type>  only these types\n");
        return 0;
      }
      if (word === "--version") {
        io.say("fsck from util-linux 2.38.1\n");
        return 0;
      }
      if (word === "-t") type = argv[++at];
      else if (/^-[AMNPRTVlrs]+$/.test(word)) {
        for (const letter of word.slice(1)) {
          if (letter === "A") all = true;
          else if (letter === "M") skipMounted = true;
          else if (letter === "N") dryRun = true;
          else if (letter === "T") noTitle = true;
          else if (letter === "V") verbose = true;
          else if (letter === "R") skipRoot = true;
        }
      } else if (word.startsWith("-")) handed.push(word);
      else names.push(word);
    }
    if (!noTitle) io.say("fsck from util-linux 2.38.1\n");
    const table = parseFstab((yield* readTextFile(sys, "/etc/fstab")) ?? "");
    const mounts = yield* readMounts(sys);
    const chosen = names.length > 0 ? names : table.filter((entry) => entry.type !== "swap" && Number(entry.pass) > 0 && !(skipRoot && entry.target === "/")).sort((a, b) => Number(a.pass) - Number(b.pass)).map((entry) => entry.source);
    if (names.length === 0 && !all && chosen.length === 0) return 0;
    let status = 0;
    for (const name of chosen) {
      const device = (yield* deviceOfTag(sys, table.find((entry) => entry.target === name)?.source ?? name)) ?? name;
      const mounted = mounts.some((mount) => mount.source === device);
      if (skipMounted && mounted) continue;
      try {
        sys.stat(device);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`fsck: error ${error.errno === "ENOENT" ? 2 : 13} (${error.message}) while executing fsck.ext2 for ${device}\n`);
        status |= 8;
        continue;
      }
      const kind = type ?? (yield* probeQuietly(sys, device)).type ?? table.find((entry) => entry.source === name)?.type ?? "ext2";
      const command = `fsck.${kind}`;
      if (verbose || dryRun) io.out.put(`[/sbin/${command} (1) -- ${mounts.find((mount) => mount.source === device)?.target ?? device}] ${command} ${[...handed, device].join(" ")} \n`);
      if (dryRun) continue;
      yield* io.out.flush();
      const pid = sys.fork(function* (child): Blocking<number> {
        const failed = yield* execSearching(child, command, [command, ...handed, device], child.environment, `/sbin:${child.environment.get("PATH") ?? ""}`);
        yield* io.stderr(`fsck: error ${failed.errno === "ENOENT" ? 2 : 13} (${failed.message}) while executing ${command} for ${device}\n`);
        return 8;
      });
      const ended = yield* waitFor(sys, pid);
      status |= ended.kind === "exited" ? ended.status : 8;
    }
    return status;
  },
);
