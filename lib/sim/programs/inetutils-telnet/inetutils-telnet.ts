// telnet: a terminal on a TCP connection, with a command mode behind an escape character (telnet(1), GNU inetutils 2.4).
// (More than 400 lines: one session: command mode, options and lines share its state.)
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, POLL, SIGNALS, type SocketAddress, type Sys, SysError, type Termios, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { optionLines } from "../kit/help-text.ts";
import { lastComponent } from "../kit/paths.ts";
import { type Io, flag, program, text, unsimulated } from "../kit/program.ts";
import { runShell } from "../kit/shell-command.ts";
import { COMMANDS, IAC, INTERRUPT, LOGOUT, TelnetStream } from "./_connection.ts";

const notHere = "nothing here speaks Kerberos";
const OPTIONS = [
  flag(["-4", "--ipv4"], "only IPv4"), flag(["-6", "--ipv6"], "only IPv6"), flag(["-8", "--binary"], "eight bits both ways"), flag(["-a", "--login"], "try to log in by itself"), text(["-b", "--bind"], "ADDRESS", "the local address"), flag(["-c", "--no-rc"], "leave ~/.telnetrc alone"), flag(["-d", "--debug"], "debug the socket"),
  text(["-e", "--escape"], "CHAR", "the escape character"), flag(["-E", "--no-escape"], "no escape character"), flag(["-K", "--no-login"], "do not log in by itself"), text(["-l", "--user"], "USER", "log in as USER"), flag(["-L", "--binary-output"], "eight bits on the way out"), text(["-n", "--trace"], "FILE", "write what happens to FILE"),
  flag(["-r", "--rlogin"], "escape as rlogin does"), unsimulated(["-x", "--encrypt"], "encrypt", notHere), unsimulated(["-k", "--realm"], "tickets of another realm", notHere, "REALM"), unsimulated(["-X", "--disable-auth"], "not this kind of authentication", notHere, "ATYPE"),
  flag(["-?", "--help"], "show the options"), flag(["--usage"], "show how it is called"), flag(["-V", "--version"], "show the version"),
];
const VALUES = new Set(["b", "e", "l", "n", "k", "X"]);
const LONG = new Map(OPTIONS.flatMap((option) => option.names.filter((name) => name.startsWith("--")).map((name) => [name.slice(2), option.names[0]?.startsWith("--") === true ? name : (option.names[0] ?? "")] as const)));

/** The first word is unique by its beginning. */
const MODES: readonly (readonly [name: string, help: string])[] = [
  ["close", "end the connection"], ["logout", "log out over there and end the connection"], ["display", "show settings"], ["mode", "by line or by character ('mode ?' for more)"], ["open", "connect"], ["quit", "leave telnet"], ["send", "send something special ('send ?' for more)"],
  ["set", "change a setting ('set ?' for more)"], ["unset", "switch a setting off ('unset ?' for more)"], ["status", "show how things are"], ["toggle", "turn a setting around ('toggle ?' for more)"], ["z", "suspend telnet"], ["!", "run a shell"], ["?", "show this"],
];

const SENDS: readonly (readonly [name: string, help: string])[] = [
  ["ao", "Abort output"], ["ayt", "Are You There"], ["brk", "Break"], ["ec", "Erase Character"], ["el", "Erase Line"], ["escape", "the escape character itself"], ["ga", "Go Ahead"], ["ip", "Interrupt Process"], ["nop", "No operation"], ["eor", "End of Record"], ["abort", "Abort Process"], ["susp", "Suspend Process"],
  ["eof", "End of File"], ["synch", "Synch"], ["?", "this list"],
];

