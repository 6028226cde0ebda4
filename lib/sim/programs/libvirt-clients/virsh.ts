// virsh: libvirt's shell (virsh(1)). Subcommands are in virsh/, their dialect in _virsh.ts; what they ask is answered by libvirtd over its socket.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { completions } from "./_virsh-completion.ts";
import { helpOf, ParseError, parseVerb, type Session, splitCommands, type Verb, verb, VshCall, VshError } from "./_virsh.ts";
import { blockJobs } from "./virsh/block-jobs.ts";
import { domainDevices } from "./virsh/domain-devices.ts";
import { domainLife } from "./virsh/domain-life.ts";
import { domainMore } from "./virsh/domain-more.ts";
import { eventVerbs } from "./virsh/events.ts";
import { hostMore } from "./virsh/host-more.ts";
import { hostVerbs } from "./virsh/host.ts";
import { migrationVerbs } from "./virsh/migration.ts";
import { networks } from "./virsh/networks.ts";
import { nodeDevices } from "./virsh/node-devices.ts";
import { saveImages } from "./virsh/save-images.ts";
import { snapshots } from "./virsh/snapshots.ts";
import { storage } from "./virsh/storage.ts";
import { tuningVerbs } from "./virsh/tuning.ts";
import { exists } from "../kit/presence.ts";
import { localError, localHelp } from "./_virsh-french.ts";
import { translated } from "../kit/messages/translate.ts";

/** VIRSH_HISTSIZE's usual value */
const historyLines = 500;

const groups = new Map([["domain", "Domain Management"], ["monitor", "Domain Monitoring"], ["host", "Host and Hypervisor"], ["checkpoint", "Checkpoint"], ["interface", "Interface"], ["filter", "Network Filter"], ["network", "Networking"], ["nodedev", "Node Device"], ["secret", "Secret"], ["snapshot", "Snapshot"], ["backup", "Backup"], ["pool", "Storage Pool"], ["volume", "Storage Volume"], ["virsh", "Virsh itself"]]);

function groupHelp(sys: Sys, verbs: ReadonlyMap<string, Verb>, group: string): string {
  const own = [...verbs.values()].filter((one) => one.group === group).sort((a, b) => (a.name < b.name ? -1 : 1));
  return ` ${groups.get(group)} (help keyword '${group}'):\n${own.map((one) => `    ${one.name.padEnd(30)} ${localHelp(sys, one.help)}\n`).join("")}`;
}

