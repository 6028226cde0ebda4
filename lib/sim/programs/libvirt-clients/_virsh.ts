// The dialect of virsh: a subcommand declares its options, positional ones fill in their order; errors are worded as vsh.c words them.
//
//   export const start = verb("start", "domain", "start a (previously defined) inactive domain", "domain:data console paused pass-fds:string", function* (call) {
//     const domain = yield* call.domain();                       // error: failed to get domain 'x'
//     yield* call.act("domainStart", {...}, `Failed to start domain '${domain}'`);
//     yield* call.print(`Domain '${domain}' started\n`);
//   });
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { LibvirtClient, LibvirtError, type Params, record, textAt } from "../../daemons/libvirt/api.ts";
import { localAnswer, localError, localHelp, localOption, localWord } from "./_virsh-french.ts";

/** Ends the subcommand; the lines are its messages on standard error. */
export class VshError extends Error {
  readonly lines: readonly string[];
  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

/** A mistake in the command's words: no empty line behind it. */
export class ParseError extends Error {}

export interface VshOption {
  readonly name: string;
  /** data: must be given; string: may be given by position, named: may not; flag; required: must be given, named --NAME in the complaint */
  readonly kind: "data" | "string" | "flag" | "required" | "rest" | "named";
}

export interface Verb {
  readonly name: string;
  readonly group: string;
  readonly help: string;
  readonly options: readonly VshOption[];
  run(call: VshCall): Blocking<void>;
}

export function verb(name: string, group: string, help: string, options: string, run: (call: VshCall) => Blocking<void>): Verb {
  const parsed = options.split(" ").filter((word) => word !== "").map((word): VshOption => {
    const [option = "", kind = "flag"] = word.split(":");
    return { name: option, kind: kind === "data" || kind === "string" || kind === "required" || kind === "rest" || kind === "named" ? kind : "flag" };
  });
  return { name, group, help, options: parsed, run };
}

export interface Session {
  readonly sys: Sys;
  uri: string;
  readOnly: boolean;
  quiet: boolean;
  timing: boolean;
  client: LibvirtClient | undefined;
  interactive: boolean;
  readonly verbs: ReadonlyMap<string, Verb>;
  /** set by quit */
  ended: boolean;
}

/** Errors: VshError with the two lines of a failed connection. */
export function* connection(session: Session): Blocking<LibvirtClient> {
  if (session.client !== undefined) return session.client;
  const problem = (text: string): VshError => new VshError("failed to connect to the hypervisor", text);
  const { uri } = session;
  const match = /^(\w+)(?:\+(\w+))?:\/\/([^/]*)(\/.*)?$/.exec(uri);
  const [, driver = "", transport, host = "", path = "/system"] = match ?? [];
  if (driver === "test" && path !== "/default") {
    yield* session.sys.write(2, encode(`I/O warning : failed to load external entity "${path}"\n`));
    throw problem(`XML error: failed to parse xml document '${path}'`);
  }
  if (driver === "test") {
    session.client = yield* LibvirtClient.connect(session.sys, session.readOnly, uri);
    return session.client;
  }
  if (driver !== "qemu") throw problem(`no connection driver available for ${uri}`);
  if (host !== "" && transport === undefined) throw problem("Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory");
  if (transport !== undefined && !["ssh", "unix"].includes(transport)) throw problem(`no connection driver available for ${uri}`);
  if (path !== "/system" && path !== "/session") throw problem(`internal error: unexpected qemu URI path '${path}', try qemu:///system`);
  try {
    session.client = host === "" ? yield* LibvirtClient.connect(session.sys, session.readOnly, uri) : yield* LibvirtClient.connectThrough(session.sys, host, session.readOnly, `${driver}://${path}`);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw problem(error.message);
  }
  return session.client;
}

/** The columns whose cells are words of libvirt's. */
const STATED: ReadonlySet<string> = new Set(["State", "Autostart", "Persistent", "Active"]);

export class VshCall {
  readonly session: Session;
  readonly verb: Verb;
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(session: Session, command: Verb, values: ReadonlyMap<string, readonly string[]>) {
    this.session = session;
    this.verb = command;
    this.#values = values;
  }

