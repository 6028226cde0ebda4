// What skill and snice have in common: processes that an expression names (terminal, user, pid, command), and what is said of each (skill(1)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Call, type Io, flag, texts } from "../kit/gnu.ts";
import { helpText } from "../kit/help-text.ts";
import type { Declaration } from "../kit/command.ts";
import { type ProcessInfo, readProcesses, ttyName } from "../kit/processes.ts";
import { SIGNAL_NAMES } from "../kit/signal-number.ts";

export const EXPRESSION_OPTIONS = {
  fast: flag(["-f", "--fast"], "accepted, without effect"), interactive: flag(["-i", "--interactive"], "ask before each process"), list: flag(["-l", "--list"], "the names of all signals"), table: flag(["-L", "--table"], "numbers and names of all signals, in columns"),
  noAction: flag(["-n", "--no-action"], "change no process, print its number only"), verbose: flag(["-v", "--verbose"], "say what is done with each process"), warnings: flag(["-w", "--warnings"], "accepted, without effect"),
  command: texts(["-c", "--command"], "command", "what follows is the name of a command"), pid: texts(["-p", "--pid"], "pid", "the expression is a process number"), tty: texts(["-t", "--tty"], "tty", "the expression is a terminal"), user: texts(["-u", "--user"], "username", "the expression is a user"),
  ns: texts(["--ns"], "pid", "processes of the same namespaces as this one"), nslist: texts(["--nslist"], "ns,...", "which namespaces --ns compares: ipc, mnt, net, pid, user, uts"),
};

type ExpressionCall = Pick<Call<typeof EXPRESSION_OPTIONS>, "options" | "operands" | "sys">;

/** The usage that follows a wrong option. */
export const usageOf = (declaration: Declaration): string => `\n${helpText(declaration, declaration.name)}`;

function isTerminal(sys: Sys, name: string): boolean {
  try {
    sys.stat(`/dev/${name}`);
    return /^(tty|pts\/|console|hvc)/.test(name);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

const inNamespace = (sys: Sys, pid: number | string, kind: string): string | undefined => {
  try {
    return sys.readlink(`/proc/${pid}/ns/${kind}`);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
};

/** Ends the command when nothing is said that could select a process. */
function* selected({ options, operands, sys }: ExpressionCall, io: Io): Blocking<readonly ProcessInfo[]> {
  const accounts = yield* Accounts.read(sys);
  const ttys = options.tty.map((name) => name.replace(/^\/dev\//, ""));
  const commands = [...options.command];
  const pids = options.pid.map((word) => (/^\d+$/.test(word) ? Number(word) : io.die(`failed to parse argument: '${word}'`)));
  const users = options.user.flatMap((name) => accounts.userByName(name)?.uid ?? (/^\d+$/.test(name) ? Number(name) : []));
  for (const word of operands) {
    const name = word.replace(/^\/dev\//, "");
    const uid = accounts.userByName(word)?.uid;
    if (/^\d+$/.test(word)) pids.push(Number(word));
    else if (isTerminal(sys, name)) ttys.push(name);
    else if (uid !== undefined) users.push(uid);
    else commands.push(word);
  }
  const ns = options.ns.at(-1);
  if (ttys.length + commands.length + pids.length + users.length === 0 && ns === undefined) io.die("no process selection criteria");
  const kinds = options.nslist.at(-1)?.split(",") ?? ["ipc", "mnt", "net", "pid", "user", "uts"];
  const fits = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);
  const all = yield* readProcesses(sys);
  return all.filter((process) =>
    process.pid !== sys.getpid() && fits(pids, process.pid) && fits(users, process.uids[0] ?? -1) && fits(ttys, ttyName(process.ttyNumber)) && fits(commands, process.comm) &&
    (ns === undefined || kinds.every((kind) => inNamespace(sys, process.pid, kind) === inNamespace(sys, ns, kind))));
}

/** Does `act` to each process that was named. */
export function* actOnEach(call: ExpressionCall, io: Io, act: (pid: number) => void): Blocking<number> {
  const { options, sys } = call;
  if (options.list || options.table) {
    const names = SIGNAL_NAMES.flatMap((name, number) => (number >= 1 && number <= 31 ? [name.replace(/^SIG/, "")] : []));
    if (options.list) io.out.put(`${names.slice(0, 16).join(" ")}\n${names.slice(16).join(" ")}\n`);
    else for (let at = 0; at < names.length; at += 7) io.out.put(`${names.slice(at, at + 7).map((name, index) => `${String(at + index + 1).padStart(2)} ${name.padEnd(8)}`).join("").slice(0, -1)}\n`);
    return 0;
  }
  if (options.interactive && (options.noAction || options.verbose || options.fast)) {
    yield* io.warn("-i makes no sense with -v, -f, and -n");
    return 1;
  }
  const accounts = yield* Accounts.read(sys);
  for (const process of yield* selected(call, io)) {
    const line = `${ttyName(process.ttyNumber).padEnd(8)} ${accounts.userName(process.uids[0] ?? 0).padEnd(8)} ${String(process.pid).padStart(5)} ${process.comm.slice(0, 16).padEnd(16)}   `;
    if (options.interactive) {
      yield* io.stderr(`${line}? `);
      const [answer = ""] = yield* io.stdin.lines();
      if (!/^[yY]/.test(answer)) continue;
    }
    if (options.noAction && !options.verbose) {
      io.out.put(`${process.pid}\n`);
      continue;
    }
    let outcome = "Success";
    try {
      if (!options.noAction) act(process.pid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      outcome = error.message;
    }
    if (options.verbose || options.interactive || outcome !== "Success") yield* io.stderr(`${line}${outcome}\n`);
  }
  return 0;
}
