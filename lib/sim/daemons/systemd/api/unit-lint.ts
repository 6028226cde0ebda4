// What is wrong in a unit file, as systemd says it when it reads one (load-fragment.c, conf-parser.c of systemd 252): settings that it does not know, values that it
// cannot use. Such lines do not count; a few make the unit unusable.
import { parseCalendar } from "./calendar.ts";
import { signalNumber } from "./signal-word.ts";
import { parseTimeSpan } from "./time-span.ts";
import { isSectionOf, kindOf } from "./unit-keys.ts";
import { isValidUnitName, type UnitType, unitTypeOf } from "./unit-name.ts";
import { parseBoolean, splitCommandLine } from "./unit-text.ts";

export interface Finding {
  readonly line: number;
  readonly message: string;
}

export interface Lint {
  readonly findings: readonly Finding[];
  /** line numbers that do not count */
  readonly ignored: ReadonlySet<number>;
  /** "Unit configuration has fatal error": the unit is not started */
  readonly isFatal: boolean;
  /** a header without its end: nothing behind it was read */
  readonly isUnreadable: boolean;
}

const CLEAN: Lint = { findings: [], ignored: new Set(), isFatal: false, isUnreadable: false };
/** The vendor's files are the same in every machine. */
const known = new Map<string, Lint>();
const MOST_KNOWN = 1000;

export function lintUnit(text: string, type: UnitType): Lint {
  const key = `${type}\n${text}`;
  let lint = known.get(key);
  if (lint === undefined) {
    const made = new Linter(type).read(text);
    lint = made.findings.length === 0 ? CLEAN : made;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, lint);
  }
  return lint;
}

/** The text with empty lines for those that do not count. */
export function withoutIgnored(text: string, lint: Lint): string {
  if (lint.ignored.size === 0) return text;
  return text.split("\n").map((line, index) => (lint.ignored.has(index + 1) ? "" : line)).join("\n");
}

/** undefined: fine. `fatal`: the unit cannot be used with it. */
interface Wrong {
  readonly message: string;
  readonly fatal?: true;
  /** only a remark: the value counts */
  readonly counts?: true;
}

class Linter {
  readonly #type: UnitType;
  readonly #findings: Finding[] = [];
  readonly #ignored = new Set<number>();
  #isFatal = false;

  constructor(type: UnitType) {
    this.#type = type;
  }