/** Settings that toggle knows: what it says when they are on, and off. */
const SWITCHES: ReadonlyMap<string, readonly [start: boolean, on: string, off: string]> = new Map([
  ["autoflush", [true, "Will flush output when sending interrupt characters.", "Won't flush output when sending interrupt characters."]], ["autosynch", [false, "Will send interrupt characters in urgent mode.", "Won't send interrupt characters in urgent mode."]],
  ["autologin", [false, "Will send login name and/or authentication information.", "Won't send login name and/or authentication information."]], ["skiprc", [false, "Will skip reading of ~/.telnetrc file.", "Won't skip reading of ~/.telnetrc file."]],
  ["crlf", [false, "Will send carriage returns as telnet <CR><LF>.", "Will send carriage returns as telnet <CR><NUL>."]], ["crmod", [false, "Will map carriage return on output.", "Won't map carriage return on output."]],
  ["localchars", [true, "Will recognize certain control characters.", "Won't recognize certain control characters."]], ["debug", [false, "Will turn on socket level debugging.", "Won't turn on socket level debugging."]],
  ["netdata", [false, "Will print hexadecimal representation of network traffic.", "Won't print hexadecimal representation of network traffic."]], ["options", [false, "Will show option processing.", "Won't show option processing."]],
]);

const keyName = (byte: number): string => (byte === 0 ? "off" : byte === 127 ? "^?" : byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte));
/** "^X", "off", or the character itself. */
function keyOf(word: string): number {
  if (word === "off" || word === "") return 0;
  if (word.length >= 2 && word.startsWith("^")) return word.charAt(1) === "?" ? 127 : word.charCodeAt(1) & 31;
  return word.charCodeAt(0) & 255;
}

interface Target {
  readonly host: string;
  readonly port: string;
}

class Session {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #family: "inet" | "inet6" | undefined;
  readonly #bind: string | undefined;
  readonly #switches = new Map([...SWITCHES].map(([name, [start]]) => [name, start]));
  readonly #terminal: Termios | undefined;
  #escape: number;
  #fd: number | undefined;
  #stream = new TelnetStream();
  #host = "";
  /** -1: goes on */
  #status = -1;

  constructor(sys: Sys, io: Io, escape: number, family: "inet" | "inet6" | undefined, bind: string | undefined) {
    this.#sys = sys;
    this.#io = io;
    this.#escape = escape;
    this.#family = family;
    this.#bind = bind;
    this.#terminal = sys.isatty(0) ? sys.tcgetattr(0) : undefined;
  }

