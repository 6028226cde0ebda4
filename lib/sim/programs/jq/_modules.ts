// Modules of jq: where they are found, and how their filters come into the program (linker.c). A filter of a module becomes one whose body holds all
// the module's definitions, so that each module sees only its own names and what it imports.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { JsonFailure, parseJsonTexts } from "./_json-parser.ts";
import { type Definition, type Import, type Node, Parser, SyntaxFailure, type Unit } from "./_syntax.ts";
import type { Json } from "./_value.ts";

/** What cannot be linked: whole lines for standard error. */
export class LinkFailure extends Error {}

/** The line of the program that an error is in, then blanks up to the place. */
export function located(source: string, message: string, at: number, where: string): string {
  const line = source.slice(0, at).split("\n").length;
  const lineText = source.split("\n")[line - 1] ?? "";
  const column = at - (source.lastIndexOf("\n", at - 1) + 1);
  return `jq: error: ${message} at ${where}, line ${line}:\n${lineText}${" ".repeat(Math.max(0, column))}\n`;
}

export function parseUnit(source: string, where: string): Unit {
  try {
    return new Parser(source).unit();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    if (error.at < 0) throw new LinkFailure(`jq: error: ${error.message}\njq: 1 compile error\n`);
    const { hint } = error;
    throw new LinkFailure(`${located(source, error.message, error.at, where)}${hint ? located(source, hint.message, hint.at, where) : ""}jq: ${hint ? "2 compile errors" : "1 compile error"}\n`);
  }
}

export function wrap(definitions: readonly Definition[], body: Node): Node {
  return definitions.reduceRight<Node>((inner, definition) => ({ kind: "define", definition, body: inner }), body);
}

function* contents(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    if ((sys.stat(path).mode & S.IFMT) !== S.IFREG) return undefined;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  return yield* readTextFile(sys, path);
}

export class Linker {
  readonly #sys: Sys;
  readonly #directories: readonly string[];
  readonly #check: (node: Node, source: string, where: string, variables: Iterable<string>) => void;
  /** what `import … as $name` read */
  readonly data = new Map<string, Json>();
  readonly #loading = new Set<string>();

  /** `check` throws LinkFailure for names that are defined nowhere. */
  constructor(sys: Sys, directories: readonly string[], check: (node: Node, source: string, where: string, variables: Iterable<string>) => void) {
    this.#sys = sys;
    this.#directories = directories;
    this.#check = check;
  }

  /** What the imports of a unit bring, and the definitions of ~/.jq for the program itself. `origin`: the folder of the unit. */
  *imported(unit: Unit, origin: string, isProgram: boolean): Blocking<Definition[]> {
    const brought: Definition[] = [];
    const home = this.#sys.environment.get("HOME");
    const own = isProgram && home !== undefined ? yield* contents(this.#sys, `${home}/.jq`) : undefined;
    if (own !== undefined) brought.push(...this.#exports(yield* this.#definitions(own, `${home}/.jq`), undefined));
    for (const one of unit.imports) {
      const { path, text } = yield* this.#find(one, origin);
      if (one.isData) {
        let values: Json[];
        try {
          values = [...parseJsonTexts(text)];
        } catch (error) {
          if (!(error instanceof JsonFailure)) throw error;
          throw new LinkFailure(`jq: error: error loading data file ${path}: ${error.message}\n\njq: 1 compile error\n`);
        }
        this.data.set(one.as ?? "", values);
        this.data.set(`${one.as}::${one.as}`, values);
      } else brought.push(...this.#exports(yield* this.#definitions(text, path), one.as));
    }
    return brought;
  }

  *#definitions(text: string, path: string): Blocking<Definition[]> {
    const unit = parseUnit(text, path);
    if (unit.body !== undefined) throw new LinkFailure(`jq: error: library should only have function definitions, not a main expression at ${path}, line 1:\n${text.split("\n")[0]}\njq: 1 compile error\n`);
    if (this.#loading.has(path)) throw new LinkFailure(`jq: error: module ${path} imports itself\n\njq: 1 compile error\n`);
    this.#loading.add(path);
    const all = [...(yield* this.imported(unit, path.slice(0, path.lastIndexOf("/")) || "/", false)), ...unit.definitions];
    this.#loading.delete(path);
    this.#check(wrap(all, { kind: "identity" }), text, path, this.data.keys());
    return all;
  }

  /** Each definition under the name of the module, closed over all the others. */
  #exports(all: readonly Definition[], prefix: string | undefined): Definition[] {
    return all.filter((one) => !one.name.includes("::")).map(({ name, parameters }) => ({
      name: prefix === undefined ? name : `${prefix}::${name}`, parameters: parameters.map((_, i) => `#${i}`), isForeign: true,
      body: wrap(all, { kind: "call", name, args: parameters.map((_, i) => ({ kind: "call", name: `#${i}`, args: [], at: 0 })), at: 0 }),
    }));
  }

  *#find(one: Import, origin: string): Blocking<{ readonly path: string; readonly text: string }> {
    const home = this.#sys.environment.get("HOME") ?? "";
    const asked = one.search === undefined ? [".", ...this.#directories] : one.search;
    const folders = asked.map((folder) => (folder.startsWith("/") ? folder : folder.startsWith("~/") ? home + folder.slice(1) : folder.startsWith("$ORIGIN/") ? `/usr/bin${folder.slice(7)}` : `${origin}/${folder}`));
    const end = one.isData ? ".json" : ".jq";
    const last = one.path.slice(one.path.lastIndexOf("/") + 1);
    for (const folder of folders) {
      for (const name of [`${one.path}${end}`, ...(one.isData ? [] : [`${one.path}/jq/main.jq`]), `${one.path}/${last}${end}`]) {
        const text = yield* contents(this.#sys, `${folder}/${name}`);
        if (text !== undefined) return { path: `${folder}/${name}`.replace(/\/(\.?\/)+/g, "/"), text };
      }
    }
    throw new LinkFailure(`jq: error: module not found: ${one.path}\n\njq: 1 compile error\n`);
  }
}
