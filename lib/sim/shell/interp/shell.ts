// The state of one shell process, and the few things that everything needs of it: messages, output, variables by name, forking.
// What commands mean is in run.ts and its neighbours; a forked subshell gets a Shell of its own that shares what neither has changed.
// (More than 400 lines: the state that a shell is, and what a fork copies of it.)
import { type Blocking, type Sys, SysError, decode, encode, strerror } from "../../kernel/sys.ts";
import { readFileNow } from "../expand/run-now.ts";
import type { BashDependencies, CompletionSpec, LineEditing } from "../front-end.ts";
import { ShellHistory } from "../readline/history-list.ts";
import type { Command } from "../syntax/tree.ts";
import { CowMap } from "./cow-map.ts";
import type { Flow } from "./flow.ts";
import { JobTable } from "./jobs.ts";
import type { Language } from "./language.ts";
import { SHOPT_DEFAULTS, type SetOptions, type Shopts, defaultSetOptions, isSetOption, isShopt } from "./options.ts";
import { dynamicVariables, UNSEEDED } from "./special-variables.ts";
import { ATTRIBUTE, type Scope, type Variable, VariableTable } from "./variables.ts";

export interface ShellFunction {
  readonly name: string;
  readonly body: Command;
  /** BASH_SOURCE of its definition */
  readonly source: string;
  readonly line: number;
  exported: boolean;
  readonly: boolean;
  traced: boolean;
}

/** One entry of the call stack: FUNCNAME, BASH_SOURCE, BASH_LINENO. */
export interface Frame {
  readonly functionName: string;
  readonly source: string;
  /** where it was called */
  readonly callLine: number;
  /** The positional parameters while it runs, for BASH_ARGV. */
  readonly positional: readonly string[];
}

export interface HashedCommand {
  readonly path: string;
  hits: number;
}

export type Trap = { readonly command: string };

/** A longer text is written in parts, as stdio's buffer does it. */
const LONG_TEXT = 32_768;

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_SIGNALS: ReadonlySet<number> = new Set();
const NO_TEXTS: ReadonlyMap<string, string> = new Map();

export class Shell {
  sys: Sys;
  readonly dependencies: BashDependencies;
  readonly language: Language;
  /** `$0` */
  arg0 = "bash";
  /** What messages start with when there is no script: the base name of argv[0]. */
  shellName = "bash";
  /** dash: its messages and its smaller language */
  dash = false;
  positional: readonly string[] = [];
  variables: VariableTable;
  functions = new CowMap<ShellFunction>();
  aliases = new CowMap<string>();
  hashed = new CowMap<HashedCommand>();
  completions = new CowMap<CompletionSpec>();
  disabledBuiltins: ReadonlySet<string> = NO_NAMES;
  options: SetOptions = defaultSetOptions();
  shopts: Shopts = { ...SHOPT_DEFAULTS };
  jobs: JobTable;
  history: ShellHistory;
  /** Signal or EXIT, ERR, DEBUG, RETURN -> command text; "" = ignored. */
  traps = new CowMap<Trap>();
  /** In a subshell: what the parent had set, still shown by `trap` until changed. */
  inheritedTraps: ReadonlyMap<string, Trap> | undefined;
  /** Signals that were ignored when the shell started: traps cannot change them. */
  ignoredAtStart: ReadonlySet<number> = NO_SIGNALS;
  /** Ignored by ( ) & itself, not by the programs that it runs (sig.c, restore_original_signals). */
  restoredForPrograms: readonly number[] = [];
  pendingSignals: number[] = [];
  /** Directory stack without the current directory. */
  directories: string[] = [];

  lastStatus = 0;
  lastBackground: number | undefined;
  lastArgument = "";
  pipeStatus: readonly number[] = [];
  line = 0;
  frames: readonly Frame[] = [];
  /** What the call stack holds at top level: the script's "main". */
  baseFrames: readonly Frame[] = [];
  /** A simple command that is the last thing this process does: it execs without forking. */
  tail: Command | undefined;
  /** BASH_COMMAND: the command, printed when asked for */
  currentNode: Command | undefined;
  /** How often PS4's first character is repeated. */
  traceLevel = 0;
  /** Status of the last command substitution in the command being expanded; undefined when there was none. */
  substitutionStatus: number | undefined;

