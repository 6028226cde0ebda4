// lvextend, lvreduce and lvresize are one: a new size for a volume, and with -r for the file system on it.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { deviceNumbers } from "../kit/device-mapper.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import type { Command } from "../kit/command.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { mapperName, snapshotsOf, volumeNamed } from "./_activation.ts";
import { fail, noSyntax } from "./_error.ts";
import { allocate, allocateStriped, cut, extentsOf, extentsWord, freeExtents, joined, totalExtents } from "./_extents.ts";
import { guarded, type Lvm, LVM, parseSize, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { LogicalVolume, Segment, VolumeGroup } from "./_metadata.ts";

function* runTool(sys: Sys, words: readonly string[]): Blocking<number> {
  const [command = ""] = words;
  const pid = sys.fork(function* (own) {
    yield* execSearching(own, command, words, own.environment, "/usr/sbin:/usr/bin:/sbin:/bin");
    return 127;
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

function* growFileSystem(lvm: Lvm, group: VolumeGroup, volume: LogicalVolume, type: string, device: string, kib: number, unchecked: boolean): Blocking<void> {
  const { sys } = lvm;
  const numbers = deviceNumbers(sys, device);
  const mounted = (yield* readMounts(sys)).find((one) => one.device === numbers)?.target;
  let words: readonly string[];
  if (type.startsWith("ext")) {
    if (!(yield* lvm.isOpen(group, volume)) && !unchecked) yield* runTool(sys, ["e2fsck", "-f", "-p", device]);
    words = ["resize2fs", device, `${kib}K`];
  } else {
    if (mounted === undefined) return void fail(`fsadm: ${type === "xfs" ? "Xfs" : "Btrfs"} filesystem must be mounted.\nFilesystem resize failed.`);
    words = type === "xfs" ? ["xfs_growfs", mounted] : ["btrfs", "filesystem", "resize", "max", mounted];
  }
  if ((yield* runTool(sys, words)) !== 0) fail("fsadm: Resize failed.\nFilesystem resize failed.");
}

export function resizeCommand(name: "lvextend" | "lvreduce" | "lvresize", summary: string): Command {
  return gnu({
    name, path: `/sbin/${name}`, ...LVM, versionText: VERSION_TEXT, tryLine, summary, synopsis: ["-L [+|-]Size [-r] LV [PV]...", "-l [+|-]Number|N%FREE|N%VG [-r] LV [PV]..."], operands: "files",
    options: { size: text(["-L", "--size"], "[+|-]Size", "the new size, or how much more or less"), extents: text(["-l", "--extents"], "[+|-]Number", "in extents, or N%FREE, N%VG, N%LV"), resizefs: flag(["-r", "--resizefs"], "resize the file system too"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: flag(["-f", "--force"], "without asking"), nofsck: flag(["-n", "--nofsck"], "no check of the file system before") },
    *run({ options, operands, sys }, io) {
      return yield* guarded(sys, io, function* (lvm) {
        const [path, ...devices] = operands;
        if ((options.size === undefined && options.extents === undefined) || path === undefined) noSyntax(name, name === "lvreduce" && options.size !== undefined ? "-L|--size [-]Size[m|UNIT] LV" : undefined);
        const { group, volume } = yield* lvm.volume(path ?? "");
        if (volume.hidden) fail(`Can't resize internal logical volume ${group.name}/${volume.name}.`);
        const full = `${group.name}/${volume.name}`;
        const grows = snapshotsOf(group, volume).length > 0;
        // a snapshot's own size is that of its store, a pool's that of its data
        const holder = volume.thinPool ? (volumeNamed(group, volume.thinPool.data) ?? volume) : volume;
        const old = volume.thin ? extentsOf(volume) : holder.segments.reduce((sum, segment) => sum + segment.extentCount, 0);
        let sign = "";
        let amount: number;
        if (options.size !== undefined) {
          const size = parseSize(options.size) ?? fail(`Invalid argument for --size: ${options.size}\nError during parsing of command line.`);
          sign = size.sign;
          amount = sign === "-" ? Math.floor(size.sectors / group.extentSize) : Math.ceil(size.sectors / group.extentSize);
          if (size.sectors % group.extentSize !== 0) lvm.say(`Rounding size to boundary between physical extents: ${sizeText(amount * group.extentSize)}.`);
        } else {
          ({ sign, extents: amount } = extentsWord(options.extents ?? "", { FREE: freeExtents(group), VG: totalExtents(group), PVS: freeExtents(group), LV: old, ORIGIN: volume.snapshot ? extentsOf(volumeNamed(group, volume.snapshot.origin) ?? volume) : undefined }));
        }
        if (name === "lvextend" && sign === "-") fail("Size may not be negative.");
        if (name === "lvreduce" && sign === "+") fail("Positive sign not permitted - use lvextend.");
        let wanted = sign === "+" ? old + amount : sign === "-" ? old - amount : amount;
        if (grows && wanted < old) fail("Snapshot origin volumes cannot be reduced in size yet.");
        if (grows && (yield* lvm.deviceOf(group, volume))) fail("Snapshot origin volumes can be resized only while inactive: try lvchange -an.");
        if (volume.thinPool && wanted < old) fail(`Thin pool volumes ${full} cannot be reduced in size yet.`);
        if (wanted <= 0) fail(`Unable to reduce ${group.name}/${volume.name} below 1 extent.`);
        if (name === "lvextend" && wanted < old) fail(`New size given (${wanted} extents) not larger than existing size (${old} extents)`);
        if (name === "lvreduce" && wanted > old) fail(`New size given (${wanted} extents) not less than existing size (${old} extents)`);
        if (wanted === old) fail(`New size (${wanted} extents) matches existing size (${old} extents).`);
        const device = `/dev/mapper/${mapperName(group.name, volume.name)}`;
        const found = options.resizefs ? yield* probeQuietly(sys, device) : undefined;
        const resizes = /^(ext[234]|xfs|btrfs)$/.test(found?.type ?? "");
        if (options.resizefs && !resizes) fail(found?.type === undefined ? `fsadm: Cannot get FSTYPE of "${device}".\nFilesystem check failed.` : `fsadm: Filesystem "${found.type}" on device "${device}" is not supported by this tool.\nFilesystem check failed.`);
        if (found?.type === "xfs" && wanted < old) fail("fsadm: Xfs filesystem shrinking is unsupported.\nFilesystem resize failed.");
        const fileSystem = found?.type ?? "";
        const kib = (wanted * group.extentSize) / 2;
        if (wanted < old) {
          if (resizes) {
            const open = yield* lvm.isOpen(group, volume);
            if (open) fail(`fsadm: Cannot proceed with mounted filesystem "${device}".\nFilesystem resize failed.`);
            yield* io.out.flush();
            if ((yield* runTool(sys, ["e2fsck", "-f", "-p", device])) > 1 || (yield* runTool(sys, ["resize2fs", device, `${kib}K`])) !== 0) fail("fsadm: Resize failed.\nFilesystem resize failed.");
          } else {
            const active = (yield* lvm.deviceOf(group, volume)) !== undefined;
            yield* lvm.warn(`WARNING: Reducing active${(yield* lvm.isOpen(group, volume)) ? " and open" : ""} logical volume to ${sizeText(wanted * group.extentSize)}.\n  THIS MAY DESTROY YOUR DATA (filesystem etc.)`.replace(active ? "" : " active", ""));
            if (!(yield* lvm.ask(`Do you really want to reduce ${group.name}/${volume.name}? [y/n]: `, options.yes || options.force))) fail(`Logical volume ${group.name}/${volume.name} NOT reduced.`);
          }
          if (volume.thin) volume.thin.extents = wanted;
          else holder.segments = cut(holder.segments, wanted);
        } else if (volume.thin) volume.thin.extents = wanted;
        else {
          if (wanted - old > freeExtents(group)) fail(`Insufficient free space: ${wanted - old} extents needed, but only ${freeExtents(group)} available`);
          const last = holder.segments.at(-1);
          const stripes = last?.areas.length ?? 1;
          let more: Segment[];
          if (stripes > 1) {
            const rounded = Math.floor((wanted - old) / stripes) * stripes;
            more = allocateStriped(group, rounded, old, stripes, last?.stripeSize ?? 128, devices);
            if (rounded !== wanted - old) {
              lvm.say(`Rounding size (${wanted} extents) down to stripe boundary size for segment (${old + rounded} extents)`);
              wanted = old + rounded;
            }
          } else more = allocate(group, wanted - old, old, devices);
          if (more.length === 0) fail(`Insufficient suitable allocatable extents for logical volume ${volume.name}: ${wanted - old} more required`);
          holder.segments = joined([...holder.segments, ...more]);
          if (volume.thinPool) volume.thinPool = { ...volume.thinPool, extents: wanted };
        }
        const active = yield* lvm.deviceOf(group, volume);
        yield* lvm.store(group);
        if (active) yield* lvm.activate(group, volume);
        lvm.say(`Size of logical volume ${full}${volume.thinPool ? "_tdata" : ""} changed from ${sizeText(old * group.extentSize)} (${old} extents) to ${sizeText(wanted * group.extentSize)} (${wanted} extents).`);
        lvm.say(`Logical volume ${full} successfully resized.`);
        if (resizes && wanted > old) {
          yield* io.out.flush();
          yield* growFileSystem(lvm, group, volume, fileSystem, device, kib, options.nofsck);
        }
        return 0;
      });
    },
  });
}
