// nstat: the counters of the network since it last ran (nstat(8), iproute2 6.1). What it saw then stands in a history file of the user.
import { type Blocking, O, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Io, flag, gnu, reason, text, unsimulated } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";
import { readWhole } from "../kit/read-whole.ts";
import { jsonText } from "./_ip-context.ts";

interface Counter {
  readonly name: string;
  readonly value: number;
}

/** Settings and states: they count nothing. */
const NO_COUNTERS: ReadonlySet<string> = new Set(["IpForwarding", "IpDefaultTTL", "TcpRtoAlgorithm", "TcpRtoMin", "TcpRtoMax", "TcpMaxConn", "TcpCurrEstab"]);
const SOURCE = "kernel";

const OPTIONS = {
  ignore: flag(["-a", "--ignore"], "show the whole counts, not what came since the last time"), scan: unsimulated(["-d", "--scan"], "keep counting in the background", "no such daemon here", "SECS"), json: flag(["-j", "--json"], "show them as JSON"),
  noOutput: flag(["-n", "--nooutput"], "show nothing, only remember the counts"), pretty: flag(["-p", "--pretty"], "break the JSON into lines"), reset: flag(["-r", "--reset"], "forget the history first"), noUpdate: flag(["-s", "--noupdate"], "leave the history as it is"),
  interval: text(["-t", "--interval"], "SECS", "the time that the daemon's rates stand for"), zeros: flag(["-z", "--zeros"], "show counters that stand still too"), version: flag(["-V", "-v", "--version"], "show the version"), help: flag(["-h", "--help"], "show how it is called"),
} as const;

const usage = `Usage: nstat [OPTION] [ PATTERN [ PATTERN ] ]\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

/** A line of names, a line of values, by turns. */
function pairs(file: string): Counter[] {
  const found: Counter[] = [];
  const lines = file.split("\n");
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [title = "", names = ""] = (lines[at] ?? "").split(":");
    const values = ((lines[at + 1] ?? "").split(":")[1] ?? "").trim().split(" ");
    names.trim().split(" ").forEach((name, index) => found.push({ name: `${title}${name}`, value: Number(values[index] ?? 0) }));
  }
  return found.filter(({ name }) => !NO_COUNTERS.has(name));
}

/** The number of the line that is none of this form, or the counters. */
function list(file: string): Counter[] | number {
  const found: Counter[] = [];
  const lines = file.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line === "" && index === lines.length - 1) break;
    if (line.startsWith("#")) continue;
    const fields = /^\s*(\S+)\s+(\d+)/.exec(line);
    if (fields === null) return index + 1;
    const [, name = "", value] = fields;
    if (!NO_COUNTERS.has(name)) found.push({ name, value: Number(value) });
  }
  return found;
}

function* counters(sys: Sys): Blocking<Counter[]> {
  const root = sys.environment.get("PROC_ROOT") ?? "/proc";
  const fileOf = function* (variable: string, name: string): Blocking<string> {
    return (yield* readTextFile(sys, sys.environment.get(variable) ?? `${root}/net/${name}`)) ?? "";
  };
  const snmp = pairs(yield* fileOf("PROC_NET_SNMP", "snmp"));
  const six = list(yield* fileOf("PROC_NET_SNMP6", "snmp6"));
  return [...snmp, ...(typeof six === "number" ? [] : six), ...pairs(yield* fileOf("PROC_NET_NETSTAT", "netstat"))];
}

function line({ name, value }: Counter, note = ""): string {
  return `${name.padEnd(32)}${String(value).padEnd(16)}${"0.0".padStart(6)}${note}\n`;
}

/** The history is searched onward only: it is in the order of the counters. */
class History {
  readonly #entries: readonly Counter[];
  #next = 0;

  constructor(entries: readonly Counter[]) {
    this.#entries = entries;
  }

  valueOf(wanted: string): number | undefined {
    const at = this.#entries.findIndex(({ name }, index) => index >= this.#next && name === wanted);
    if (at < 0) return undefined;
    this.#next = at + 1;
    return this.#entries[at]?.value;
  }
}

export default gnu({
  name: "nstat", path: "/usr/bin/nstat", manSection: 8, usageStatus: 255, tryLine: () => usage, summary: "show the counters of the network since the last time", synopsis: ["[OPTION]... [PATTERN]..."], options: OPTIONS, seeAlso: ["ip(8)", "ss(8)", "netstat(8)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("nstat utility, iproute2-6.1.0\n");
      return 0;
    }
    const complain = function* (said: string): Blocking<number> {
      yield* io.stderr(said);
      return 255;
    };
    if (options.help) return yield* complain(usage);
    if (options.interval !== undefined && !(Number.parseInt(options.interval, 10) > 0)) return yield* complain("nstat: invalid time constant divisor\n");
    const patterns = operands.map((pattern) => compileFnmatch(pattern));
    const wanted = ({ name }: Counter): boolean => patterns.length === 0 || patterns.some((matches) => matches(name));
    const path = sys.environment.get("NSTAT_HISTORY") ?? `/tmp/.nstat.u${sys.getcred().ruid}`;
    if (options.reset) {
      try {
        sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    let history: Counter[] = [];
    let fd: number | undefined;
    if (!options.ignore || !options.noUpdate) {
      try {
        fd = yield* sys.open(path, O.RDWR | O.CREAT | O.NOFOLLOW, 0o600);
      } catch (error) {
        return yield* complain(`nstat: open history file: ${reason(error)}\n`);
      }
      yield* sys.flock(fd, "exclusive");
      const facts = sys.fstat(fd);
      if (facts.nlink !== 1 || facts.uid !== sys.getcred().ruid) return yield* complain("nstat: something is so wrong with history file, that I prefer not to proceed.\n");
      const uptime = Number.parseInt((yield* readTextFile(sys, "/proc/uptime")) ?? "", 10);
      if (!options.ignore && Math.floor(sys.clockUs("realtime") / 1e6) >= Math.floor(facts.mtimeUs / 1e6) + uptime) {
        yield* io.stderr("nstat: history is aged out, resetting\n");
        sys.ftruncate(fd, 0);
      }
      const found = list(decode(yield* readWhole(sys, fd)));
      if (typeof found === "number") {
        yield* io.stderr("nstat.c:146: error parsing history file\n");
        return 254;
      }
      history = found;
    }
    const now = yield* counters(sys);
    if (!options.noOutput) {
      const before = options.ignore || history.length === 0 ? undefined : new History(history);
      const shown: [Counter, string][] = [];
      for (const counter of now) {
        const old = before?.valueOf(counter.name) ?? 0;
        // a count that went back is shown as no change
        const change = { name: counter.name, value: Math.max(0, counter.value - old) };
        if ((options.zeros || change.value !== 0) && wanted(counter)) shown.push([change, counter.value < old ? " (overflow)" : ""]);
      }
      if (options.json) {
        const values: Record<string, number> = {};
        for (const [{ name, value }] of shown) values[name] = value;
        io.say(jsonText({ [SOURCE]: values }, options.pretty));
      } else io.say(`#${SOURCE}\n${shown.map(([counter, note]) => line(counter, note)).join("")}`);
    }
    if (fd !== undefined && !options.noUpdate) {
      const old = new History(history);
      let kept = `#${SOURCE}\n`;
      for (const counter of now) {
        if (!options.zeros && counter.value === 0) continue;
        kept += line(wanted(counter) ? counter : { name: counter.name, value: old.valueOf(counter.name) ?? counter.value });
      }
      sys.ftruncate(fd, 0);
      yield* sys.pwrite(fd, encode(kept), 0);
    }
    return 0;
  },
});
