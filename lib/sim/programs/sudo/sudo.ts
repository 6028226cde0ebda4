// sudo: one command as another user, when sudoers allows it (sudo(8), 1.9.13).
// (More than 400 lines: the one run of a command from its words to its end; the policy is in _sudoers.ts, the ticket in _ticket.ts.)
import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { translated } from "../kit/messages/translate.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { type Conversation, PamTransaction } from "../libpam-modules/_transaction.ts";
import { logAuthentication } from "../login/_pam.ts";
import { type Answer, askPassword } from "../login/_password-prompt.ts";
import { loadSudoers } from "./_load-sudoers.ts";
import { decide, describe, describeLong, specsOf, SudoersParser } from "./_sudoers.ts";
import { hasTicket, removeTickets, writeTicket } from "./_ticket.ts";
import { mistakeText, remarkText } from "./visudo.ts";
import { sudoDeclaration } from "./_declaration.ts";
import { withHelp } from "../kit/program.ts";

const builtins = new Set(["cd", "alias", "bg", "bind", "builtin", "caller", "complete", "compgen", "declare", "dirs", "disown", "enable", "eval", "exec", "exit", "export", "fc", "fg", "getopts", "hash", "help", "history", "jobs", "let", "local", "logout", "mapfile", "popd", "pushd", "read", "readonly", "return", "set", "shift", "shopt", "source", "suspend", "times", "trap", "type", "typeset", "ulimit", "umask", "unalias", "unset", "wait", ":", "."]);
const keptAlways = ["COLORS", "DISPLAY", "HOSTNAME", "KRB5CCNAME", "LS_COLORS", "PS1", "PS2", "XAUTHORITY", "XAUTHORIZATION", "XDG_CURRENT_DESKTOP", "COLORTERM", "LANG", "LANGUAGE", "LINGUAS", "TERM", "TZ"];
const tries = 3;

interface Invocation {
  readonly targetName: string;
  readonly groupName: string | undefined;
  readonly mode: "run" | "list" | "validate" | "kill" | "remove" | "edit" | "version" | "help";
  readonly listFor: string | undefined;
  readonly long: boolean;
  readonly login: boolean;
  readonly shell: boolean;
  readonly preserve: boolean;
  readonly preserved: readonly string[];
  readonly setHome: boolean;
  readonly nonInteractive: boolean;
  readonly standardInput: boolean;
  readonly prompt: string | undefined;
  readonly background: boolean;
  readonly resetTicket: boolean;
  readonly directory: string | undefined;
  readonly assignments: readonly (readonly [string, string])[];
  readonly words: readonly string[];
}