  read(text: string): Lint {
    let section = "";
    let joined = "";
    const lines = text.split("\n");
    const parts: number[] = [];
    let isUnreadable = false;
    for (const [index, raw] of lines.entries()) {
      const number = index + 1;
      const line = raw.trimEnd();
      if (/^\s*(?:[#;]|$)/.test(line)) {
        if (joined === "" || line.trim() !== "") continue;
      }
      parts.push(number);
      if (line.endsWith("\\")) {
        joined += `${line.slice(0, -1)} `;
        continue;
      }
      const full = (joined + line).trim();
      joined = "";
      const held = parts.splice(0);
      if (full.startsWith("[")) {
        if (!full.endsWith("]")) {
          this.#findings.push({ line: number, message: `Invalid section header '${full}'` });
          isUnreadable = true;
          break;
        }
        section = full.slice(1, -1);
        if (!isSectionOf(section, this.#type) && !section.startsWith("X-")) this.#findings.push({ line: number, message: `Unknown section '${section}'. Ignoring.` });
        continue;
      }
      this.#assignment(section, full, number, held);
    }
    return { findings: this.#findings, ignored: this.#ignored, isFatal: this.#isFatal, isUnreadable };
  }

  #assignment(section: string, full: string, line: number, held: readonly number[]): void {
    const drop = (message: string | undefined): void => {
      if (message !== undefined) this.#findings.push({ line, message });
      for (const number of held) this.#ignored.add(number);
    };
    if (section === "") return drop("Assignment outside of section. Ignoring.");
    if (section.startsWith("X-") || !isSectionOf(section, this.#type)) return drop(undefined);
    const equals = full.indexOf("=");
    if (equals < 0) return drop("Missing '=', ignoring line.");
    const key = full.slice(0, equals).trim();
    const value = full.slice(equals + 1).trim();
    if (key === "") return drop("Missing key name before '=', ignoring line.");
    const kind = kindOf(section, key);
    if (kind === undefined) return key.startsWith("X-") ? drop(undefined) : drop(`Unknown key '${key}' in section [${section}], ignoring.`);
    const wrong = check(this.#type, key, kind, value);
    if (wrong === undefined) return;
    if (wrong.fatal === true) this.#isFatal = true;
    if (wrong.counts === true) this.#findings.push({ line, message: wrong.message });
    else drop(wrong.message);
  }
}

const oneOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const ACTIONS = oneOf("none reboot reboot-force reboot-immediate poweroff poweroff-force poweroff-immediate exit exit-force");
const JOB_MODES = oneOf("fail replace replace-irreversibly isolate flush ignore-dependencies ignore-requirements triggering");
const LEVELS = oneOf("emerg alert crit err warning notice info debug 0 1 2 3 4 5 6 7");
const FACILITIES = oneOf("kern user mail daemon auth syslog lpr news uucp cron authpriv ftp local0 local1 local2 local3 local4 local5 local6 local7");
/** Words of settings that have few, and what is said of another. */
const WORDS: Readonly<Record<string, readonly [words: ReadonlySet<string>, what: string]>> = {
  Type: [oneOf("simple forking oneshot dbus notify idle exec"), "service type"], Restart: [oneOf("no on-success on-failure on-abnormal on-watchdog on-abort always"), "service restart specifier"], ExitType: [oneOf("main cgroup"), "service exit type"],
  NotifyAccess: [oneOf("none main exec all"), "notify access specifier"], KillMode: [oneOf("control-group process mixed none"), "kill mode specification"], OOMPolicy: [oneOf("continue stop kill"), "OOM policy"],
  StandardInput: [oneOf("null tty tty-force tty-fail socket data fd file"), "input specifier"], SyslogFacility: [FACILITIES, "log facility"], CPUSchedulingPolicy: [oneOf("other batch idle fifo rr"), "CPU scheduling policy"],
  IOSchedulingClass: [oneOf("none realtime best-effort idle 0 1 2 3"), "IO scheduling class"], DevicePolicy: [oneOf("auto closed strict"), "device policy"], KeyringMode: [oneOf("inherit private shared"), "keyring mode"],
  ProtectProc: [oneOf("default noaccess invisible ptraceable"), "/proc/ protection mode"], ProcSubset: [oneOf("all pid"), "/proc/ subset mode"], BindIPv6Only: [oneOf("default both ipv6-only"), "bind IPv6 only value"],
  TimeoutStartFailureMode: [oneOf("terminate abort kill"), "timeout failure mode"], TimeoutStopFailureMode: [oneOf("terminate abort kill"), "timeout failure mode"], UtmpMode: [oneOf("init login user"), "utmp mode"],
  CollectMode: [oneOf("inactive inactive-or-failed"), "garbage collection mode"],
};
/** Words that stand beside those of a boolean. */
const BOOLEAN_OR: Readonly<Record<string, readonly [words: ReadonlySet<string>, what: string]>> = {
  ProtectSystem: [oneOf("strict full"), "protect system value"], ProtectHome: [oneOf("read-only tmpfs"), "protect home value"], RuntimeDirectoryPreserve: [oneOf("restart"), "runtime directory preserve mode"],
};

const ignoring = (what: string, value: string): Wrong => ({ message: `Failed to parse ${what}, ignoring: ${value}` });
const LARGEST_SIGNAL = 64;
const hasSpecifier = (value: string): boolean => value.includes("%");

function check(type: UnitType, key: string, kind: NonNullable<ReturnType<typeof kindOf>>, value: string): Wrong | undefined {
  if (kind === "boolean") {
    if (parseBoolean(value) !== undefined) return undefined;
    return key === "DynamicUser" ? { message: `Failed to parse boolean value: ${value}`, fatal: true } : ignoring("boolean value", value);
  }
  // an empty value takes back what came before
  if (value === "") return undefined;
  switch (kind) {
    case "span":
      if (parseTimeSpan(value) !== undefined) return undefined;
      return key === "TimeoutSec" ? ignoring("TimeoutSec= parameter", value) : ignoring(key === "TimeoutStartSec" ? "TimeoutStartSec= parameter" : "sec value", value);
    case "unsigned":
      return /^\d+$/.test(value) ? undefined : ignoring("unsigned value", value);
    case "mode":
      return /^[0-7]{1,4}$/.test(value) ? undefined : ignoring("mode value", value);
    case "path":
      return value.startsWith("/") || hasSpecifier(value) ? undefined : { message: `${key}= path is not absolute, ignoring: ${value}` };
    case "paths":
      for (const word of value.split(/\s+/)) if (!/^[-+]*[/%]/.test(word)) return { message: `${key}= path is not absolute, ignoring: ${word}` };
      return undefined;
    case "conditionPath": {
      const path = value.replace(/^\|?\s*!?\s*/, "");
      return path.startsWith("/") || hasSpecifier(path) ? undefined : { message: `${key}= path is not absolute, ignoring: ${path}` };
    }
    case "action":
      return ACTIONS.has(value) ? undefined : ignoring(`${key}=`, value);
    case "jobMode":
      return JOB_MODES.has(value) ? undefined : ignoring("job mode", value);
    case "signal":
      return (signalNumber(value) ?? LARGEST_SIGNAL + 1) > LARGEST_SIGNAL ? ignoring("signal name", value) : undefined;
    case "level":
      return LEVELS.has(value) ? undefined : ignoring("log level", value);
    case "units":
      for (const word of value.split(/\s+/)) if (!hasSpecifier(word) && !isValidUnitName(word)) return { message: `Failed to add dependency on ${word}, ignoring: Invalid argument`, counts: true };
      return undefined;
    case "url":
      for (const word of value.split(/\s+/)) if (!/^(?:https?|file|info|man):./.test(word)) return { message: `Invalid URL, ignoring: ${word}` };
      return undefined;
    case "status":
      for (const word of value.split(/\s+/)) if (!(/^\d+$/.test(word) ? Number(word) < 256 : signalNumber(word) !== undefined || /^[A-Z][A-Z_]{2,}$/.test(word))) return { message: `Failed to parse value, ignoring: ${word}`, counts: true };
      return undefined;
    case "weight":
      if (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 10_000) return undefined;
      return value === "idle" && key.endsWith("CPUWeight") ? undefined : { message: `Invalid ${key.endsWith("CPUWeight") ? "CPU weight" : "weight"}, ignoring: ${value}` };
    case "memory":
      if (value === "0" && /^Memory(?:Max|High|Limit)$/.test(key)) return { message: `Memory limit '${value}' out of range, ignoring.` };
      return value === "infinity" || /^\d+(?:\.\d+)?%$/.test(value) || isSize(value) ? undefined : { message: `Invalid memory limit '${value}', ignoring: Invalid argument` };
    case "rlimit":
      return resourceLimit(key, value);
    case "output":
      if (/^(?:inherit|null|tty|journal|journal\+console|kmsg|kmsg\+console|syslog|syslog\+console|socket|fd(?::.*)?)$/.test(value)) return undefined;
      if (/^(?:file|append|truncate):/.test(value)) return /:[/%]/.test(value) ? undefined : { message: `${key}= path is not absolute: ${value.slice(value.indexOf(":") + 1)}`, fatal: true };
      return ignoring("output specifier", value);
    case "timer":
      if (key !== "OnCalendar") return parseTimeSpan(value) === undefined ? ignoring("timer value", value) : undefined;
      return hasSpecifier(value) || parseCalendar(value) !== undefined ? undefined : ignoring("calendar specification", value);
    case "address":
      return address(key, value);
    case "command":
      return command(key, value);
    case "condition":
      return undefined;
    default:
      return other(type, key, value);
  }
}

function isSize(value: string): boolean {
  return /^(?:\d+(?:\.\d+)?[KMGTPE]?B?\s*)+$/.test(value);
}

function resourceLimit(key: string, value: string): Wrong | undefined {
  const isTime = key === "LimitCPU" || key === "LimitRTTIME";
  const parts = value.split(":").map((part) => (part === "infinity" ? Number.POSITIVE_INFINITY : isTime ? parseTimeSpan(part) : key === "LimitNICE" ? (/^[+-]?\d+$/.test(part) ? 0 : undefined) : isSize(part) ? Number.parseFloat(part) : undefined));
  const [soft, hard] = parts;
  if (parts.length > 2 || parts.some((part) => part === undefined)) return ignoring("resource value", value);
  const [softWord = "", hardWord = ""] = value.split(":");
  if (soft !== undefined && hard !== undefined && /^\d*$/.test(softWord + hardWord) && soft > hard) return { message: `Soft resource limit chosen higher than hard limit, ignoring: ${value}` };
  return undefined;
}

function address(key: string, value: string): Wrong | undefined {
  if (key === "ListenFIFO" || key === "ListenSpecial") return /^[/%]/.test(value) ? undefined : { message: `${key}= path is not absolute, ignoring: ${value}` };
  if (!/^Listen(?:Stream|Datagram|SequentialPacket)$/.test(key) || /^[/@%]|^vsock:/.test(value)) return undefined;
  const port = /^(?:[\d.]+:|\[[0-9a-fA-F:.]+\]:)?(\d+)$/.exec(value)?.[1];
  if (port !== undefined && Number(port) >= 1 && Number(port) <= 65_535) return undefined;
  return { message: `Failed to parse address value in '${value}', ignoring: ${port === undefined ? "Invalid argument" : "Numerical result out of range"}` };
}

/** A command line may be left out with "-" before it. */
function command(key: string, value: string): Wrong | undefined {
  const prefix = /^[-@:+!|]*/.exec(value)?.[0] ?? "";
  const isOptional = prefix.includes("-");
  const wrong = (message: string, argument: string): Wrong => (isOptional ? { message: `${message}, ignoring: ${argument}` } : { message: `${message}: ${argument}`, fatal: true });
  const words = splitCommandLine(value.slice(prefix.length).trim());
  if (words === undefined) return { message: `Unbalanced quoting, ignoring: "${value}"`, ...(!isOptional && { fatal: true }) };
  const [program = ""] = words;
  if (program === "" || (prefix.includes("@") && words.length < 2)) return wrong("Empty executable name or zeroeth argument", value);
  if (program.includes("/") && !/^[/%]/.test(program)) return wrong("Neither a valid executable name nor an absolute path", program);
  if (program.endsWith("/")) return wrong("Executable path specifies a directory", program);
  void key;
  return undefined;
}

function other(type: UnitType, key: string, value: string): Wrong | undefined {
  const few = WORDS[key];
  if (few !== undefined && !(key === "Type" && type === "mount")) {
    if (key === "KillMode" && value === "none") return { message: "Unit uses KillMode=none. This is unsafe, as it disables systemd's process lifecycle management for the service. Please update the service to use a safer KillMode=, such as 'mixed' or 'control-group'. Support for KillMode=none is deprecated and will eventually be removed.", counts: true };
    return few[0].has(value.replace(/^(fd|file):.*$/, "$1")) ? undefined : ignoring(few[1], value);
  }
  const beside = BOOLEAN_OR[key];
  if (beside !== undefined) return beside[0].has(value) || parseBoolean(value) !== undefined ? undefined : ignoring(beside[1], value);
  switch (key) {
    case "TimeoutStopSec":
    case "TimeoutAbortSec":
      return parseTimeSpan(value) === undefined ? ignoring("time value", value) : undefined;
    case "JobTimeoutSec":
    case "JobRunningTimeoutSec":
      return parseTimeSpan(value) === undefined ? ignoring(`${key}= parameter`, value) : undefined;
    case "Nice": {
      if (!/^[+-]?\d+$/.test(value)) return ignoring("nice priority", value);
      return Number(value) < -20 || Number(value) > 19 ? { message: `Nice priority out of range, ignoring: ${value}` } : undefined;
    }
    case "OOMScoreAdjust": {
      if (!/^[+-]?\d+$/.test(value)) return ignoring("the OOM score adjust value", value);
      return Math.abs(Number(value)) > 1000 ? { message: `OOM score adjust value out of range, ignoring: ${value}` } : undefined;
    }
    case "IOSchedulingPriority":
      return /^[0-7]$/.test(value) ? undefined : ignoring("IO priority", value);
    case "CPUSchedulingPriority":
      return /^\d+$/.test(value) ? undefined : ignoring("CPU scheduling priority", value);
    case "CPUQuota":
      return /^\d*[1-9]\d*(?:\.\d+)?%$/.test(value) ? undefined : { message: `Invalid CPU quota '${value}', ignoring.` };
    case "TasksMax":
      return value === "infinity" || /^(?:[1-9]\d*|\d+(?:\.\d+)?%)$/.test(value) ? undefined : { message: `Invalid maximum tasks value '${value}', ignoring: Invalid argument` };
    case "WorkingDirectory": {
      const path = value.replace(/^-/, "");
      if (path === "~" || /^[/%]/.test(path)) return undefined;
      return value.startsWith("-") ? { message: `WorkingDirectory= path is not absolute, ignoring: ${path}` } : { message: `WorkingDirectory= path is not absolute: ${path}`, fatal: true };
    }
    case "EnvironmentFile": {
      const path = value.replace(/^-/, "");
      return /^[/%]/.test(path) ? undefined : { message: `EnvironmentFile= path is not absolute, ignoring: ${path}` };
    }
    case "Environment": {
      const words = splitCommandLine(value);
      if (words === undefined) return { message: `Invalid syntax, ignoring: ${value}` };
      const bad = words.find((word) => !/^[A-Za-z_]\w*=/.test(word));
      return bad === undefined ? undefined : { message: `Invalid environment assignment, ignoring: ${bad}`, counts: true };
    }
    case "User":
    case "Group":
      if (/^[0-9].*[^0-9]|[/:]/.test(value)) return { message: `Invalid user/group name or numeric ID: ${value}`, fatal: true };
      return undefined;
    case "RuntimeDirectory":
    case "StateDirectory":
    case "CacheDirectory":
    case "LogsDirectory":
    case "ConfigurationDirectory": {
      for (const word of value.split(/\s+/)) {
        if (word.startsWith("/")) return { message: `${key}= path is absolute, ignoring: ${word}` };
        if (word.split("/").includes("..")) return { message: `${key}= path is not normalized, ignoring: ${word}` };
      }
      return undefined;
    }
    case "Slice":
      if (hasSpecifier(value)) return undefined;
      return isValidUnitName(value) ? undefined : { message: `Failed to load slice unit ${value}, ignoring: Unit name ${value} is not valid.` };
    case "Sockets":
      for (const word of value.split(/\s+/)) if (!hasSpecifier(word) && unitTypeOf(word) !== "socket") return { message: `Unit must be of type socket, ignoring: ${word}`, counts: true };
      return undefined;
    case "Service":
      return hasSpecifier(value) || unitTypeOf(value) === "service" ? undefined : { message: `Unit must be of type service, ignoring: ${value}` };
    case "Unit":
      return hasSpecifier(value) || isValidUnitName(value) ? undefined : { message: `Unit type not valid, ignoring: ${value}` };
    case "CPUShares":
    case "MemoryLimit":
      return undefined;
    case "BusName":
      return hasSpecifier(value) || /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+$/.test(value) ? undefined : { message: `Invalid bus name, ignoring: ${value}` };
    default:
      return undefined;
  }
}
