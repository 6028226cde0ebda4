// curl's command line and configuration files (curl(1), tool_getparam.c and tool_parsecfg.c of 7.88.1).
// (More than 400 lines: one table of what each of its options sets.)

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { OPTION_ROWS, type OptionRow } from "./_option-table.ts";

/** The end before a transfer: a wrong option, with curl's words and its status. */
export class CurlUsage extends Error {
  readonly status: number;
  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}

/** An option that curl has and this one does not. */
export class RefusedOption extends Error {
  readonly option: string;
  constructor(option: string, why: string) {
    super(why);
    this.option = option;
  }
}

export interface FormPart {
  readonly name: string;
  /** the content itself, or the name of a file with it */
  readonly text: string;
  readonly from: "text" | "file" | "content";
  readonly type: string | undefined;
  readonly filename: string | undefined;
}

export interface DataPart {
  readonly text: string;
  readonly kind: "data" | "binary" | "raw" | "urlencode" | "json";
}

export interface UrlRow {
  readonly url: string;
  output: string | undefined;
  remoteName: boolean;
  upload: string | undefined;
}

/** What counts for all URLs. */
export interface Globals {
  silent: boolean;
  showError: boolean;
  noProgress: boolean;
  progressBar: boolean;
  verbose: boolean;
  trace: string | undefined;
  traceAscii: boolean;
  traceTime: boolean;
  stderr: string | undefined;
  failEarly: boolean;
  parallel: boolean;
  styled: boolean;
  help: boolean;
  helpCategory: string | undefined;
  version: boolean;
  disableConfig: boolean;
  rateSeconds: number;
}

/** What counts for the URLs up to the next --next. */
export interface Operation {
  readonly rows: UrlRow[];
  readonly outputs: { readonly name: string | undefined }[];
  readonly uploads: string[];
  readonly headers: string[];
  readonly data: DataPart[];
  readonly form: FormPart[];
  readonly resolve: string[];
  readonly connectTo: string[];
  readonly queries: DataPart[];
  readonly cookies: string[];
  readonly flags: Set<string>;
  readonly texts: Map<string, string>;
  readonly numbers: Map<string, number>;
  /** the kind of request that -I, -d, -F, -T ask for, in the order of the options */
  readonly requests: ("head" | "post" | "form" | "put")[];
}

const newOperation = (): Operation => ({ rows: [], outputs: [], uploads: [], headers: [], data: [], form: [], resolve: [], connectTo: [], queries: [], cookies: [], flags: new Set(), texts: new Map(), numbers: new Map(), requests: [] });

export interface CommandLine {
  readonly globals: Globals;
  readonly operations: readonly Operation[];
  readonly warnings: readonly string[];
}

const SECONDS = new Set(["max-time", "connect-timeout", "expect100-timeout"]);
const COUNTS = new Set(["retry", "retry-delay", "retry-max-time", "speed-limit", "speed-time", "keepalive-time", "happy-eyeballs-timeout-ms", "parallel-max"]);
const SIZES = new Set(["limit-rate", "max-filesize"]);
const GLOBAL_FLAGS: Readonly<Record<string, keyof Pick<Globals, "showError" | "progressBar" | "verbose" | "traceTime" | "failEarly" | "parallel" | "styled">>> = { "show-error": "showError", "progress-bar": "progressBar", verbose: "verbose", "trace-time": "traceTime", "fail-early": "failEarly", parallel: "parallel", "styled-output": "styled" };

/** "100K" */
function size(value: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bBkKmMgGtTpP]?)$/.exec(value);
  if (match === null) return undefined;
  return Math.floor(Number(match[1]) * 1024 ** "BKMGTP".indexOf((match[2] ?? "").toUpperCase() || "B"));
}

/** Reads words, then files: state of one command line. */
export class OptionReader {
  readonly globals: Globals = { silent: false, showError: false, noProgress: false, progressBar: false, verbose: false, trace: undefined, traceAscii: false, traceTime: false, stderr: undefined, failEarly: false, parallel: false, styled: true, help: false, helpCategory: undefined, version: false, disableConfig: false, rateSeconds: 0 };
  readonly operations: Operation[] = [newOperation()];
  readonly warnings: string[] = [];
  readonly #sys: Sys;
  readonly #readInput: () => Blocking<string>;
  readonly #depth: number;