  *run(target: Target | undefined): Blocking<number> {
    if (target !== undefined) {
      if (!(yield* this.#open(target))) return 1;
      yield* this.#relay();
      if (this.#status >= 0) return this.#status;
    }
    while (this.#status < 0) {
      const fromHost = yield* this.#command();
      // a connection that ended by itself ends telnet, as it began on the command line or not
      if (fromHost) yield* this.#relay();
    }
    return this.#status;
  }

  // ---- connection

  *#open({ host, port }: Target): Blocking<boolean> {
    const number = yield* this.#portOf(port);
    if (number === undefined) {
      yield* this.#io.stderr(`Server lookup failure:  ${host}:${port}, Servname not supported for ai_socktype\n`);
      return false;
    }
    let addresses: readonly string[];
    try {
      const found = /^[\d.]+$|:/.test(host) ? [host] : host === "localhost" ? ["::1", "127.0.0.1"] : yield* lookUpHost(this.#sys, host);
      addresses = found.filter((one) => this.#family === undefined || (one.includes(":") ? "inet6" : "inet") === this.#family);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* this.#io.stderr(`Server lookup failure:  ${host}:${port}, ${error.message}\n`);
      return false;
    }
    let failure = "Network is unreachable";
    for (const address of addresses) {
      yield* this.#io.out.print(`Trying ${address}...\n`);
      const to: SocketAddress = address.includes(":") ? { family: "inet6", address, port: number } : { family: "inet", address, port: number };
      const fd = this.#sys.socket(to.family, "stream");
      try {
        if (this.#bind !== undefined) this.#sys.bind(fd, { ...to, address: this.#bind, port: 0 });
        yield* this.#sys.connect(fd, to);
      } catch (error) {
        this.#sys.close(fd);
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EINTR") {
          this.#status = 130;
          return false;
        }
        failure = error.message;
        continue;
      }
      this.#fd = fd;
      this.#host = host;
      this.#stream = new TelnetStream();
      yield* this.#io.out.print(`Connected to ${host}.\nEscape character is '${keyName(this.#escape)}'.\n`);
      return true;
    }
    yield* this.#io.stderr(`telnet: Unable to connect to remote host: ${failure}\n`);
    return false;
  }

  *#portOf(name: string): Blocking<number | undefined> {
    const bare = name.replace(/^-/, "");
    if (/^\d+$/.test(bare)) return Number(bare) <= 65_535 ? Number(bare) : undefined;
    for (const line of ((yield* readTextFile(this.#sys, "/etc/services")) ?? "").split("\n")) {
      const match = /^(\S+)\s+(\d+)\/tcp(.*)$/.exec(line);
      if (match !== null && [match[1], ...(match[3] ?? "").split("#")[0]?.split(/\s+/) ?? []].includes(bare)) return Number(match[2]);
    }
    return bare === "telnet" ? 23 : undefined;
  }

  #close(): void {
    if (this.#fd !== undefined) this.#sys.close(this.#fd);
    this.#fd = undefined;
  }

  *#send(bytes: Uint8Array): Blocking<boolean> {
    if (this.#fd === undefined || bytes.length === 0) return true;
    try {
      yield* this.#sys.write(this.#fd, bytes);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
  }

  /** Keys as the connection wants them: a line that also ends at the escape character, or each at once. */
  *#setTerminal(inSession: boolean): Blocking<void> {
    if (this.#terminal === undefined) return;
    if (!inSession) {
      yield* this.#sys.tcsetattr(0, this.#terminal);
      return;
    }
    const flags = new Set(this.#terminal.flags);
    const cc = new Map(this.#terminal.cc);
    if (this.#stream.byLine) cc.set("eol", this.#escape);
    else {
      for (const name of ["icanon", "isig", "icrnl", "ixon", "iexten"]) flags.delete(name);
      if (this.#stream.remoteEcho) flags.delete("echo");
    }
    yield* this.#sys.tcsetattr(0, { ...this.#terminal, flags, cc, min: 1, time: 0 });
  }

  /** Until the other side ends, standard input ends, or the escape character comes. */
  *#relay(): Blocking<void> {
    const sys = this.#sys;
    const former = [SIGNALS.INT, SIGNALS.QUIT, SIGNALS.PIPE].map((signal) => [signal, sys.sigaction(signal, signal === SIGNALS.PIPE ? "ignore" : "catch")] as const);
    yield* this.#setTerminal(true);
    let ended: "host" | "escape" | undefined;
    while (ended === undefined && this.#fd !== undefined) {
      const fd = this.#fd;
      try {
        const ready = yield* sys.poll([{ fd, events: POLL.IN }, { fd: 0, events: POLL.IN }], null);
        if (ready.some((one) => one.fd === fd)) {
          const bytes = yield* sys.read(fd, 4096);
          if (bytes.length === 0) ended = "host";
          else {
            const byLine = this.#stream.byLine;
            const { shown, answer } = this.#stream.received(bytes);
            yield* this.#io.out.printBytes(shown);
            yield* this.#io.out.flush();
            yield* this.#send(answer);
            if (byLine !== this.#stream.byLine) yield* this.#setTerminal(true);
            continue;
          }
        }
        if (ended === undefined && ready.some((one) => one.fd === 0)) ended = yield* this.#typed(yield* sys.read(0, 4096));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "EINTR") {
          ended = "host";
          continue;
        }
        const signals = sys.takeSignals();
        if (signals.includes(SIGNALS.INT)) yield* this.#send(INTERRUPT);
        if (signals.includes(SIGNALS.QUIT)) yield* this.#send(Uint8Array.from([IAC, COMMANDS.abort]));
      }
    }
    yield* this.#setTerminal(false);
    for (const [signal, disposition] of former) sys.sigaction(signal, disposition);
    if (ended !== "host") return;
    yield* this.#io.stderr("Connection closed by foreign host.\n");
    this.#close();
    this.#status = 0;
  }

  *#typed(bytes: Uint8Array): Blocking<"host" | "escape" | undefined> {
    if (bytes.length === 0) {
      if (this.#terminal === undefined) return "host";
      // ^D on a terminal goes to the other side
      return (yield* this.#send(Uint8Array.from([4]))) ? undefined : "host";
    }
    const at = this.#escape === 0 ? -1 : bytes.indexOf(this.#escape);
    if (at < 0) return (yield* this.#send(this.#stream.sent(bytes))) ? undefined : "host";
    yield* this.#send(this.#stream.sent(bytes.subarray(0, at)));
    yield* this.#io.out.print("\n");
    return "escape";
  }

  // ---- command mode

  /** Reads and does commands until one gives the keys back to a connection (true) or telnet ends. */
  *#command(): Blocking<boolean> {
    for (;;) {
      yield* this.#io.out.print("telnet> ");
      const line = yield* this.#readLine();
      if (line === undefined) {
        if (this.#terminal !== undefined) yield* this.#io.out.print("\n");
        this.#close();
        this.#status = 0;
        return false;
      }
      if (line.trim() === "") {
        if (this.#fd !== undefined) return true;
        continue;
      }
      const stays = yield* this.#execute(line.trim());
      if (this.#status >= 0) return false;
      if (!stays && this.#fd !== undefined) return true;
    }
  }

  *#readLine(): Blocking<string | undefined> {
    let line = "";
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = yield* this.#sys.read(0, this.#terminal === undefined ? 1 : 4096);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return undefined;
      }
      if (bytes.length === 0) return line === "" ? undefined : line;
      line += decode(bytes);
      if (line.endsWith("\n")) return line.slice(0, -1);
    }
  }

  *#say(text: string): Blocking<void> {
    yield* this.#io.out.print(text);
    yield* this.#io.out.flush();
  }

  /** True: command mode goes on even when connected. */
  *#execute(line: string): Blocking<boolean> {
    if (line.startsWith("!")) {
      const command = line.slice(1).trim();
      yield* runShell(this.#sys, command === "" ? (this.#sys.environment.get("SHELL") ?? "/bin/sh") : command);
      return false;
    }
    const [word = "", ...rest] = line.split(/\s+/);
    const known = MODES.filter(([name]) => name.startsWith(word.toLowerCase()));
    const name = MODES.find(([one]) => one === word.toLowerCase())?.[0] ?? (word.toLowerCase() === "help" || (word.length > 0 && "help".startsWith(word.toLowerCase())) ? "?" : known.length === 1 ? known[0]?.[0] : undefined);
    if (name === undefined) {
      yield* this.#say(known.length > 1 ? "?Ambiguous command\n" : "?Invalid command\n");
      return true;
    }
    if ((name === "close" || name === "logout" || name === "mode") && this.#fd === undefined) {
      yield* this.#say("?Need to be connected first.\n");
      return true;
    }
    switch (name) {
      case "close": case "logout":
        if (name === "logout") yield* this.#send(LOGOUT);
        this.#close();
        yield* this.#say("Connection closed.\n");
        this.#status = 0;
        return false;
      case "quit":
        if (this.#fd !== undefined) yield* this.#say("Connection closed.\n");
        this.#close();
        this.#status = 0;
        return false;
      case "open": return yield* this.#openCommand(rest);
      case "status":
        yield* this.#say(`${this.#fd === undefined ? "No connection.\n" : `Connected to ${this.#host}.\n${this.#stream.byLine ? "Operating in obsolete linemode\nLocal character echo\n" : `Operating in single character mode\nCatching signals locally\n${this.#stream.remoteEcho ? "Remote" : "Local"} character echo\n`}`}Escape character is '${keyName(this.#escape)}'.\n`);
        return false;
      case "send": return yield* this.#sendCommand(rest);
      case "set": case "unset": return yield* this.#setCommand(name, rest);
      case "toggle": return yield* this.#toggle(rest);
      case "display": return yield* this.#display(rest);
      case "mode": return yield* this.#mode(rest);
      case "z":
        this.#sys.kill(0, SIGNALS.TSTP);
        return false;
      default:
        yield* this.#say(`Commands may be abbreviated.  Commands are:\n\n${MODES.map(([one, help]) => `${one.padEnd(8)}\t${help}\n`).join("")}`);
        return true;
    }
  }

  *#openCommand(given: readonly string[]): Blocking<boolean> {
    let words = given;
    if (words.length === 0) {
      yield* this.#say("(to) ");
      words = ((yield* this.#readLine()) ?? "").split(/\s+/).filter((one) => one !== "");
    }
    const [host, port = "telnet"] = words.filter((one) => !/^-[46a]$/.test(one));
    if (host === undefined) {
      yield* this.#say("usage: open [-4] [-6] [-l user] [-b addr] [-a] host-name [port]\n");
      return true;
    }
    if (this.#fd !== undefined) {
      yield* this.#say(`?Already connected to ${this.#host}\n`);
      return true;
    }
    return !(yield* this.#open({ host, port }));
  }

  *#sendCommand(words: readonly string[]): Blocking<boolean> {
    if (words[0] === "?" || words[0] === "help") {
      yield* this.#say(SENDS.map(([name, help]) => `${name.padEnd(15)} ${name === "?" || name === "escape" ? "" : "Telnet's "}${help}\n`).join(""));
      return true;
    }
    if (words.length === 0) {
      yield* this.#say("need at least one argument for 'send' command\n'send ?' for help\n");
      return true;
    }
    if (this.#fd === undefined) {
      yield* this.#say("?Need to be connected first.\n'send ?' for help\n");
      return true;
    }
    for (const word of words) {
      const code = new Map<string, number>(Object.entries(COMMANDS)).get(word);
      if (word === "escape") yield* this.#send(Uint8Array.from([this.#escape]));
      else if (code === undefined) {
        yield* this.#say(`Unknown send argument '${word}'\n'send ?' for help.\n`);
        return true;
      } else yield* this.#send(Uint8Array.from([IAC, code]));
    }
    return false;
  }

  *#setCommand(action: "set" | "unset", [name, value, more]: readonly string[]): Blocking<boolean> {
    if (name === "?" || name === "help") {
      yield* this.#say(`${"escape".padEnd(15)} character that leads to command mode\n\n${[...SWITCHES.keys()].map((one) => `${one.padEnd(15)} ${action === "set" ? "on" : "off"}\n`).join("")}`);
      return true;
    }
    if (name === undefined || (action === "set" && name === "escape" && (value === undefined || more !== undefined))) {
      yield* this.#say(action === "set" ? "Format is 'set Name Value'\n'set ?' for help.\n" : "Need an argument to 'unset' command. 'unset ?' for help.\n");
      return true;
    }
    if ("escape".startsWith(name)) {
      this.#escape = action === "unset" ? 0 : keyOf(value ?? "");
      yield* this.#say(`escape character is '${keyName(this.#escape)}'.\n`);
      return false;
    }
    const known = [...SWITCHES.keys()].filter((one) => one.startsWith(name));
    if (known.length !== 1 || known[0] === undefined) {
      yield* this.#say(known.length > 1 ? `'${name}': ambiguous argument ('${action} ?' for help).\n` : `'${name}': unknown argument ('${action} ?' for help).\n`);
      return true;
    }
    return yield* this.#switch(known[0], action === "set" && value !== "off");
  }

  *#switch(name: string, on: boolean): Blocking<boolean> {
    this.#switches.set(name, on);
    yield* this.#say(`${SWITCHES.get(name)?.[on ? 1 : 2] ?? ""}\n`);
    return false;
  }

  *#toggle(words: readonly string[]): Blocking<boolean> {
    const [name] = words;
    if (name === undefined) {
      yield* this.#say("Need an argument to 'toggle' command.  'toggle ?' for help.\n");
      return true;
    }
    if (name === "?" || name === "help") {
      yield* this.#say(`${[...SWITCHES.keys()].map((one) => `${one}\n`).join("")}`);
      return true;
    }
    const known = [...SWITCHES.keys()].filter((one) => one.startsWith(name));
    if (known.length !== 1 || known[0] === undefined) {
      yield* this.#say(known.length > 1 ? `'${name}': ambiguous argument ('toggle ?' for help).\n` : `'${name}': unknown argument ('toggle ?' for help).\n`);
      return true;
    }
    return yield* this.#switch(known[0], this.#switches.get(known[0]) !== true);
  }

  *#display([name]: readonly string[]): Blocking<boolean> {
    if (name === undefined) {
      for (const [one, on] of this.#switches) {
        const words = SWITCHES.get(one)?.[on ? 1 : 2] ?? "";
        if (one !== "crlf") yield* this.#say(`${words.charAt(0).toLowerCase()}${words.slice(1)}\n`);
      }
      yield* this.#say("\n");
    }
    if (name === undefined || "escape".startsWith(name)) yield* this.#say(`${"escape".padEnd(15)} [${keyName(this.#escape)}]\n`);
    else yield* this.#say(`?Unknown argument '${name}'\n`);
    return false;
  }

  *#mode([name]: readonly string[]): Blocking<boolean> {
    if (name === "line" || name === "character") {
      this.#stream.remoteEcho = name === "character";
      return false;
    }
    yield* this.#say(name === "?" ? "format is:  'mode Mode', where 'Mode' is one of:\n\ncharacter       a key at a time\nline            a line at a time\n\n?               this list\n" : name === undefined ? "Need an argument to 'mode' command\n" : `Unknown mode '${name}' ('mode ?' for help).\n`);
    return true;
  }
}

const command = program({
  name: "inetutils-telnet", summary: "talk to another host over TCP", synopsis: ["[OPTION...] [HOST [PORT]]"], options: OPTIONS, operands: "hosts", usageStatus: 64,
  description: ["Without a host it begins in command mode. In a session the escape character, ^] unless -e says otherwise, leads there: close, open, quit, send, set, status, toggle, z, !, ?."],
  seeAlso: ["nc(1)", "ssh(1)"],
}, function* telnet(sys: Sys, argv: readonly string[], io: Io) {
  const words: string[] = [];
  const given = new Map<string, string>();
  const hint = `Try '${io.argv0} --help' or '${io.argv0} --usage' for more information.\n`;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word.startsWith("--") && word.length > 2) {
      const [name = "", ...value] = word.slice(2).split("=");
      const letter = LONG.get(name)?.replace(/^-(?!-)/, "");
      if (letter === undefined) {
        yield* io.stderr(`${io.argv0}: unrecognized option '--${name}'\n${hint}`);
        return 64;
      }
      given.set(letter, VALUES.has(letter) ? (value.length > 0 ? value.join("=") : (argv[++at] ?? "")) : "");
    } else if (word.startsWith("-") && word.length > 1 && words.length === 0) {
      for (let from = 1; from < word.length; from++) {
        const letter = word.charAt(from);
        if (!OPTIONS.some((option) => option.names.includes(`-${letter}`))) {
          yield* io.stderr(`${io.argv0}: invalid option -- '${letter}'\n${hint}`);
          return 64;
        }
        given.set(letter, VALUES.has(letter) ? (from + 1 < word.length ? word.slice(from + 1) : (argv[++at] ?? "")) : "");
        if (VALUES.has(letter)) break;
      }
    } else words.push(word);
  }
  if (given.has("?")) {
    io.out.put(`Usage: ${io.argv0} [OPTION...] [HOST [PORT]]\n\n${OPTIONS.map((option) => optionLines(option)).join("")}`);
    return 0;
  }
  if (given.has("--usage")) {
    io.out.put(`Usage: ${io.argv0} [-468acdEKLrxV?] [-b ADDRESS] [-e CHAR] [-l USER] [-n FILE]\n            [HOST [PORT]]\n`);
    return 0;
  }
  if (given.has("V")) {
    io.out.put(`${io.argv0} (GNU inetutils) 2.4\nCopyright (C) 2022 Free Software Foundation, Inc.\nLicense GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.\nThis is free software: you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n\nWritten by many authors.\n`);
    return 0;
  }
  if (words.length > 2) {
    yield* io.stderr(`${io.argv0}: too many arguments\n`);
    return 1;
  }
  const escape = given.has("E") ? 0 : given.has("e") ? keyOf(given.get("e") ?? "") : 0x1d;
  if (given.has("e")) yield* io.stderr(`Telnet escape character is '${keyName(escape)}'.\n`);
  const session = new Session(sys, io, escape, given.has("4") ? "inet" : given.has("6") ? "inet6" : undefined, given.get("b"));
  const [host, port = "telnet"] = words;
  return yield* session.run(host === undefined ? undefined : { host, port });
});

export default {
  ...command,
  *program(sys: Sys, [path = "telnet", ...words]: readonly string[]): Blocking<number> {
    return yield* command.program(sys, [lastComponent(path), ...words]);
  },
} satisfies Command;