const usage = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...
`;

function columnsOf(sys: Sys): number {
  for (const fd of [2, 1, 0]) if (sys.isatty(fd)) return sys.getWindowSize(fd).cols || 80;
  return 80;
}

/** Lines that do not fit the terminal go on below the first option (sudo's lbuf). */
function wrappedUsage(columns: number): string {
  const indent = "            ";
  return usage.split("\n").map((line) => {
    const rows: string[] = [];
    let row = "";
    for (const word of line.split(" ")) {
      if (row !== "" && row.length + 1 + word.length >= columns) {
        rows.push(row);
        row = indent + word;
      } else row = row === "" ? word : `${row} ${word}`;
    }
    return [...rows, row].join("\n");
  }).join("\n");
}

const longOptions: ReadonlyMap<string, string> = new Map([
  ["--user", "u"], ["--group", "g"], ["--list", "l"], ["--other-user", "U"], ["--validate", "v"], ["--reset-timestamp", "k"], ["--remove-timestamp", "K"], ["--login", "i"], ["--shell", "s"], ["--preserve-env", "E"], ["--set-home", "H"],
  ["--non-interactive", "n"], ["--stdin", "S"], ["--prompt", "p"], ["--background", "b"], ["--edit", "e"], ["--help", "help"], ["--version", "V"], ["--chdir", "D"], ["--host", "h"], ["--askpass", "A"], ["--bell", "B"], ["--no-update", "N"],
  ["--preserve-groups", "P"], ["--chroot", "R"], ["--command-timeout", "T"], ["--close-from", "C"],
]);
const withArgument = new Set(["u", "g", "U", "p", "D", "C", "R", "T", "r", "t"]);

/** A string is the complaint. */
function parse(argv: readonly string[]): Invocation | { readonly complaint: string } {
  let targetName = "root";
  let groupName: string | undefined;
  let mode: Invocation["mode"] = "run";
  let listFor: string | undefined;
  const state = { long: false, login: false, shell: false, preserve: false, setHome: false, nonInteractive: false, standardInput: false, background: false, resetTicket: false };
  const preserved: string[] = [];
  let prompt: string | undefined;
  let directory: string | undefined;
  let at = 1;
  const apply = (letter: string, value: string | undefined): string | undefined => {
    switch (letter) {
      case "u":
        targetName = value ?? "";
        break;
      case "g":
        groupName = value;
        if (targetName === "root") targetName = "";
        break;
      case "U":
        listFor = value;
        break;
      case "p":
        prompt = value;
        break;
      case "D":
        directory = value;
        break;
      case "l":
        if (mode === "list") state.long = true;
        mode = "list";
        break;
      case "v":
        mode = "validate";
        break;
      case "k":
        state.resetTicket = true;
        break;
      case "K":
        mode = "remove";
        break;
      case "e":
        mode = "edit";
        break;
      case "V":
        mode = "version";
        break;
      case "help":
      case "h":
        mode = "help";
        break;
      case "i":
        state.login = true;
        break;
      case "s":
        state.shell = true;
        break;
      case "E":
        if (value === undefined) state.preserve = true;
        else preserved.push(...value.split(","));
        break;
      case "H":
        state.setHome = true;
        break;
      case "n":
        state.nonInteractive = true;
        break;
      case "S":
        state.standardInput = true;
        break;
      case "b":
        state.background = true;
        break;
      case "A":
      case "B":
      case "N":
      case "P":
      case "C":
      case "R":
      case "T":
      case "r":
      case "t":
        break;
      default:
        return `sudo: invalid option -- '${letter}'`;
    }
    return undefined;
  };
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (word === "-" || !word.startsWith("-")) break;
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word : word.slice(0, equals);
      const letter = longOptions.get(name);
      if (letter === undefined) return { complaint: `sudo: unrecognized option '${word}'` };
      let value = equals < 0 ? undefined : word.slice(equals + 1);
      if (withArgument.has(letter) && value === undefined) value = argv[++at];
      if (withArgument.has(letter) && value === undefined) return { complaint: `sudo: option '${name}' requires an argument` };
      const problem = apply(letter, value);
      if (problem !== undefined) return { complaint: problem };
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      let value: string | undefined;
      if (withArgument.has(letter)) {
        value = index + 1 < word.length ? word.slice(index + 1) : argv[++at];
        if (value === undefined) return { complaint: `sudo: option requires an argument -- '${letter}'` };
      }
      const problem = apply(letter, value);
      if (problem !== undefined) return { complaint: problem };
      if (value !== undefined) break;
    }
  }
  const assignments: (readonly [string, string])[] = [];
  const rest = argv.slice(at);
  while (rest[0] !== undefined && /^[A-Za-z_][A-Za-z0-9_]*=/.test(rest[0])) {
    const word = rest.shift() ?? "";
    assignments.push([word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
  }
  if (state.resetTicket && mode === "run" && rest.length === 0 && !state.login && !state.shell) mode = "kill";
  return { targetName, groupName, mode, listFor, ...state, preserved, prompt, directory, assignments, words: rest };
}

class Refusal extends Error {
  readonly lines: string;
  constructor(lines: string) {
    super("refused");
    this.lines = lines;
  }
}

/** The controlling terminal, whatever standard input is. */
function* terminalOf(sys: Sys): Blocking<string | undefined> {
  const stat = (yield* readTextFile(sys, "/proc/self/stat")) ?? "";
  const device = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[4] ?? 0);
  if (device === 0) return undefined;
  const major = device >> 8;
  const minor = device & 0xff;
  return major >= 136 ? `/dev/pts/${(major - 136) * 256 + minor}` : minor >= 64 ? `/dev/ttyS${minor - 64}` : `/dev/tty${minor}`;
}

function* sudo(sys: Sys, argv: readonly string[]): Blocking<number> {
  try {
    return yield* run(sys, argv);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* sys.write(2, encode(translated(sys, "sudo", error.lines)));
    return 1;
  }
}

function* run(sys: Sys, argv: readonly string[]): Blocking<number> {
  const say = function* (fd: number, text: string): Blocking<void> {
    yield* sys.write(fd, encode(translated(sys, "sudo", text)));
  };
  const edit = (argv[0] ?? "").endsWith("sudoedit");
  const parsed = parse(edit ? ["sudo", "-e", ...argv.slice(1)] : argv);
  if ("complaint" in parsed) {
    yield* say(2, `${parsed.complaint}\n${wrappedUsage(columnsOf(sys))}`);
    return 1;
  }
  const call = parsed;
  if (call.mode === "help") {
    yield* say(1, `sudo - execute a command as another user\n\n${wrappedUsage(columnsOf(sys))}`);
    return 0;
  }
  if (call.mode === "version") {
    yield* say(1, "Sudo version 1.9.13p3\nSudoers policy plugin version 1.9.13p3\nSudoers file grammar version 50\nSudoers I/O plugin version 1.9.13p3\nSudoers audit plugin version 1.9.13p3\n");
    return 0;
  }
  if (call.mode === "run" && call.words.length === 0 && !call.login && !call.shell) {
    yield* say(2, wrappedUsage(columnsOf(sys)));
    return 1;
  }
  const cred = sys.getcred();
  if (cred.euid !== 0) throw new Refusal("sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set\n");
  const accounts = yield* Accounts.read(sys);
  const caller = accounts.userById(cred.ruid);
  if (caller === undefined) throw new Refusal(`sudo: you do not exist in the passwd database\n`);
  if (call.mode === "kill" || call.mode === "remove") {
    removeTickets(sys, caller.name);
    return 0;
  }
  const parser = new SudoersParser();
  const refusedFiles: string[] = [];
  const files = yield* loadSudoers(sys, "/etc/sudoers", parser, true, (reason) => refusedFiles.push(reason));
  for (const reason of refusedFiles) yield* say(2, `sudo: ${reason}\n`);
  if (files === "missing" && refusedFiles.length > 0) throw new Refusal("sudo: no valid sudoers sources found, quitting\nsudo: error initializing audit plugin sudoers_audit\n");
  if (files === "missing") throw new Refusal("sudo: unable to open /etc/sudoers: No such file or directory\nsudo: no valid sudoers sources found, quitting\nsudo: error initializing audit plugin sudoers_audit\n");
  for (const mistake of parser.mistakes) yield* say(2, mistakeText(mistake));
  for (const remark of parser.defaultsRemarks) yield* say(2, remarkText(remark));
  const policy = parser.policy;
  const host = sys.uname().nodename;
  const groupsOf = (user: User): readonly string[] => accounts.groupsOf(user).map((gid) => accounts.groupName(gid));
  // the caller's groups are those that it runs with, as the kernel knows them
  const callerGids = [...new Set([cred.rgid, ...cred.groups])];
  const callerGroups = callerGids.map((gid) => accounts.groupName(gid));
  const targetName = call.targetName === "" ? caller.name : call.targetName;
  const target = targetName.startsWith("#") ? (accounts.userById(Number(targetName.slice(1))) ?? { name: targetName, password: "", uid: Number(targetName.slice(1)), gid: Number(targetName.slice(1)), gecos: "", home: "/", shell: "/bin/sh" }) : accounts.userByName(targetName);
  if (target === undefined) throw new Refusal(`sudo: unknown user ${targetName}\nsudo: error initializing audit plugin sudoers_audit\n`);
  const targetGroup = call.groupName === undefined ? undefined : accounts.groupByName(call.groupName);
  if (call.groupName !== undefined && targetGroup === undefined) throw new Refusal(`sudo: unknown group ${call.groupName}\nsudo: error initializing audit plugin sudoers_audit\n`);
  const defaults = parser.defaultsFor({ user: caller, groups: callerGroups, gids: callerGids, host, target });
  const terminal = yield* terminalOf(sys);
  const specs = specsOf(policy, caller, callerGroups, callerGids, host);

  let lastAnswer: Answer["kind"] | undefined;
  const lastAnswerKind = (): Answer["kind"] | undefined => lastAnswer;
  let prompt = "";
  const conversation: Conversation = {
    *ask(text) {
      const shown = text === "Password: " ? prompt : translated(sys, "sudo", text);
      const answer = yield* askPassword(sys, shown, { useStandardInput: call.standardInput });
      if (call.standardInput && answer.kind === "end") yield* say(2, "\n");
      lastAnswer = answer.kind;
      return answer.kind === "text" ? answer.text : undefined;
    },
    *tell(text, kind) {
      yield* say(kind === "error" ? 2 : 1, `${text}\n`);
    },
  };
  const service = call.login ? "sudo-i" : "sudo";
  const pam = new PamTransaction(sys, service, caller.name, conversation, { tty: terminal ?? "", remoteUser: caller.name, loginName: caller.name, callerUid: caller.uid });

  if (call.mode === "list") return yield* list();

  let words = call.words;
  let argv0: string | undefined;
  if (call.login || call.shell) {
    const shell = call.login ? (target.shell === "" ? "/bin/sh" : target.shell) : (sys.environment.get("SHELL") ?? (caller.shell === "" ? "/bin/sh" : caller.shell));
    const line = words.length === 0 ? [] : ["-c", words.map((word) => word.replace(/[^A-Za-z0-9_\-$]/g, "\\$&")).join(" ")];
    argv0 = call.login ? `-${shell.slice(shell.lastIndexOf("/") + 1)}` : undefined;
    words = [shell, ...line];
  }
  if (call.mode === "edit") return yield* editFiles();
  const securePath = defaults.get("secure_path");
  const searchPath = securePath ?? sys.environment.get("PATH") ?? "/usr/bin:/bin";
  const name = words[0] ?? "";
  const path = call.mode === "validate" ? "validate" : findCommand(name, searchPath);
  const decision = decide(policy, { user: caller, groups: callerGroups, gids: callerGids, host, target, targetGroup: call.groupName, path: path ?? name, args: words.slice(1) });
  const log = function* (prefix: string): Blocking<void> {
    yield* logAuthentication(sys, "sudo", `${caller.name.padStart(8)} : ${prefix}${terminal === undefined ? "" : `TTY=${terminal.replace("/dev/", "")} ; `}PWD=${workingDirectory()} ; USER=${target.name} ; COMMAND=${[path ?? name, ...words.slice(1)].join(" ")}`);
  };
  const sameUser = caller.uid === 0 || (target.uid === caller.uid && call.groupName === undefined);
  const needsPassword = caller.uid !== 0 && (call.mode === "validate" ? !(specs.length > 0 && specs.every((spec) => spec.commands.every((command) => !command.password))) : decision.password) && !(sameUser && decision.allowed);
  // a user whom no line names must give a password all the same
  if (needsPassword && defaults.get("authenticate") !== "no") {
    const problem = yield* authenticateCaller();
    if (problem !== undefined) return problem;
  }
  if (specs.length === 0 && caller.uid !== 0) {
    yield* log("user NOT in sudoers ; ");
    yield* say(2, `${caller.name} is not in the sudoers file.\n`);
    return 1;
  }
  if (call.mode === "validate") {
    if (!call.nonInteractive && needsPassword) writeTicketNow();
    return 0;
  }
  if (caller.uid === 0 && specs.length === 0) throw new Refusal(`${caller.name} is not in the sudoers file.\n`);
  if (!decision.allowed && path !== undefined) {
    yield* log("command not allowed ; ");
    yield* say(2, `Sorry, user ${caller.name} is not allowed to execute '${[path, ...words.slice(1)].join(" ")}' as ${target.name}${call.groupName === undefined ? "" : `:${call.groupName}`} on ${host}.\n`);
    return 1;
  }
  if (path === undefined) {
    yield* say(2, `sudo: ${name}: command not found\n`);
    if (builtins.has(name)) yield* say(2, `sudo: "${name}" is a shell built-in command, it cannot be run directly.\nsudo: the -s option may be used to run a privileged shell.\nsudo: the -D option may be used to run a command in a specific directory.\n`);
    return 1;
  }
  // only with a runcwd of its own may a line's user choose the directory
  if (call.directory !== undefined && caller.uid !== 0 && defaults.get("runcwd") !== "*") {
    yield* say(2, `sudo: you are not permitted to use the -D option with ${path}\n`);
    return 1;
  }
  if (!call.nonInteractive && needsPassword) writeTicketNow();
  yield* log("");
  const refused = yield* accountRefused();
  if (refused !== undefined) return refused;
  pam.userName = target.name;
  const opened = yield* pam.openSession();
  if (opened !== "success") {
    yield* say(2, `sudo: pam_open_session: ${pamText(opened)}