  constructor(sys: Sys, readInput: () => Blocking<string>, depth = 0) {
    this.#sys = sys;
    this.#readInput = readInput;
    this.#depth = depth;
  }

  get #now(): Operation {
    const last = this.operations.at(-1);
    if (last !== undefined) return last;
    const made = newOperation();
    this.operations.push(made);
    return made;
  }

  #warn(text: string): void {
    if (!this.globals.silent) this.warnings.push(text);
  }

  /** Throws CurlUsage. True: help or version is asked, the rest of the line does not count. */
  *words(args: readonly string[]): Blocking<boolean> {
    let stillOptions = true;
    for (let at = 0; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (!stillOptions || !arg.startsWith("-") || arg === "-") {
        this.#url(arg);
        continue;
      }
      if (arg === "--") {
        stillOptions = false;
        continue;
      }
      if (arg.startsWith("--")) {
        const { row, on } = this.#long(arg, arg.slice(2));
        const takes = row.kind === "text" || row.kind === "file";
        if (takes && at + 1 >= args.length) throw new CurlUsage(`option ${arg}: requires parameter`);
        yield* this.#apply(row, arg, takes ? (args[++at] ?? "") : (args[at + 1] ?? ""), on);
        if (this.globals.help || this.globals.version) return true;
        continue;
      }
      for (let i = 1; i < arg.length; i++) {
        const row = OPTION_ROWS.find((one) => one.short === arg[i]);
        if (row === undefined) throw new CurlUsage(`option ${arg}: is unknown`);
        if (row.kind === "text" || row.kind === "file") {
          const value = i + 1 < arg.length ? arg.slice(i + 1) : args[++at];
          if (value === undefined) throw new CurlUsage(`option ${arg}: requires parameter`);
          yield* this.#apply(row, arg, value, true);
          break;
        }
        yield* this.#apply(row, arg, args[at + 1] ?? "", row.kind !== "negative");
        if (this.globals.help || this.globals.version) return true;
      }
    }
    for (const operation of this.operations) if (operation.flags.has("include") && operation.flags.has("remote-header-name")) throw new CurlUsage("showing headers and --remote-header-name cannot be combined");
    return false;
  }

  #long(shown: string, given: string): { readonly row: OptionRow; readonly on: boolean } {
    const negative = given.startsWith("no-");
    const name = negative ? given.slice(3) : given;
    const of = (row: OptionRow): string => (row.kind === "negative" ? row.long.slice(3) : row.long);
    // --noproxy is a name of its own; --no-buffer is the other way of --buffer
    const exact = OPTION_ROWS.find((row) => of(row) === name) ?? OPTION_ROWS.find((row) => row.long === given);
    const matches = exact === undefined ? OPTION_ROWS.filter((row) => of(row).startsWith(name)) : [exact];
    const row = matches[0];
    if (row === undefined) throw new CurlUsage(`option ${shown}: is unknown`);
    if (matches.length > 1) throw new CurlUsage(`option ${shown}: is ambiguous`);
    if (negative && row.long !== given && row.kind !== "bool" && row.kind !== "negative") throw new CurlUsage(`option ${shown}: used '--no-' for option that isn't a boolean`);
    return { row, on: !negative || (row.long === given && row.kind !== "negative") };
  }

  #url(url: string): void {
    this.#now.rows.push({ url, output: undefined, remoteName: false, upload: undefined });
  }

  #request(kind: Operation["requests"][number]): void {
    this.#now.requests.push(kind);
  }

  *#apply(row: OptionRow, shown: string, value: string, on: boolean): Blocking<void> {
    const operation = this.#now;
    const bad = (reason: string, status = 2): never => {
      throw new CurlUsage(`option ${shown}: ${reason}`, status);
    };
    if (row.refused !== undefined) throw new RefusedOption(`--${row.long}`, row.refused);
    const name = row.kind === "negative" ? row.long.slice(3) : row.long;
    if (SECONDS.has(name) || COUNTS.has(name) || name === "max-redirs") {
      const fits = SECONDS.has(name) ? /^-?\d*\.?\d+$/ : /^-?\d+$/;
      if (!fits.test(value)) bad("expected a proper numerical parameter");
      if (Number(value) < 0 && name !== "max-redirs") bad("expected a positive numerical parameter");
      operation.numbers.set(name, Number(value));
      return;
    }
    if (SIZES.has(name)) {
      const bytes = size(value);
      if (bytes === undefined) {
        if (/^\d/.test(value)) {
          this.#warn(`unsupported ${name === "limit-rate" ? "rate" : "size"} unit. Use G, M, K or B!`);
          bad("is badly used here");
        } else {
          this.#warn(`invalid number specified for ${name === "limit-rate" ? "rate" : "size"}!`);
          bad("is badly used here");
        }
      } else operation.numbers.set(name, bytes);
      return;
    }
    const global = GLOBAL_FLAGS[name];
    if (global !== undefined) {
      this.globals[global] = on;
      return;
    }
    switch (name) {
      case "silent": this.globals.silent = on; return;
      case "progress-meter": this.globals.noProgress = !on; return;
      case "trace": case "trace-ascii":
        this.globals.trace = value;
        this.globals.traceAscii = name === "trace-ascii";
        return;
      case "stderr": this.globals.stderr = value; return;
      case "disable": this.globals.disableConfig = true; return;
      case "help":
        this.globals.help = true;
        this.globals.helpCategory = value === "" ? undefined : value;
        return;
      case "version": this.globals.version = true; return;
      case "next":
        if (operation.rows.length > 0) this.operations.push(newOperation());
        return;
      case "url": this.#url(value); return;
      case "output": operation.outputs.push({ name: value }); return;
      case "remote-name":
        operation.outputs.push({ name: undefined });
        return;
      case "upload-file": operation.uploads.push(value); return;
      case "header":
        if (value.startsWith("@")) {
          const text = value === "@-" ? yield* this.#readInput() : yield* readTextFile(this.#sys, value.slice(1));
          if (text === undefined) this.#warn(`Failed to open ${value.slice(1)}!`);
          else operation.headers.push(...text.split(/\r?\n/).filter((line) => line.trim() !== ""));
        } else operation.headers.push(value);
        return;
      case "data": case "data-ascii": case "data-binary": case "data-raw": case "data-urlencode": case "json":
        operation.data.push({ text: value, kind: name === "data-binary" ? "binary" : name === "data-raw" ? "raw" : name === "data-urlencode" ? "urlencode" : name === "json" ? "json" : "data" });
        this.#request("post");
        if (name === "json") operation.flags.add("json");
        return;
      case "url-query": operation.queries.push({ text: value.startsWith("+") ? value.slice(1) : value, kind: value.startsWith("+") ? "raw" : "urlencode" }); return;
      case "form": case "form-string": {
        const part = formPart(value, name === "form-string");
        if (part === undefined) {
          this.#warn("Illegally formatted input field!");
          bad("is badly used here");
        } else operation.form.push(part);
        this.#request("form");
        return;
      }
      case "head":
        operation.flags.add("head");
        this.#request("head");
        return;
      case "resolve": operation.resolve.push(value); return;
      case "connect-to": operation.connectTo.push(value); return;
      case "cookie":
        operation.cookies.push(value);
        return;
      case "fail": case "fail-with-body":
        if (on && operation.flags.has(name === "fail" ? "fail-with-body" : "fail")) bad("is badly used here");
        break;
      case "rate": {
        const match = /^(\d+)(?:\/([smhd]))?$/.exec(value);
        if (match === null || match[1] === "0") bad("is badly used here");
        else this.globals.rateSeconds = { s: 1, m: 60, h: 3600, d: 86400 }[match[2] ?? "h"] === undefined ? 0 : ({ s: 1, m: 60, h: 3600, d: 86400 }[match[2] ?? "h"] ?? 0) / Number(match[1]);
        return;
      }
      case "config": {
        const text = value === "-" ? yield* this.#readInput() : yield* readTextFile(this.#sys, value);
        if (text === undefined) {
          this.warnings.push(`\ncurl: cannot read config from '${value}'`);
          bad("error encountered when reading a file", 26);
        } else yield* this.file(text, value);
        return;
      }
      case "continue-at":
        if (value !== "-" && !/^\d+$/.test(value)) bad("expected a proper numerical parameter");
        break;
      case "range":
        if (/^\d+$/.test(value)) {
          this.#warn("A specified range MUST include at least one dash '-'. Appending one for you!");
          operation.texts.set(name, `${value}-`);
          return;
        }
        break;
      case "proto": case "proto-redir":
        for (const word of value.split(",")) {
          const plain = word.replace(/^[-+=]+/, "").toLowerCase();
          if (plain !== "all" && plain !== "" && !KNOWN_PROTOCOLS.has(plain)) this.#warn(`unrecognized protocol '${word.replace(/^[-+=]+/, "")}'`);
        }
        break;
      case "proto-default":
        if (!KNOWN_PROTOCOLS.has(value.toLowerCase())) bad("the installed libcurl version doesn't support this");
        break;
      case "local-port":
        if (!/^\d+(-\d+)?$/.test(value)) bad("is badly used here");
        break;
      case "ssl":
        this.#warn("--ssl is an insecure option, consider --ssl-reqd instead");
        return;
      default:
    }
    if (row.kind === "text" || row.kind === "file") operation.texts.set(name, value);
    else if (row.kind === "negative" ? !on : on) operation.flags.add(row.long);
    else operation.flags.delete(row.long);
  }

  /** A configuration file: one option a line, "option = value", "option: value" or "option value". */
  *file(text: string, name: string): Blocking<void> {
    if (this.#depth > 8) return;
    for (const [index, line] of text.split("\n").entries()) {
      const trimmed = line.trim();
      if (trimmed === "" || /^[#/*]/.test(trimmed)) continue;
      const match = /^([^\s=:]+)\s*(?:[=:]\s*)?(.*)$/.exec(trimmed);
      const option = match?.[1] ?? "";
      let value = match?.[2] ?? "";
      if (value.startsWith('"')) {
        let read = "";
        for (let at = 1; at < value.length && value[at] !== '"'; at++) {
          if (value[at] === "\\") {
            at++;
            read += { n: "\n", r: "\r", t: "\t", v: "\v" }[value[at] ?? ""] ?? value[at] ?? "";
          } else read += value[at] ?? "";
        }
        value = read;
      } else value = value.split(/\s/)[0] ?? "";
      const reader = new OptionReader(this.#sys, this.#readInput, this.#depth + 1);
      const words = option.startsWith("-") ? [option] : [`--${option}`];
      try {
        const plain = option.replace(/^-+/, "");
        const row = option.startsWith("-") && !option.startsWith("--") ? OPTION_ROWS.find((one) => one.short === plain[0]) : reader.#long(option, plain).row;
        const takes = row?.kind === "text" || row?.kind === "file";
        yield* this.words(takes ? [...words, value] : words);
      } catch (error) {
        if (!(error instanceof CurlUsage)) throw error;
        this.#warn(`${name}:${index + 1}: warning: '${option}' ${error.message.replace(/^option \S+: /, "")}`);
      }
    }
  }
}

const KNOWN_PROTOCOLS = new Set("dict file ftp ftps gopher gophers http https imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp".split(" "));

export const isKnownProtocol = (name: string): boolean => KNOWN_PROTOCOLS.has(name);

/** --proto: the set after its words, of all that are there. */
export function allowsProtocol(words: string | undefined, protocol: string): boolean {
  if (words === undefined) return true;
  let allowed = true;
  for (const word of words.split(",")) {
    const [, sign = "", name = ""] = /^([-+=]*)(.*)$/.exec(word) ?? [];
    const meant = name.toLowerCase() === "all" || name.toLowerCase() === protocol;
    if (sign.includes("=")) allowed = meant;
    else if (meant) allowed = !sign.includes("-");
  }
  return allowed;
}

/** "name=text", "name=@file;type=T;filename=F", "name=<file" */
function formPart(value: string, plain: boolean): FormPart | undefined {
  const equals = value.indexOf("=");
  if (equals < 0) return undefined;
  const name = value.slice(0, equals);
  const content = value.slice(equals + 1);
  if (plain) return { name, text: content, from: "text", type: undefined, filename: undefined };
  const [first = "", ...rest] = content.split(";");
  const settings = new Map<string, string>();
  let text = first;
  for (const one of rest) {
    const match = /^\s*(type|filename|encoder|headers)=(.*)$/.exec(one);
    if (match === null) text += `;${one}`;
    else settings.set(match[1] ?? "", (match[2] ?? "").replace(/^"(.*)"$/, "$1"));
  }
  const from = text.startsWith("@") ? "file" : text.startsWith("<") ? "content" : "text";
  return { name, text: (from === "text" ? text : text.slice(1)).replace(/^"(.*)"$/, "$1"), from, type: settings.get("type"), filename: settings.get("filename") };
}
