import { type Blocking, type ResourceLimitKind, SysError, strerror } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError, print, usageError } from "./builtin.ts";

interface Limit {
  readonly letter: string;
  readonly kind: ResourceLimitKind | "pipe" | undefined;
  readonly factor: number;
  readonly description: string;
  readonly unit: string;
}

/** In the order of `ulimit -a` (ulimit.def). */
const LIMITS: readonly Limit[] = [
  { letter: "R", kind: "rttime", factor: 1, description: "real-time non-blocking time", unit: "microseconds" },
  { letter: "c", kind: "core", factor: 1024, description: "core file size", unit: "blocks" },
  { letter: "d", kind: "data", factor: 1024, description: "data seg size", unit: "kbytes" },
  { letter: "e", kind: "nice", factor: 1, description: "scheduling priority", unit: "" },
  { letter: "f", kind: "fsize", factor: 1024, description: "file size", unit: "blocks" },
  { letter: "i", kind: "sigpending", factor: 1, description: "pending signals", unit: "" },
  { letter: "l", kind: "memlock", factor: 1024, description: "max locked memory", unit: "kbytes" },
  { letter: "m", kind: "rss", factor: 1024, description: "max memory size", unit: "kbytes" },
  { letter: "n", kind: "nofile", factor: 1, description: "open files", unit: "" },
  { letter: "p", kind: "pipe", factor: 512, description: "pipe size", unit: "512 bytes" },
  { letter: "q", kind: "msgqueue", factor: 1, description: "POSIX message queues", unit: "bytes" },
  { letter: "r", kind: "rtprio", factor: 1, description: "real-time priority", unit: "" },
  { letter: "s", kind: "stack", factor: 1024, description: "stack size", unit: "kbytes" },
  { letter: "t", kind: "cpu", factor: 1, description: "cpu time", unit: "seconds" },
  { letter: "u", kind: "nproc", factor: 1, description: "max user processes", unit: "" },
  { letter: "v", kind: "as", factor: 1024, description: "virtual memory", unit: "kbytes" },
  { letter: "x", kind: "locks", factor: 1, description: "file locks", unit: "" },
];

function read(shell: Shell, limit: Limit, hard: boolean): string {
  if (limit.kind === "pipe" || limit.kind === undefined) return "8";
  const value = shell.sys.getrlimit(limit.kind);
  const number = hard ? value.hard : value.soft;
  return number === Infinity ? "unlimited" : String(Math.floor(number / limit.factor));
}

function row(shell: Shell, limit: Limit, hard: boolean): string {
  const unit = limit.unit === "" ? `(-${limit.letter})` : `(${limit.unit}, -${limit.letter})`;
  return `${limit.description.padEnd(20)} ${`${unit} `.padStart(20)}${read(shell, limit, hard)}\n`;
}

function* change(shell: Shell, limit: Limit, text: string, soft: boolean, hard: boolean): Blocking<number> {
  if (limit.kind === "pipe" || limit.kind === undefined) throw new BuiltinError(`${limit.description}: cannot modify limit: Invalid argument`, 1);
  const current = shell.sys.getrlimit(limit.kind);
  let value: number;
  if (text === "unlimited") value = Infinity;
  else if (text === "hard") value = current.hard;
  else if (text === "soft") value = current.soft;
  else if (/^[0-9]+$/.test(text)) {
    value = Number(text) * limit.factor;
    if (!Number.isSafeInteger(Number(text))) throw new BuiltinError(`${text}: limit out of range`, 1);
  } else throw new BuiltinError(`${text}: invalid number`, 1);
  try {
    shell.sys.setrlimit(limit.kind, { soft: soft ? value : current.soft, hard: hard ? value : current.hard });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    const what = limit.unit === "" ? limit.description : `${limit.description}`;
    yield* shell.complain(`${what}: cannot modify limit: ${strerror(error.errno)}`);
    return 1;
  }
  return 0;
}

const ulimit: Builtin = {
  name: "ulimit", usage: "ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]",
  help: "Shows or sets the limits of the shell and its children: -a all, -n open files, -u processes, -f file size and so on.\n-S means the soft limit, -H the hard one; both are set unless told.",
  *run(shell, args) {
    let soft = false;
    let hard = false;
    let all = false;
    const asked: { limit: Limit; value: string | undefined }[] = [];
    let at = 1;
    for (; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        at++;
        break;
      }
      if (!arg.startsWith("-") || arg === "-") break;
      for (const [letter, c] of [...arg.slice(1)].entries()) {
        if (c === "S") soft = true;
        else if (c === "H") hard = true;
        else if (c === "a") all = true;
        else {
          const limit = LIMITS.find((item) => item.letter === c);
          if (!limit) throw usageError(`-${c}: invalid option`);
          // an argument may be missing: the rest of the word, or the next one (getopt.c, `;`)
          const attached = arg.slice(letter + 2);
          const next = args[at + 1];
          const takes = attached === "" && next !== undefined && !next.startsWith("-");
          asked.push({ limit, value: attached !== "" ? attached : takes ? next : undefined });
          if (takes) at++;
          break;
        }
      }
    }
    const rest = args.slice(at);
    if (all) return yield* print(shell, LIMITS.map((limit) => row(shell, limit, hard && !soft)).join(""));
    if (asked.length === 0) {
      const file = LIMITS.find((item) => item.letter === "f");
      if (file) asked.push({ limit: file, value: rest[0] });
    } else {
      const last = asked[asked.length - 1];
      if (last && last.value === undefined && rest[0] !== undefined) last.value = rest[0];
    }
    let status = 0;
    for (const { limit, value } of asked) {
      if (value === undefined) {
        if (asked.length > 1) yield* print(shell, row(shell, limit, hard && !soft));
        else yield* print(shell, `${read(shell, limit, hard && !soft)}\n`);
      } else status = (yield* change(shell, limit, value, soft || !hard, hard || !soft)) || status;
    }
    return status;
  },
};
export default ulimit;
