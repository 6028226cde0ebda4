// sfdisk --move-data: the contents of a partition follow it to its new place.
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { partitionPath } from "../kit/disk-label.ts";
import type { Io } from "../kit/util-linux.ts";
import type { Context } from "./_context.ts";
import type { Partition } from "./_label.ts";
import { BOLD, lateWarning, type Listing } from "./_listing.ts";
import type { Talk } from "./_talk.ts";

const STEP_BYTES = 1024 * 1024;

/** False where it cannot be done; said already. */
export function* moveData(io: Io, talk: Talk, listing: Listing, context: Context, moved: { readonly index: number; readonly before: Partition }, options: { readonly noAct: boolean; readonly quiet: boolean; readonly typescript: string | undefined }): Blocking<boolean> {
  const { index, before } = moved;
  const after = context.label?.partition(index);
  const { sectorBytes } = context;
  if (after === undefined) {
    yield* lateWarning(io, "failed to read new partition from device; ignoring --move-data");
    return false;
  }
  if (after.start === before.start) {
    yield* lateWarning(io, "start of the partition has not been moved; ignoring --move-data");
    return false;
  }
  if (before.sectors > after.sectors) {
    yield* lateWarning(io, "new partition is smaller than original; ignoring --move-data");
    return false;
  }
  const [from, to, sectors] = [before.start, after.start, before.sectors];
  const overlaps = (to >= from && from + sectors >= to) || (from >= to && to + sectors >= from);
  const backward = overlaps && from < to;
  const device = partitionPath(context.path, index + 1);
  const file = options.typescript === undefined || options.typescript === "@default" ? options.typescript && `${io.sys.environment.get("HOME") ?? ""}/sfdisk-${device.split("/").at(-1) ?? ""}.move` : `${options.typescript}-${device.split("/").at(-1) ?? ""}.move`;
  if (!options.quiet) {
    yield* talk.info("");
    yield* listing.coloured(BOLD, () => talk.info(options.noAct ? "Data move: (--no-act)" : "Data move:"));
    if (file !== undefined) yield* talk.info(` typescript file: ${file}`);
    io.say(`  start sector: (from/to) ${from} / ${to}\n  sectors: ${sectors}\n  step size: ${STEP_BYTES} bytes\n\n`);
  }
  let log = `# sfdisk: util-linux 2.38.1\n# Disk: ${device}\n# Partition: ${index + 1}\n# Operation: move data\n# Sector size: ${sectorBytes}\n# Original start offset (sectors/bytes): ${from}/${from * sectorBytes}\n# New start offset (sectors/bytes): ${to}/${to * sectorBytes}\n# Area size (sectors/bytes): ${sectors}/${sectors * sectorBytes}\n# Step size (sectors/bytes): ${STEP_BYTES / sectorBytes}/${STEP_BYTES}\n# Steps: ${Math.floor((sectors * sectorBytes) / STEP_BYTES) + 1}\n#\n# <step>: <from> <to> (step offsets in bytes)\n`;
  let left = sectors * sectorBytes;
  let source = (backward ? from + sectors : from) * sectorBytes;
  let target = (backward ? to + sectors : to) * sectorBytes;
  for (let step = 1; left > 0; step++) {
    const bytes = Math.min(left, STEP_BYTES);
    left -= bytes;
    if (backward) {
      source -= bytes;
      target -= bytes;
    }
    if (!options.noAct) {
      const content = yield* context.read(source, bytes);
      yield* context.write(target, content);
    }
    if (io.sys.charge(16)) yield* io.sys.preempt();
    log += `${String(step).padStart(5, "0")}: ${String(source).padStart(12)} ${String(target).padStart(12)}\n`;
    if (backward) continue;
    source += bytes;
    target += bytes;
  }
  if (file !== undefined) {
    try {
      const fd = yield* io.sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* io.sys.write(fd, encode(log));
      io.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* talk.warn(`cannot open ${file}: ${error.message}`);
      return false;
    }
  }
  if (options.noAct) yield* talk.info("Your data has not been moved (--no-act).");
  return true;
}