  get sys(): Sys {
    return this.session.sys;
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string {
    return this.get(name) ?? "";
  }

  /** live, config, current and persistent as the daemon's calls take them. */
  get scope(): Params {
    return { live: this.has("live"), config: this.has("config"), persistent: this.has("persistent") };
  }

  *print(text: string): Blocking<void> {
    yield* this.sys.write(1, encode(localAnswer(this.sys, text)));
  }

  /** A state by itself. */
  *printWord(word: string): Blocking<void> {
    yield* this.sys.write(1, encode(localWord(this.sys, word)));
  }

  /** vshPrintExtra: nothing with -q. */
  *extra(text: string): Blocking<void> {
    if (!this.session.quiet) yield* this.print(text);
  }

  /** A list; with -q its rows alone. */
  *table(headers: readonly string[], rows: readonly (readonly string[])[]): Blocking<void> {
    const stated = new Set(headers.flatMap((header, index) => (STATED.has(header) ? [index] : [])));
    const shown = rows.map((row) => row.map((cell, index) => (stated.has(index) ? localWord(this.sys, cell) : cell)));
    yield* this.sys.write(1, encode(table(headers.map((header) => localWord(this.sys, header)), shown, this.session.quiet)));
  }

  /** --verbose: a line that is written over itself, on standard error. */
  *progress(label: string): Blocking<void> {
    yield* this.sys.write(2, encode(`\r${label}: [100 %]\n`));
  }

  *warn(text: string): Blocking<void> {
    yield* this.sys.write(2, encode(localError(this.sys, text)));
  }

  /** Errors: VshError; `context` is the line above libvirt's own. */
  *act(name: string, params: Params = {}, context?: string): Blocking<unknown> {
    const client = yield* connection(this.session);
    try {
      return yield* client.call(name, params);
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      throw context === undefined ? new VshError(error.message) : new VshError(context, error.message);
    }
  }

  /** The name of the domain that the option names. */
  *domain(option = "domain"): Blocking<string> {
    return textAt(yield* this.domainRecord(option), "name");
  }

  *domainRecord(option = "domain"): Blocking<ReadonlyMap<string, unknown>> {
    const wanted = this.text(option);
    const client = yield* connection(this.session);
    try {
      return record(yield* client.call("domainLookup", { domain: wanted }));
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      throw new VshError(`failed to get domain '${wanted}'`);
    }
  }

  *pool(option = "pool"): Blocking<string> {
    return textAt(record(yield* this.act("poolLookup", { pool: this.text(option) }, `failed to get pool '${this.text(option)}'`)), "name");
  }

  *network(option = "network"): Blocking<string> {
    return textAt(record(yield* this.act("networkLookup", { network: this.text(option) }, `failed to get network '${this.text(option)}'`)), "name");
  }

  /** A file of the client's machine. */
  *file(path: string): Blocking<string> {
    const text = yield* readTextFile(this.sys, path);
    if (text === undefined) throw new VshError(`Failed to open file '${path}': No such file or directory`);
    return text;
  }
}

/** The list tables of virsh (vshTable). */
function table(headers: readonly string[], rows: readonly (readonly string[])[], quiet = false): string {
  const widths = headers.map((header, column) => Math.max(quiet ? 0 : header.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string => `${cells.map((cell, column) => (column === cells.length - 1 ? ` ${cell}` : ` ${cell.padEnd(widths[column] ?? 0)}  `)).join("")}\n`;
  if (quiet) return rows.map(line).join("");
  return `${line(headers)}${"-".repeat(widths.reduce((sum, width) => sum + width + 3, 0))}\n${rows.map(line).join("")}`;
}

export function pair(key: string, value: string, width = 16): string {
  return `${`${key}:`.padEnd(width)}${value}\n`;
}

const scales = new Map([["", 1], ["b", 1], ["bytes", 1], ["k", 1024], ["kib", 1024], ["kb", 1000], ["m", 1024 ** 2], ["mib", 1024 ** 2], ["mb", 1e6], ["g", 1024 ** 3], ["gib", 1024 ** 3], ["gb", 1e9], ["t", 1024 ** 4], ["tib", 1024 ** 4], ["tb", 1e12]]);

/** vshCommandOptScaledInt: bytes. */
export function scaled(text: string, unit: number): number | undefined {
  const match = /^(\d+)\s*([a-zA-Z]*)$/.exec(text);
  if (match === null) return undefined;
  const suffix = (match[2] ?? "").toLowerCase();
  const scale = suffix === "" ? unit : scales.get(suffix);
  return scale === undefined ? undefined : Number(match[1]) * scale;
}

/** Words of one command line: quotes and backslashes as in a shell, commands split at `;`. */
export function splitCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
      else if (character === "\\" && quote === '"') word = (word ?? "") + (line[++at] ?? "");
      else word = (word ?? "") + character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (character === "\\") word = (word ?? "") + (line[++at] ?? "");
    else if (character === "#" && word === undefined) break;
    else if (/\s/.test(character) || character === ";") {
      if (word !== undefined) commands.at(-1)?.push(word);
      word = undefined;
      if (character === ";") commands.push([]);
    } else word = (word ?? "") + character;
  }
  if (quote !== "") throw new ParseError(`missing "`);
  if (word !== undefined) commands.at(-1)?.push(word);
  return commands.filter((command) => command.length > 0);
}

/** Errors: ParseError. */
export function parseVerb(command: Verb, words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  let onlyData = false;
  const add = (name: string, value: string): void => {
    const list = values.get(name);
    if (list === undefined) values.set(name, [value]);
    else list.push(value);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!onlyData && word === "--") {
      onlyData = true;
      continue;
    }
    if (!onlyData && word.startsWith("--") && word.length > 2) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const option = command.options.find((one) => one.name === name);
      if (name === "help" && option === undefined) {
        add("help", "");
        continue;
      }
      if (option === undefined) throw new ParseError(`command '${command.name}' doesn't support option --${name}`);
      if (option.kind === "flag") {
        if (equals >= 0) throw new ParseError(`invalid '=' after option --${name}`);
        add(name, "");
      } else {
        const value = equals < 0 ? words[++at] : word.slice(equals + 1);
        if (value === undefined) throw new ParseError(`expected syntax: --${name} <string>`);
        add(name, value);
      }
    } else positional.push(word);
  }
  for (const word of positional) {
    const option = command.options.find((one) => one.kind !== "flag" && one.kind !== "named" && (one.kind === "rest" || !values.has(one.name)));
    if (option === undefined) throw new ParseError(`unexpected data '${word}'`);
    add(option.name, word);
  }
  if (values.has("help")) return values;
  const missing = command.options.filter((option) => (option.kind === "data" || option.kind === "required") && !values.has(option.name));
  if (missing.length > 0) throw new ParseError(missing.map((option) => `command '${command.name}' requires ${option.kind === "data" ? `<${option.name}>` : `--${option.name}`} option`).join("\nerror: "));
  return values;
}

