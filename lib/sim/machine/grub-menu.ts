// grub.cfg as GRUB runs it: variables, if, menu entries and submenus, the environment block (the GRUB manual, "Writing your own configuration file directly" and "The GRUB environment block").

export interface GrubMenuEntry {
  readonly title: string;
  readonly id: string | undefined;
  readonly kernel: string | undefined;
  /** what the kernel gets behind its own name */
  readonly words: readonly string[];
  readonly initrd: string | undefined;
}

interface Menu {
  readonly chosen: GrubMenuEntry | undefined;
  /** all, those of submenus too, in the order of the menu */
  readonly entries: readonly GrubMenuEntry[];
  /** the environment block, when it is written */
  readonly environment: string | undefined;
}

interface Item {
  readonly title: string;
  readonly id: string | undefined;
  readonly body: readonly Statement[];
  readonly isSubmenu: boolean;
}

type Statement =
  | { readonly kind: "command"; readonly words: readonly string[] }
  | { readonly kind: "if"; readonly branches: readonly { readonly condition: readonly string[]; readonly body: readonly Statement[] }[] }
  | { readonly kind: "block"; readonly words: readonly string[]; readonly body: readonly Statement[] };

const environmentHead = "# GRUB Environment Block\n";
const environmentBytes = 1024;
const mostStatements = 20_000;

/** Words of a line with their quotes taken off; `$x` stays for later, behind a mark where it is not to be expanded. */
function tokens(text: string): string[][] {
  const lines: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endLine = (): void => {
    endWord();
    if (words.length > 0) lines.push(words);
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") {
      const next = text.charAt(++at);
      if (next !== "\n") word = (word ?? "") + (next === "$" ? literalDollar : next);
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      word = (word ?? "") + text.slice(at + 1, end < 0 ? undefined : end).replaceAll("$", literalDollar);
      at = end < 0 ? text.length : end;
    } else if (character === '"') {
      const end = text.indexOf('"', at + 1);
      word = (word ?? "") + text.slice(at + 1, end < 0 ? undefined : end);
      at = end < 0 ? text.length : end;
    } else if (character === "#" && word === undefined) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end - 1;
    } else if (character === "\n" || character === ";") endLine();
    else if (character === " " || character === "\t") endWord();
    else if (word === undefined && (character === "{" || character === "}") && /^\s*$/.test(text.charAt(at + 1))) {
      // a brace by itself stands where a line ends
      if (character === "}") endLine();
      words.push(character);
      endLine();
    }
    else word = (word ?? "") + character;
  }
  endLine();
  return lines;
}

const literalDollar = "\u0001";

/** Statements up to a closing word; lines are taken from the front. */
function parse(lines: string[][], closing: readonly string[]): { readonly body: readonly Statement[]; readonly end: readonly string[] } {
  const body: Statement[] = [];
  for (let words = lines.shift(); words !== undefined; words = lines.shift()) {
    const [first = ""] = words;
    // "then cmd", "else cmd", "do cmd" stand before a command on the same line
    if (closing.includes(first)) {
      if (words.length > 1 && (first === "then" || first === "else")) lines.unshift(words.slice(1));
      return { body, end: words };
    }
    if (first === "if") {
      const branches: { condition: readonly string[]; body: readonly Statement[] }[] = [];
      let condition: readonly string[] = words.slice(1);
      let inElse = false;
      for (;;) {
        if (!inElse) {
          const [then] = lines;
          if (then?.[0] === "then") {
            lines.shift();
            if (then.length > 1) lines.unshift(then.slice(1));
          }
        }
        const part = parse(lines, ["elif", "else", "fi"]);
        branches.push({ condition, body: part.body });
        const [word] = part.end;
        if (word !== "elif" && word !== "else") break;
        inElse = word === "else";
        condition = inElse ? [] : part.end.slice(1);
      }
      body.push({ kind: "if", branches });
    } else if (words.at(-1) === "{") {
      const part = parse(lines, ["}"]);
      body.push({ kind: "block", words: words.slice(0, -1), body: part.body });
    } else body.push({ kind: "command", words });
  }
  return { body, end: [] };
}

class Runner {
  readonly variables = new Map([["prefix", "/boot/grub"], ["feature_menuentry_id", "y"], ["feature_timeout_style", "y"], ["feature_default_font_path", "y"], ["feature_all_video_module", "y"], ["grub_platform", "pc"], ["root", "hd0,msdos1"]]);
  readonly items: Item[] = [];
  readonly #isThere: (path: string) => boolean;
  readonly #block: Map<string, string> | undefined;
  wroteBlock = false;
  kernel: string | undefined;
  words: readonly string[] = [];
  initrd: string | undefined;
  #left = mostStatements;

  constructor(isThere: (path: string) => boolean, block: Map<string, string> | undefined) {
    this.#isThere = isThere;
    this.#block = block;
  }

