// Module disk_setup: partition tables and file systems (cloudinit/config/cc_disk_setup.py).
import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import { runProgram } from "./_files.ts";
import { isList, isMap, pythonRepr } from "./_json.ts";
import { isTrue, ModuleError, type Run } from "./_run.ts";

const file = "cc_disk_setup.py";
const sectorBytes = 512;
/** the first MiB is left to boot loaders */
const alignmentSectors = 2048;

function isBlock(run: Run, path: string): boolean {
  try {
    return (run.sys.stat(path).mode & S.IFMT) === S.IFBLK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* sectorsOf(run: Run, device: string): Blocking<number> {
  return Number((yield* readTextFile(run.sys, `/sys/class/block/${device.slice(device.lastIndexOf("/") + 1)}/size`)) ?? 0);
}

/** True: one partition over all; else shares of the disk in percent, each with the type that it may name. Undefined: not what the module knows. */
function sharesOf(layout: YamlValue): readonly (readonly [percent: number, type: string | undefined])[] | undefined {
  if (layout === true) return [[100, undefined]];
  if (!isList(layout)) return undefined;
  const shares: (readonly [number, string | undefined])[] = [];
  for (const entry of layout) {
    const [size, type] = isList(entry) ? entry : [entry, undefined];
    if (typeof size !== "number") return undefined;
    shares.push([size, type === undefined || type === null ? undefined : String(type)]);
  }
  return shares;
}

function* partition(run: Run, device: string, wanted: YamlMap): Blocking<void> {
  const table = String(wanted.get("table_type") ?? "mbr").toLowerCase();
  const overwrite = isTrue(wanted.get("overwrite"));
  const layout = wanted.get("layout") ?? false;
  if (!isBlock(run, device)) throw new ModuleError(`Device ${device} did not exist and was not created with a udevadm settle.`);
  if (layout === false) return run.debug(file, "Device is not set to be partitioned. Not partitioning.");
  if (table !== "mbr" && table !== "gpt") throw new ModuleError("Unable to determine table type");
  const parts = (yield* readTextFile(run.sys, "/proc/partitions"))?.split("\n").filter((line) => line.trim().split(/\s+/)[3]?.startsWith(device.slice(5)) === true).length ?? 0;
  if (!overwrite && parts > 1) return run.debug(file, `Skipping partitioning on configured device ${device}`);
  const shares = sharesOf(layout);
  if (shares === undefined || shares.length === 0) throw new ModuleError(layout === true || isList(layout) ? "Partition layout is invalid." : "Layout is not a list");
  const room = (yield* sectorsOf(run, device)) - alignmentSectors * 2;
  const lines = shares.map(([percent, type], index) => {
    const size = Math.floor((room * percent) / 100 / alignmentSectors) * alignmentSectors;
    return `${index === shares.length - 1 ? "" : `size=${size}, `}type=${table === "gpt" ? (type === undefined || type === "83" ? "linux" : type === "82" ? "swap" : type) : (type ?? "83")}`;
  });
  const status = yield* runProgram(run.sys, ["sfdisk", "--wipe", "always", "--force", device], { quiet: true, input: `label: ${table === "gpt" ? "gpt" : "dos"}\nunit: sectors\n\n${lines.join("\n")}\n` });
  if (status !== 0) throw new ModuleError(`Failed to partition device ${device}\nUnexpected error while running command.\nCommand: ['sfdisk', '${device}']\nExit code: ${status}\nReason: -\nStdout: -\nStderr: -`);
  yield* runProgram(run.sys, ["udevadm", "settle"], { quiet: true });
  run.debug(file, `Partition table created for ${device}`);
}

/** Names of a file system on the device; undefined for none. */
function* present(run: Run, device: string): Blocking<{ readonly type: string; readonly label: string } | undefined> {
  const path = "/run/cloud-init/tmp/blkid";
  const status = yield* runProgram(run.sys, ["/bin/sh", "-c", `blkid -o export '${device.replaceAll("'", "")}' > ${path}`], { quiet: true });
  const text = (yield* readTextFile(run.sys, path)) ?? "";
  if (status !== 0) return undefined;
  const field = (name: string): string => new RegExp(`^${name}=(.*)$`, "m").exec(text)?.[1] ?? "";
  return { type: field("TYPE"), label: field("LABEL") };
}

function* makeFileSystem(run: Run, wanted: YamlMap): Blocking<void> {
  const text = (name: string): string | undefined => {
    const value = wanted.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const [label, type, given, part] = [text("label") ?? "", text("filesystem"), text("device"), text("partition") ?? "any"];
  if (given === undefined || type === undefined) throw new ModuleError("A device and filesystem are required");
  const overwrite = isTrue(wanted.get("overwrite"));
  let device = given;
  if (/^\d+$/.test(part)) device = `${given}${/\d$/.test(given) ? "p" : ""}${part}`;
  else if (part === "any" || part === "auto") {
    const disk = given.slice(5);
    const names = ((yield* readTextFile(run.sys, "/proc/partitions")) ?? "").split("\n").map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name.startsWith(disk));
    for (const name of names) {
      const found = yield* present(run, `/dev/${name}`);
      if (found?.label === label && (part === "any" || found.type === type)) return run.debug(file, `Found match at /dev/${name}`);
    }
    const free = names.find((name) => name !== disk) ?? disk;
    device = `/dev/${free}`;
  }
  if (!isBlock(run, device)) throw new ModuleError(`Device ${device} did not exist and was not created with a udevadm settle.`);
  const found = yield* present(run, device);
  if (found !== undefined && found.type === type && found.label === label && !overwrite) return run.debug(file, `Existing file system found at ${device}`);
  if (found !== undefined && found.type !== "" && !overwrite && wanted.get("replace_fs") !== found.type) return yield* run.warn(file, `Device ${device} has ${found.label} ${found.type}`);
  const extra = wanted.get("extra_opts");
  const command = wanted.get("cmd");
  const words = isList(command) ? command.map(String)
    : typeof command === "string" ? ["/bin/sh", "-c", command.replaceAll("%(label)s", label).replaceAll("%(filesystem)s", type).replaceAll("%(device)s", device)]
    : type === "swap" ? ["mkswap", ...(label === "" ? [] : ["-L", label]), device]
    : [`mkfs.${type}`, ...(overwrite ? [type === "xfs" || type === "btrfs" ? "-f" : "-F"] : []), ...(label === "" ? [] : [type === "vfat" ? "-n" : "-L", label]), ...(isList(extra) ? extra.map(String) : []), device];
  const status = yield* runProgram(run.sys, words, { quiet: true });
  if (status !== 0) throw new ModuleError(`Failed to exec of '${pythonRepr(words)}':\nUnexpected error while running command.\nCommand: ${pythonRepr(words)}\nExit code: ${status}\nReason: -\nStdout: -\nStderr: -`);
  run.debug(file, `Creating new filesystem on ${device} of ${(yield* sectorsOf(run, device)) * sectorBytes} bytes`);
}

export function* diskSetup(run: Run): Blocking<void> {
  for (const [name, wanted] of run.map("disk_setup") ?? []) {
    if (!isMap(wanted)) {
      yield* run.warn(file, `Invalid disk definition for ${name}`);
      continue;
    }
    run.debug(file, "Partitioning disks");
    yield* partition(run, name.startsWith("/") ? name : `/dev/${name}`, wanted);
  }
  for (const wanted of run.list("fs_setup")) {
    if (!isMap(wanted)) {
      yield* run.warn(file, `Invalid file system definition: ${pythonRepr(wanted)}`);
      continue;
    }
    yield* makeFileSystem(run, wanted);
  }
}
