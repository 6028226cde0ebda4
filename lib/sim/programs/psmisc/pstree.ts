import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type ProcessInfo, readProcesses } from "../kit/processes.ts";
import { type Io, flag, program } from "../kit/program.ts";

interface Node {
  readonly process: ProcessInfo;
  readonly children: Node[];
}

interface Style {
  readonly pids: boolean;
  readonly args: boolean;
  readonly compact: boolean;
  readonly users: boolean;
  readonly byPid: boolean;
  readonly symbols: { readonly only: string; readonly first: string; readonly middle: string; readonly last: string; readonly bar: string };
  readonly accounts: Accounts;
  readonly namespaces: ((pid: number) => string) | undefined;
}

const UTF8 = { only: "───", first: "─┬─", middle: " ├─", last: " └─", bar: " │ " };
const ASCII = { only: "---", first: "-+-", middle: " |-", last: " `-", bar: " | " };

function label(node: Node, style: Style, parent: Node | undefined): string {
  let text = node.process.comm;
  const details: string[] = [];
  if (style.pids) details.push(String(node.process.pid));
  if (style.users && parent && parent.process.uids[1] !== node.process.uids[1]) details.push(style.accounts.userName(node.process.uids[1] ?? 0));
  if (details.length > 0) text += `(${details.join(",")})`;
  if (style.args && node.process.arguments.length > 1) text += ` ${node.process.arguments.slice(1).join(" ")}`;
  return text;
}

/** The tree below a node as lines without what stands before it. Equal leaves are counted: "2*[sleep]". */
function render(node: Node, style: Style, parent: Node | undefined): string[] {
  const name = label(node, style, parent);
  const blocks: string[][] = [];
  const children = [...node.children].sort((a, b) => (style.byPid ? a.process.pid - b.process.pid : a.process.comm < b.process.comm ? -1 : a.process.comm > b.process.comm ? 1 : a.process.pid - b.process.pid));
  const counts = new Map<string, { count: number; readonly lines: string[] }>();
  for (const child of children) {
    const lines = render(child, style, node);
    const key = lines.join("\n");
    const known = counts.get(key);
    if (style.compact && !style.pids && !style.args && known) known.count++;
    else {
      const entry = { count: 1, lines };
      counts.set(style.compact && !style.pids && !style.args ? key : `${key}\n${child.process.pid}`, entry);
    }
  }
  for (const { count, lines } of counts.values()) {
    if (count === 1) blocks.push(lines);
    else blocks.push(lines.length === 1 ? [`${count}*[${lines[0] ?? ""}]`] : [`${count}*[${lines[0] ?? ""}]`, ...lines.slice(1).map((line) => `${" ".repeat(String(count).length + 2)}${line}`)]);
  }
  if (blocks.length === 0) return [name];
  if (style.args) return [name, ...blocks.flatMap((lines, at) => lines.map((line, row) => (row === 0 ? (at === blocks.length - 1 ? style.symbols.last : style.symbols.middle).slice(1) : at === blocks.length - 1 ? "    ".slice(0, 2) : `${style.symbols.bar.slice(1)}`) .padEnd(2) + (row === 0 ? "" : " ") + line)).map((line) => `  ${line}`)];
  const indent = " ".repeat([...name].length);
  const out: string[] = [];
  for (const [at, lines] of blocks.entries()) {
    const last = at === blocks.length - 1;
    for (const [row, line] of lines.entries()) {
      if (row === 0) out.push(at === 0 ? `${name}${blocks.length === 1 ? style.symbols.only : style.symbols.first}${line}` : `${indent}${last ? style.symbols.last : style.symbols.middle}${line}`);
      else out.push(`${indent}${last ? "   " : style.symbols.bar}${line}`);
    }
  }
  return out;
}

