// systemd-cgtop: control groups by what they use, again and again (systemd-cgtop(1), 252).
import { SIGNALS, type Sys } from "../../kernel/sys.ts";
import { formatTimeSpan, parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { flag, optionalText, text } from "../kit/gnu.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { CgroupUsage, type Counting, type GroupUsage } from "./_cgroup-usage.ts";
import { complain, formatBytes, systemdTool } from "./_systemd.ts";

type Order = "path" | "tasks" | "cpu" | "memory" | "io";

interface View {
  order: Order;
  cpuAsTime: boolean;
  readonly raw: boolean;
}

const ORDERS: ReadonlySet<string> = new Set(["path", "tasks", "cpu", "memory", "io"]);
const KEYS: ReadonlyMap<string, Order> = new Map([["p", "path"], ["t", "tasks"], ["c", "cpu"], ["m", "memory"], ["i", "io"]]);
const COUNTED: Record<Counting, { readonly heading: string; readonly name: string }> = {
  tasks: { heading: "Tasks", name: "tasks" }, "user-processes": { heading: "Procs", name: "userspace processes (excl. kernel)" }, "all-processes": { heading: "Proc+", name: "all processes (incl. kernel)" },
};
const PLAIN = "\u001b[0m";
const UNDERLINE = "\u001b[0;4m";
const CHOSEN = "\u001b[0;1;39m\u001b[0;4m";
const HOME_CLEAR = "\u001b[H\u001b[2J";
/** what the figures take beside the path and the processor's */
const FIGURES_WIDTH = 36;
const PERCENT_WIDTH = 6;

export default systemdTool({
  name: "systemd-cgtop",
  path: "/usr/bin/systemd-cgtop",
  summary: "show the control groups that use most, again and again",
  synopsis: ["[OPTIONS...] [CGROUP]"],
  description: [
    "At the keyboard: p, t, c, m and i choose the order, % changes how processor time is shown, k and P what is counted, r whether processes of the groups below count, + and - the delay; the space bar looks again, h helps, q ends.",
  ],
  options: {
    byPath: flag(["-p"], "order by path"), byTasks: flag(["-t"], "order by the number of tasks or processes"), byCpu: flag(["-c"], "order by processor use"), byMemory: flag(["-m"], "order by memory"), byIo: flag(["-i"], "order by input and output"),
    order: text(["--order"], "COLUMN", "order by path, tasks, cpu, memory or io"), raw: flag(["-r", "--raw"], "plain numbers of bytes"), cpu: optionalText(["--cpu"], "percentage|time", "processor use as a share or as time"),
    userProcesses: flag(["-P"], "count processes, without the kernel's"), allProcesses: flag(["-k"], "count processes, the kernel's too"), recursive: text(["--recursive"], "BOOL", "count the processes of the groups below too"),
    delay: text(["-d", "--delay"], "DELAY", "time between two looks"), iterations: text(["-n", "--iterations"], "N", "end after so many looks"), once: flag(["-1"], "a single look"), batch: flag(["-b", "--batch"], "take no keys"), depth: text(["--depth"], "DEPTH", "how deep to go (3)"),
  },
  *run({ options, operands, sys }, io) {
    const order = options.order ?? (options.byPath ? "path" : options.byTasks ? "tasks" : options.byMemory ? "memory" : options.byIo ? "io" : "cpu");
    const fail = function* (message: string) {
      yield* complain(io, message);
      return 1;
    };
    if (!isOrder(order)) return yield* fail(`Invalid argument to --order=: ${order}`);
    if (typeof options.cpu === "string" && !["percentage", "time"].includes(options.cpu)) return yield* fail(`Unknown argument to --cpu=: ${options.cpu}`);
    const asSpanUs = options.delay === undefined ? 1e6 : parseTimeSpan(options.delay);
    if (asSpanUs === undefined) return yield* fail(`Failed to parse delay parameter '${options.delay ?? ""}': Invalid argument`);
    let delayUs: number = asSpanUs;
    if (delayUs <= 0) return yield* fail(`Invalid delay parameter '${options.delay ?? ""}'`);
    for (const [given, what] of [[options.depth, "depth"], [options.iterations, "iterations"]] as const) if (given !== undefined && !/^\d+$/.test(given)) return yield* fail(`Failed to parse ${what} parameter '${given}': Invalid argument`);
    const recursive = options.recursive === undefined ? true : boolean(options.recursive);
    if (recursive === undefined) return yield* fail(`Failed to parse boolean argument to --recursive=: ${options.recursive ?? ""}.`);
    if (operands.length > 1) return yield* fail("Too many arguments.");
    const counting: Counting = options.allProcesses ? "all-processes" : options.userProcesses ? "user-processes" : "tasks";
    if (!recursive && counting === "tasks") return yield* fail("Non-recursive counting is only supported when counting processes, not tasks. Use -P or -k.");

    const onTerminal = sys.isatty(1);
    const usage = new CgroupUsage(sys, groupOf(operands[0] ?? ""), Number(options.depth ?? 3));
    usage.counting = counting;
    usage.recursive = recursive;
    const view: View = { order, cpuAsTime: options.cpu === true || options.cpu === "time", raw: options.raw };
    const asked = options.once ? 1 : options.iterations === undefined ? undefined : Number(options.iterations);
    const most = asked === undefined ? (onTerminal ? Number.POSITIVE_INFINITY : 1) : asked === 0 ? Number.POSITIVE_INFINITY : asked;
    const keys = options.batch || !sys.isatty(0) ? undefined : yield* RawTerminal.open(sys, 1);
    if (keys) {
      for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH]) sys.sigaction(signal, "catch");
      yield* keys.enter();
    }
    let groups: readonly GroupUsage[] = [];
    let lookedUs = Number.NEGATIVE_INFINITY;
    let again = true;
    for (let looks = 0; ; ) {
      if (again || sys.clockUs("monotonic") >= lookedUs + delayUs) {
        groups = yield* usage.look();
        lookedUs = sys.clockUs("monotonic");
        looks++;
        again = false;
      }
      io.out.put(screen(sys, onTerminal, sorted(groups, view.order, view.cpuAsTime, usage), view, usage.counting));
      if (looks >= most) break;
      if (!onTerminal) io.out.put("\n");
      yield* io.out.flush();
      const waitUs = Math.max(0, lookedUs + delayUs - sys.clockUs("monotonic"));
      if (!keys) {
        yield* sys.sleep(waitUs);
        continue;
      }
      const event = yield* keys.next(waitUs);
      if (event === undefined || event.kind === "resize") continue;
      if (event.kind !== "key" || event.key === "q") break;
      if (onTerminal) io.out.put("\r \r");
      const say = function* (message: string) {
        io.out.put(`\n${message}`);
        yield* io.out.flush();
        yield* sys.sleep(1e6);
      };
      const chosen = KEYS.get(event.key);
      if (chosen !== undefined) view.order = chosen;
      else if (event.key === " ") again = true;
      else if (event.key === "%") view.cpuAsTime = !view.cpuAsTime;
      else if (event.key === "k" || event.key === "P") {
        const wanted: Counting = event.key === "k" ? "all-processes" : "user-processes";
        usage.counting = usage.counting === wanted ? "tasks" : wanted;
        yield* say(`Counting: ${COUNTED[usage.counting].name}.`);
        again = true;
      } else if (event.key === "r") {
        if (usage.counting === "tasks") yield* say("Cannot toggle recursive counting, not available in task counting mode.");
        else {
          usage.recursive = !usage.recursive;
          yield* say(`Recursive process counting: ${usage.recursive ? "yes" : "no"}`);
        }
        again = true;
      } else if (event.key === "+" || event.key === "-") {
        const stepUs: number = delayUs < 1e6 || (event.key === "-" && delayUs <= 1e6) ? 250_000 : 1e6;
        delayUs = event.key === "+" ? delayUs + stepUs : delayUs <= 250_000 ? 250_000 : delayUs - stepUs;
        yield* say(`${event.key === "+" ? "In" : "De"}creased delay to ${formatTimeSpan(delayUs)}.`);
      } else if (event.key === "?" || event.key === "h") {
        const key = (name: string): string => `<\u001b[0;1;39m${name}${PLAIN}>`;
        const rows = [
          [["p", "by path"], ["t", "by tasks"], ["c", "by CPU"], ["m", "by memory"], ["i", "by I/O"]], [["+", "longer delay"], ["-", "shorter delay"], ["%", "time or share"], ["SPACE", "look again"]],
          [["P", "processes of programs"], ["k", "all processes"]], [["r", "with the groups below"], ["q", "end"]],
        ];
        io.out.put(`\n${rows.map((row) => `\t${row.map(([name = "", what = ""]) => `${key(name)} ${what}`).join("; ")}`).join("\n")}`);
        yield* io.out.flush();
        yield* sys.sleep(3e6);
      } else yield* say(event.key < " " ? `Unknown key '\\x${event.key.charCodeAt(0).toString(16)}'. Ignoring.` : `Unknown key '${event.key}'. Ignoring.`);
    }
    yield* io.out.flush();
    if (keys) yield* keys.leave();
    return 0;
  },
});

