// The parts of a word, worked out from its source text when it is first expanded (subst.c reads words the same late way: a bad
// substitution is an error of the expansion, not of the syntax).
// (More than 400 lines: quotes and expansions nest in each other.)
import { unescape } from "./ansi-c.ts";
import { type EmbeddedCommand, type ParameterOperator, type ParameterPart, Word, type WordPart } from "./tree.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
/** The commands [ and ] and the operators of tests among them: a bracket is a pattern only with its other half. */
const PLAIN_CANDIDATE = /^(?:[A-Za-z0-9_/.,:%+@^=!\]-][A-Za-z0-9_/.,:%+=@^#~!\]-]*|\[)$/;

/** A word without any special character needs no parsing; most words of scripts are so. */
export function partsOf(word: Word): readonly WordPart[] {
  if (word.parts) return word.parts;
  const text = word.text;
  if (word.context === "word" && PLAIN_CANDIDATE.test(text) && !/[:=]~/.test(text)) {
    word.plain = text;
    word.parts = [{ type: "literal", text }];
    return word.parts;
  }
  const reader = new PartReader(text, word.embedded);
  const parts = word.context === "word" ? reader.unquoted() : reader.double(word.context === "heredoc" ? "heredoc" : "operand");
  word.parts = parts;
  const only = parts[0];
  if (parts.length === 1 && only && only.type === "quoted" && only.text !== "") word.plain = only.text;
  else if (parts.length === 1 && only?.type === "double" && only.parts.length === 1 && only.parts[0]?.type === "quoted") word.plain = only.parts[0].text;
  return parts;
}

class PartReader {
  readonly #text: string;
  #quotedFrom = 0;
  #quotedTo = 0;
  readonly #embedded: readonly EmbeddedCommand[];
  #at = 0;

  constructor(text: string, embedded: readonly EmbeddedCommand[]) {
    this.#text = text;
    this.#embedded = embedded;
  }

  unquoted(): WordPart[] {
    const text = this.#text;
    const parts: WordPart[] = [];
    let literal = "";
    const flush = () => {
      if (literal !== "") parts.push({ type: "literal", text: literal });
      literal = "";
    };
    while (this.#at < text.length) {
      const c = text.charAt(this.#at);
      if (c === "\\") {
        flush();
        if (this.#at + 1 >= text.length) parts.push({ type: "quoted", text: "\\" });
        else if (text.charAt(this.#at + 1) !== "\n") parts.push({ type: "quoted", text: text.charAt(this.#at + 1) });
        this.#at += 2;
      } else if (c === "'") {
        flush();
        let end = text.indexOf("'", this.#at + 1);
        if (end < 0) end = text.length;
        parts.push({ type: "quoted", text: text.slice(this.#at + 1, end) });
        this.#at = end + 1;
      } else if (c === '"') {
        flush();
        this.#at++;
        parts.push({ type: "double", parts: this.double("quotes") });
      } else if (c === "$") {
        const part = this.#dollar(false);
        if (typeof part === "string") literal += part;
        else {
          flush();
          parts.push(part);
        }
      } else if (c === "`") {
        flush();
        parts.push(this.#backquote(false));
      } else if ((c === "<" || c === ">") && text.charAt(this.#at + 1) === "(" && this.#commandEnd(this.#at) !== undefined) {
        flush();
        const end = this.#commandEnd(this.#at) ?? text.length;
        const known = this.#known(this.#at);
        parts.push({ type: "process", direction: c, source: text.slice(this.#at + 2, end - 1), body: known?.body });
        this.#at = end;
      } else {
        literal += c;
        this.#at++;
      }
    }
    flush();
    return parts;
  }

  /** "quotes": up to the closing quote; "operand": inside a quoted ${x:-...}; "heredoc": a here-document's body or arithmetic. */
  double(kind: "quotes" | "operand" | "heredoc"): WordPart[] {
    const text = this.#text;
    this.#quotedFrom = this.#at;
    const quoteEnd = kind === "quotes" ? doubleEnd(text, this.#at - 1) : -1;
    this.#quotedTo = quoteEnd < 0 ? text.length : quoteEnd;
    const parts: WordPart[] = [];
    let quoted = "";
    const flush = () => {
      if (quoted !== "") parts.push({ type: "quoted", text: quoted });
      quoted = "";
    };
    while (this.#at < text.length) {
      const c = text.charAt(this.#at);
      if (c === "\\") {
        const next = text.charAt(this.#at + 1);
        if (next === "\n") {
          this.#at += 2;
          continue;
        }
        if (next === "$" || next === "`" || next === "\\" || (next === '"' && kind !== "heredoc") || (next === "}" && kind === "operand")) quoted += next;
        else quoted += c + next;
        this.#at += 2;
      } else if (c === '"' && kind !== "heredoc") {
        this.#at++;
        if (kind === "quotes") {
          flush();
          return parts;
        }
      } else if (c === "$") {
        const part = this.#dollar(true);
        if (typeof part === "string") quoted += part;
        else {
          flush();
          parts.push(part);
        }
      } else if (c === "`") {
        flush();
        parts.push(this.#backquote(kind !== "heredoc"));
      } else {
        let end = this.#at + 1;
        while (end < text.length && !'\\"$`'.includes(text.charAt(end))) end++;
        quoted += text.slice(this.#at, end);
        this.#at = end;
      }
    }
    flush();
    return parts;
  }

  #known(start: number): EmbeddedCommand | undefined {
    for (const item of this.#embedded) if (item.start === start) return item;
    return undefined;
  }

  /** End of a `$(`...`)` that starts at `start`, after its parenthesis. */
  #commandEnd(start: number): number | undefined {
    const known = this.#known(start);
    if (known) return known.end;
    const end = matchingEnd(this.#text, start + 1, "(", ")");
    return end < 0 ? undefined : end;
  }

  /** At `$`: a part, or the literal text that it is. */
  #dollar(inDouble: boolean): WordPart | string {
    const text = this.#text;
    const at = this.#at;
    const next = text.charAt(at + 1);
    if (next === "{") {
      const end = bracesEnd(text, at, inDouble);
      const source = text.slice(at, end < 0 ? text.length : end);
      this.#at = end < 0 ? text.length : end;
      if (end < 0) return bad(source);
      const part = parseBraces(source, shiftEmbedded(this.#embedded, at, end), inDouble);
      // bash shows all of the word, or of what the quotes enclose
      return part.bad ? { ...part, source: inDouble ? text.slice(this.#quotedFrom, this.#quotedTo) : text } : part;
    }
    if (next === "(") {
      if (text.charAt(at + 2) === "(") {
        const inner = matchingEnd(text, at + 2, "(", ")");
        if (inner >= 0 && text.charAt(inner) === ")" && !this.#known(at)) {
          this.#at = inner + 1;
          // subst.c skips what looks like a comment, and with it the closing parentheses
          if (/\s#[^\n]*$/.test(text.slice(at + 3, inner - 1))) return bad(text, `bad substitution: no closing \`)' in ${text}`);
          return { type: "arithmetic", expression: new Word(text.slice(at + 3, inner - 1), shiftEmbedded(this.#embedded, at + 3, inner - 1), "double") };
        }
      }
      const end = this.#commandEnd(at);
      if (end === undefined) {
        this.#at = text.length;
        return bad(text.slice(at));
      }
      this.#at = end;
      return { type: "command", source: text.slice(at + 2, end - 1), body: this.#known(at)?.body, backquoted: false };
    }
    if (next === "[") {
      const end = matchingEnd(text, at + 1, "[", "]");
      if (end >= 0) {
        this.#at = end;
        return { type: "arithmetic", expression: new Word(text.slice(at + 2, end - 1), shiftEmbedded(this.#embedded, at + 2, end - 1), "double") };
      }
    }
    if (!inDouble && (next === "'" || next === '"')) {
      if (next === '"') {
        this.#at += 2;
        return { type: "double", parts: this.double("quotes") };
      }
      let end = at + 2;
      while (end < text.length && text.charAt(end) !== "'") end += text.charAt(end) === "\\" ? 2 : 1;
      this.#at = end + 1;
      return { type: "quoted", text: unescape(text.slice(at + 2, end), "ansi-c").text };
    }
    const name = NAME.exec(text.slice(at + 1, at + 257))?.[0];
    if (name !== undefined) {
      const whole = name.length < 256 ? name : (NAME.exec(text.slice(at + 1))?.[0] ?? name);
      this.#at = at + 1 + whole.length;
      return simpleParameter(whole, text.slice(at, this.#at));
    }
    if (next !== "" && "0123456789@*#?-$!".includes(next)) {
      this.#at = at + 2;
      return simpleParameter(next, `$${next}`);
    }
    this.#at++;
    return "$";
  }

  /** Inside double quotes `\"` loses its backslash too. */
  #backquote(inDouble: boolean): WordPart {
    const text = this.#text;
    const start = this.#at;
    let end = this.#at + 1;
    let source = "";
    while (end < text.length && text.charAt(end) !== "`") {
      if (text.charAt(end) === "\\") {
        const next = text.charAt(end + 1);
        source += "$`\\".includes(next) || (inDouble && next === '"') ? next : `\\${next}`;
        end += 2;
      } else source += text.charAt(end++);
    }
    this.#at = end + 1;
    // a lone one at the end stands for itself (subst.c keeps it for old scripts)
    if (end >= text.length) return start + 1 === text.length ? { type: "quoted", text: "`" } : bad(text.slice(start), `bad substitution: no closing "\`" in ${text.slice(start)}`);
    return { type: "command", source, body: undefined, backquoted: true };
  }
}

function simpleParameter(name: string, source: string): ParameterPart {
  return { type: "parameter", name, subscript: undefined, length: false, indirect: false, prefixNames: undefined, operator: undefined, operand: undefined, operand2: undefined, braced: false, source, bad: false };
}

function bad(source: string, problem?: string): ParameterPart {
  return { ...simpleParameter("", source), braced: true, bad: true, ...(problem === undefined ? {} : { problem }) };
}

function shiftEmbedded(embedded: readonly EmbeddedCommand[], start: number, end: number): EmbeddedCommand[] {
  if (embedded.length === 0) return [];
  return embedded.filter((item) => item.start >= start && item.end <= end).map((item) => ({ start: item.start - start, end: item.end - start, body: item.body }));
}

/** Position after the closer of the pair whose opener stands at `start`; -1 when it is missing. */
export function matchingEnd(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === "'") {
      i = text.indexOf("'", i + 1);
      if (i < 0) return -1;
    } else if (c === '"') {
      i = doubleEnd(text, i);
      if (i < 0) return -1;
    } else if (c === "`") {
      i++;
      while (i < text.length && text.charAt(i) !== "`") i += text.charAt(i) === "\\" ? 2 : 1;
    } else if (c === "$" && text.charAt(i + 1) === "{") {
      const end = bracesEnd(text, i, false);
      if (end < 0) return -1;
      i = end - 1;
    } else if (c === open) depth++;
    else if (c === close && --depth === 0) return i + 1;
  }
  return -1;
}

/** Position of the closing double quote. */
function doubleEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === '"') return i;
    else if (c === "$" && text.charAt(i + 1) === "{") {
      const end = bracesEnd(text, i, true);
      if (end < 0) return -1;
      i = end - 1;
    } else if (c === "$" && text.charAt(i + 1) === "(") {
      const end = matchingEnd(text, i + 1, "(", ")");
      if (end < 0) return -1;
      i = end - 1;
    }
  }
  return -1;
}

/** Position after the `}` of the `${` at `start`; -1 when it is missing. */
export function bracesEnd(text: string, start: number, inDouble: boolean): number {
  let quoteSingles = !inDouble;
  let decided = !inDouble;
  for (let i = start + 2; i < text.length; i++) {
    const c = text.charAt(i);
    if (!decided && i > start + 2 && ":-=?+#%/^,@~".includes(c) && !/^[#!]?$/.test(text.slice(start + 2, i))) {
      quoteSingles = "#%/^,~@".includes(c);
      decided = true;
    }
    if (c === "}") return i + 1;
    if (c === "\\") i++;
    else if (c === "'" && quoteSingles) {
      i = text.indexOf("'", i + 1);
      if (i < 0) return -1;
    } else if (c === '"') {
      i = doubleEnd(text, i);
      if (i < 0) return -1;
    } else if (c === "`") {
      i++;
      while (i < text.length && text.charAt(i) !== "`") i += text.charAt(i) === "\\" ? 2 : 1;
    } else if (c === "$" && text.charAt(i + 1) === "{") {
      const end = bracesEnd(text, i, inDouble && !quoteSingles);
      if (end < 0) return -1;
      i = end - 1;
    } else if (c === "$" && text.charAt(i + 1) === "(") {
      const end = matchingEnd(text, i + 1, "(", ")");
      if (end < 0) return -1;
      i = end - 1;
    }
  }
  return -1;
}

const OPERATORS: readonly ParameterOperator[] = [":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", "~~", "-", "=", "?", "+", "#", "%", "/", ":", "^", ",", "~", "@"];

/** `source` is "${...}" whole. */
function parseBraces(source: string, embedded: readonly EmbeddedCommand[], inDouble: boolean): ParameterPart {
  const inner = source.slice(2, -1);
  let at = 0;
  let length = false;
  let indirect = false;
  const subWord = (text: string, offset: number, kind: "same" | "pattern" | "arithmetic"): Word => {
    const shifted = shiftEmbedded(embedded, 2 + offset, 2 + offset + text.length);
    if (kind === "arithmetic") return new Word(text, shifted, "double");
    return new Word(text, shifted, kind === "same" && inDouble ? "double" : "word");
  };
  if (inner.startsWith("#") && inner.length > 1 && !/^#[-:=?+#%/^,@~]/.test(inner)) {
    length = true;
    at = 1;
  } else if (/^#[-?@#]$/.test(inner)) {
    // ${#-} ${#?} ${#@} ${##}: lengths of the special parameters
    length = true;
    at = 1;
  } else if (inner.startsWith("!") && inner.length > 1 && !/^![-:=?+%/^,~]./.test(inner) && (!/^![=?+%/^,~]/.test(inner) || inner === "!?")) {
    indirect = true;
    at = 1;
  }
  if (!length && inner === "#-") length = false;
  const rest = inner.slice(at);
  let name = NAME.exec(rest)?.[0] ?? /^[0-9]+/.exec(rest)?.[0];
  if (name === undefined) {
    const c = rest.charAt(0);
    if (c === "" || !"@*#?-$!".includes(c)) return bad(source);
    name = c;
  }
  at += name.length;
  let subscript: Word | undefined;
  if (inner.charAt(at) === "[" && NAME.test(name)) {
    const end = matchingEnd(inner, at, "[", "]");
    if (end < 0) return bad(source);
    subscript = subWord(inner.slice(at + 1, end - 1), at + 1, "pattern");
    if (subscript.text === "") return bad(source);
    at = end;
  }
  const base = { type: "parameter", name, subscript, length, indirect, prefixNames: undefined, operator: undefined, operand: undefined, operand2: undefined, braced: true, source, bad: false } as const;
  if (/^#[=%/^,~]$/.test(inner)) return bad(source);
  if (at === inner.length) return base;
  const tail = inner.slice(at);
  if (indirect && subscript === undefined && (tail === "*" || tail === "@")) return { ...base, prefixNames: tail };
  if (length) return bad(source);
  const operator = OPERATORS.find((candidate) => tail.startsWith(candidate));
  if (operator === undefined) return bad(source);
  at += operator.length;
  const text = inner.slice(at);
  switch (operator) {
    case "@":
      // an unknown letter matters only when there is something to transform
      return { ...base, operator, operand: new Word(text), bad: text.length !== 1 || !"QEPAKaUuLk".includes(text) };
    case ":": {
      const colon = substringColon(text);
      if (text === "") return bad(source);
      if (colon < 0) return { ...base, operator, operand: subWord(text, at, "arithmetic") };
      return { ...base, operator, operand: subWord(text.slice(0, colon), at, "arithmetic"), operand2: subWord(text.slice(colon + 1), at + colon + 1, "arithmetic") };
    }
    case "/": case "//": case "/#": case "/%": {
      let op: ParameterOperator = operator;
      let pattern = text;
      let offset = at;
      // ${x/} with nothing, and ${x/#} whose pattern is "#"?: bash takes "#" and "%" as anchors only before something.
      if ((op === "/#" || op === "/%") && text === "") return { ...base, operator: op, operand: new Word(""), operand2: undefined };
      const slash = patternSlash(pattern, inDouble, op === "//");
      const replacement = slash < 0 ? undefined : subWord(pattern.slice(slash + 1), offset + slash + 1, "pattern");
      if (slash >= 0) pattern = pattern.slice(0, slash);
      if (op === "//" && pattern === "" && slash < 0) op = "//";
      offset = at;
      return { ...base, operator: op, operand: subWord(pattern, offset, "pattern"), operand2: replacement };
    }
    case "#": case "##": case "%": case "%%": case "^": case "^^": case ",": case ",,": case "~": case "~~":
      return { ...base, operator, operand: subWord(text, at, "pattern") };
    default:
      return { ...base, operator, operand: subWord(text, at, "same") };
  }
}

/** The `:` between offset and length, outside ?: and parentheses (subst.c: skiptosubscript...). */
function substringColon(text: string): number {
  let questions = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === "'") {
      const end = text.indexOf("'", i + 1);
      if (end > 0) i = end;
    } else if (c === '"') {
      const end = doubleEnd(text, i);
      if (end > 0) i = end;
    } else if (c === "$" && text.charAt(i + 1) === "{") {
      const end = bracesEnd(text, i, false);
      if (end > 0) i = end - 1;
    } else if (c === "$" && text.charAt(i + 1) === "(") {
      const end = matchingEnd(text, i + 1, "(", ")");
      if (end > 0) i = end - 1;
    } else if (c === "`") {
      i++;
      while (i < text.length && text.charAt(i) !== "`") i++;
    } else if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
    else if (c === "?") questions++;
    else if (c === ":" && depth === 0) {
      if (questions === 0) return i;
      questions--;
    }
  }
  return -1;
}

/** The first `/` outside quotes and expansions; after `//` one at the very start belongs to the pattern. */
function patternSlash(text: string, inDouble: boolean, skipFirst: boolean): number {
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "/" && !(skipFirst && i === 0)) return i;
    if (c === "\\") i++;
    else if (c === "'") {
      const end = text.indexOf("'", i + 1);
      if (end >= 0) i = end;
    } else if (c === '"') {
      const end = doubleEnd(text, i);
      if (end >= 0) i = end;
    } else if (c === "`") {
      i++;
      while (i < text.length && text.charAt(i) !== "`") i++;
    } else if (c === "$" && text.charAt(i + 1) === "{") {
      const end = bracesEnd(text, i, inDouble);
      if (end > 0) i = end - 1;
    } else if (c === "$" && text.charAt(i + 1) === "(") {
      const end = matchingEnd(text, i + 1, "(", ")");
      if (end > 0) i = end - 1;
    }
  }
  return -1;
}
