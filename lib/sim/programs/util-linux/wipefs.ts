import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { openBlockTarget, sizeOfWord } from "../kit/block-target.ts";
import { readMounts } from "../kit/mounts.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { type Signature, signatures } from "../kit/signatures.ts";

const COLUMNS = ["UUID", "LABEL", "LENGTH", "TYPE", "OFFSET", "USAGE", "DEVICE"];

const cellOf = (path: string, one: Signature, column: string): string => {
  switch (column) {
    case "UUID": return one.uuid;
    case "LABEL": return one.label;
    case "LENGTH": return String(one.bytes);
    case "TYPE": return one.type;
    case "OFFSET": return `0x${one.offset.toString(16)}`;
    case "USAGE": return one.usage;
    default: return path.split("/").at(-1) ?? "";
  }
};

/** Disks and what is no partition: only there is a partition table expected. */
function* isWholeDisk(sys: Sys, path: string): Blocking<boolean> {
  const stat = sys.stat(path);
  if ((stat.mode & S.IFMT) !== S.IFBLK) return false;
  try {
    sys.stat(`/sys/dev/block/${stat.rdev >> 8}:${stat.rdev & 255}/partition`);
    return false;
  } catch (error) {
    if (error instanceof SysError) return true;
    throw error;
  }
}

export default utilLinux({
  name: "wipefs", path: "/sbin/wipefs", manSection: 8, summary: "erase the signatures of filesystems and tables on a device", synopsis: ["[options] <device>"],
  options: {
    all: flag(["-a", "--all"], "every signature: afterwards nothing can be mounted (take care!)"), backup: flag(["-b", "--backup"], "keep what is erased in a file in $HOME"), force: flag(["-f", "--force"], "even on a device in use"), noheadings: flag(["-i", "--noheadings"], "no heading line"), json: flag(["-J", "--json"], "write JSON"), noAct: flag(["-n", "--no-act"], "all but the writing"), offset: text(["-o", "--offset"], "num", "the signature at this byte"), output: text(["-O", "--output"], "list", "the columns that are shown"), parsable: flag(["-p", "--parsable"], "lines for programs, with commas between"), quiet: flag(["-q", "--quiet"], "without messages"), types: text(["-t", "--types"], "list", "only these filesystems, RAIDs or partition tables"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(`${io.argv0}: no device specified\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const erase = options.all || options.offset !== undefined;
    const columns = (options.output ?? "DEVICE,OFFSET,TYPE,UUID,LABEL").toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "DEVICE", (name) => COLUMNS.includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const wanted = options.offset === undefined ? undefined : /^0x[0-9a-f]+$/i.test(options.offset) ? Number(options.offset) : sizeOfWord(options.offset);
    if (options.offset !== undefined && wanted === undefined) io.die(`invalid offset argument: '${options.offset}': Invalid argument`);
    const table = new Table(columns.map((name) => ({ name })));
    const lines: string[] = [];
    const kinds = options.types?.replace(/^no/, "").split(",");
    const passes = (type: string): boolean => kinds === undefined || kinds.includes(type) !== (options.types?.startsWith("no") ?? false);
    for (const path of operands) {
      try {
        const stat = sys.stat(path);
        const reading = yield* openBlockTarget(sys, path, false);
        sys.close(reading.fd);
        const found = (yield* signatures(sys, path, reading.sizeBytes)).filter((one) => passes(one.type));
        if (!erase) {
          for (const one of found) {
            table.row(columns.map((name) => cellOf(path, one, name)));
            lines.push(["OFFSET", "UUID", "LABEL", "TYPE"].map((name) => cellOf(path, one, name)).join(","));
          }
          continue;
        }
        if (!options.force && (yield* readMounts(sys)).some((mount) => mount.source === path || (mount.source.startsWith(path) && /^p?\d+$/.test(mount.source.slice(path.length))))) {
          yield* io.fail(`error: ${path}: probing initialization failed: Device or resource busy`);
          continue;
        }
        const fd = yield* sys.open(path, O.RDWR | ((stat.mode & S.IFMT) === S.IFBLK && !options.force ? O.EXCL : 0));
        const whole = yield* isWholeDisk(sys, path);
        let nested = false;
        for (const one of found) {
          if (wanted !== undefined && wanted !== one.offset) continue;
          if (one.usage === "partition-table" && !whole && !options.force) {
            nested = true;
            yield* io.warn(`${path}: ignoring nested "${one.type}" partition table on non-whole disk device`);
            continue;
          }
          const old = yield* sys.pread(fd, one.bytes, one.offset);
          const place = `0x${one.offset.toString(16).padStart(8, "0")}`;
          if (options.backup) {
            const name = `${sys.environment.get("HOME") ?? ""}/wipefs-${path.split("/").at(-1) ?? ""}-${place}.bak`;
            try {
              const backup = yield* sys.open(name, O.WRONLY | O.CREAT | O.EXCL, 0o600);
              yield* sys.write(backup, old);
              sys.close(backup);
            } catch (error) {
              if (error instanceof SysError) io.die(`${name}: failed to create a signature backup: ${error.message}`);
              throw error;
            }
          }
          if (!options.quiet) io.say(`${path}: ${one.bytes} ${one.bytes === 1 ? "byte was" : "bytes were"} erased at offset ${place} (${one.type}): ${[...old].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}\n`);
          if (!options.noAct) yield* sys.pwrite(fd, new Uint8Array(one.bytes), one.offset);
        }
        if (wanted !== undefined && !found.some((one) => one.offset === wanted)) yield* io.warn(`${path}: offset 0x${wanted.toString(16)} not found`);
        if (nested) yield* io.warn("Use the --force option to force erase.");
        if (whole && found.some((one) => one.usage === "partition-table") && !options.noAct) {
          try {
            sys.ioctl(fd, "BLKRRPART");
            if (!options.quiet) io.say(`${path}: calling ioctl to re-read partition table: Success\n`);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`error: ${path}: probing initialization failed: ${error.message}`);
      }
    }
    if (!erase && table.rows.length > 0) io.out.put(options.parsable ? `${lines.map((line) => `${line}\n`).join("")}` : table.text({ mode: options.json ? "json" : "table", headings: !options.noheadings, jsonName: "signatures", utf8: io.utf8 }));
    return undefined;
  },
});