  /** While the EXIT trap runs: what the shell was about to end with, which `exit` without a number keeps (exit.def). */
  statusBeforeExit: number | undefined = undefined;
  /** A command that stands behind `!`: its failure is none for the ERR trap, those inside it are. */
  inverted: Command | undefined = undefined;
  /** `$?` when `return` ran: what a RETURN trap sees. */
  statusBeforeReturn = 0;
  flow: Flow = "none";
  flowCount = 0;
  loopDepth = 0;
  /** How many `source`, functions are active: `return` needs one. */
  returnDepth = 0;
  /** > 0 where a failing command must not end the shell: conditions, `&&`, `!`. */
  ignoreErrors = 0;
  /** charge said so, or a signal came: give the scheduler its turn at the next chance. */
  attention = false;
  /** Locale variables that were assigned since, and complaints about others (locale-complaint.ts). */
  readonly localesToCheck: string[] = [];

  interactive = false;
  /** Pipelines get process groups of their own. Off in subshells, where `$-` still shows the m of the parent. */
  jobControl = false;
  login = false;
  commandString: string | undefined;
  readsStdin = false;
  subshellLevel = 0;
  /** The environment of a command while its assignments are expanded: what they assign on the way (`x= y=${x:=v} cmd`) is also the shell's (variables.c, bind_variable). */
  assigningTo: Scope | undefined;
  /** This process is a child made for one command: it may exec instead of forking. */
  isChild = false;
  inTrap = 0;
  /** The DEBUG trap's own commands do not run it; those of other traps do. */
  inDebugTrap = false;
  terminalFd: number | undefined;
  shellPid = 0;
  shellPgid = 0;
  secondsBaseUs = 0;
  secondsOffset = 0;
  randomState = 0;
  lastRandom = 0;
  getoptsPosition = 0;
  getoptsIndex = 1;
  ulimitSeen = false;
  umaskSymbolic = false;
  /** What `set +o posix` puts back. */
  aliasesBeforePosix: boolean | undefined;
  lineEditing: LineEditing | undefined;
  /** COMP_WORDBREAKS where it was assigned. */
  wordBreaks: string | undefined;
  /** What BASH_ARGV tells without extdebug. */
  firstArguments: readonly string[] | undefined;
  /** Message prefix part of a builtin: "cd: ". */
  builtinName = "";
  /** "-c", "eval", "command substitution": names the input in syntax errors. */
  inputName = "";
  coprocs: { name: string; pid: number; read: number; write: number }[] = [];
  /** pids of process substitutions started for the current command */
  processSubstitutions: { pid: number; fd: number }[] = [];
  commandNumber = 1;
  /** The completion spec being worked on (compopt without names). */
  activeCompletion: CompletionSpec | undefined;
  functionDepth = 0;
  /** Hidden command substitutions of the arithmetic being evaluated, with what they gave. */
  expandedSubscripts: ReadonlyMap<string, string> = NO_TEXTS;
  inErrorTrap = false;
  /** The parent ran it for this element of a pipeline. */
  skipDebugTrap = false;
  exitWarned = false;
  /** When the kill builtin last ran (monotonic). */
  lastKillUs = -1_000_000;
  /** Undefined until waitpid(2) said ECHILD for the first time (exec(2) leaves the children of who was there before), and always in process 1, which gets other people's children. */
  childCount: number | undefined;
  exitWarnedAt = 0;
  sourceDepth = 0;
  startedUs: number;

  constructor(sys: Sys, dependencies: BashDependencies, language: Language) {
    this.sys = sys;
    this.dependencies = dependencies;
    this.language = language;
    this.startedUs = sys.clockUs("monotonic");
    this.secondsBaseUs = this.startedUs;
    this.variables = new VariableTable(dynamicVariables(this));
    this.jobs = new JobTable();
    this.history = this.#makeHistory();
  }

