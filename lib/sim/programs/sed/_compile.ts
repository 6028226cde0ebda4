// Script text to commands. Errors and their positions follow GNU sed 4.9 (its messages say how many characters were read).
// (More than 400 lines: one grammar; a command's letter decides how the rest of its line is read.)

import { decode, encode } from "../../kernel/sys.ts";
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { Address, ReplacementPart, SedCommand, Substitution } from "./_script.ts";

export class ScriptError extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export interface CompileOptions {
  readonly sandbox: boolean;
  readonly posix: boolean;
}

/** A piece of the script: an -e argument or a file. */
export interface ScriptSource {
  readonly text: string;
  /** undefined for -e */
  readonly fileName: string | undefined;
  /** -E was given before it */
  readonly extended: boolean;
}

const END = "";
const ONE_ADDRESS = "=aiqQrRLF";

interface OpenBlock {
  readonly command: SedCommand;
  readonly where: string;
}

export function compileScript(sources: readonly ScriptSource[], options: CompileOptions): { readonly commands: SedCommand[]; readonly quiet: boolean } {
  const compiler = new Compiler(options);
  sources.forEach((source) => compiler.add(source));
  return { commands: compiler.finish(), quiet: compiler.quiet };
}

class Compiler {
  readonly #options: CompileOptions;
  readonly #commands: SedCommand[] = [];
  readonly #blocks: OpenBlock[] = [];
  readonly #labels = new Map<string, number>();
  #text = "";
  #at = 0;
  #expression = 0;
  #fileName: string | undefined;
  #pending: { text: string } | undefined;
  #pendingIndex = -1;
  #first = true;
  #extended = false;
  quiet = false;

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  add(source: ScriptSource): void {
    this.#text = source.text;
    this.#at = 0;
    this.#fileName = source.fileName;
    this.#extended = source.extended;
    if (source.fileName === undefined) this.#expression++;
    if (this.#first && /^#n(\n|$)/.test(source.text)) this.quiet = true;
    this.#first = false;
    if (this.#pending) this.#readText(this.#next());
    while (this.#command());
  }

  finish(): SedCommand[] {
    if (this.#pending) this.#endText();
    const open = this.#blocks.pop();
    if (open) throw new ScriptError(`${open.where}unmatched \`{'`);
    for (const command of this.#commands) {
      if (!"btT".includes(command.name)) continue;
      if (command.text === "") command.target = this.#commands.length;
      else {
        const target = this.#labels.get(command.text);
        if (target === undefined) throw new ScriptError(`can't find label for jump to \`${command.text}'`, 4);
        command.target = target;
      }
    }
    return this.#commands;
  }

  #fail(message: string, position = this.#position()): never {
    throw new ScriptError(position + message);
  }

  #position(): string {
    if (this.#fileName !== undefined) {
      const line = this.#text.slice(0, this.#at).split("\n").length - (this.#text[this.#at - 1] === "\n" ? 1 : 0);
      return `file ${this.#fileName} line ${line}: `;
    }
    return `-e expression #${this.#expression}, char ${encode(this.#text.slice(0, this.#at)).length}: `;
  }

  #next(): string {
    if (this.#at >= this.#text.length) return END;
    const c = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += c.length;
    return c;
  }

  #back(c: string): void {
    this.#at -= c.length;
  }

  #nextNonBlank(): string {
    for (;;) {
      const c = this.#next();
      if (c === END || !/[ \t\v\f\r]/.test(c)) return c;
    }
  }

