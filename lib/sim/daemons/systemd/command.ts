// ExecStart= and its kin: prefixes, words, variables (systemd.service(5), COMMAND LINES).
import { type Sys, SysError } from "../../kernel/sys.ts";
import { splitCommandLine } from "./api/unit-text.ts";

export interface ExecCommand {
  readonly path: string;
  readonly argv: readonly string[];
  /** "-": a failure does not count */
  readonly ignoreFailure: boolean;
  /** ":" : no variables */
  readonly noVariables: boolean;
  /** "+": with full privileges, whatever User= says */
  readonly fullPrivileges: boolean;
  startedUs: number;
  exitedUs: number;
  pid: number;
  code: "" | "exited" | "killed" | "dumped";
  status: number;
}

const searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

function findProgram(sys: Sys, name: string): string | undefined {
  if (name.includes("/")) return name;
  for (const directory of searchPath) {
    try {
      sys.access(`${directory}/${name}`, 1);
      return `${directory}/${name}`;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

/** One line may hold several commands, separated by " ; ". Undefined when the quoting is wrong or a program's name is not found. */
export function parseCommands(sys: Sys, line: string): ExecCommand[] | undefined {
  const words = splitCommandLine(line);
  if (words === undefined) return undefined;
  const commands: ExecCommand[] = [];
  let current: string[] = [];
  for (const word of [...words, ";"]) {
    if (word !== ";") {
      current.push(word === "\\;" ? ";" : word);
      continue;
    }
    const [first, ...rest] = current;
    current = [];
    if (first === undefined) continue;
    const match = /^([@\-:+!]*)(.*)$/s.exec(first);
    const prefixes = match?.[1] ?? "";
    const program = match?.[2] ?? "";
    const named = prefixes.includes("@");
    const path = findProgram(sys, program);
    commands.push({
      path: path ?? program, argv: named ? rest : [path ?? program, ...rest], ignoreFailure: prefixes.includes("-"), noVariables: prefixes.includes(":"), fullPrivileges: prefixes.includes("+") || prefixes.includes("!"),
      startedUs: 0, exitedUs: 0, pid: 0, code: "", status: 0,
    });
  }
  return commands;
}

/** ${NAME} inside words; a word that is $NAME alone is split at blanks. */
export function expandVariables(argv: readonly string[], environment: ReadonlyMap<string, string>): readonly string[] {
  const result: string[] = [];
  for (const word of argv) {
    const alone = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word);
    if (alone !== null) {
      result.push(...(environment.get(alone[1] ?? "") ?? "").split(/\s+/).filter((part) => part !== ""));
      continue;
    }
    result.push(word.replace(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g, (whole, braced: string | undefined, plain: string | undefined) => (whole === "$$" ? "$" : (environment.get(braced ?? plain ?? "") ?? ""))));
  }
  return result;
}

/** KEY=value lines of an EnvironmentFile=. */
export function parseEnvironmentFile(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.replace(/\\\n/g, "").split("\n")) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (match === null) continue;
    found.set(match[1] ?? "", (splitQuoted(match[2] ?? "")));
  }
  return found;
}

/** Quotes are taken off; blanks inside stay. */
function splitQuoted(value: string): string {
  const trimmed = value.trim();
  const quote = trimmed.charAt(0);
  if ((quote === '"' || quote === "'") && trimmed.endsWith(quote) && trimmed.length > 1) return trimmed.slice(1, -1);
  return trimmed;
}

/** show's rendering: "{ path=... ; argv[]=... ; ... }". */
export function formatCommand(command: ExecCommand, formatTime: (us: number) => string): string {
  const time = (us: number): string => (us === 0 ? "[n/a]" : `[${formatTime(us)}]`);
  return `{ path=${command.path} ; argv[]=${command.argv.join(" ")} ; ignore_errors=${command.ignoreFailure ? "yes" : "no"} ; start_time=${time(command.startedUs)} ; stop_time=${time(command.exitedUs)} ; pid=${command.pid} ; code=${command.code === "" ? "(null)" : command.code} ; status=${command.status}${command.code === "killed" || command.code === "dumped" ? "" : "/0"} }`;
}
