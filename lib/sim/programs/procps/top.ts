import { type Blocking, POLL, SIGNALS, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, readMemory, readProcesses, readSystemTimes } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { uptimeLine } from "./_uptime-line.ts";

interface View {
  sort: "cpu" | "memory" | "pid" | "time";
  fullCommand: boolean;
  readonly users: string | undefined;
  readonly pids: readonly number[];
}

const sizeText = (kib: number, width: number): string => {
  if (String(kib).length <= width) return String(kib);
  const mib = kib / 1024;
  return mib < 1000 ? `${mib.toFixed(1)}m` : `${(mib / 1024).toFixed(1)}g`;
};

function* screen(sys: Sys, view: View, previous: Map<number, number>, elapsedSeconds: number): Blocking<string[]> {
  const accounts = yield* Accounts.read(sys);
  const memory = yield* readMemory(sys);
  const get = (key: string): number => memory.get(key) ?? 0;
  const processes = yield* readProcesses(sys);
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const cpu = (((yield* readTextFile(sys, "/proc/stat")) ?? "").split("\n")[0] ?? "").split(/\s+/).slice(1).map(Number);
  const total = Math.max(1, cpu.reduce((sum, value) => sum + value, 0));
  const share = (at: number): string => (((cpu[at] ?? 0) * 100) / total).toFixed(1).padStart(5);
  const count = (letters: string): number => processes.filter((process) => letters.includes(process.state)).length;
  const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(8);
  const lines = [
    `top -${yield* uptimeLine(sys)}`,
    `Tasks: ${String(processes.length).padStart(3)} total, ${String(count("R")).padStart(3)} running, ${String(count("SDI")).padStart(3)} sleeping, ${String(count("T")).padStart(3)} stopped, ${String(count("Z")).padStart(3)} zombie`,
    `%Cpu(s):${share(0)} us,${share(2)} sy,${share(1)} ni,${share(3)} id,${share(4)} wa,${share(5)} hi,${share(6)} si,${share(7)} st `,
    `MiB Mem : ${mib(get("MemTotal"))} total, ${mib(get("MemFree"))} free, ${mib(get("MemTotal") - get("MemAvailable"))} used, ${mib(get("Buffers") + get("Cached") + get("SReclaimable"))} buff/cache     `,
    `MiB Swap: ${mib(get("SwapTotal"))} total, ${mib(get("SwapFree"))} free, ${mib(get("SwapTotal") - get("SwapFree"))} used. ${mib(get("MemAvailable"))} avail Mem `,
    "",
    "    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND",
  ];
  const ticks = (process: ProcessInfo): number => process.userTicks + process.systemTicks;
  const usage = (process: ProcessInfo): number => {
    const before = previous.get(process.pid);
    const span = before === undefined ? Math.max(0.01, uptimeSeconds - process.startTicks / 100) : Math.max(0.01, elapsedSeconds);
    return ((ticks(process) - (before ?? 0)) / span);
  };
  const shown = processes.filter((process) => (view.users === undefined || accounts.userName(process.uids[1] ?? 0) === view.users) && (view.pids.length === 0 || view.pids.includes(process.pid)))
    .map((process) => ({ process, cpu: usage(process) }))
    .sort((a, b) => (view.sort === "memory" ? b.process.residentPages - a.process.residentPages : view.sort === "pid" ? b.process.pid - a.process.pid : view.sort === "time" ? ticks(b.process) - ticks(a.process) : b.cpu - a.cpu) || a.process.pid - b.process.pid);
  for (const { process, cpu: percent } of shown) {
    const name = accounts.userName(process.uids[1] ?? 0);
    const shared = Number.parseInt(process.status.get("RssFile") ?? "0", 10);
    const time = ticks(process);
    const priority = process.priority < -99 ? "rt" : String(process.priority);
    const command = view.fullCommand && process.arguments.length > 0 ? process.arguments.join(" ") : process.arguments.length > 0 ? process.comm : process.comm;
    lines.push(`${String(process.pid).padStart(7)} ${(name.length > 8 ? `${name.slice(0, 7)}+` : name).padEnd(8)} ${priority.padStart(3)} ${String(process.nice).padStart(3)} ${sizeText(Math.floor(process.virtualBytes / 1024), 7).padStart(7)} ${sizeText(process.residentPages * 4, 6).padStart(6)} ${sizeText(shared, 6).padStart(6)} ${process.state} ${percent.toFixed(1).padStart(5)} ${((process.residentPages * 400) / Math.max(1, get("MemTotal"))).toFixed(1).padStart(5)} ${`${Math.floor(time / 6000)}:${String(Math.floor(time / 100) % 60).padStart(2, "0")}.${String(time % 100).padStart(2, "0")}`.padStart(9)} ${command}`);
  }
  previous.clear();
  for (const process of processes) previous.set(process.pid, ticks(process));
  return lines;
}

