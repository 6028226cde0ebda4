// Module mounts: lines of /etc/fstab and a swap file (cloudinit/config/cc_mounts.py).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { YamlValue } from "../kit/yaml/parse-yaml.ts";
import { makeDirectories, removeIfThere, runProgram, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { isList, isMap, pythonRepr } from "./_json.ts";
import type { Run } from "./_run.ts";

const FSTAB = "/etc/fstab";
const COMMENT = "comment=cloudconfig";
const file = "cc_mounts.py";
const defaultOptions = "defaults,nofail,x-systemd.requires=cloud-init.service,_netdev";
const mebibyte = 1024 ** 2;

/** The device that a name means, with its first partition if it has one; undefined for what is none (LABEL= is none either, to cloud-init). */
function deviceOf(run: Run, name: string): string | undefined {
  if (/^.+:.*/.test(name)) return name;
  const path = /^x?[shv]d[a-z]\d*$/.test(name) ? `/dev/${name}` : name;
  const block = (one: string): boolean => nameExists(run.sys, one) && (nameExists(run.sys, `/sys/class/block/${one.slice(one.lastIndexOf("/") + 1)}`) || nameExists(run.sys, `/sys/block/${one.slice(one.lastIndexOf("/") + 1)}`));
  for (const suffix of ["1", "p1", "-part1"]) if (block(path + suffix)) return path + suffix;
  return block(path) ? path : undefined;
}

const bytesOf = (value: YamlValue | undefined): number | undefined => {
  if (typeof value === "number") return value;
  const match = /^(\d+(?:\.\d+)?)\s*([BKMGT])?$/i.exec(String(value ?? "").trim());
  const unit = match?.[2]?.toUpperCase() ?? "B";
  return match === null ? undefined : Number(match[1]) * 1024 ** "BKMGT".indexOf(unit);
};

/** As much as the machine has memory, at most a quarter of the room (suggested_swapsize, below 4 GiB). */
function* suggestedBytes(run: Run, directory: string, most: number | undefined): Blocking<number> {
  const total = Number(/^MemTotal:\s+(\d+)/m.exec((yield* readTextFile(run.sys, "/proc/meminfo")) ?? "")?.[1] ?? 0) * 1024;
  const { blockSizeBytes, blocksFree } = run.sys.statfs(directory);
  const room = blockSizeBytes * blocksFree;
  return Math.min(total, most === undefined ? Math.min(Math.floor(room / 4), total * 2) : Math.min(most, Math.floor(room * 0.9)));
}

/** The file that is used as swap now; undefined without. */
function* swapFile(run: Run): Blocking<string | undefined> {
  const settings = run.map("swap");
  const path = String(settings?.get("filename") ?? "/swap.img");
  const wanted = settings?.get("size") ?? 0;
  if (wanted === 0 || wanted === "" || path === "") return undefined;
  if (nameExists(run.sys, path) && ((yield* readTextFile(run.sys, "/proc/swaps")) ?? "").split("\n").some((line) => line.startsWith(`${path} `))) return path;
  const directory = path.slice(0, path.lastIndexOf("/")) || "/";
  makeDirectories(run.sys, directory);
  const bytes = wanted === "auto" ? yield* suggestedBytes(run, directory, bytesOf(settings?.get("maxsize"))) : bytesOf(wanted);
  if (bytes === undefined) {
    yield* run.warn(file, `failed to setup swap: ${pythonRepr(String(wanted))} is not valid input.`);
    return undefined;
  }
  const size = Math.floor(bytes / mebibyte);
  run.debug(file, `Creating swapfile in '${path}' on fstype '${run.sys.statfs(directory).type}' using 'fallocate'`);
  if ((yield* runProgram(run.sys, ["fallocate", "-l", `${size}M`, path], { quiet: true })) === 0) {
    run.sys.chmod(path, 0o600);
    if ((yield* runProgram(run.sys, ["mkswap", path], { quiet: true })) === 0) return path;
  }
  removeIfThere(run.sys, path);
  yield* run.warn(file, `failed to setup swap: Unexpected error while running command.`);
  return undefined;
}

interface Entry {
  readonly fields: (string | null)[];
}

function* entriesOf(run: Run, taken: ReadonlySet<string>): Blocking<readonly Entry[]> {
  const given = run.configuration.get("mount_default_fields");
  const defaults = isList(given) ? given.map((one) => (one === null ? null : String(one))) : [null, null, "auto", defaultOptions, "0", "2"];
  const entries: Entry[] = [];
  for (const [index, one] of run.list("mounts").entries()) {
    if (!isList(one)) {
      yield* run.warn(file, `Mount option ${index + 1} not a list, got a ${isMap(one) ? "dict" : "str"} instead`);
      continue;
    }
    const start = String(one[0]);
    const device = deviceOf(run, start);
    if (device !== start) run.debug(file, `changed ${start} => ${device ?? "None"}`);
    if (device === undefined) {
      run.debug(file, `Ignoring nonexistent named mount ${start}`);
      continue;
    }
    if (taken.has(device)) {
      run.debug(file, `Device ${device} already defined in fstab`, "INFO");
      continue;
    }
    const fields = [device, ...one.slice(1).map((field) => (field === null ? null : String(field)))];
    entries.push({ fields: defaults.map((fallback, at) => fields[at] ?? (at === 1 && fields[at] === null ? null : (fallback ?? null))) });
  }
  return entries.filter((entry, index) => entry.fields[1] !== null && entry.fields[1] !== undefined && !entries.slice(index + 1).some((later) => later.fields[0] === entry.fields[0] && later.fields[1] === null));
}

export function* mounts(run: Run): Blocking<void> {
  const { sys } = run;
  const before = ((yield* readTextFile(sys, FSTAB)) ?? "").split("\n");
  const kept = before.filter((line) => !line.includes(COMMENT));
  while (kept.at(-1) === "") kept.pop();
  const dropped = before.filter((line) => line.includes(COMMENT));
  const entries = (yield* entriesOf(run, new Set(kept.map((line) => line.split(/\s+/)[0] ?? "")))).map((entry) => entry.fields.map((field) => field ?? ""));
  const swap = yield* swapFile(run);
  if (swap !== undefined) entries.push([swap, "none", "swap", "sw", "0", "0"]);
  if (entries.length === 0) return run.debug(file, "No modifications to fstab needed");
  const lines = entries.map((fields) => fields.map((field, at) => (at === 3 ? `${field},${COMMENT}` : field)).join("\t"));
  for (const [, target = ""] of entries) if (target.startsWith("/")) makeDirectories(sys, target);
  yield* writeFile(sys, FSTAB, `${[...kept, ...lines].join("\n")}\n`);
  const plain = (line: string): string => line.replace(/\s+/g, " ");
  const changes = [...dropped.map(plain).filter((line) => !lines.map(plain).includes(line)).map((line) => `- ${line}`), ...lines.map(plain).filter((line) => !dropped.map(plain).includes(line)).map((line) => `+ ${line}`)];
  run.debug(file, changes.length === 0 ? "No changes to /etc/fstab made." : `Changes to fstab: ${pythonRepr(changes)}`);
  const commands = [...(entries.some((fields) => fields[2] === "swap") ? [["swapon", "-a"]] : []), ["mount", "-a"], ["systemctl", "daemon-reload"]];
  for (const command of commands) {
    const status = yield* runProgram(sys, command, { quiet: true });
    if (status === 0) run.debug(file, `Activate mounts: PASS:${command.join(" ")}`);
    else yield* run.warn(file, `Activate mounts: FAIL:${command.join(" ")}`);
  }
}
