// Condition...= and Assert...= of [Unit] (systemd.unit(5)).
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { names, tryReadFile } from "./files.ts";
import { matchesPattern } from "./unit-name.ts";
import type { UnitText } from "./unit-text.ts";
import { parseBoolean } from "./unit-text.ts";
import { detectVirtualMachine } from "./virtualization.ts";

const kinds = [
  "PathExists", "PathExistsGlob", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint", "PathIsReadWrite", "DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable", "Virtualization", "KernelCommandLine", "KernelVersion", "Host", "ACPower",
  "FirstBoot", "User", "Group", "Architecture", "NeedsUpdate", "Capability", "Environment", "Security", "Memory", "CPUs", "OSRelease", "ControlGroupController", "Firmware",
] as const;
export type ConditionKind = (typeof kinds)[number];
const CONDITION_KINDS: ReadonlySet<string> = new Set(kinds);

export function isConditionKind(word: string): word is ConditionKind {
  return CONDITION_KINDS.has(word);
}

/** What conditions are asked of. */
export interface ConditionHost {
  readonly sys: Sys;
  readonly machineId: string;
  /** specifiers of that unit */
  expand(text: string, name: string): string;
}

/** `failed`: the settings, as systemctl lists them. `because`: as the journal goes on behind "was skipped because" (systemd 252, unit_log_condition). */
export interface Unmet {
  readonly failed: readonly string[];
  readonly because: string;
}

/** Undefined when all hold: those that are needed, and one of those that begin with | (systemd.unit(5)). */
export function* unmetCondition(host: ConditionHost, unit: { readonly name: string; readonly text: UnitText }, family: "Condition" | "Assert" = "Condition"): Blocking<Unmet | undefined> {
  const failed: string[] = [];
  let triggered = false;
  for (const kind of kinds) {
    const key = `${family}${kind}`;
    for (const raw of unit.text.all("Unit", key)) {
      const trigger = raw.startsWith("|");
      const holds = yield* conditionHolds(host, kind, raw, unit.name);
      if (holds) triggered ||= trigger;
      else failed.push(`${key}=${raw}`);
      if (!holds && !trigger) return { failed, because: `of an unmet condition check (${key}=${raw})` };
    }
  }
  return failed.length > 0 && !triggered ? { failed, because: "no trigger condition checks were met" } : undefined;
}

/** `raw`: with "|" and "!" before it. */
export function* conditionHolds(host: ConditionHost, kind: ConditionKind, raw: string, unit: string): Blocking<boolean> {
  let value = raw.replace(/^\|\s*/, "");
  const negated = value.startsWith("!");
  if (negated) value = value.slice(1);
  return (yield* one(host, kind, host.expand(value.trim(), unit))) !== negated;
}

function statOf(sys: Sys, path: string, follow = true): { readonly mode: number; readonly sizeBytes: number; readonly dev: number } | undefined {
  try {
    return follow ? sys.stat(path) : sys.lstat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

const FORMAT = 0o170000;

/** ">=6", "<3", "6.*": by the operator before it, or as a pattern. */
function compares(value: string, order: (other: string) => number, same: (pattern: string) => boolean): boolean {
  const match = /^(<=|>=|!=|=|<|>)\s*(.*)$/.exec(value);
  if (match === null) return same(value);
  const [, operator, other = ""] = match;
  const sign = order(other);
  return operator === "<" ? sign < 0 : operator === "<=" ? sign <= 0 : operator === ">" ? sign > 0 : operator === ">=" ? sign >= 0 : operator === "!=" ? sign !== 0 : sign === 0;
}

/** Numbers by their value, the rest letter by letter (strverscmp_improved for what kernels and releases are called). */
export function compareVersions(one: string, other: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|[A-Za-z]+|~|-|\^|\./g) ?? [];
  const first = parts(one).filter((part) => part !== ".");
  const second = parts(other).filter((part) => part !== ".");
  const rank = (part: string | undefined): number => (part === "~" ? 0 : part === undefined ? 1 : part === "-" ? 2 : part === "^" ? 3 : /^\d/.test(part) ? 5 : 4);
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [a, b] = [first[at], second[at]];
    if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1;
    if (a === undefined || b === undefined || a === b) continue;
    const difference = /^\d/.test(a) ? Number(a) - Number(b) : a < b ? -1 : 1;
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

const SCALES = ["", "K", "M", "G", "T", "P", "E"];

function sizeOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGTPE]?)/.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * 1024 ** SCALES.indexOf(match[2] ?? "");
}