  #makeHistory(): ShellHistory {
    return new ShellHistory({
      getVariable: (name) => this.getVariable(name),
      option: (name) => this.option(name),
      nowSeconds: () => Math.floor(this.sys.clockUs("realtime") / 1_000_000),
    });
  }

  /** The state of a forked child, over its own system calls. */
  fork(sys: Sys): Shell {
    const child = new Shell(sys, this.dependencies, this.language);
    child.arg0 = this.arg0;
    child.shellName = this.shellName;
    child.dash = this.dash;
    child.positional = this.positional;
    child.variables = this.variables.fork(dynamicVariables(child));
    child.functions = this.functions.fork();
    child.aliases = this.aliases.fork();
    child.hashed = this.hashed.fork();
    child.completions = this.completions.fork();
    child.disabledBuiltins = this.disabledBuiltins;
    child.options = { ...this.options };
    child.shopts = { ...this.shopts };
    child.history = this.history;
    child.traps = this.traps.fork();
    child.ignoredAtStart = this.ignoredAtStart;
    child.restoredForPrograms = this.restoredForPrograms;
    child.directories = [...this.directories];
    child.lastStatus = this.lastStatus;
    child.lastBackground = this.lastBackground;
    child.lastArgument = this.lastArgument;
    child.pipeStatus = this.pipeStatus;
    child.line = this.line;
    child.frames = this.frames;
    child.baseFrames = this.baseFrames;
    child.currentNode = this.currentNode;
    child.traceLevel = this.traceLevel;
    child.returnDepth = this.returnDepth;
    child.ignoreErrors = this.ignoreErrors;
    child.interactive = this.interactive;
    child.login = this.login;
    child.commandString = this.commandString;
    child.readsStdin = this.readsStdin;
    child.subshellLevel = this.subshellLevel;
    child.isChild = true;
    child.inTrap = this.inTrap;
    child.inDebugTrap = this.inDebugTrap;
    child.terminalFd = this.terminalFd;
    child.shellPid = this.shellPid;
    child.shellPgid = this.shellPgid;
    child.secondsBaseUs = this.secondsBaseUs;
    child.secondsOffset = this.secondsOffset;
    child.randomState = UNSEEDED;
    child.getoptsPosition = this.getoptsPosition;
    child.getoptsIndex = this.getoptsIndex;
    child.inputName = this.inputName;
    child.functionDepth = this.functionDepth;
    child.sourceDepth = this.sourceDepth;
    child.coprocs = [...this.coprocs];
    child.jobs = this.jobs.forSubshell();
    child.runScriptFile = this.runScriptFile;
    if (this.strict) child.builtinName = this.builtinName;
    child.lineEditing = this.lineEditing;
    child.wordBreaks = this.wordBreaks;
    child.firstArguments = this.firstArguments;
    return child;
  }

  /** It waits for nobody, and no command of it is under way. */
  get canBeContinued(): boolean {
    return this.jobs.all.length === 0 && this.coprocs.length === 0 && this.processSubstitutions.length === 0 && this.pendingSignals.length === 0 && this.variables.scopes.length === 1;
  }

  /** The same shell in another process that is at the same place: nothing of what it has set is this one's. */
  continued(sys: Sys): Shell {
    const same = this.fork(sys);
    same.isChild = this.isChild;
    same.history = same.#makeHistory();
    same.jobs = new JobTable();
    same.jobControl = this.jobControl;
    same.pendingSignals = [...this.pendingSignals];
    same.loopDepth = this.loopDepth;
    same.commandNumber = this.commandNumber;
    same.ulimitSeen = this.ulimitSeen;
    same.umaskSymbolic = this.umaskSymbolic;
    same.aliasesBeforePosix = this.aliasesBeforePosix;
    same.builtinName = this.builtinName;
    same.childCount = this.childCount;
    same.startedUs = this.startedUs;
    same.localesToCheck.push(...this.localesToCheck);
    return same;
  }

  /** A text file without `#!`, run by this process as a new script (set by bash.ts). */
  runScriptFile: (shell: Shell, path: string, argv: readonly string[], environment: ReadonlyMap<string, string>) => Blocking<number> = function* () {
    return 126;
  };

  /** LINES and COLUMNS from the terminal, when checkwinsize is on. */
  windowChanged(always = false): void {
    if (!this.shopts.checkwinsize && !always) return;
    for (const fd of [2, 1, 0]) {
      try {
        const size = this.sys.getWindowSize(fd);
        if (size.rows > 0) this.setPlain("LINES", String(size.rows));
        if (size.cols > 0) this.setPlain("COLUMNS", String(size.cols));
        return;
      } catch {
        // no terminal there
      }
    }
  }

  /** HISTFILESIZE was set: the file is cut to its last lines. Set by bash.ts. */
  truncateHistoryFile: () => void = () => undefined;

  /** A name of /etc/hosts. */
  hostAddress(name: string): string | undefined {
    for (const line of (readFileNow(this.sys, "/etc/hosts") ?? "").split("\n")) {
      const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
      if (names.includes(name) && address !== undefined && !address.includes(":")) return address;
    }
    return undefined;
  }

  /** dash itself, without the extensions of busybox's ash. */
  get strict(): boolean {
    return this.dash && !this.ash;
  }

  #unpaidBytes = 0;

  /** Variables grew (or shrank): the memory is the process's. Throws SysError("ENOMEM"). */
  accountMemory(deltaBytes: number): void {
    this.#unpaidBytes += deltaBytes;
    if (this.#unpaidBytes < 65_536 && this.#unpaidBytes > -65_536) return;
    const paid = this.#unpaidBytes;
    this.#unpaidBytes = 0;
    this.sys.allocate(paid);
  }

  // ---- options -------------------------------------------------------------------------------------------------------------------------

  option(name: string): boolean {
    if (isSetOption(name)) return this.options[name];
    return isShopt(name) && this.shopts[name];
  }

  // ---- variables -----------------------------------------------------------------------------------------------------------------------

  /** Following name references that lead to plain names; undefined for a reference to nothing. */
  resolve(name: string): Variable | undefined {
    let variable = this.variables.find(name);
    for (let depth = 0; variable && (variable.flags & ATTRIBUTE.NAMEREF) !== 0 && depth < 8; depth++) {
      const target = typeof variable.value === "string" ? variable.value : "";
      if (target === "" || target === name) return undefined;
      const bracket = target.indexOf("[");
      variable = this.variables.find(bracket < 0 ? target : target.slice(0, bracket));
    }
    return variable;
  }

  /** The scalar value of a variable (no positional or special parameters). */
  getVariable(name: string): string | undefined {
    const variable = this.variables.find(name);
    if (!variable) return undefined;
    if ((variable.flags & ATTRIBUTE.NAMEREF) !== 0) return this.resolve(name)?.scalar();
    return variable.scalar();
  }

  /** Plain assignment by the shell itself: no read-only check, no message. */
  setPlain(name: string, value: string, flags = 0): void {
    const found = this.variables.find(name);
    if (found) {
      // LINES and COLUMNS are set before each prompt
      if (found.dynamic === undefined && found.value === value && (found.flags & flags) === flags) return;
      const variable = this.variables.own(name, found);
      if (variable.dynamic?.set) variable.dynamic.set(value);
      else variable.value = value;
      variable.flags |= flags;
      if ((variable.flags & ATTRIBUTE.EXPORT) !== 0) this.variables.exportVersion++;
      return;
    }
    this.variables.create(name, this.variables.globalScope, flags, value);
    if ((flags & ATTRIBUTE.EXPORT) !== 0) this.variables.exportVersion++;
  }

  get ifs(): string {
    return this.getVariable("IFS") ?? " \t\n";
  }

  /** What exec passes on. */
  environment(): Map<string, string> {
    const out = new Map<string, string>();
    const scopes: readonly Scope[] = this.variables.scopes;
    for (const scope of scopes) {
      for (const [name, variable] of scope.variables) {
        if ((variable.flags & ATTRIBUTE.EXPORT) === 0) {
          if (scope.kind !== "global") out.delete(name);
          continue;
        }
        const value = variable.dynamic ? variable.scalar() : variable.value;
        if (typeof value === "string") out.set(name, value);
        else out.delete(name);
      }
    }
    return out;
  }

  // ---- messages and output --------------------------------------------------------------------------------------------------------------

  /** busybox's ash, a mode of dash with its own wording. */
  get ash(): boolean {
    return this.dash && this.dependencies.isApplet !== undefined;
  }

  /** The line is told where a builtin or a script speaks, and counts from 0 in `-c` (ash_vmsg of busybox). */
  ashPrefix(builtin: string): string {
    const inScript = this.commandString === undefined && !this.readsStdin;
    const line = (builtin !== "" || inScript) && !this.interactive ? `line ${this.commandString === undefined ? this.line : Math.max(0, this.line - 1)}: ` : "";
    return `${this.arg0}: ${builtin === "" || builtin === this.arg0 ? "" : `${builtin}: `}${line}`;
  }

  /** "bash: " in an interactive shell, "script: line 3: " otherwise. */
  get messagePrefix(): string {
    if (this.ash) return this.ashPrefix("");
    if (this.strict) return `${this.arg0}: ${this.line}: ${this.builtinName === "" ? "" : `${this.builtinName}: `}`;
    if (this.dash) return `${this.arg0}: ${this.line}: `;
    if (this.interactive && this.subshellLevel === 0) return `${this.shellName}: `;
    if (this.interactive) return `${this.shellName}: `;
    const source = this.frames[0]?.source;
    return `${source !== undefined && source !== "" ? source : this.arg0}: line ${this.line}: `;
  }

  /** error.c, error_prolog: what no builtin says takes the shape of the GNU standards where that is asked for. */
  get #ownPrefix(): string {
    const prefix = this.messagePrefix;
    return this.shopts.gnu_errfmt ? prefix.replace(/: line ([0-9]+): $/, ":$1: ") : prefix;
  }

  /** Bytes to a descriptor; true when all went. Errors other than EINTR are reported for the builtin that writes. */
  *writeText(fd: number, text: string): Blocking<boolean> {
    let rest = text;
    while (rest.length > LONG_TEXT) {
      // not between the halves of a character
      const end = (rest.charCodeAt(LONG_TEXT) & 0xfc00) === 0xdc00 ? LONG_TEXT - 1 : LONG_TEXT;
      if (!(yield* this.writeText(fd, rest.slice(0, end)))) return false;
      if (this.sys.charge(end >> 10)) yield* this.sys.preempt();
      rest = rest.slice(end);
    }
    if (rest === "") return true;
    const bytes = encode(rest);
    for (;;) {
      try {
        yield* this.sys.write(fd, bytes);
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EINTR") {
          this.attention = true;
          continue;
        }
        if (fd === 1) yield* this.complain(this.strict ? `${this.builtinName}: I/O error` : `write error: ${strerror(error.errno)}`);
        return false;
      }
    }
  }

  /** A text of ours in the language of the shell's variables. */
  translated(text: string): string {
    const { translate } = this.dependencies;
    return translate === undefined || this.dash ? text : translate(this.sys, (name) => this.getVariable(name), text);
  }

  /** LC_NUMERIC's, by the shell's variables. */
  get decimalPoint(): string {
    return this.dash ? "." : (this.dependencies.decimalPoint?.(this.sys, (name) => this.getVariable(name)) ?? ".");
  }

  /** strcoll(3) of LC_COLLATE by the shell's variables; undefined: by code point. */
  get collation(): ((a: string, b: string) => number) | undefined {
    return this.dash ? undefined : this.dependencies.collation?.(this.sys, (name) => this.getVariable(name));
  }

  *errorText(text: string): Blocking<void> {
    yield* this.writeText(2, this.translated(text));
  }

  /** A message of the shell or of the builtin that runs. */
  *complain(message: string): Blocking<void> {
    if (this.ash) yield* this.errorText(`${this.ashPrefix(this.builtinName)}${message}\n`);
    else {
      // That a variable is readonly is said by what assigns, which knows of no builtin; only declare looks for itself.
      const named = this.builtinName !== "" && !this.strict && (!/^[A-Za-z_][A-Za-z0-9_]*: readonly variable$/.test(message) || this.dash || ["declare", "typeset", "local"].includes(this.builtinName));
      yield* this.errorText(`${named ? this.messagePrefix : this.#ownPrefix}${named ? `${this.builtinName}: ` : ""}${message}\n`);
    }
  }

  /** Like complain, without a builtin's name. */
  *report(message: string): Blocking<void> {
    yield* this.errorText(`${this.#ownPrefix}${message}\n`);
  }

  *readLineOf(fd: number): Blocking<string> {
    let text = "";
    for (;;) {
      const bytes = yield* this.sys.read(fd, 1);
      if (bytes.length === 0) return text;
      const c = decode(bytes);
      if (c === "\n") return text;
      text += c;
    }
  }
}