export function synopsis(command: Verb): string {
  const words = command.options.map((option) => (option.kind === "data" ? `<${option.name}>` : option.kind === "flag" ? `[--${option.name}]` : option.kind === "required" ? `--${option.name} <string>` : option.kind === "rest" ? `[[--${option.name}] <string>]...` : `[--${option.name} <string>]`));
  return [command.name, ...words].join(" ");
}

export function helpOf(sys: Sys, command: Verb): string {
  const help = localHelp(sys, command.help);
  const described = command.options.map((option) => {
    const label = option.kind === "data" ? `[--${option.name}] <string>` : option.kind === "flag" ? `--${option.name}` : `--${option.name} <string>`;
    return `    ${label.padEnd(15)}  ${localOption(sys, option.name) ?? optionWords.get(option.name) ?? option.name.replaceAll("-", " ")}\n`;
  });
  return `  ${localWord(sys, "NAME")}\n    ${command.name} - ${help}\n\n  SYNOPSIS\n    ${synopsis(command)}\n\n  DESCRIPTION\n    ${help.replace(/\.$/, "")}.\n${described.length > 0 ? `\n  OPTIONS\n${described.join("")}` : ""}\n`;
}

const optionWords = new Map([["domain", "domain name, id or uuid"], ["pool", "pool name or uuid"], ["network", "network name or uuid"], ["live", "modify/get running state"], ["config", "modify/get persistent configuration"], ["current", "affect current domain"]]);