export default program(
  { name: "pstree", links: ["/usr/bin/pstree.x11"], summary: "show the processes as a tree of parents and children", synopsis: ["[-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ] [ -A | -G | -U ] [ PID | USER ]"], options: [flag(["-a"], "names with their arguments"), flag(["-A"], "draw with ASCII characters"), flag(["-c"], "show identical branches one by one"), flag(["-l"], "do not cut lines at the screen's width"), flag(["-n"], "sort by PID"), flag(["-p"], "show PIDs"), flag(["-s"], "also show the ancestors of the process"), flag(["-u"], "show where the user changes"), flag(["-U"], "draw with characters of Unicode"), flag(["-V"], "display version")] },
  function* (sys, argv, io: Io) {
    let operand: string | undefined;
    let letters = "";
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      const long = new Map([["--version", "V"], ["--show-pids", "p"], ["--arguments", "a"], ["--ascii", "A"], ["--unicode", "U"], ["--compact-not", "c"], ["--long", "l"], ["--numeric-sort", "n"], ["--show-parents", "s"], ["--uid-changes", "u"], ["--thread-names", "t"], ["--hide-threads", "T"], ["--show-pgids", "g"]]).get(arg);
      if (long !== undefined) letters += long;
      else if (arg === "-H" || arg === "-N" || arg === "-C") at++;
      else if (arg.startsWith("-") && arg.length > 1) {
        const bad = [...arg.slice(1)].find((letter) => !"aAcghlGpnsStTuUVZ".includes(letter));
        if (bad !== undefined) {
          yield* io.stderr(`pstree: invalid option -- '${bad}'\nUsage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]\n              [ -A | -G | -U ] [ PID | USER ]\n   or: pstree -V\n\nDisplay a tree of processes.\n`);
          return 1;
        }
        letters += arg.slice(1);
      } else operand = arg;
    }
    if (letters.includes("V")) {
      yield* io.stderr("pstree (PSmisc) 23.6\n");
      return 0;
    }
    const processes = yield* readProcesses(sys);
    const accounts = yield* Accounts.read(sys);
    const nodes = new Map<number, Node>(processes.map((process) => [process.pid, { process, children: [] }]));
    for (const node of nodes.values()) nodes.get(node.process.ppid)?.children.push(node);
    let terminal = false;
    try {
      terminal = sys.isatty(1);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const utf8 = letters.includes("U") || (!letters.includes("A") && io.utf8 && terminal);
    const style: Style = { pids: letters.includes("p"), args: letters.includes("a"), compact: !letters.includes("c"), users: letters.includes("u"), byPid: letters.includes("n"), symbols: utf8 ? UTF8 : ASCII, accounts, namespaces: undefined };
    const show = (root: Node): void => {
      const width = letters.includes("l") || !terminal ? Number.POSITIVE_INFINITY : Number(sys.environment.get("COLUMNS") ?? 0) || sys.getWindowSize(1).cols || 80;
      for (const line of render(root, style, undefined)) io.out.put(`${[...line].length > width ? `${[...line].slice(0, width - 1).join("")}+` : line}\n`);
    };
    if (operand !== undefined && !/^\d+$/.test(operand)) {
      const user = accounts.userByName(operand);
      if (!user) {
        yield* io.stderr(`No such user name: ${operand}\n`);
        return 1;
      }
      let shown = 0;
      for (const node of nodes.values()) {
        if (node.process.uids[1] !== user.uid || nodes.get(node.process.ppid)?.process.uids[1] === user.uid) continue;
        if (shown++ > 0) io.out.put("\n");
        show(node);
      }
      if (shown === 0) {
        yield* io.stderr("No processes found.\n");
        return 1;
      }
      return 0;
    }
    const pid = operand === undefined ? (nodes.has(1) ? 1 : (processes[0]?.pid ?? 1)) : Number(operand);
    let root = nodes.get(pid);
    if (!root) return 1;
    if (letters.includes("s")) {
      // only the line of ancestors above the chosen process
      for (let parent = nodes.get(root.process.ppid); parent; parent = nodes.get(parent.process.ppid)) root = { process: parent.process, children: [root] };
    }
    show(root);
    return 0;
  },
);