sudo: policy plugin failed session initialization
`);
    return 1;
  }
  const environment = buildEnvironment(path);
  const pid = sys.fork(function* child(own): Blocking<number> {
    const gid = targetGroup?.gid ?? target.gid;
    own.setgroups(target.uid === 0 ? [0] : accounts.groupsOf(target));
    own.setresgid(gid, gid, gid);
    own.setresuid(target.uid, target.uid, target.uid);
    const directory = call.directory ?? (call.login ? target.home : undefined);
    if (directory !== undefined) {
      try {
        own.chdir(directory);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* own.write(2, encode(translated(own, "sudo", `sudo: unable to change directory to ${directory}: ${error.message}\n`)));
      }
    }
    try {
      return yield* own.exec(path, [argv0 ?? name, ...words.slice(1)], environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOEXEC") {
        try {
          return yield* own.exec("/bin/sh", ["sh", path, ...words.slice(1)], environment);
        } catch (second) {
          if (!(second instanceof SysError)) throw second;
        }
      }
      yield* own.write(2, encode(translated(own, "sudo", `sudo: unable to execute ${path}: ${error.message}\n`)));
      return 1;
    }
  });
  if (call.background) return 0;
  return yield* waitFor(pid);

  function workingDirectory(): string {
    try {
      return sys.getcwd();
    } catch (error) {
      if (error instanceof SysError) return "unknown";
      throw error;
    }
  }

  function findCommand(program: string, searched: string): string | undefined {
    if (program.includes("/")) {
      try {
        return (sys.stat(program).mode & 0o111) === 0 ? undefined : program;
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    }
    for (const directory of searched.split(":")) {
      try {
        const facts = sys.stat(`${directory}/${program}`);
        if ((facts.mode & 0o111) !== 0 && (facts.mode & 0o170000) === 0o100000) return `${directory}/${program}`;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return undefined;
  }

  function writeTicketNow(): void {
    if (caller !== undefined) writeTicket(sys, caller.name, terminal);
  }

  /** What PAM's account modules say of the caller, even where no password is asked for; undefined: nothing against it. */
  function* accountRefused(): Blocking<number | undefined> {
    const status = yield* pam.accountManagement();
    if (status === "success") return undefined;
    if (status === "new_authtok_reqd") {
      yield* say(2, "sudo: Account or password is expired, reset your password and try again\n");
      const changed = yield* pam.changePassword(true);
      if (changed === "success") return undefined;
      yield* say(2, `sudo: unable to change expired password: ${pamText(changed)}\n`);
      return 1;
    }
    const reason = status === "auth_err" ? "account validation failure, is your account locked?" : status === "authtok_expired" ? "Password expired, contact your system administrator" : status === "acct_expired" ? 'Account expired or PAM config lacks an "account" section for sudo, contact your system administrator' : `PAM account management error: ${pamText(status)}`;
    yield* say(2, `sudo: ${reason}\n${status === "auth_err" || status === "authtok_expired" || status === "acct_expired" ? "" : "sudo: a password is required\n"}`);
    return 1;
  }

  /** Undefined: the caller is who it says. */
  function* authenticateCaller(): Blocking<number | undefined> {
    if (caller === undefined) return 1;
    if (!call.resetTicket && (yield* hasTicket(sys, caller.name, terminal, defaults.get("timestamp_timeout")))) return undefined;
    if (call.nonInteractive) {
      yield* say(2, "sudo: a password is required\n");
      return 1;
    }
    prompt = (call.prompt ?? sys.environment.get("SUDO_PROMPT") ?? translated(sys, "sudo", "[sudo] password for %p: ")).replace(/%([pUuHh%])/g, (_whole, letter: string) => (letter === "U" ? target?.name ?? "root" : letter === "H" || letter === "h" ? host : letter === "%" ? "%" : caller.name));
    if (!call.standardInput && terminal === undefined) {
      yield* say(2, "sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n");
      return 1;
    }
    const most = Number(defaults.get("passwd_tries") ?? tries);
    for (let attempt = 1; attempt <= most; attempt++) {
      lastAnswer = undefined;
      const status = yield* pam.authenticate();
      if (status === "success") return undefined;
      const kind = lastAnswerKind();
      if (kind === "interrupted") {
        yield* say(2, "sudo: a password is required\n");
        return 1;
      }
      if (kind === "end") {
        yield* say(2, attempt === 1 ? "sudo: no password was provided\nsudo: a password is required\n" : `sudo: no password was provided\nsudo: ${attempt - 1} incorrect password attempt${attempt === 2 ? "" : "s"}\n`);
        return 1;
      }
      if (status !== "auth_err" && status !== "user_unknown" && status !== "maxtries" && status !== "perm_denied") {
        yield* say(2, `sudo: PAM authentication error: ${pamText(status)}\n`);
        return 1;
      }
      if (attempt < most) yield* say(2, "Sorry, try again.\n");
    }
    yield* pam.end();
    yield* logAuthentication(sys, "sudo", `${caller.name.padStart(8)} : ${most} incorrect password attempts ; ${terminal === undefined ? "" : `TTY=${terminal.replace("/dev/", "")} ; `}PWD=${workingDirectory()} ; USER=${target?.name ?? "root"} ; COMMAND=${call.words.join(" ")}`, 1);
    yield* say(2, `sudo: ${most} incorrect password attempts\n`);
    return 1;
  }

  function buildEnvironment(commandPath: string): Map<string, string> {
    const own = sys.environment;
    const environment = new Map<string, string>();
    if (target === undefined || caller === undefined) return environment;
    if (call.preserve && decision.setEnvironment) for (const [key, value] of own) environment.set(key, value);
    for (const key of [...keptAlways, ...(decision.setEnvironment ? call.preserved : [])]) {
      const value = own.get(key);
      if (value !== undefined) environment.set(key, value);
    }
    for (const [key, value] of own) if (key.startsWith("LC_") && !/[%/]/.test(value)) environment.set(key, value);
    for (const word of (defaults.get("env_keep") ?? "").split(/\s+/)) {
      const value = own.get(word);
      if (word !== "" && value !== undefined) environment.set(word, value);
    }
    const keepHome = call.preserve && !call.setHome && !call.login;
    if (!keepHome) environment.set("HOME", target.home);
    environment.set("PATH", securePath ?? own.get("PATH") ?? "/usr/bin:/bin");
    environment.set("MAIL", `/var/mail/${target.name}`).set("LOGNAME", target.name).set("USER", target.name).set("SHELL", target.shell === "" ? "/bin/sh" : target.shell);
    environment.set("SUDO_COMMAND", [commandPath, ...words.slice(1)].join(" ")).set("SUDO_USER", caller.name).set("SUDO_UID", String(caller.uid)).set("SUDO_GID", String(caller.gid));
    if (call.login) for (const key of ["LS_COLORS", "PS1", "PS2"]) environment.delete(key);
    for (const [key, value] of call.assignments) environment.set(key, value);
    return environment;
  }

  function* waitFor(child: number): Blocking<number> {
    for (const signal of [SIGNALS.INT, SIGNALS.QUIT, SIGNALS.HUP]) sys.sigaction(signal, "ignore");
    sys.sigaction(SIGNALS.TERM, "catch");
    for (;;) {
      try {
        const waited = yield* sys.waitpid(child, { untraced: true });
        if (waited === undefined) continue;
        const { status } = waited;
        if (status.kind === "stopped") {
          sys.kill(sys.getpid(), SIGNALS.STOP);
          yield* sys.preempt();
          sys.kill(child, SIGNALS.CONT);
          continue;
        }
        yield* pam.closeSession();
        yield* pam.end();
        if (status.kind === "exited") return status.status;
        if (status.kind === "signaled") {
          // sudo ends by the signal that ended its command
          sys.sigaction(status.signal, "default");
          sys.kill(sys.getpid(), status.signal);
          yield* sys.preempt();
          return 128 + status.signal;
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (sys.takeSignals().includes(SIGNALS.TERM)) sys.kill(child, SIGNALS.TERM);
      }
    }
  }

  function* list(): Blocking<number> {
    if (caller === undefined) return 1;
    const about = call.listFor === undefined ? caller : accounts.userByName(call.listFor);
    if (about === undefined) throw new Refusal(`sudo: unknown user ${call.listFor ?? ""}\n`);
    const own = about === caller;
    const needs = caller.uid !== 0 && defaults.get("authenticate") !== "no" && (!own || !specs.some((spec) => spec.commands.some((command) => !command.password)));
    if (needs) {
      const problem = yield* authenticateCaller();
      if (problem !== undefined) return problem;
    }
    if (!own && caller.uid !== 0 && !specs.some((spec) => spec.commands.some((command) => command.command === "ALL"))) {
      yield* say(2, `Sorry, user ${caller.name} is not allowed to execute 'list' as ${about.name} on ${host}.\n`);
      return 1;
    }
    const aboutSpecs = own ? specs : specsOf(policy, about, groupsOf(about), accounts.groupsOf(about), host);
    if (aboutSpecs.length === 0) {
      if (own && caller.uid !== 0) {
        yield* say(2, `Sorry, user ${about.name} may not run sudo on ${host}.\n`);
        return 1;
      }
      yield* say(1, `User ${about.name} is not allowed to run sudo on ${host}.\n`);
      return 0;
    }
    if (needs) writeTicketNow();
    if (call.words.length > 0) {
      const found = findCommand(call.words[0] ?? "", defaults.get("secure_path") ?? "/usr/bin:/bin");
      if (found === undefined || target === undefined) {
        yield* say(2, `sudo: ${call.words[0] ?? ""}: command not found\n`);
        return 1;
      }
      const allowed = decide(policy, { user: about, groups: groupsOf(about), gids: accounts.groupsOf(about), host, target, targetGroup: call.groupName, path: found, args: call.words.slice(1) }).allowed;
      if (allowed) yield* say(1, `${[found, ...call.words.slice(1)].join(" ")}\n`);
      return allowed ? 0 : 1;
    }
    const shown: string[] = [];
    for (const [key, value] of parser.defaultsFor({ user: about, groups: groupsOf(about), gids: accounts.groupsOf(about), host, target: undefined })) shown.push(value === "yes" ? key : value === "no" ? `!${key}` : `${key}=${value.replace(/:/g, "\\:")}`);
    if (shown.length > 0) yield* say(1, `Matching Defaults entries for ${about.name} on ${host}:\n${wrap(shown)}\n\n`);
    yield* say(1, `User ${about.name} may run the following commands on ${host}:\n${call.long ? aboutSpecs.flatMap((spec) => describeLong(spec)).join("") : aboutSpecs.flatMap((spec) => describe(spec)).map((line) => `${line}\n`).join("")}`);
    return 0;
  }

  /** In the columns of the terminal, four blanks before each line; in one line where it goes elsewhere. */
  function wrap(items: readonly string[]): string {
    const most = sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : Number.POSITIVE_INFINITY;
    const lines: string[] = [];
    let line = "   ";
    items.forEach((item, index) => {
      const text = ` ${item}${index < items.length - 1 ? "," : ""}`;
      if (line.length + text.length > most && line.trim() !== "") {
        lines.push(line);
        line = "   ";
      }
      line += text;
    });
    lines.push(line);
    return lines.join("\n");
  }

  function* editFiles(): Blocking<number> {
    if (caller === undefined) return 1;
    if (call.words.length === 0) {
      yield* say(2, wrappedUsage(columnsOf(sys)));
      return 1;
    }
    const permission = decide(policy, { user: caller, groups: callerGroups, gids: callerGids, host, target: target ?? caller, targetGroup: undefined, path: "sudoedit", args: call.words });
    if (caller.uid !== 0 && permission.password) {
      const problem = yield* authenticateCaller();
      if (problem !== undefined) return problem;
    }
    if (!permission.allowed) {
      yield* say(2, `Sorry, user ${caller.name} is not allowed to execute 'sudoedit ${call.words.join(" ")}' as ${target?.name ?? "root"} on ${host}.\n`);
      return 1;
    }
    for (const file of call.words) {
      const temporary = `/var/tmp/${file.slice(file.lastIndexOf("/") + 1)}.${[...sys.random(4)].map((byte) => byte.toString(36)).join("")}`;
      let body: Uint8Array = new Uint8Array(0);
      try {
        const fd = yield* sys.open(file, O.RDONLY);
        body = yield* sys.read(fd, 1 << 22);
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
      }
      const out = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.EXCL, 0o600);
      yield* sys.write(out, body);
      sys.close(out);
      sys.chown(temporary, caller.uid, caller.gid);
      const editor = sys.environment.get("SUDO_EDITOR") ?? sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR") ?? "/usr/bin/editor";
      const pid = sys.fork(function* child(own): Blocking<number> {
        own.setresgid(caller.gid, caller.gid, caller.gid);
        own.setresuid(caller.uid, caller.uid, caller.uid);
        for (const directory of editor.includes("/") ? [""] : ["/usr/bin/", "/bin/"]) {
          try {
            return yield* own.exec(directory + editor, [editor, temporary], sys.environment);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        return 1;
      });
      yield* sys.waitpid(pid);
      const fd = yield* sys.open(temporary, O.RDONLY);
      const edited = yield* sys.read(fd, 1 << 22);
      sys.close(fd);
      sys.unlink(temporary);
      const changed = edited.length !== body.length || edited.some((byte, index) => byte !== body[index]);
      if (!changed) {
        yield* say(2, `sudoedit: ${file} unchanged\n`);
        continue;
      }
      const target2 = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(target2, edited);
      sys.close(target2);
    }
    return 0;
  }
}

const command: Command = { name: "sudo", path: "/usr/bin/sudo", links: ["/usr/bin/sudoedit"], mode: 0o4755, declaration: sudoDeclaration, program: sudo };

export default withHelp(command);