  #expand(word: string): string {
    return word.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (_all, braced: string | undefined, plain: string | undefined) => this.variables.get(braced ?? plain ?? "") ?? "").replaceAll(literalDollar, "$");
  }

  #expanded(words: readonly string[]): readonly string[] {
    // a variable that holds nothing leaves no word, one with blanks leaves several
    return words.flatMap((word) => (/^\$\{?\w+\}?$/.test(word) ? this.#expand(word).split(" ").filter((one) => one !== "") : [this.#expand(word)]));
  }

  #holds(condition: readonly string[]): boolean {
    if (condition.length === 0) return true;
    if (condition[0] === "!") return !this.#holds(condition.slice(1));
    if (condition[0] !== "[" && condition[0] !== "test") return condition[0] === "true" || condition[0] === "loadfont";
    const words = condition.slice(1, condition.at(-1) === "]" ? -1 : undefined);
    return this.#test(words.map((word) => this.#expand(word)));
  }

  #test(words: readonly string[]): boolean {
    const or = words.indexOf("-o");
    if (or > 0) return this.#test(words.slice(0, or)) || this.#test(words.slice(or + 1));
    const and = words.indexOf("-a");
    if (and > 0) return this.#test(words.slice(0, and)) && this.#test(words.slice(and + 1));
    const [first = "", second = "", third = ""] = words;
    if (first === "!") return !this.#test(words.slice(1));
    if (words.length === 1) return first !== "";
    if (words.length === 2) return ["-s", "-f", "-e", "-d"].includes(first) ? this.#isThere(second.replace(/^\([^)]*\)/, "")) : first === "-n" ? second !== "" : first === "-z" && second === "";
    if (second === "=" || second === "==") return first === third;
    if (second === "!=") return first !== third;
    const [a, b] = [Number(first), Number(third)];
    return second === "-eq" ? a === b : second === "-ne" ? a !== b : second === "-lt" ? a < b : second === "-le" ? a <= b : second === "-gt" ? a > b : second === "-ge" && a >= b;
  }

  run(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.#left-- <= 0) return;
      if (statement.kind === "if") {
        const branch = statement.branches.find(({ condition }) => this.#holds(condition));
        if (branch !== undefined) this.run(branch.body);
      } else if (statement.kind === "block") this.#open(statement.words, statement.body);
      else this.#command(statement.words);
    }
  }

  #open(given: readonly string[], body: readonly Statement[]): void {
    const words = this.#expanded(given);
    const [kind, title = ""] = words;
    if (kind !== "menuentry" && kind !== "submenu") return;
    const at = words.findIndex((word) => word === "--id" || word.startsWith("--id="));
    const id = at < 0 ? undefined : words[at]?.includes("=") === true ? words[at]?.slice(5) : words[at + 1];
    this.items.push({ title, id, body, isSubmenu: kind === "submenu" });
  }

  #command(given: readonly string[]): void {
    const words = this.#expanded(given);
    const [command, first = "", ...rest] = words;
    switch (command) {
      case "set": {
        const equals = first.indexOf("=");
        if (equals > 0) this.variables.set(first.slice(0, equals), first.slice(equals + 1));
        return;
      }
      case "load_env":
        for (const [name, value] of this.#block ?? []) this.variables.set(name, value);
        return;
      case "save_env":
        if (this.#block === undefined) return;
        this.wroteBlock = true;
        for (const name of [first, ...rest]) {
          const value = this.variables.get(name) ?? "";
          if (value === "") this.#block.delete(name);
          else this.#block.set(name, value);
        }
        return;
      case "linux":
      case "linux16":
      case "linuxefi":
        this.kernel = first.replace(/^\([^)]*\)/, "");
        this.words = rest;
        return;
      case "initrd":
      case "initrd16":
      case "initrdefi":
        this.initrd = first.replace(/^\([^)]*\)/, "");
    }
  }
}

const parseBlock = (text: string | undefined): Map<string, string> | undefined =>
  text?.startsWith(environmentHead) === true ? new Map(text.slice(environmentHead.length).split("\n").filter((line) => line.includes("=") && !line.startsWith("#")).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])) : undefined;

/** `block`: the text of grubenv. `isThere`: of a path on the disk. */
export function readGrubMenu(text: string, block: string | undefined, isThere: (path: string) => boolean): Menu {
  const environment = parseBlock(block);
  const runner = new Runner(isThere, environment);
  runner.run(parse(tokens(text), []).body);
  const inside = (item: Item): readonly Item[] => {
    const own = new Runner(isThere, environment);
    for (const [name, value] of runner.variables) own.variables.set(name, value);
    own.run(item.body);
    return own.items;
  };
  const made = (item: Item): GrubMenuEntry => {
    const own = new Runner(isThere, environment);
    for (const [name, value] of runner.variables) own.variables.set(name, value);
    own.run(item.body);
    if (own.wroteBlock) runner.wroteBlock = true;
    return { title: item.title, id: item.id, kernel: own.kernel, words: own.words, initrd: own.initrd };
  };
  const pick = (items: readonly Item[], wanted: string): Item | undefined => items.find((item) => item.id === wanted || item.title === wanted) ?? (/^\d+$/.test(wanted) ? items[Number(wanted)] : undefined);
  /** a place, a title or an id, of entries in submenus behind ">" */
  const chosenOf = (items: readonly Item[], wanted: string): Item | undefined => {
    const whole = pick(items, wanted);
    if (whole !== undefined && !whole.isSubmenu) return whole;
    const at = wanted.indexOf(">");
    const found = pick(items, at < 0 ? wanted : wanted.slice(0, at));
    if (found === undefined || !found.isSubmenu) return found ?? items[0];
    return chosenOf(inside(found), at < 0 ? "0" : wanted.slice(at + 1));
  };
  const all = (items: readonly Item[]): readonly Item[] => items.flatMap((item) => (item.isSubmenu ? all(inside(item)) : [item]));
  const chosen = chosenOf(runner.items, runner.variables.get("default") || "0");
  const result = { chosen: chosen === undefined || chosen.isSubmenu ? undefined : made(chosen), entries: all(runner.items).map(made) };
  return { ...result, environment: runner.wroteBlock && environment !== undefined ? `${environmentHead}${[...environment].map(([name, value]) => `${name}=${value}\n`).join("")}`.padEnd(environmentBytes, "#") : undefined };
}