function* one(host: ConditionHost, kind: ConditionKind, value: string): Blocking<boolean> {
  const { sys } = host;
  switch (kind) {
    case "PathExists":
    case "PathIsReadWrite":
      return statOf(sys, value) !== undefined;
    case "PathExistsGlob": {
      const slash = value.lastIndexOf("/");
      return names(sys, value.slice(0, slash) || "/").some((name) => matchesPattern(value.slice(slash + 1), name));
    }
    case "PathIsDirectory":
      return ((statOf(sys, value)?.mode ?? 0) & FORMAT) === 0o040000;
    case "PathIsSymbolicLink":
      return ((statOf(sys, value, false)?.mode ?? 0) & FORMAT) === 0o120000;
    case "PathIsMountPoint":
      return statOf(sys, value) !== undefined && statOf(sys, value)?.dev !== statOf(sys, value.replace(/\/[^/]*\/*$/, "") || "/")?.dev;
    case "FileNotEmpty":
      return (statOf(sys, value)?.sizeBytes ?? 0) > 0;
    case "FileIsExecutable":
      return ((statOf(sys, value)?.mode ?? 0) & 0o111) !== 0;
    case "DirectoryNotEmpty":
      return names(sys, value).length > 0;
    case "Virtualization": {
      const detected = yield* detectVirtualMachine(sys);
      const asked = parseBoolean(value);
      if (asked !== undefined) return asked === (detected !== "none");
      return value === "vm" ? detected !== "none" : value === detected;
    }
    case "KernelCommandLine":
      return ((yield* tryReadFile(sys, "/proc/cmdline")) ?? "").split(/\s+/).some((word) => word === value || (!value.includes("=") && word.startsWith(`${value}=`)));
    case "KernelVersion": {
      const { release } = sys.uname();
      return value.split(/\s+(?=[<>=!])/).every((part) => compares(part, (other) => compareVersions(release, other), (pattern) => matchesPattern(pattern, release)));
    }
    case "Host": {
      const { nodename } = sys.uname();
      return value === host.machineId || matchesPattern(value.toLowerCase(), nodename.toLowerCase());
    }
    case "Architecture":
      return value === "x86-64" || value === "native";
    case "ACPower":
      return parseBoolean(value) !== false;
    case "Security":
      return value === "audit" || statOf(sys, `/sys/kernel/security/${value}`) !== undefined;
    case "User":
      return yield* isUser(sys, value);
    case "Group":
      return yield* isGroup(sys, value);
    case "Environment": {
      const { environment } = sys;
      const equals = value.indexOf("=");
      return equals < 0 ? environment.has(value) : environment.get(value.slice(0, equals)) === value.slice(equals + 1);
    }
    case "Memory": {
      const total = Number(/^MemTotal:\s+(\d+)/m.exec((yield* tryReadFile(sys, "/proc/meminfo")) ?? "")?.[1] ?? 0) * 1024;
      const order = (other: string): number => Math.sign(total - sizeOf(other));
      return compares(value, order, (word) => order(word) >= 0);
    }
    case "CPUs": {
      const count = ((yield* tryReadFile(sys, "/proc/cpuinfo")) ?? "").split("\n").filter((line) => /^processor\s*:/.test(line)).length;
      const order = (other: string): number => Math.sign(count - Number(other));
      return compares(value, order, (word) => order(word) >= 0);
    }
    case "OSRelease": {
      const match = /^(\w+)(.*)$/.exec(value);
      if (match === null) return false;
      const line = ((yield* tryReadFile(sys, "/etc/os-release")) ?? "").split("\n").find((text) => text.startsWith(`${match[1]}=`)) ?? "";
      const own = line.slice(line.indexOf("=") + 1).replace(/^"(.*)"$/, "$1");
      return compares((match[2] ?? "").trim(), (other) => compareVersions(own, other), (pattern) => pattern === own);
    }
    case "ControlGroupController":
      return value.split(/\s+/).every((word) => word === "v2") || containsAll((yield* tryReadFile(sys, "/sys/fs/cgroup/cgroup.controllers")) ?? "", value);
    case "FirstBoot":
      return parseBoolean(value) === false;
    case "NeedsUpdate":
    case "Firmware":
      return false;
    case "Capability":
      return true;
  }
}

function containsAll(have: string, wanted: string): boolean {
  const words = new Set(have.trim().split(/\s+/));
  return wanted.split(/\s+/).every((word) => words.has(word));
}

const LAST_SYSTEM_ID = 999;

function* isUser(sys: Sys, value: string): Blocking<boolean> {
  const { ruid: uid, euid } = sys.getcred();
  if (value === "@system") return uid <= LAST_SYSTEM_ID;
  if (/^\d+$/.test(value)) return Number(value) === uid || Number(value) === euid;
  if (value === "root") return euid === 0;
  const line = ((yield* tryReadFile(sys, "/etc/passwd")) ?? "").split("\n").find((text) => text.startsWith(`${value}:`));
  return line !== undefined && Number(line.split(":")[2]) === uid;
}

function* isGroup(sys: Sys, value: string): Blocking<boolean> {
  const { rgid: gid, egid, groups } = sys.getcred();
  let id = /^\d+$/.test(value) ? Number(value) : undefined;
  id ??= Number(((yield* tryReadFile(sys, "/etc/group")) ?? "").split("\n").find((text) => text.startsWith(`${value}:`))?.split(":")[2] ?? Number.NaN);
  return id === gid || id === egid || groups.includes(id);
}