const shell: readonly Verb[] = [
  verb("help", "virsh", "print help", "command:string", function* (call) {
    const { verbs } = call.session;
    const wanted = call.get("command");
    if (wanted === undefined) {
      yield* call.print(`Grouped commands:\n\n${[...groups.keys()].map((group) => `${groupHelp(call.sys, verbs, group)}\n`).join("")}`);
      return;
    }
    const one = verbs.get(wanted);
    if (one !== undefined) yield* call.print(helpOf(call.sys, one));
    else if (groups.has(wanted)) yield* call.print(groupHelp(call.sys, verbs, wanted));
    else throw new VshError(`command or command group '${wanted}' doesn't exist`);
  }),
  verb("quit", "virsh", "quit this interactive terminal", "", function* (call) {
    call.session.ended = true;
    yield* call.sys.preempt();
  }),
  verb("exit", "virsh", "quit this interactive terminal", "", function* (call) {
    call.session.ended = true;
    yield* call.sys.preempt();
  }),
  verb("cd", "virsh", "change the current directory", "dir:string", function* (call) {
    if (!call.session.interactive) throw new VshError("cd: command valid only in interactive mode");
    try {
      call.sys.chdir(call.get("dir") ?? call.sys.environment.get("HOME") ?? "/");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VshError(`cd: ${call.text("dir")}: ${error.message}`);
    }
    yield* call.sys.preempt();
  }),
  verb("pwd", "virsh", "print the current directory", "", function* (call) {
    yield* call.print(`${call.sys.getcwd()}\n`);
  }),
  verb("echo", "virsh", "echo arguments", "shell xml err str:rest", function* (call) {
    const quoted = (word: string): string => (!call.has("shell") || /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
    const escaped = (word: string): string => (call.has("xml") ? word.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&apos;").replaceAll('"', "&quot;") : word);
    const text = call.all("str").map((word) => quoted(escaped(word))).join(" ");
    if (call.has("err")) yield* call.sys.write(2, encode(`${text}\n`));
    else yield* call.print(text);
  }),
  verb("connect", "virsh", "(re)connect to hypervisor", "name:string readonly", function* (call) {
    call.session.client?.close();
    call.session.client = undefined;
    call.session.uri = call.get("name") ?? call.session.uri;
    call.session.readOnly = call.has("readonly");
    yield* call.sys.preempt();
  }),
];

const all: ReadonlyMap<string, Verb> = new Map([...domainLife, ...saveImages, ...domainDevices, ...hostVerbs, ...hostMore, ...domainMore, ...migrationVerbs, ...blockJobs, ...tuningVerbs, ...eventVerbs, ...nodeDevices, ...networks, ...storage, ...snapshots, ...shell].map((one) => [one.name, one]));

/** Runs one command; true when it went well. */
function* runCommand(session: Session, words: readonly string[]): Blocking<boolean> {
  const { sys } = session;
  const say = function* (text: string): Blocking<void> {
    yield* sys.write(2, encode(localError(sys, text)));
  };
  const [name = "", ...rest] = words;
  const command = session.verbs.get(name);
  if (command === undefined) {
    yield* say(`unknown command: '${name}'`);
    return false;
  }
  let values: ReadonlyMap<string, readonly string[]>;
  try {
    values = parseVerb(command, rest);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    yield* say(error.message);
    return false;
  }
  const startUs = sys.clockUs("monotonic");
  let good = true;
  let connected = true;
  try {
    if (values.has("help")) yield* sys.write(1, encode(helpOf(sys, command)));
    else yield* command.run(new VshCall(session, command, values));
  } catch (error) {
    if (!(error instanceof VshError)) throw error;
    good = false;
    connected = error.lines[0] !== "failed to connect to the hypervisor";
    for (const line of error.lines) yield* say(line);
  }
  if (!connected) return false;
  if (session.timing) yield* sys.write(1, encode(`\n(Time: ${((sys.clockUs("monotonic") - startUs) / 1000).toFixed(3)} ms)\n\n`));
  else if (!session.quiet && !session.ended) yield* sys.write(1, encode("\n"));
  return good;
}

function* runLine(session: Session, line: string): Blocking<boolean> {
  let good = true;
  try {
    for (const words of splitCommands(line)) {
      good = yield* runCommand(session, words);
      if (session.ended) break;
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    yield* session.sys.write(2, encode(localError(session.sys, error.message)));
    return false;
  }
  return good;
}

function* interactive(session: Session): Blocking<number> {
  const { sys } = session;
  session.interactive = true;
  const terminal = sys.isatty(0) && sys.isatty(1);
  if (!session.quiet) yield* sys.write(1, encode(translated(sys, "virsh", "Welcome to virsh, the virtualization interactive terminal.\n\nType:  'help' for help with commands\n       'quit' to quit\n\n")));
  const prompt = session.readOnly ? "virsh > " : "virsh # ";
  if (terminal) return yield* atTerminal(session, prompt);
  let buffered = "";
  while (!session.ended) {
    yield* sys.write(1, encode(prompt));
    let end = buffered.indexOf("\n");
    while (end < 0) {
      let bytes: Uint8Array;
      try {
        bytes = yield* sys.read(0, 4096);
      } catch (error) {
        if (error instanceof SysError && error.errno === "EINTR") continue;
        throw error;
      }
      if (bytes.length === 0) {
        yield* sys.write(1, encode("\n"));
        return 0;
      }
      buffered += decode(bytes);
      end = buffered.indexOf("\n");
    }
    const line = buffered.slice(0, end);
    buffered = buffered.slice(end + 1);
    yield* sys.write(1, encode(`${line}\n`));
    yield* runLine(session, line);
  }
  yield* sys.write(1, encode("\n"));
  return 0;
}

/** With line editing, a history that lasts, and Tab. */
function* atTerminal(session: Session, prompt: string): Blocking<number> {
  const { sys } = session;
  const reader = new ProgramLineReader(sys, { application: "virsh", complete: (before, word) => completions(session, before, word) });
  const cache = sys.environment.get("XDG_CACHE_HOME") ?? `${sys.environment.get("HOME") ?? ""}/.cache`;
  const directory = `${cache}/libvirt/virsh`;
  const kept = (yield* readTextFile(sys, `${directory}/history`)) ?? "";
  for (const line of kept.split("\n")) if (line !== "") reader.addHistory(line);
  while (!session.ended) {
    const line = yield* reader.readLine(prompt);
    if (line === undefined) break;
    if (line.trim() === "") continue;
    if (reader.historyEntries.at(-1) !== line) reader.addHistory(line);
    yield* runLine(session, line);
  }
  try {
    for (let at = directory.indexOf("/", 1); ; at = directory.indexOf("/", at + 1)) {
      const part = at < 0 ? directory : directory.slice(0, at);
      if (!exists(sys, part)) sys.mkdir(part, 0o755);
      if (at < 0) break;
    }
    const fd = yield* sys.open(`${directory}/history`, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* sys.write(fd, encode(reader.historyEntries.slice(-historyLines).map((line) => `${line}\n`).join("")));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  yield* sys.write(1, encode("\n"));
  return 0;
}

function* defaultUri(sys: Sys): Blocking<string> {
  yield* sys.preempt();
  const { environment } = sys;
  return environment.get("VIRSH_DEFAULT_CONNECT_URI") ?? environment.get("LIBVIRT_DEFAULT_URI") ?? (sys.getcred().euid === 0 ? "qemu:///system" : "qemu:///session");
}

function* virsh(sys: Sys, argv: readonly string[]): Blocking<number> {
  const session: Session = { sys, uri: yield* defaultUri(sys), readOnly: false, quiet: false, timing: false, client: undefined, interactive: false, verbs: all, ended: false };
  const fail = function* (text: string): Blocking<number> {
    yield* sys.write(2, encode(localError(sys, text)));
    return 1;
  };
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "--") break;
    const [name = "", inline] = word.startsWith("--") && word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word, undefined];
    if (name === "-c" || name === "--connect") session.uri = inline ?? argv[++at] ?? session.uri;
    else if (name === "-r" || name === "--readonly") session.readOnly = true;
    else if (name === "-q" || name === "--quiet") session.quiet = true;
    else if (name === "-t" || name === "--timing") session.timing = true;
    else if (name === "-d" || name === "--debug") {
      const level = inline ?? argv[++at] ?? "";
      if (!/^\d+$/.test(level)) return yield* fail(`option -d takes a numeric argument`);
      if (Number(level) > 4) yield* fail(`ignoring debug level ${level} out of range [0-4]`);
    } else if (name === "-e" || name === "--escape" || name === "-k" || name === "--keepalive-interval" || name === "-K" || name === "--keepalive-count" || name === "-l" || name === "--log") at++;
    else if (name === "-v" || name === "--version" || name === "--version=short") {
      yield* sys.write(1, encode("9.0.0\n"));
      return 0;
    } else if (name === "-V") {
      yield* sys.write(1, encode("Virsh command line tool of libvirt 9.0.0\nSee web site at https://libvirt.org/\n\nCompiled with support for:\n Hypervisors: QEMU/KVM LXC Xen Test\n Networking: Remote Network Bridging Interface Nwfilter\n Storage: Dir Disk Filesystem SCSI Multipath iSCSI LVM RBD Gluster ZFS\n Miscellaneous: Daemon Nodedev SELinux Secrets Debug DTrace Readline\n"));
      return 0;
    } else if (name === "-h" || name === "--help") {
      yield* sys.write(1, encode(`\nvirsh [options]... [<command_string>]\nvirsh [options]... <command> [args...]\n\n  options:\n    -c | --connect=URI      hypervisor connection URI\n    -q | --quiet            quiet mode\n    -r | --readonly         connect readonly\n    -t | --timing           print timing information\n    -v                      short version\n\n  commands (non interactive mode):\n\n${[...groups.keys()].map((group) => `${groupHelp(sys, all, group)}\n`).join("")}\n`));
      return 0;
    } else return yield* fail(`unsupported option '${name.slice(0, 2)}'. See --help.`);
  }
  const rest = argv.slice(at);
  const [only] = rest;
  if (only === "complete") {
    const words = rest.slice(rest[1] === "--" ? 2 : 1);
    const before = words.slice(0, -1).map((word) => `'${word.replaceAll("'", "'\"'\"'")}'`).join(" ");
    yield* sys.write(1, encode((yield* completions(session, before, words.at(-1) ?? "")).map((word) => `${word}\n`).join("")));
    return 0;
  }
  if (only === undefined) return yield* interactive(session);
  const good = rest.length === 1 ? yield* runLine(session, only) : yield* runCommand(session, rest);
  return good ? 0 : 1;
}

export default {
  name: "virsh",
  declaration: {
    name: "virsh", summary: "management user interface", synopsis: ["[OPTION]... [COMMAND_STRING]", "[OPTION]... COMMAND [ARG]..."],
    options: [
      { names: ["-c", "--connect"], argument: "URI", argumentOptional: false, help: "which hypervisor", support: { partly: "qemu:///system" } }, { names: ["-q", "--quiet"], argument: undefined, argumentOptional: false, help: "less words", support: "simulated" },
      { names: ["-r", "--readonly"], argument: undefined, argumentOptional: false, help: "only look", support: "simulated" }, { names: ["-t", "--timing"], argument: undefined, argumentOptional: false, help: "how long it took", support: "simulated" },
    ],
    subcommands: [...all.values()].map((one) => ({ name: one.name, summary: one.help, synopsis: [""], options: one.options.filter((option) => option.kind !== "data").map((option) => ({ names: [`--${option.name}`], argument: option.kind === "flag" ? undefined : "string", argumentOptional: false, help: option.name, support: "simulated" as const })) })),
  },
  program: virsh,
} satisfies Command;
