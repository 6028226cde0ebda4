// eject of util-linux 2.38.1: which disk a name means, whether it can be taken out, what of it is mounted. What the drive then does is its driver's word (ioctl).

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { readMounts } from "../kit/mounts.ts";
import { deviceOfTag } from "../kit/probe-device.ts";
import { execSearching } from "../kit/exec-path.ts";
import { waitFor } from "../kit/shell-command.ts";
import { flag, type Io, partly, text, utilLinux } from "../kit/util-linux.ts";

const DEFAULT = "/dev/cdrom";
const WITHOUT = "the drives of the simulated machines obey no request: the kernel's answer is that they do not know it";

function* unmounted(sys: Sys, argv: readonly string[]): Blocking<boolean> {
  const pid = sys.fork(function* (child): Blocking<number> {
    yield* execSearching(child, argv[0] ?? "", argv);
    return 1;
  });
  const status = yield* waitFor(sys, pid);
  return status.kind === "exited" && status.status === 0;
}

export default utilLinux({
  name: "eject", summary: "eject media that can be taken out", synopsis: ["[options] [<device>|<mountpoint>]"],
  options: {
    auto: partly(text(["-a", "--auto"], "on|off", "whether the drive ejects when it is closed"), WITHOUT), changerslot: partly(text(["-c", "--changerslot"], "slot", "take that disc of a changer"), WITHOUT), default: flag(["-d", "--default"], "print the device that is meant without a name"),
    floppy: flag(["-f", "--floppy"], "eject as a floppy disk"), force: flag(["-F", "--force"], "whatever kind of device it is"), manualeject: partly(text(["-i", "--manualeject"], "on|off", "whether the button of the drive is locked"), WITHOUT), noUnmount: flag(["-m", "--no-unmount"], "do not unmount it"),
    noPartitionsUnmount: flag(["-M", "--no-partitions-unmount"], "do not unmount other partitions of the disk"), noop: flag(["-n", "--noop"], "only print which device it would be"), proc: flag(["-p", "--proc"], "read /proc/mounts instead of /etc/mtab"), tape: flag(["-q", "--tape"], "eject as a tape"),
    cdrom: flag(["-r", "--cdrom"], "eject as a CD"), scsi: flag(["-s", "--scsi"], "eject by SCSI commands"), trayclose: partly(flag(["-t", "--trayclose"], "close the tray"), WITHOUT), traytoggle: partly(flag(["-T", "--traytoggle"], "open the tray if it is closed, else close it"), WITHOUT),
    verbose: flag(["-v", "--verbose"], "tell each step"), cdspeed: partly(text(["-x", "--cdspeed"], "speed", "the drive's highest speed, 0 for what it can"), WITHOUT), listspeed: partly(flag(["-X", "--listspeed"], "the speeds that the drive has"), WITHOUT),
  },
  operands: "files", exitStatuses: [["0", "it is ejected"], ["1", "it is not, or the command line is wrong"]], seeAlso: ["findmnt(8)", "lsblk(8)", "mount(8)", "umount(8)"],
  *run({ options, operands, sys }, io: Io) {
    const say = (message: string): void => {
      if (options.verbose) io.out.put(`eject: ${message}\n`);
    };
    const onOff = (word: string | undefined): void => {
      if (word !== undefined && word !== "on" && word !== "off") io.die(`argument error: '${word}'`);
    };
    onOff(options.auto);
    onOff(options.manualeject);
    if (options.changerslot !== undefined && !/^[+-]?\d+$/.test(options.changerslot)) io.die(`invalid argument to --changerslot/-c option: '${options.changerslot}'`);
    if (options.cdspeed !== undefined && !/^[+-]?\d+$/.test(options.cdspeed)) io.die(`invalid argument to --cdspeed/-x option: '${options.cdspeed}'`);
    if (operands.length > 1) io.die("too many arguments");
    if (options.default) {
      io.out.put(`eject: default device: \`${DEFAULT}'\n`);
      return 0;
    }
    const [given = DEFAULT] = operands;
    if (operands.length === 0) say(`using default device \`${DEFAULT}'`);
    const resolved = yield* deviceOfTag(sys, given.length > 1 ? given.replace(/\/+$/, "") : given);
    if (resolved === undefined) io.die("unable to find device");
    const mounts = yield* readMounts(sys);
    const target = mounts.findLast((mount) => mount.target === resolved);
    const name = target !== undefined ? target.source : !resolved.includes("/") && block(`/dev/${resolved}`) !== undefined ? `/dev/${resolved}` : resolved;
    say(`device name is \`${name}'`);
    const mounted = mounts.find((mount) => mount.source === name);
    say(mounted === undefined ? `${name}: not mounted` : `${name}: mounted on ${mounted.target}`);
    const found = block(name);
    if (found === undefined) io.die(`${name}: not found mountpoint or device with the given name`);
    // a partition's directory in sysfs lies in its disk's
    const own = sys.readlink(`/sys/dev/block/${found}`).split("/").filter((part) => part !== "");
    const partition = (yield* readTextFile(sys, `/sys/dev/block/${found}/partition`)) !== undefined;
    const diskName = (partition ? own.at(-2) : own.at(-1)) ?? "";
    const device = partition ? `/dev/${diskName}` : name;
    say(partition ? `${name}: disc device: ${device} (disk device will be used for eject)` : `${name}: is whole-disk device`);
    if (!options.force && ((yield* readTextFile(sys, `/sys/block/${diskName}/removable`)) ?? "").trim() !== "1") io.die(`${device}: is not hot-pluggable device`);
    if (options.noop) {
      io.out.put(`eject: device is \`${device}'\n`);
      say("exiting due to -n/--noop option");
      return 0;
    }
    const unmounts = !options.noUnmount && options.manualeject === undefined && options.auto === undefined && !options.trayclose && !options.listspeed && options.cdspeed === undefined;
    if (unmounts) for (const mount of mounts.toReversed()) {
      if (mount.source !== device && !(mount.source.startsWith(device) && /^p?\d+$/.test(mount.source.slice(device.length)))) continue;
      if (options.noPartitionsUnmount && mount.source !== name) io.die(`error: ${device}: device in use`);
      say(`${mount.source}: unmounting`);
      yield* io.out.flush();
      if (!(yield* unmounted(sys, ["/bin/umount", ...(options.proc ? ["-n"] : []), mount.source]))) io.die(`unmount of \`${mount.source}' failed`);
    }
    let fd = -1;
    try {
      fd = yield* sys.open(device, O.RDONLY | O.NONBLOCK | O.CLOEXEC);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${device}: ${error.message}`);
      throw error;
    }
    if (options.manualeject !== undefined) return single("CDROM_LOCKDOOR", "CD-ROM lock door command failed");
    if (options.auto !== undefined) {
      say(`${device}: ${options.auto === "on" ? "enabling" : "disabling"} auto-eject mode`);
      return single("CDROMEJECT_SW", "CD-ROM auto-eject command failed");
    }
    if (options.trayclose) {
      say(`${device}: closing tray`);
      return single("CDROMCLOSETRAY", "CD-ROM tray close command failed");
    }
    if (options.traytoggle) {
      say(`${device}: toggling tray`);
      return single("CDROM_DRIVE_STATUS", "CD-ROM status command failed");
    }
    if (options.listspeed) return single("CDROM_LIST_SPEED", `${device}: failed to read speed`);
    if (options.changerslot !== undefined) {
      say(`${device}: selecting CD-ROM disc #${options.changerslot}`);
      return single("CDROM_SELECT_DISC", "CD-ROM select disc command failed");
    }
    if (options.cdspeed !== undefined) {
      say(options.cdspeed === "0" ? "setting CD-ROM speed to auto" : `setting CD-ROM speed to ${options.cdspeed}X`);
      return single("CDROM_SELECT_SPEED", "CD-ROM select speed command failed");
    }
    const all = !options.cdrom && !options.scsi && !options.floppy && !options.tape;
    const ways = [["cdrom", "CD-ROM eject command", "CDROMEJECT"], ["scsi", "SCSI commands", "SG_IO"], ["floppy", "floppy eject command", "FDEJECT"], ["tape", "tape offline command", "MTIOCTOP"]] as const;
    for (const [way, words, request] of ways) {
      if (!all && !options[way]) continue;
      const done = way === "scsi" ? "SCSI eject" : words;
      say(`${device}: trying to eject using ${words}`);
      if (asked(request) === undefined) {
        say(`${done} succeeded`);
        return 0;
      }
      say(`${done} failed`);
    }
    io.die("unable to eject");

    /** the error of a request, if there is one */
    function asked(request: string): SysError | undefined {
      try {
        sys.ioctl(fd, request);
        return undefined;
      } catch (error) {
        if (error instanceof SysError) return error;
        throw error;
      }
    }
    function single(request: string, failure: string): number {
      const error = asked(request);
      if (error !== undefined) io.die(`${failure}: ${error.message}`);
      return 0;
    }
    /** "254:0" of a block device */
    function block(path: string): string | undefined {
      try {
        const { mode, rdev } = sys.stat(path);
        return (mode & S.IFMT) === S.IFBLK ? `${rdev >> 8}:${rdev & 255}` : undefined;
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    }
  },
});
