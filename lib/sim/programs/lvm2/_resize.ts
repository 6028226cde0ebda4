// lvextend, lvreduce and lvresize are one: a new size for a volume, and with -r for the file system on it.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import type { Command } from "../kit/command.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { allocate, extentsOf, fail, freeExtents, guarded, joined, LVM, mapperName, parseSize, sizeText, totalExtents, tryLine, VERSION_TEXT } from "./_lvm.ts";

function* runTool(sys: Sys, words: readonly string[]): Blocking<number> {
  const [command = ""] = words;
  const pid = sys.fork(function* (own) {
    yield* execSearching(own, command, words, own.environment, "/usr/sbin:/usr/bin:/sbin:/bin");
    return 127;
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

export function resizeCommand(name: "lvextend" | "lvreduce" | "lvresize", summary: string): Command {
  return gnu({
    name, path: `/sbin/${name}`, ...LVM, versionText: VERSION_TEXT, tryLine, summary, synopsis: ["-L [+|-]Size [-r] LV [PV]...", "-l [+|-]Number|N%FREE|N%VG [-r] LV [PV]..."], operands: "files",
    options: { size: text(["-L", "--size"], "[+|-]Size", "the new size, or how much more or less"), extents: text(["-l", "--extents"], "[+|-]Number", "in extents, or N%FREE, N%VG, N%LV"), resizefs: flag(["-r", "--resizefs"], "resize the file system too"), yes: flag(["-y", "--yes"], "answer yes to all questions"), force: flag(["-f", "--force"], "without asking"), nofsck: flag(["-n", "--nofsck"], "no check of the file system before") },
    *run({ options, operands, sys }, io) {
      return yield* guarded(sys, io, function* (lvm) {
        const [path, ...devices] = operands;
        if (options.size === undefined && options.extents === undefined) fail("Please specify either size or extents but not both.");
        if (path === undefined) fail("Please specify a logical volume path.");
        const { group, volume } = yield* lvm.volume(path ?? "");
        const old = extentsOf(volume);
        let sign = "";
        let amount: number;
        if (options.size !== undefined) {
          const size = parseSize(options.size) ?? fail(`Invalid argument for --size: ${options.size}\nError during parsing of command line.`);
          sign = size.sign;
          amount = sign === "-" ? Math.floor(size.sectors / group.extentSize) : Math.ceil(size.sectors / group.extentSize);
          if (size.sectors % group.extentSize !== 0) lvm.say(`Rounding size to boundary between physical extents: ${sizeText(amount * group.extentSize)}.`);
        } else {
          const match = /^([+-]?)(\d+)(?:%(FREE|VG|LV))?$/i.exec(options.extents ?? "");
          if (!match) fail(`Invalid argument for --extents: ${options.extents}\nError during parsing of command line.`);
          sign = match?.[1] ?? "";
          const base = { FREE: freeExtents(group), VG: totalExtents(group), LV: old }[(match?.[3] ?? "").toUpperCase()];
          amount = base === undefined ? Number(match?.[2]) : Math.floor((base * Number(match?.[2])) / 100);
        }
        if (name === "lvextend" && sign === "-") fail("Size may not be negative.");
        if (name === "lvreduce" && sign === "+") fail("Positive sign not permitted - use lvextend.");
        const wanted = sign === "+" ? old + amount : sign === "-" ? old - amount : amount;
        if (wanted <= 0) fail(`Unable to reduce ${group.name}/${volume.name} below 1 extent.`);
        if (name === "lvextend" && wanted < old) fail(`New size given (${wanted} extents) not larger than existing size (${old} extents)`);
        if (name === "lvreduce" && wanted > old) fail(`New size given (${wanted} extents) not less than existing size (${old} extents)`);
        if (wanted === old) fail(`New size (${wanted} extents) matches existing size (${old} extents).`);
        const device = `/dev/mapper/${mapperName(group.name, volume.name)}`;
        const found = options.resizefs ? yield* probeQuietly(sys, device) : undefined;
        const resizes = found?.type?.startsWith("ext") ?? false;
        if (options.resizefs && !resizes) fail(found?.type === undefined ? `fsadm: Cannot get FSTYPE of "${device}".\nFilesystem check failed.` : `fsadm: Filesystem "${found.type}" on device "${device}" is not supported by this tool.\nFilesystem check failed.`);
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
          volume.segments = volume.segments.flatMap((segment) => (segment.startExtent >= wanted ? [] : [{ ...segment, extentCount: Math.min(segment.extentCount, wanted - segment.startExtent) }]));
        } else {
          if (wanted - old > freeExtents(group)) fail(`Insufficient free space: ${wanted - old} extents needed, but only ${freeExtents(group)} available`);
          const more = allocate(group, wanted - old, old, devices);
          if (more.length === 0) fail(`Insufficient suitable allocatable extents for logical volume ${volume.name}: ${wanted - old} more required`);
          volume.segments = joined([...volume.segments, ...more]);
        }
        yield* lvm.store(group, `${name} ${operands.join(" ")}`);
        yield* lvm.activate(group, volume);
        lvm.say(`Size of logical volume ${group.name}/${volume.name} changed from ${sizeText(old * group.extentSize)} (${old} extents) to ${sizeText(wanted * group.extentSize)} (${wanted} extents).`);
        lvm.say(`Logical volume ${group.name}/${volume.name} successfully resized.`);
        if (resizes && wanted > old) {
          yield* io.out.flush();
          if (!(yield* lvm.isOpen(group, volume)) && !options.nofsck) yield* runTool(sys, ["e2fsck", "-f", "-p", device]);
          if ((yield* runTool(sys, ["resize2fs", device, `${kib}K`])) !== 0) fail("fsadm: Resize failed.\nFilesystem resize failed.");
        }
        return 0;
      });
    },
  });
}
