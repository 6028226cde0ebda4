import { type Blocking, O } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { activate, isActive } from "./_activation.ts";
import { fail } from "./_error.ts";
import { areaExtents, freeStretches } from "./_extents.ts";
import { guarded, type Lvm, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { type Area, DATA_OFFSET_SECTORS, type LogicalVolume, SECTOR, type Segment, type VolumeGroup } from "./_metadata.ts";

/** What a disk of the machine copies in a second. */
const BYTES_A_SECOND = 200 * 2 ** 20;
const STEP_BYTES = 4 * 2 ** 20;

interface Move {
  readonly volume: LogicalVolume;
  readonly segment: Segment;
  readonly area: Area;
}

function* copy(lvm: Lvm, group: VolumeGroup, from: Area, to: Area, extents: number): Blocking<void> {
  const { sys } = lvm;
  const device = (area: Area): string => group.pvs.find((one) => one.name === area.pv)?.device ?? "";
  const at = (area: Area): number => (DATA_OFFSET_SECTORS + area.pvExtent * group.extentSize) * SECTOR;
  const source = yield* sys.open(device(from), O.RDONLY);
  const target = yield* sys.open(device(to), O.WRONLY);
  const bytes = extents * group.extentSize * SECTOR;
  for (let done = 0; done < bytes; done += STEP_BYTES) {
    yield* sys.pwrite(target, yield* sys.pread(source, Math.min(STEP_BYTES, bytes - done), at(from) + done), at(to) + done);
    if (sys.charge(500)) yield* sys.preempt();
  }
  sys.close(source);
  sys.close(target);
}

export default gnu({
  name: "pvmove", path: "/sbin/pvmove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "empty a physical volume: its extents move to others", synopsis: ["[-n LV] PV [PV]..."], operands: "files",
  options: { lv: text(["-n", "--name"], "LV", "only the extents of this volume"), interval: text(["-i", "--interval"], "Number", "seconds between reports, 15"), background: flag(["-b", "--background"], "do not wait"), atomic: flag(["--atomic"], "taken"), abort: flag(["--abort"], "stop a move (there is none under way)"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [word, ...targets] = operands;
      if (word === undefined) return 0;
      const [source = "", range] = word.split(":");
      const group = (yield* lvm.pvs()).find((one) => one.device === source)?.group ?? fail((yield* lvm.pvs()).some((one) => one.device === source) ? `Cannot find VG with PV ${source}.`.replace("Cannot find VG with PV", "Physical volume not in a volume group:") : `Failed to find physical volume "${source}".`);
      const own = group.pvs.find((one) => one.device === source);
      const [first = 0, last = Number.POSITIVE_INFINITY] = range === undefined ? [] : range.split("-").map(Number);
      for (const target of targets) {
        if (target === source) fail("No extents available for allocation.");
        if (!group.pvs.some((one) => one.device === target)) fail(`Physical Volume "${target}" not found in Volume Group "${group.name}".`);
      }
      const wanted = options.lv?.replace(/^.*\//, "");
      if (wanted !== undefined && !group.lvs.some((one) => one.name === wanted)) fail(`Logical volume "${wanted}" not found.`);
      const moves: Move[] = [];
      for (const volume of group.lvs) {
        if (wanted !== undefined && volume.name !== wanted && !volume.name.startsWith(`${wanted}_t`)) continue;
        for (const segment of volume.segments) for (const area of segment.areas) if (area.pv === own?.name && area.pvExtent <= last && area.pvExtent + areaExtents(segment) > first) moves.push({ volume, segment, area });
      }
      if (moves.length === 0) fail(`No data to move for ${group.name}.`);
      const total = moves.reduce((sum, { segment }) => sum + areaExtents(segment), 0);
      const places = group.pvs.filter((one) => one !== own && !one.notAllocatable && (targets.length === 0 || targets.includes(one.device)));
      const room = places.reduce((sum, pv) => sum + freeStretches(group, pv.name).reduce((free, [, count]) => free + count, 0), 0);
      if (room < total) fail(`Insufficient free space: ${total} extents needed, but only ${room} available\nUnable to allocate mirror extents for ${group.name}/pvmove0.\nFailed to convert pvmove LV to mirrored.`);
      const perSecond = BYTES_A_SECOND / (group.extentSize * SECTOR);
      let moved = 0;
      let sinceReport = 0;
      lvm.say(`${source}: Moved: 0.00%`);
      for (const { volume, segment, area } of moves) {
        let left = areaExtents(segment);
        const parts: Segment[] = [];
        const striped = segment.areas.length > 1;
        for (const pv of places) {
          for (const [from, free] of freeStretches(group, pv.name)) {
            if (left === 0 || (striped && free < left)) continue;
            const count = Math.min(left, free);
            const to = { pv: pv.name, pvExtent: from };
            yield* copy(lvm, group, { ...area, pvExtent: area.pvExtent + areaExtents(segment) - left }, to, count);
            parts.push(striped ? { ...segment, areas: segment.areas.map((each) => (each === area ? to : each)) } : { startExtent: segment.startExtent + areaExtents(segment) - left, extentCount: count, areas: [to], stripeSize: 0 });
            left -= count;
            moved += count;
            yield* io.out.flush();
            yield* sys.sleep(Math.ceil((count / perSecond) * 1e6));
            sinceReport += count / perSecond;
            if (sinceReport >= Number(options.interval ?? 15) && moved < total) {
              lvm.say(`${source}: Moved: ${((moved / total) * 100).toFixed(2)}%`);
              sinceReport = 0;
            }
          }
        }
        if (left > 0) fail("Insufficient suitable contiguous allocatable extents for logical volume pvmove0");
        volume.segments = volume.segments.flatMap((one) => (one === segment ? parts : [one]));
        yield* lvm.store(group);
        const active = volume.hidden ? group.lvs.find((one) => one.thinPool && (one.thinPool.data === volume.name || one.thinPool.metadata === volume.name)) : volume;
        if (active && (yield* isActive(sys, group, active))) yield* activate(sys, group, active);
      }
      lvm.say(`${source}: Moved: 100.00%`);
      return 0;
    });
  },
});