function isOrder(word: string): word is Order {
  return ORDERS.has(word);
}

function boolean(word: string): boolean | undefined {
  return /^(?:1|yes|y|true|t|on)$/i.test(word) ? true : /^(?:0|no|n|false|f|off)$/i.test(word) ? false : undefined;
}

function groupOf(operand: string): string {
  const path = operand.replace(/^\/sys\/fs\/cgroup/, "").replace(/\/+$/, "");
  return path === "" || path.startsWith("/") ? path : `/${path}`;
}

const isBelow = (path: string, of: string): boolean => path !== of && (of === "/" || path.startsWith(`${of}/`));

/** A group stands before those below it, except by tasks where these are counted for themselves. */
function sorted(groups: readonly GroupUsage[], order: Order, cpuAsTime: boolean, usage: CgroupUsage): readonly GroupUsage[] {
  const amount = (group: GroupUsage): number => {
    switch (order) {
      case "path": return 0;
      case "tasks": return group.tasks ?? -1;
      case "cpu": return (cpuAsTime ? group.cpuUs : group.cpuFraction) ?? -1;
      case "memory": return group.memoryBytes ?? -1;
      case "io": return group.readBytesPerSecond === undefined ? -1 : group.readBytesPerSecond + (group.writtenBytesPerSecond ?? 0);
    }
  };
  const byAmount = (a: GroupUsage, b: GroupUsage): number => amount(b) - amount(a) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  if (order === "tasks" && !usage.recursive) return [...groups].sort(byAmount);
  const result: GroupUsage[] = [];
  const add = (of: readonly GroupUsage[]): void => {
    const tops = of.filter((group) => !of.some((other) => isBelow(group.path, other.path)));
    for (const top of [...tops].sort(byAmount)) {
      result.push(top);
      add(of.filter((group) => isBelow(group.path, top.path)));
    }
  };
  add(groups);
  return result;
}

