// e2scrub: checks a mounted ext file system on a logical volume by a snapshot of it (e2scrub(8), e2fsprogs 1.47.0, a shell script there).
import { type Blocking, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { runShell, shellOutput } from "../kit/shell-command.ts";

/** e2scrub.conf: snap_size_mb */
const SNAPSHOT_MIB = 256;
const SCRUB_FAILED = 6;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function* run(sys: Sys, command: string): Blocking<number> {
  const ended = yield* runShell(sys, command);
  return ended.kind === "exited" ? ended.status : 1;
}

export default gnu({
  name: "e2scrub", path: "/sbin/e2scrub", manSection: 8, project: "e2fsprogs", tryLine: () => "", usageStatus: 2, summary: "check a mounted ext4 file system by way of a snapshot", synopsis: ["[-nrtV] mountpoint | device"], seeAlso: ["e2fsck(8)", "lvcreate(8)"],
  description: ["A snapshot is made of the logical volume that the file system lies on, e2fsck checks the snapshot, and it is removed. When something is wrong the file system is to be unmounted and repaired with e2fsck."],
  options: { dryRun: flag(["-n"], "show the commands, run none"), reap: flag(["-r"], "only remove a snapshot that was left"), trim: flag(["-t"], "run fstrim when all is well"), version: flag(["-V"], "show the version") },
  operands: "directories",
  *run({ options, operands, sys }, io: Io) {
    if (sys.getcred().euid !== 0) {
      io.say("e2scrub must be run as root\n");
      return 1;
    }
    if (options.version) {
      io.say("e2scrub 1.47.0 (5-Feb-2023)\n");
      return 0;
    }
    const [argument] = operands;
    const usage = "Usage: /sbin/e2scrub [-nrtV] mountpoint | device\n";
    if (argument === undefined) {
      io.say(usage);
      return 1;
    }
    if ((yield* run(sys, "command -v lvcreate >/dev/null")) !== 0) {
      io.say("e2scrub: can't find lvcreate --- is lvm2 installed?\n");
      return 1;
    }
    const mounts = yield* readMounts(sys);
    const mounted = mounts.find((mount) => mount.target === argument);
    const device = mounted?.source ?? argument;
    const probed = yield* probeQuietly(sys, device);
    if (!/^ext[234]$/.test(probed.type ?? "")) {
      io.say(`${argument}: Not an ext[234] filesystem.\n${usage}`);
      return 16;
    }
    const facts = decode((yield* shellOutput(sys, `lvs -o vg_name,lv_name,origin --noheadings --separator : ${quoted(device)} 2>/dev/null`)).bytes).trim().split(":");
    const [group = "", volume = "", origin = ""] = facts;
    if (group === "" || volume === "" || origin !== "") {
      io.say(`${argument}: Not connected to an LVM logical volume.\n${usage}`);
      return 16;
    }
    const snapshot = `${volume}.e2scrub`;
    const path = `/dev/${group}/${snapshot}`;
    const perform = function* (command: string): Blocking<number> {
      yield* io.out.flush();
      if (!options.dryRun) return yield* run(sys, command);
      io.say(`Would execute:  ${command.replaceAll("'", "").replace(/ 2>\/dev\/null$/, "")}\n`);
      return 0;
    };
    const exists = (): boolean => {
      try {
        sys.stat(path);
        return true;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    };
    const remove = `lvremove -f ${quoted(`${group}/${snapshot}`)}`;
    if (options.reap) {
      if (exists()) yield* perform(`${remove} 2>/dev/null`);
      return 0;
    }
    yield* perform(`${remove} 2>/dev/null`);
    if (exists()) {
      io.say(`${argument}: e2scrub snapshot is in use, cannot check!\n`);
      return 8;
    }
    if ((yield* perform(`lvcreate -s -L ${SNAPSHOT_MIB}m -n ${quoted(snapshot)} ${quoted(`${group}/${volume}`)}`)) !== 0) {
      io.say(`${argument}: e2scrub snapshot FAILED, will not check!\n`);
      return 8;
    }
    let status = yield* perform(`/sbin/e2fsck -E journal_only -p ${quoted(path)}`);
    if (status <= 1) status = yield* perform(`/sbin/e2fsck -f -y ${quoted(path)}`);
    yield* perform(remove);
    if (status === 8) {
      io.say(`${argument}: e2fsck operational error.\n`);
      return 8;
    }
    if (status !== 0) {
      io.say(`${argument}: Scrub FAILED due to corruption!  Unmount and run e2fsck -y.\n`);
      yield* perform(`tune2fs -E force_fsck ${quoted(device)}`);
      return SCRUB_FAILED;
    }
    io.say(`${argument}: Scrub succeeded.\n`);
    yield* perform(`tune2fs -C 0 -T now ${quoted(device)}`);
    if (options.trim && mounted !== undefined) {
      io.say(`${argument}: Trimming free space.\n`);
      yield* perform(`fstrim -v ${quoted(mounted.target)}`);
    }
    return 0;
  },
});