  #skipSpace(): string {
    for (;;) {
      const c = this.#next();
      if (c === END || !/[\s]/.test(c)) return c;
    }
  }

  #number(first: string): number {
    let digits = first;
    for (;;) {
      const c = this.#next();
      if (c === END || c < "0" || c > "9") {
        this.#back(c);
        return Number(digits);
      }
      digits += c;
    }
  }

  #optionalNumber(): number {
    const c = this.#next();
    if (c >= "0" && c <= "9" && c !== END) return this.#number(c);
    this.#back(c);
    return 0;
  }

  /** One command; false at the end of the source. */
  #command(): boolean {
    let c = this.#skipSpace();
    while (c === ";") c = this.#skipSpace();
    if (c === END) return false;
    if (c === "#") {
      this.#skipComment();
      return true;
    }
    const first = this.#address(c);
    let second: Address | undefined;
    if (first) {
      if (first.kind === "plus" || first.kind === "multiple") this.#fail("invalid usage of +N or ~N as first address");
      c = this.#nextNonBlank();
      if (c === ",") {
        second = this.#address(this.#nextNonBlank());
        if (!second) this.#fail("unexpected `,'");
        c = this.#nextNonBlank();
      }
      if (first.kind === "line" && first.number === 0 && (second?.kind !== "regex" || this.#options.posix)) this.#fail("invalid usage of line address 0");
    }
    let negated = false;
    if (c === "!") {
      negated = true;
      c = this.#nextNonBlank();
      if (c === "!") this.#fail("multiple `!'s");
    }
    if (c === END) this.#fail("missing command");
    if (second && ONE_ADDRESS.includes(c) && this.#options.posix) this.#fail("command only uses one address");
    const command = (over: Partial<SedCommand>): SedCommand => {
      const made: SedCommand = {
        name: c, first, second, negated, text: "", number: undefined, substitution: undefined, translation: undefined, target: -1,
        active: first?.kind === "line" && first.number === 0, closed: first?.kind === "line" && first.number === 0, endLine: -1, ...over,
      };
      this.#commands.push(made);
      return made;
    };
    // GNU's own commands
    if (this.#options.posix && "eFQRTvWz".includes(c)) this.#fail(`unknown command: \`${c}'`);
    switch (c) {
      case "#":
        return this.#fail("comments don't accept any addresses");
      case "{":
        this.#blocks.push({ command: command({}), where: this.#fileName === undefined ? `-e expression #${this.#expression}, char 0: ` : this.#position() });
        return true;
      case "}": {
        const open = this.#blocks.pop();
        if (!open) this.#fail("unexpected `}'");
        if (first) this.#fail("} doesn't want any addresses");
        this.#endOfCommand();
        open.command.target = this.#commands.length;
        return true;
      }
      case "e": {
        if (this.#options.sandbox) this.#fail("e/r/w commands disabled in sandbox mode");
        const ch = this.#nextNonBlank();
        if (ch === END || ch === "\n") {
          command({});
          return true;
        }
        this.#back(ch);
        command({ text: this.#restOfLine() });
        return true;
      }
      case "a":
      case "i":
      case "c": {
        let ch = this.#nextNonBlank();
        if (ch === END) this.#fail("expected \\ after `a', `c' or `i'");
        if (ch === "\\") {
          ch = this.#next();
          if (ch !== END && /[ \t]/.test(ch)) {
            const blanks = this.#at - 1;
            ch = this.#nextNonBlank();
            if (ch !== "\n") {
              this.#at = blanks;
              ch = this.#next();
            }
          }
          if (ch === "\n") ch = this.#next();
        } else if (ch === "\n" || this.#options.posix) this.#fail("expected \\ after `a', `c' or `i'");
        const made = command({});
        this.#pendingIndex = this.#commands.length - 1;
        this.#pending = { text: "" };
        if (ch !== END || made.text !== "") this.#readText(ch);
        return true;
      }
      case ":": {
        if (first) this.#fail(": doesn't want any addresses");
        const label = this.#label();
        if (label === "") this.#fail('":" lacks a label');
        this.#labels.set(label, this.#commands.length);
        return true;
      }
      case "b":
      case "t":
      case "T":
        command({ text: this.#label() });
        return true;
      case "q":
      case "Q": {
        if (second) this.#fail("command only uses one address");
        const ch = this.#nextNonBlank();
        let number: number | undefined;
        if (ch >= "0" && ch <= "9" && ch !== END) number = this.#number(ch);
        else this.#back(ch);
        this.#endOfCommand();
        command({ number });
        return true;
      }
      case "l":
      case "L": {
        const ch = this.#nextNonBlank();
        let number: number | undefined;
        if (ch >= "0" && ch <= "9" && ch !== END) number = this.#number(ch);
        else this.#back(ch);
        this.#endOfCommand();
        command({ number });
        return true;
      }
      case "=":
      case "d":
      case "D":
      case "F":
      case "g":
      case "G":
      case "h":
      case "H":
      case "n":
      case "N":
      case "p":
      case "P":
      case "x":
      case "z":
        this.#endOfCommand();
        command({});
        return true;
      case "r":
      case "R":
      case "w":
      case "W":
        command({ text: this.#fileNameArgument() });
        return true;
      case "s":
        command({ substitution: this.#substitution() });
        return true;
      case "y":
        command({ translation: this.#translation() });
        return true;
      case "v": {
        const wanted = this.#label();
        if (wanted !== "" && !/^[0-9.]+$/.test(wanted)) this.#fail("expected newer version of sed");
        const [major = 0, minor = 0] = wanted.split(".").map(Number);
        if (major > 4 || (major === 4 && minor > 9)) this.#fail("expected newer version of sed");
        return true;
      }
      default:
        return this.#fail(`unknown command: \`${c}'`);
    }
  }

  #skipComment(): void {
    for (let c = this.#next(); c !== END && c !== "\n"; c = this.#next());
  }

  #endOfCommand(): void {
    const c = this.#nextNonBlank();
    if (c === "}" || c === "#") this.#back(c);
    else if (c !== END && c !== "\n" && c !== ";") this.#fail("extra characters after command");
  }

  #label(): string {
    let c = this.#nextNonBlank();
    let label = "";
    while (c !== END && c !== ";" && !/\s/.test(c)) {
      label += c;
      c = this.#next();
    }
    this.#back(c);
    return label;
  }

  #restOfLine(): string {
    const end = this.#text.indexOf("\n", this.#at);
    const text = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return text;
  }

  #fileNameArgument(): string {
    if (this.#options.sandbox) this.#fail("e/r/w commands disabled in sandbox mode");
    const c = this.#nextNonBlank();
    this.#back(c);
    const before = this.#at;
    const name = this.#restOfLine();
    if (name === "") {
      this.#at = before;
      this.#fail("missing filename in r/R/w/W commands");
    }
    return name;
  }

  /** Text of a, i, c up to a newline that no backslash precedes; it may go on in the next -e. */
  #readText(first: string): void {
    const pending = this.#pending;
    if (!pending) return;
    let c = first;
    while (c !== END && c !== "\n") {
      if (c === "\\") {
        c = this.#next();
        if (c === END) {
          pending.text += "\n";
          return;
        }
        pending.text += c === "\n" ? c : `\\${c}`;
      } else pending.text += c;
      c = this.#next();
    }
    this.#endText();
  }

  #endText(): void {
    const pending = this.#pending;
    const command = this.#commands[this.#pendingIndex];
    this.#pending = undefined;
    if (!pending || !command) return;
    const text = pending.text === "" ? "" : `${pending.text}\n`;
    this.#commands[this.#pendingIndex] = { ...command, text: textEscapes(text.endsWith("\n\n") && pending.text.endsWith("\n") ? pending.text : text) };
  }

  #address(c: string): Address | undefined {
    if (c === "/" || c === "\\") {
      const delimiter = c === "\\" ? this.#next() : c;
      const pattern = this.#delimited(delimiter, true);
      if (pattern === undefined) this.#fail("unterminated address regex");
      let [ignoreCase, multiline] = [false, false];
      for (;;) {
        const flag = this.#nextNonBlank();
        if (flag === "I") ignoreCase = true;
        else if (flag === "M") multiline = true;
        else {
          this.#back(flag);
          return { kind: "regex", regex: this.#regex(pattern, ignoreCase, multiline) };
        }
      }
    }
    if (c >= "0" && c <= "9" && c !== END) {
      const number = this.#number(c);
      const after = this.#nextNonBlank();
      if (after === "~" && !this.#options.posix) {
        const step = this.#optionalNumber();
        return step > 0 ? { kind: "step", first: number, step } : { kind: "line", number };
      }
      this.#back(after);
      return { kind: "line", number };
    }
    if (c === "+" || c === "~") {
      const count = this.#optionalNumber();
      if (c === "+") return { kind: "plus", count };
      return { kind: "multiple", of: count };
    }
    if (c === "$") return { kind: "last" };
    return undefined;
  }

  /** Up to the delimiter; undefined when the script ends first. A newline made by \n is a real one in the result. */
  #delimited(delimiter: string, regex: boolean): string | undefined {
    let result = "";
    for (;;) {
      let c = this.#next();
      if (c === END) return undefined;
      if (c === "\n" && regex) {
        this.#back(c);
        return undefined;
      }
      if (c === delimiter) return result;
      if (c === "[" && regex) {
        const bracket = this.#bracket();
        if (bracket === undefined) return undefined;
        result += bracket;
        continue;
      }
      if (c === "\\") {
        c = this.#next();
        if (c === END) return undefined;
        if (c === delimiter && !(c === "&" && !regex)) {
          result += regex && this.#isSpecialUnescaped(c) ? `\\${c}` : c;
          continue;
        }
        if (c === "n" && regex) c = "\n";
        else if (c !== "\n" || !regex) result += "\\";
      }
      result += c;
    }
  }

  /** A delimiter written \X means the character itself; where X alone would be an operator it must stay escaped. */
  #isSpecialUnescaped(c: string): boolean {
    return this.#extended ? ".*[]^$+?(){}|".includes(c) : ".*[]^$".includes(c);
  }

  /** The rest of a bracket expression, from behind its "[". */
  #bracket(): string | undefined {
    let result = "[";
    let c = this.#next();
    if (c === "^") {
      result += c;
      c = this.#next();
    }
    for (let first = true; ; first = false) {
      if (c === END || c === "\n") {
        if (c === "\n") this.#back(c);
        return undefined;
      }
      if (c === "]" && !first) return `${result}]`;
      if (c === "\\" && this.#text[this.#at] === "n") {
        this.#at++;
        result += "\n";
      } else if (c === "[" && /[:.=]/.test(this.#text[this.#at] ?? "")) {
        const kind = this.#next();
        const end = this.#text.indexOf(`${kind}]`, this.#at);
        if (end < 0) result += c + kind;
        else {
          result += c + kind + this.#text.slice(this.#at, end + 2);
          this.#at = end + 2;
        }
      } else result += c;
      c = this.#next();
    }
  }

  #regex(pattern: string, ignoreCase: boolean, multiline: boolean): Regex | undefined {
    if (pattern === "") {
      if (ignoreCase || multiline) this.#fail("cannot specify modifiers on empty regexp");
      return undefined;
    }
    if (/^\[:[a-z]+:\]$/.test(pattern) || /(^|[^[\\])\[:[a-z]+:\](?!\])/.test(pattern)) throw new ScriptError("character class syntax is [[:space:]], not [:space:]");
    try {
      return compileRegex(regexEscapes(pattern), { syntax: this.#extended ? "sed-ere" : "sed-bre", ignoreCase, newlineSensitive: multiline });
    } catch (error) {
      if (error instanceof RegexSyntaxError) this.#fail(error.message);
      throw error;
    }
  }

  #substitution(): Substitution {
    const delimiter = this.#next();
    if (delimiter === "\\") this.#next();
    if (delimiter === END || delimiter === "\n" || delimiter === "\\") this.#fail("unterminated `s' command");
    if (encode(delimiter).length > 1) this.#fail("delimiter character is not a single-byte character");
    const pattern = this.#delimited(delimiter, true);
    if (pattern === undefined) this.#fail("unterminated `s' command");
    const replacementText = this.#delimited(delimiter, false);
    if (replacementText === undefined) this.#fail("unterminated `s' command");
    const replacement = parseReplacement(replacementText);
    let [global, print, evaluate, ignoreCase, multiline] = [false, false, false, false, false];
    let number = 0;
    let file: string | undefined;
    for (let done = false; !done; ) {
      const c = this.#next();
      switch (c) {
        case "i":
        case "I":
          ignoreCase = true;
          break;
        case "m":
        case "M":
          multiline = true;
          break;
        case "e":
          if (this.#options.sandbox) this.#fail("e/r/w commands disabled in sandbox mode");
          evaluate = true;
          break;
        case "p":
          if (print) this.#fail("multiple `p' options to `s' command");
          print = true;
          break;
        case "g":
          if (global) this.#fail("multiple `g' options to `s' command");
          global = true;
          break;
        case "w":
          file = this.#fileNameArgument();
          done = true;
          break;
        case "#":
        case "}":
          this.#back(c);
          done = true;
          break;
        case END:
        case "\n":
        case ";":
          done = true;
          break;
        case "\r":
          if (this.#text[this.#at] === "\n" || this.#at >= this.#text.length) break;
          this.#fail("unknown option to `s'");
          break;
        case " ":
        case "\t":
          break;
        default:
          if (c >= "0" && c <= "9") {
            if (number > 0) this.#fail("multiple number options to `s' command");
            number = this.#number(c);
            if (number === 0) this.#fail("number option to `s' command may not be zero");
            break;
          }
          this.#fail("unknown option to `s'");
      }
    }
    const regex = this.#regex(pattern, ignoreCase, multiline);
    const highest = Math.max(0, ...replacement.filter((part) => typeof part === "number"));
    if (regex && highest > regex.groupCount && !this.#options.posix) this.#fail(`invalid reference \\${highest} on \`s' command's RHS`);
    return { regex, replacement, global, print, evaluate, number: number || 1, file };
  }

  #translation(): ReadonlyMap<string, string> {
    const delimiter = this.#next();
    const from = this.#delimited(delimiter, false);
    if (delimiter === "\\") this.#next();
    if (delimiter === END || from === undefined) this.#fail("unterminated `y' command");
    const to = this.#delimited(delimiter, false);
    if (to === undefined) this.#fail("unterminated `y' command");
    const [source, target] = [this.#translationCharacters(from), this.#translationCharacters(to)];
    if (source.length !== target.length) this.#fail("strings for `y' command are different lengths");
    this.#endOfCommand();
    const table = new Map<string, string>();
    source.forEach((c, i) => {
      if (!table.has(c)) table.set(c, target[i] ?? "");
    });
    return table;
  }

  #translationCharacters(text: string): string[] {
    const result: string[] = [];
    const characters = Array.from(controlEscapes(text, (made) => (made === "\\" ? "\\\\" : made)));
    for (let i = 0; i < characters.length; i++) {
      const c = characters[i] ?? "";
      if (c !== "\\") {
        result.push(c);
        continue;
      }
      const next = characters[++i];
      if (next === "\\") result.push("\\");
      else if (next === "n" || next === "\n") result.push("\n");
      else if (next === undefined) result.push("\\");
      else {
        result.push("\\", next);
      }
    }
    return result;
  }
}

const CONTROL = new Map([["a", "\u0007"], ["f", "\f"], ["r", "\r"], ["t", "\t"], ["v", "\v"]]);

/** \a \f \r \t \v \cX \dNNN \oNNN \xHH; `made` says how the character that a number stands for is written in this context. */
function controlEscapes(text: string, made: (c: string) => string): string {
  if (!text.includes("\\")) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c !== "\\" || i + 1 >= text.length) {
      result += c;
      continue;
    }
    const next = text[++i] ?? "";
    const control = CONTROL.get(next);
    if (control !== undefined) {
      result += control;
      continue;
    }
    const [base, pattern] = next === "x" ? [16, /^[0-9a-fA-F]{1,2}/] as const : next === "o" ? [8, /^[0-7]{1,3}/] as const : next === "d" ? [10, /^[0-9]{1,3}/] as const : [0, /^$/] as const;
    const digits = base === 0 ? undefined : pattern.exec(text.slice(i + 1, i + 4))?.[0];
    if (digits !== undefined) {
      const byte = Number.parseInt(digits, base) & 0xff;
      result += made(byte < 128 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte));
      i += digits.length;
    } else if (next === "c" && i + 1 < text.length) {
      result += made(String.fromCharCode((text[i + 1] ?? "").toUpperCase().charCodeAt(0) ^ 0x40));
      i++;
    } else result += c + next;
  }
  return rejoinBytes(result);
}

/** Bytes written one by one (\xc3\xa9) are one character together. */
function rejoinBytes(text: string): string {
  if (!/[\udc80-\udcff]{2}/.test(text)) return text;
  return decodeAgain(text);
}

function regexEscapes(pattern: string): string {
  return controlEscapes(pattern, (c) => (c === "\n" ? "\n" : c));
}

function textEscapes(text: string): string {
  const converted = controlEscapes(text, (c) => (c === "\\" ? "\\\\" : c));
  return converted.replace(/\\([\s\S])/g, (_, c: string) => (c === "n" ? "\n" : c));
}

function parseReplacement(source: string): ReplacementPart[] {
  const text = controlEscapes(source, (c) => (c === "&" || c === "\\" ? `\\${c}` : c));
  const parts: ReplacementPart[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") parts.push(literal);
    literal = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c === "&") {
      flush();
      parts.push(0);
      continue;
    }
    if (c !== "\\") {
      literal += c;
      continue;
    }
    const next = text[++i] ?? "";
    if (next >= "0" && next <= "9" && next !== "") {
      flush();
      parts.push(Number(next));
    } else if (next === "U" || next === "L" || next === "u" || next === "l" || next === "E") {
      flush();
      parts.push({ change: next });
    } else if (next === "n") literal += "\n";
    else literal += next;
  }
  flush();
  return parts;
}

function decodeAgain(text: string): string {
  return decode(encode(text));
}
