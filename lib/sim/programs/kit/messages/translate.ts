// Messages in the language of the environment, as gettext(3) finds them: an English text of ours is looked up as a whole, as the pattern that made it, and part by part
// at its colons (error(3) puts the program's name before and the reason behind). What no catalogue has stays English, as it does on the real machine.
import type { Sys } from "../../../kernel/sys.ts";
import { collatesByLetters, collationKey, compareBytes } from "../collate.ts";
import { decimalPoint, installedLocale, localeOf } from "../locale.ts";
import { type Catalogue, type Domain, catalogues, colonOf, domainOf, programsOf, quotesAsGnulib } from "./domains.ts";

interface Pattern {
  /** what stands before the first argument, between the arguments, behind the last */
  readonly parts: readonly string[];
  readonly translated: string;
}

/** A message of several lines whose translation breaks elsewhere. */
interface Block {
  /** per line, what stands around the arguments */
  readonly lines: readonly (readonly string[])[];
  readonly translated: string;
}

class Translator {
  readonly #exact = new Map<string, string>();
  readonly #patterns: Pattern[] = [];
  /** by the first word; "" where that is an argument */
  readonly #blocks = new Map<string, Block[]>();

  readonly #quotes: (text: string) => string;

  readonly #programs: ReadonlySet<string>;

  /** behind a program's name */
  readonly #colon: string;

