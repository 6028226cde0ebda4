// logrotate.conf(5), read as logrotate 3.21 reads it: sign by sign, a word begins an option, a path the section of a log. A mistake among the options
// for all logs ends the file; one in a section ends the section.

import { type Blocking, encode, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { type Accounts, readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { defaultOptions, type Interval, type LogOptions, type LogSection, SWITCHES } from "./_log-options.ts";
import { calledSo, LENIENT, MAY_STAND_ALONE, OptionReader, type Told, WITH_VALUE } from "./_option-reader.ts";

const SCRIPTS = new Set(["prerotate", "postrotate", "firstaction", "lastaction", "preremove"]);
const INTERVALS: ReadonlySet<string> = new Set<Interval>(["hourly", "daily", "weekly", "monthly", "yearly"]);
const isInterval = (word: string): word is Interval => INTERVALS.has(word);
/** Inside a line that is passed over, behind a closing brace, in a section that is wrong, in one that is passed over, in a script. */
type State = "plain" | "line" | "behind" | "spoilt" | "skipped" | "script";
/** "section": what follows in it is passed over; "file": nothing of the file is read any more. */
type Trouble = "section" | "file" | undefined;

export class ConfigurationReader {
  readonly sections: LogSection[] = [];
  /** in the order in which they are said; only an "error" counts */
  readonly messages: { readonly kind: Told; readonly text: string }[] = [];
  readonly #sys: Sys;
  readonly #options: OptionReader;
  readonly #claimed = new Map<string, LogOptions>();
  #general = defaultOptions();

  constructor(sys: Sys, accounts: Accounts) {
    this.#sys = sys;
    this.#options = new OptionReader(accounts, (text) => this.tell("note", text));
  }

  tell(kind: Told, text: string): void {
    this.messages.push({ kind, text });
  }

  /** A file, or all files of a directory; false: something in it is wrong. */
  *read(path: string): Blocking<boolean> {
    let stat: Stat;
    try {
      stat = this.#sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.tell("error", `cannot stat ${path}: ${error.message}`);
      return false;
    }
    if ((stat.mode & S.IFMT) !== S.IFDIR) return yield* this.#file(path, path);
    let sound = true;
    const names: string[] = [];
    for (const { name } of this.#sys.readdir(path)) {
      const taboo = this.#options.taboo.find((pattern) => compileFnmatch(pattern, { period: true })(name));
      if (taboo === undefined) names.push(name);
      else this.tell("note", `Ignoring ${name}, because of ${taboo} pattern match`);
    }
    for (const name of names.sort()) {
      const before = copyOf(this.#general);
      if (yield* this.#file(`${path}/${name}`, name)) continue;
      this.tell("error", `found error in file ${name}, skipping`);
      this.#general = before;
      sound = false;
    }
    return sound;
  }

  *#file(path: string, shown: string): Blocking<boolean> {
    let text: string;
    try {
      const stat = this.#sys.stat(path);
      if ((stat.mode & S.IFMT) !== S.IFREG) {
        this.tell("note", `Ignoring ${shown} because it's not a regular file.`);
        return true;
      }
      this.#sys.close(yield* this.#sys.open(path, 0));
      if (this.#sys.getcred().ruid === 0) {
        // only root reads for others: what they could change is not for it
        if ((stat.mode & 0o7533) !== 0o400) this.tell("warning", `Potentially dangerous mode on ${shown}: 0${(stat.mode & 0o7777).toString(8)}`);
        if ((stat.mode & 0o022) !== 0) {
          this.tell("unusable", `Ignoring ${shown} because it is writable by group or others.`);
          return true;
        }
        if (stat.uid !== 0) {
          this.tell("unusable", `Ignoring ${shown} because the file owner is wrong (should be root or user with uid 0).`);
          return true;
        }
      }
      if (stat.sizeBytes === 0) {
        this.tell("note", `Ignoring ${shown} because it's empty.`);
        return true;
      }
      text = (yield* readTextFile(this.#sys, path)) ?? "";
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.tell("error", `failed to open config file ${shown}: ${error.message}`);
      return false;
    }
    this.tell("note", `reading config file ${shown}`);
    const outer = this.#options.intervalGiven;
    this.#options.intervalGiven = false;
    const sound = yield* this.#parse(shown, text);
    this.#options.intervalGiven = outer;
    return sound;
  }

  *#parse(file: string, text: string): Blocking<boolean> {
    const now: { state: State } = { state: "plain" };
    let line = 1;
    let sound = true;
    let section: LogSection | undefined;
    let options = this.#general;
    let script: { readonly name: string; readonly from: number } | undefined;
    const drop = (): void => {
      const { files = [] } = (section === undefined ? undefined : this.sections.pop()) ?? {};
      for (const path of files) this.#claimed.delete(path);
      this.tell("note", "removing last 1 log configs");
    };
    const wrong = (message: string): void => this.tell("error", `${file}:${line} ${message}`);
    /** False: the file ends here. */
    const spoil = (trouble: Trouble): boolean => {
      sound = false;
      if (section !== undefined && trouble === "section") now.state = "spoilt";
      else if (section !== undefined) drop();
      return section !== undefined && trouble === "section";
    };
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] ?? "";
      if (sign === "\n") line++;
      if (now.state === "spoilt") {
        this.tell("error", `found error in ${section?.pattern ?? "log config"}, skipping`);
        now.state = "skipped";
      } else if (now.state === "skipped") {
        if (sign === "}") {
          drop();
          section = undefined;
          options = this.#general;
          now.state = "plain";
        }
      } else if (now.state === "line") {
        if (sign === "\n") now.state = "plain";
      } else if (now.state === "behind") {
        if (sign === "\n") now.state = "plain";
        else if (sign !== " " && sign !== "\t") {
          this.tell("error", `${file}:${line}, unexpected text after }`);
          now.state = "line";
        }
      } else if (now.state === "script") {
        // `at` is the beginning of a line
        const end = endOfLine(text, at);
        if (/^[ \t]*endscript(?![A-Za-z])/.test(text.slice(at, end))) {
          options.scripts.set(script?.name ?? "", text.slice(script?.from ?? at, at));
          script = undefined;
          now.state = "plain";
          at = end - 1;
        } else if (sign !== "\n") at = end - 1;
      } else if (/[ \t\r\n]/.test(sign)) continue;
      else if (sign === "#") now.state = "line";
      else if (/[A-Za-z]/.test(sign)) {
        const word = /^[A-Za-z]+/.exec(text.slice(at))?.[0] ?? "";
        const behind = text[at + word.length] ?? "\n";
        if (!/[\s=]/.test(behind)) {
          wrong(`keyword '${word}' not properly separated, found 0x${encode(behind)[0]?.toString(16) ?? "0"}`);
          at += word.length;
          if (!spoil("section")) return false;
          continue;
        }
        at += word.length - 1;
        const value = this.#value(text, at + 1);
        if (SCRIPTS.has(word)) {
          script = { name: word, from: endOfLine(text, at) };
          at = script.from - 1;
          now.state = "script";
        } else if (isInterval(word)) {
          this.#options.interval(options, word);
          if (word !== "weekly") continue;
          if (!/^[0-7]?$/.test(value.text)) {
            wrong(`bad weekly directive ' ${value.text}'`);
            spoil("file");
            return false;
          }
          options.weekday = value.text === "" ? 0 : Number(value.text);
          at = value.end - 1;
        } else if (word === "include") {
          if (value.text === "") {
            wrong("argument expected after include");
            spoil("file");
            return false;
          }
          at = value.end - 1;
          this.tell("note", `including ${value.text}`);
          if (!(yield* this.read(value.text))) sound = false;
          if (section === undefined) options = this.#general;
        } else if (SWITCHES.has(word)) SWITCHES.get(word)?.(options);
        else if (!WITH_VALUE.has(word)) {
          this.tell("unusable", `${file}:${line} unknown option '${word}' -- ignoring line`);
          now.state = "line";
        } else if (value.text === "" && !MAY_STAND_ALONE.has(word)) {
          wrong(`argument expected after ${calledSo(word)}`);
          // the end of the line is passed over with it, uncounted
          at = value.end;
          if (!LENIENT.has(word) && !spoil("section")) return false;
        } else {
          at = value.end - 1;
          const problem = section !== undefined && (word === "tabooext" || word === "taboopat") ? `${word} may not appear inside of log file definition` : this.#options.take(options, word, value.text, text.slice(value.from));
          if (problem !== undefined) {
            wrong(problem);
            if (!spoil("section")) return false;
          }
        }
      } else if (/["'/~*]/.test(sign)) {
        if (section !== undefined) {
          wrong("unexpected log filename");
          if (!spoil("section")) return false;
          continue;
        }
        const brace = text.indexOf("{", at);
        options = copyOf(this.#general);
        if (brace < 0) {
          wrong("missing '{' after log files definition");
          drop();
          return false;
        }
        const pattern = text.slice(at, brace).replace(/(^|\s)#[^\n]*/g, "$1");
        section = { pattern, options, files: this.#files(pattern, options, (path, ignored) => {
          if (ignored) this.tell("note", `${file}:${line} ignore duplicate log entry for ${path}`);
          else wrong(`duplicate log entry for ${path}`);
          sound &&= ignored;
        }) };
        this.sections.push(section);
        at = brace;
      } else if (sign === "}") {
        if (section === undefined) {
          wrong("unexpected }");
          return false;
        }
        const problem = this.#oldDirectory(section.files, options);
        if (problem !== undefined) {
          wrong(problem);
          drop();
          return false;
        }
        this.#options.intervalGiven = false;
        section = undefined;
        options = this.#general;
        now.state = "behind";
      } else {
        wrong("lines must begin with a keyword or a filename (possibly in double quotes)");
        if (!spoil("section")) return false;
      }
    }
    if (script !== undefined) {
      this.tell("error", `${file}:prerotate, postrotate or preremove without endscript`);
      if (section !== undefined) drop();
      return false;
    }
    // a section that nothing closes counts all the same
    return sound;
  }

  /** What stands behind a word, with or without "=", to the end of its line. */
  #value(text: string, from: number): { readonly text: string; readonly from: number; readonly end: number } {
    const end = endOfLine(text, from);
    const begins = from + (/^[ \t]*=?[ \t]*/.exec(text.slice(from, end))?.[0].length ?? 0);
    return { text: text.slice(begins, end).trimEnd(), from: begins, end };
  }

  /** A file belongs to the first section that names it, and with a second one the rest of its pattern is dropped; directories are no logs. */
  #files(pattern: string, options: LogOptions, twice: (path: string, ignored: boolean) => void): readonly string[] {
    const files: string[] = [];
    for (const word of wordsOf(pattern)) {
      for (const path of filesOf(this.#sys, word)) {
        if (isDirectory(this.#sys, path)) continue;
        const first = this.#claimed.get(path);
        if (first !== undefined) {
          twice(path, first.ignoreduplicates);
          if (!first.ignoreduplicates) break;
          continue;
        }
        this.#claimed.set(path, options);
        files.push(path);
      }
    }
    return files;
  }

  #oldDirectory(files: readonly string[], { olddir, createolddir }: LogOptions): string | undefined {
    if (olddir === undefined) return undefined;
    for (const file of files) {
      const path = oldDirectoryOf(file, olddir);
      try {
        this.#sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "ENOENT" && createolddir !== undefined) continue;
        return `error verifying olddir path ${path}: ${error.message}`;
      }
    }
    return undefined;
  }
}

const copyOf = (options: LogOptions): LogOptions => ({ ...options, scripts: new Map(options.scripts) });

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

export function oldDirectoryOf(file: string, olddir: string): string {
  return olddir.startsWith("/") ? olddir : `${file.slice(0, file.lastIndexOf("/"))}/${olddir}`;
}

/** popt's words: quotes of both kinds, a backslash before a sign; a quote that nothing closes goes to the end. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === quote) quote = "";
    else if (sign === "\\") {
      const next = text[++at] ?? "";
      word = (word ?? "") + (quote === "" || next === quote ? next : sign + next);
    }
    else if (quote !== "") word = (word ?? "") + sign;
    else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= "";
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + sign;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

/** glob(3) with GLOB_NOCHECK and GLOB_TILDE: the files of a pattern, in order; one that matches nothing stands for itself. */
function filesOf(sys: Sys, given: string): readonly string[] {
  const home = sys.environment.get("HOME") ?? "";
  const pattern = home !== "" && /^~(?=\/|$)/.test(given) ? home + given.slice(1) : given;
  if (!/[*?[]/.test(pattern)) return [pattern === given || exists(sys, pattern) ? pattern : given];
  let found: readonly string[] = [""];
  for (const part of pattern.split("/").slice(1)) {
    const matches = compileFnmatch(part, { period: true });
    found = found.flatMap((directory) => {
      if (!/[*?[]/.test(part)) return [`${directory}/${part}`];
      try {
        return sys.readdir(directory === "" ? "/" : directory).map((entry) => entry.name).filter(matches).sort().map((name) => `${directory}/${name}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return [];
      }
    });
  }
  const files = found.filter((path) => exists(sys, path));
  return files.length === 0 ? [given] : files;
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch {
    return false;
  }
}