export default program(
  {
    name: "top", summary: "display Linux processes", synopsis: ["-hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]"],
    options: [flag(["-b"], "batch mode"), flag(["-c"], "command lines"), text(["-d"], "SECONDS", "delay"), text(["-n"], "NUMBER", "iterations"), text(["-p"], "PIDS", "only these"), text(["-u"], "USER", "only this user's"), text(["-o"], "FIELD", "sort by"), text(["-w"], "COLUMNS", "width"), flag(["-h"], "display help"), flag(["-v"], "display version")],
  },
  function* (sys, argv, io: Io) {
    let batch = false;
    let delayUs = 3e6;
    let rounds = Number.POSITIVE_INFINITY;
    let width: number | undefined;
    let users: string | undefined;
    let sort: View["sort"] = "cpu";
    let fullCommand = false;
    const pids: number[] = [];
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      const letters = arg.replace(/^-/, "");
      for (let i = 0; i < letters.length; i++) {
        const letter = letters[i] ?? "";
        const value = (): string => {
          const rest = letters.slice(i + 1);
          i = letters.length;
          return rest !== "" ? rest : (argv[++at] ?? "");
        };
        if (letter === "b") batch = true;
        else if (letter === "c") fullCommand = true;
        else if (letter === "d") delayUs = Number(value().replace(",", ".")) * 1e6;
        else if (letter === "n") rounds = Number(value());
        else if (letter === "p") pids.push(...value().split(",").map(Number));
        else if (letter === "u" || letter === "U") users = value();
        else if (letter === "o") {
          const field = value().replace(/^[+-]/, "");
          sort = field === "%MEM" || field === "RES" ? "memory" : field === "PID" ? "pid" : field.startsWith("TIME") ? "time" : "cpu";
        } else if (letter === "w") width = Number(value()) || undefined;
        else if (letter === "v" || letter === "h" || letter === "V") {
          io.out.put(letter === "h" ? "Usage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]\n" : "top from procps-ng 4.0.2\n");
          return 0;
        } else if (!"EeHiOSs1".includes(letter)) {
          yield* io.stderr(`top: unknown option '${letter}'\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]\n`);
          return 1;
        }
      }
    }
    const view: View = { sort, fullCommand, users, pids };
    const previous = new Map<number, number>();
    if (batch) {
      for (let round = 0; round < rounds; round++) {
        if (round > 0) yield* sys.sleep(delayUs);
        const lines = yield* screen(sys, view, previous, delayUs / 1e6);
        const limit = width ?? 512;
        io.out.put(`${round > 0 ? "\n" : ""}${lines.map((line) => line.slice(0, limit)).join("\n")}\n`);
        yield* io.out.flush();
      }
      return 0;
    }
    if (!sys.isatty(0) || !sys.isatty(1)) {
      yield* io.stderr("top: failed tty get\n");
      return 1;
    }
    return yield* interactive(sys, io, view, previous, delayUs, rounds);
  },
);

function* interactive(sys: Sys, io: Io, view: View, previous: Map<number, number>, delayUs: number, rounds: number): Blocking<number> {
  const saved = sys.tcgetattr(0);
  const raw = { ...saved, flags: new Set([...saved.flags].filter((one) => one !== "icanon" && one !== "echo")), min: 1, time: 0 };
  yield* sys.tcsetattr(0, raw);
  for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH]) sys.sigaction(signal, "catch");
  io.out.put("\u001b[?1h\u001b=\u001b[?25l\u001b[H\u001b[2J");
  try {
    for (let round = 0; round < rounds; round++) {
      const { rows, cols } = sys.getWindowSize(0);
      const lines = yield* screen(sys, view, previous, delayUs / 1e6);
      const body = lines.slice(0, Math.max(1, (rows || 24) - 1)).map((line, index) => {
        const cut = line.slice(0, cols || 80);
        return `${index === 6 ? `\u001b[7m${cut.padEnd(cols || 80)}\u001b[m` : cut}\u001b[K`;
      });
      io.out.put(`\u001b[H${body.join("\r\n")}\u001b[J`);
      yield* io.out.flush();
      if (round + 1 >= rounds) return 0;
      try {
        const ready = yield* sys.poll([{ fd: 0, events: POLL.IN }], delayUs);
        if (ready.length === 0) continue;
        const key = decode(yield* sys.read(0, 16));
        if (key.startsWith("q") || key === "\u0003") return 0;
        if (key.startsWith("M")) view.sort = "memory";
        else if (key.startsWith("P")) view.sort = "cpu";
        else if (key.startsWith("N")) view.sort = "pid";
        else if (key.startsWith("T")) view.sort = "time";
        else if (key.startsWith("c")) view.fullCommand = !view.fullCommand;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        const signals = sys.takeSignals();
        if (signals.includes(SIGNALS.INT) || signals.includes(SIGNALS.TERM)) return 0;
      }
    }
    return 0;
  } finally {
    io.out.put("\u001b[?25h\u001b[?1l\u001b>\r\n");
    yield* io.out.flush();
    yield* sys.tcsetattr(0, saved);
  }
}