  constructor(catalogues: readonly Catalogue[], quotes: (text: string) => string, programs: ReadonlySet<string>, colon: string) {
    this.#quotes = quotes;
    this.#programs = programs;
    this.#colon = colon;
    for (const [english, translated] of catalogues.flat()) {
      if (english.includes("\n")) this.#addBlock(english, translated);
      else if (!english.includes("{1}")) {
        if (!this.#exact.has(english)) this.#exact.set(english, translated);
      } else this.#patterns.push({ parts: english.split(/\{\d\}/), translated });
    }
    const literal = ({ parts }: Pattern): number => parts.join("").length;
    this.#patterns.sort((a, b) => literal(b) - literal(a));
  }

  /** Line by line, but for messages of several lines. */
  text(text: string): string {
    const lines = text.split("\n");
    const said: string[] = [];
    for (let at = 0; at < lines.length; ) {
      const line = lines[at] ?? "";
      const block = this.#blocks.size === 0 || line === "" ? undefined : this.#block(lines, at);
      said.push(block?.said ?? (line === "" ? line : line.includes("\x1b[") ? this.#coloured(line) : (this.#line(line, 0) ?? this.#quotes(line))));
      at += block?.count ?? 1;
    }
    return said.join("\n");
  }

  #addBlock(english: string, translated: string): void {
    const first = /^[^ {]* /.exec(english)?.[0].trimEnd() ?? "";
    const block = { lines: english.split("\n").map((line) => line.split(/\{\d\}/)), translated };
    const known = this.#blocks.get(first);
    if (known) known.push(block);
    else this.#blocks.set(first, [block]);
  }

  /** The message that begins in this line, or behind its first colon ("fatal: …"). */
  #block(lines: readonly string[], at: number): { readonly said: string; readonly count: number } | undefined {
    const line = lines[at] ?? "";
    const colon = line.indexOf(": ");
    for (const from of colon < 0 ? [0] : [0, colon + 2]) {
      const words = line.slice(from);
      const space = words.indexOf(" ");
      for (const block of [...((space > 0 && this.#blocks.get(words.slice(0, space))) || []), ...(this.#blocks.get("") ?? [])]) {
        const found: string[] = [];
        if (!block.lines.every((parts, row) => {
          const given = row === 0 ? words : lines[at + row];
          const matched = given === undefined ? undefined : parts.length > 1 ? this.#match(parts, given) : given === parts[0] ? [] : undefined;
          found.push(...(matched ?? []));
          return matched !== undefined;
        })) continue;
        const said = block.translated.replace(/\{(\d)\}/g, (_, index: string) => this.#argument(found[Number(index) - 1] ?? "", 0));
        return { said: from === 0 ? said : `${this.#part(line.slice(0, colon), 0)}: ${said}`, count: block.lines.length };
      }
    }
    return undefined;
  }

  /** What stands between colours is a text by itself. */
  #coloured(line: string): string {
    return line.split(/(\x1b\[[0-9;]*m)/).map((part) => {
      const words = part.trim();
      return words === "" || part.startsWith("\x1b[") ? part : part.replace(words, () => this.#line(words, 0) ?? words);
    }).join("");
  }

  word(english: string): string {
    return this.#exact.get(english) ?? english;
  }

  #line(text: string, depth: number): string | undefined {
    // a program's name stays as it is
    if (this.#programs.has(text)) return text;
    const whole = this.#exact.get(text);
    if (whole !== undefined) return whole;
    if (depth > 6) return undefined;
    const inOnePart = this.#byPattern(text, depth, true);
    if (inOnePart !== undefined) return inOnePart;
    const colon = text.indexOf(": ");
    if (colon > 0 && this.#programs.has(text.slice(0, colon))) {
      const said = this.#line(text.slice(colon + 2), depth + 1);
      return said === undefined ? undefined : `${text.slice(0, colon)}${this.#colon}${said}`;
    }
    const lastColon = text.lastIndexOf(": ");
    const reason = lastColon < 0 ? undefined : this.#exact.get(text.slice(lastColon + 2));
    if (reason !== undefined) return this.#withReason(text, depth) ?? `${this.#part(text.slice(0, lastColon), depth)}: ${reason}`;
    const head = colon < 0 ? undefined : this.#line(text.slice(0, colon), depth + 1);
    const tail = colon < 0 ? undefined : this.#line(text.slice(colon + 2), depth + 1);
    if (head !== undefined || tail !== undefined) return `${head ?? this.#quotes(text.slice(0, colon))}: ${tail ?? this.#quotes(text.slice(colon + 2))}`;
    const acrossParts = this.#byPattern(text, depth, false);
    if (acrossParts !== undefined) return acrossParts;
    // a sentence that its caller ends
    if (!text.endsWith(".") || text.endsWith("..")) return undefined;
    const sentence = this.#line(text.slice(0, -1), depth + 1);
    return sentence === undefined ? undefined : `${sentence}.`;
  }

  /** "bash: read: 99: invalid file descriptor: Bad file descriptor": a pattern that has the reason's place, behind a prefix. */
  #withReason(text: string, depth: number): string | undefined {
    const lastColon = text.lastIndexOf(": ");
    for (let at = text.indexOf(": "); at >= 0 && at < lastColon; at = text.indexOf(": ", at + 2)) {
      const said = this.#byPattern(text.slice(at + 2), depth, true, text.slice(lastColon));
      if (said !== undefined) return `${this.#part(text.slice(0, at), depth)}: ${said}`;
    }
    return undefined;
  }

  /** `inOnePart`: no argument reaches over a colon, which is where error(3) puts texts together; only a reason at the end has its own. `reason`: only patterns that end in it. */
  #byPattern(text: string, depth: number, inOnePart: boolean, reason?: string): string | undefined {
    for (const pattern of this.#patterns) {
      if (reason !== undefined && !endsWithReason(pattern.parts, reason)) continue;
      const found = this.#match(pattern.parts, text);
      if (found && (!inOnePart || found.every((one, index) => !one.includes(": ") || (index === found.length - 1 && pattern.parts[index]?.endsWith(": ") && pattern.parts[index + 1] === "")))) return pattern.translated.replace(/\{(\d)\}/g, (_, at: string) => this.#argument(found[Number(at) - 1] ?? "", depth));
    }
    return undefined;
  }

  #part(text: string, depth: number): string {
    return this.#line(text, depth + 1) ?? this.#quotes(text);
  }

  /** An argument is a name, or a word that is translated itself ("regular empty file"). */
  #argument(text: string, depth: number): string {
    return (this.#programs.has(text) ? text : this.#exact.get(text)) ?? (text.includes(" ") ? this.#part(text, depth) : this.#quotes(text));
  }

  #match(parts: readonly string[], text: string): readonly string[] | undefined {
    const first = parts[0] ?? "";
    const last = parts[parts.length - 1] ?? "";
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return undefined;
    const body = text.slice(first.length, text.length - last.length);
    const found: string[] = [];
    let at = 0;
    for (const part of parts.slice(1, -1)) {
      let next = body.indexOf(part, at);
      if (next < 0) return undefined;
      // "remove regular empty file 'x'": the word that is known decides where an argument ends
      for (let other = next; part === " " && other >= 0; other = body.indexOf(part, other + 1)) if (this.#exact.has(body.slice(at, other))) next = other;
      found.push(body.slice(at, next));
      at = next + part.length;
    }
    found.push(body.slice(at));
    return found;
  }
}

/** A pattern's last words are the reason, or leave its place: "{1}: cannot open: {2}". */
function endsWithReason(parts: readonly string[], reason: string): boolean {
  const last = parts[parts.length - 1] ?? "";
  return last === "" ? (parts[parts.length - 2] ?? "").length > 4 && (parts[parts.length - 2] ?? "").endsWith(": ") : last.endsWith(reason) && last !== reason;
}

/** gnulib's quotes of the locale. */
function guillemets(text: string): string {
  return text.replace(/\u2018([^\u2019]*)\u2019/g, "\u00ab\u00a0$1\u00a0\u00bb");
}

const made = new Map<Domain, Translator>();

function french(domain: Domain): Translator {
  const known = made.get(domain);
  if (known) return known;
  const translator = new Translator(catalogues(domain), quotesAsGnulib(domain) ? guillemets : (text) => text, programsOf(domain), colonOf(domain));
  made.set(domain, translator);
  return translator;
}

/** "fr" where messages are French: the locale is installed, and LANGUAGE does not say otherwise (gettext(3)). */
export function messageLanguage(sys: Sys, environment: ReadonlyMap<string, string> = sys.environment): "fr" | undefined {
  const locale = localeOf(environment, "LC_MESSAGES");
  const language = environment.get("LANGUAGE") ?? "";
  if (!locale.startsWith("fr") && !language.includes("fr")) return undefined;
  if (locale === "C" || locale === "POSIX" || !installedLocale(sys, locale)) return undefined;
  const wanted = language === "" ? locale : language.split(":")[0] ?? "";
  return /^fr(?:$|[_.@])/.test(wanted) ? "fr" : undefined;
}

/** Whose headings --help has; undefined: in English, as of programs that know no French beside that of glibc. */
export function helpDomain(sys: Sys, name: string): Domain | undefined {
  const program = name.slice(name.lastIndexOf("/") + 1);
  const domain = domainOf(program);
  return domain === undefined || (domain === "libc" && !programsOf(domain).has(program)) || messageLanguage(sys) === undefined ? undefined : domain;
}

/** undefined: everything is said in English. */
export function programMessages(sys: Sys, name: string): Translator | undefined {
  const domain = domainOf(name.slice(name.lastIndexOf("/") + 1));
  if (domain === undefined || messageLanguage(sys) === undefined) return undefined;
  return french(domain);
}

/** The text in the language of the environment: for programs that write without an Io. */
export function translated(sys: Sys, name: string, text: string): string {
  return programMessages(sys, name)?.text(text) ?? text;
}

const LOCALE_VARIABLES = ["LC_ALL", "LC_MESSAGES", "LC_NUMERIC", "LC_COLLATE", "LANG", "LANGUAGE"] as const;

function localeVariables(variable: (name: string) => string | undefined): ReadonlyMap<string, string> {
  const environment = new Map<string, string>();
  for (const name of LOCALE_VARIABLES) {
    const value = variable(name);
    if (value !== undefined) environment.set(name, value);
  }
  return environment;
}

/** A shell's, by its variables. */
export function shellDecimalPoint(sys: Sys, variable: (name: string) => string | undefined): string {
  return decimalPoint(sys, localeVariables(variable));
}

/** A shell's order of texts, by its variables; undefined: by code point. */
export function shellCollation(sys: Sys, variable: (name: string) => string | undefined): ((a: string, b: string) => number) | undefined {
  return collatesByLetters(sys, localeVariables(variable)) ? (a, b) => compareBytes(collationKey(a), collationKey(b)) : undefined;
}

const BUILTIN_COMPLAINS = /^([^:\n]*: (?:-c: |eval: |command substitution: )?)line (\d+)(: )(?=((?:alias|bg|bind|break|builtin|caller|cd|command|compgen|complete|compopt|continue|declare|dirs|disown|echo|enable|eval|exec|exit|export|fc|fg|getopts|hash|help|history|jobs|kill|let|local|logout|mapfile|popd|printf|pushd|pwd|read|readarray|readonly|return|set|shift|shopt|source|suspend|test|times|trap|type|typeset|ulimit|umask|unalias|unset|wait|\.|\[): (?!.*symbole erroné))?)/gm;

/** What a shell says, by its variables. */
export function translateShell(sys: Sys, variable: (name: string) => string | undefined, text: string): string {
  if (messageLanguage(sys, localeVariables(variable)) === undefined) return text;
  return french("bash").text(text)
    // jobs.c names the script in a way of its own
    .replace(/^([^:\n]*): line (\d+): (?=\s*\d+ [A-ZÀ-Ý])/u, "$1 : ligne $2 : ")
    .replace(BUILTIN_COMPLAINS, (_, before: string, line: string, colon: string, builtin: string | undefined) => `${before}ligne ${line}${builtin === undefined || builtin === "" || builtin === "wait: " ? colon : " : "}`);
}