function screen(sys: Sys, onTerminal: boolean, groups: readonly GroupUsage[], view: View, counting: Counting): string {
  const cpuTexts = groups.map((group) => (view.cpuAsTime ? (group.cpuUs === undefined ? "-" : formatTimeSpan(group.cpuUs)) : group.cpuFraction === undefined ? "-" : (group.cpuFraction * 100).toFixed(1)));
  const cpuWidth = view.cpuAsTime ? Math.max(4, ...cpuTexts.map((one) => one.length)) : PERCENT_WIDTH;
  const { rows, cols } = onTerminal ? sys.getWindowSize(1) : { rows: 0, cols: 0 };
  const pathWidth = onTerminal ? Math.max(10, (cols || 80) - FIGURES_WIDTH - cpuWidth) : Math.max(0, ...groups.map(({ path }) => path.length));
  let out = "";
  if (onTerminal) {
    const heading = (order: Order, word: string): string => (view.order === order ? `${CHOSEN}${word}${PLAIN}${UNDERLINE}` : word);
    const columns = [
      heading("tasks", COUNTED[counting].heading.padStart(7)), heading("cpu", (view.cpuAsTime ? "CPU Time" : "%CPU").padStart(cpuWidth)), heading("memory", "Memory".padStart(8)),
      heading("io", "Input/s".padStart(8)), heading("io", "Output/s".padStart(8)),
    ];
    out += `${HOME_CLEAR}${PLAIN}${UNDERLINE}${heading("path", "Control Group".padEnd(pathWidth))} ${columns.join(" ")}${PLAIN}\n`;
  }
  const bytes = (value: number | undefined): string => (value === undefined ? "-" : view.raw ? String(value) : formatBytes(value)).padStart(8);
  const shown = onTerminal ? groups.slice(0, Math.max(rows || 24, 10) - 5) : groups;
  for (const [at, group] of shown.entries()) {
    out += `${ellipsized(group.path, pathWidth).padEnd(pathWidth)} ${String(group.tasks ?? "-").padStart(7)} ${(cpuTexts[at] ?? "").padStart(cpuWidth)} ${bytes(group.memoryBytes)} ${bytes(group.readBytesPerSecond)} ${bytes(group.writtenBytesPerSecond)}\n`;
  }
  return out;
}

/** The first third and what fits of the end (ellipsize() of systemd with 33 percent). */
function ellipsized(path: string, width: number): string {
  if (path.length <= width) return path;
  const head = Math.floor((width * 33) / 100);
  return `${path.slice(0, head)}…${path.slice(path.length - (width - head - 1))}`;
}
