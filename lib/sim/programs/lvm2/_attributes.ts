// What reports say about a volume beside its size: the ten characters of lv_attr, how full snapshots and thin volumes are (lvs(8)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type MappedDevice, mappedStatus } from "../kit/device-mapper.ts";
import { mapperName, snapshotsOf } from "./_activation.ts";
import { extentsOf } from "./_extents.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

export interface VolumeRow {
  readonly group: VolumeGroup;
  readonly volume: LogicalVolume;
  readonly device: MappedDevice | undefined;
  /** "12.50", empty where there is none */
  readonly dataPercent: string;
  readonly metadataPercent: string;
  readonly invalid: boolean;
}

/** dm_percent: two digits, never rounded to 0 or 100 when it is not quite that. */
function percent(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return "0.00";
  if (part >= whole) return "100.00";
  return Math.min(99.99, Math.max(0.01, (part / whole) * 100)).toFixed(2);
}

/** "24/40960 16" of a snapshot. */
function snapshotPercent(status: string): string {
  const [used = 0, total = 0, metadata = 0] = status.split(/[/ ]/).map(Number);
  return used === metadata ? "0.00" : percent(used, total);
}

export function* volumeRow(sys: Sys, group: VolumeGroup, volume: LogicalVolume, mapped: readonly MappedDevice[]): Blocking<VolumeRow> {
  const name = mapperName(group.name, volume.name);
  const device = mapped.find((one) => one.name === name);
  const row = { group, volume, device, dataPercent: "", metadataPercent: "", invalid: false };
  if (!device) return row;
  if (volume.snapshot && !volume.snapshot.merging) {
    const [status = ""] = yield* mappedStatus(sys, name);
    return status === "Invalid" ? { ...row, dataPercent: "100.00", invalid: true } : { ...row, dataPercent: snapshotPercent(status) };
  }
  if (volume.thinPool) {
    const pool = mapped.find((one) => one.name === `${name}-tpool`) ?? device;
    const [status = ""] = yield* mappedStatus(sys, pool.name);
    const [, metadata = "", data = ""] = status.split(" ");
    const [usedMetadata = 0, allMetadata = 0] = metadata.split("/").map(Number);
    const [usedData = 0, allData = 0] = data.split("/").map(Number);
    return { ...row, device: pool, dataPercent: percent(usedData, allData), metadataPercent: percent(usedMetadata, allMetadata) };
  }
  if (volume.thin) {
    const [status = ""] = yield* mappedStatus(sys, name);
    return { ...row, dataPercent: percent(Number(status.split(" ")[0]), extentsOf(volume) * group.extentSize) };
  }
  return row;
}

export function attributes({ group, volume, device, invalid, dataPercent }: VolumeRow): string {
  const snapshots = snapshotsOf(group, volume);
  const pool = group.lvs.find((one) => one.thinPool && (one.thinPool.data === volume.name || one.thinPool.metadata === volume.name));
  const isData = pool?.thinPool?.data === volume.name;
  const spare = volume.hidden === true && !pool;
  const type = volume.thinPool ? "t" : volume.thin ? "V" : volume.snapshot ? (volume.snapshot.merging ? "S" : "s") : isData ? "T" : pool || spare ? "e" : snapshots.some((one) => one.snapshot?.merging) ? "O" : snapshots.length > 0 ? "o" : "-";
  const state = device ? (invalid ? "I" : device.suspended ? "s" : "a") : "-";
  const open = device && device.openCount > 0 ? "o" : "-";
  const target = volume.thinPool || volume.thin ? "t" : pool || spare ? "-" : volume.snapshot || snapshots.length > 0 ? "s" : "-";
  const zero = volume.thinPool || volume.thin ? "z" : "-";
  const health = volume.thinPool && dataPercent === "100.00" ? "D" : group.pvs.some((pv) => pv.device === "[unknown]" && volume.segments.some((segment) => segment.areas.some((area) => area.pv === pv.name))) ? "p" : "-";
  return `${type}${volume.readOnly ? "r" : "w"}i-${state}${open}${target}${zero}${health}${volume.skipActivation ? "k" : "-"}`;
}
