// ulimit of dash (miscbltin.c: ulimitcmd).
import { type ResourceLimitKind, SysError, strerror } from "../../kernel/sys.ts";
import { type Builtin, BuiltinError, print } from "../builtins/builtin.ts";

interface Limit {
  readonly letter: string;
  readonly kind: ResourceLimitKind;
  readonly factor: number;
  readonly name: string;
}

const LIMITS: readonly Limit[] = [
  { letter: "t", kind: "cpu", factor: 1, name: "time(seconds)" },
  { letter: "f", kind: "fsize", factor: 512, name: "file(blocks)" },
  { letter: "d", kind: "data", factor: 1024, name: "data(kbytes)" },
  { letter: "s", kind: "stack", factor: 1024, name: "stack(kbytes)" },
  { letter: "c", kind: "core", factor: 512, name: "coredump(blocks)" },
  { letter: "m", kind: "rss", factor: 1024, name: "memory(kbytes)" },
  { letter: "l", kind: "memlock", factor: 1024, name: "locked memory(kbytes)" },
  { letter: "p", kind: "nproc", factor: 1, name: "process" },
  { letter: "n", kind: "nofile", factor: 1, name: "nofiles" },
  { letter: "v", kind: "as", factor: 1024, name: "vmemory(kbytes)" },
  { letter: "w", kind: "locks", factor: 1, name: "locks" },
  { letter: "r", kind: "rtprio", factor: 1, name: "rtprio" },
];

export const dashUlimit: Builtin = {
  name: "ulimit", usage: "", help: "",
  *run(shell, args) {
    let which: "both" | "soft" | "hard" = "both";
    let all = false;
    let wanted = "f";
    let at = 1;
    for (; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        at++;
        break;
      }
      if (!/^-./.test(arg)) break;
      for (const letter of arg.slice(1)) {
        if (letter === "H" || letter === "S") which = letter === "H" ? "hard" : "soft";
        else if (letter === "a") all = true;
        else if (LIMITS.some((limit) => limit.letter === letter)) wanted = letter;
        else throw new BuiltinError(`Illegal option -${letter}`, 2);
      }
    }
    const limit = LIMITS.find(({ letter }) => letter === wanted);
    if (limit === undefined) return 1;
    const [text] = args.slice(at);
    if (text !== undefined && (all || args.length > at + 1)) throw new BuiltinError("too many arguments", 2);
    const shown = ({ kind, factor }: Limit) => {
      const { soft, hard } = shell.sys.getrlimit(kind);
      const value = which === "hard" ? hard : soft;
      return value === Infinity ? "unlimited" : String(Math.floor(value / factor));
    };
    if (all) return yield* print(shell, LIMITS.map((one) => `${one.name.padEnd(20)} ${shown(one)}\n`).join(""));
    if (text === undefined) return yield* print(shell, `${shown(limit)}\n`);
    if (text !== "unlimited" && !/^[0-9]+$/.test(text)) throw new BuiltinError("bad number", 2);
    const value = text === "unlimited" ? Infinity : Number(text) * limit.factor;
    const old = shell.sys.getrlimit(limit.kind);
    try {
      shell.sys.setrlimit(limit.kind, { soft: which === "hard" ? old.soft : value, hard: which === "soft" ? old.hard : value });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new BuiltinError(`error setting limit (${strerror(error.errno)})`, 2);
    }
    return 0;
  },
};
