// Attributes of paths and what they do to contents: text, eol, binary (gitattributes(5)).
import { type Blocking, concatBytes } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { readText } from "../store/file-bytes.ts";
import { hasWildcard, wildmatch } from "./wildmatch.ts";

/** true: set, false: unset, text: its value; undefined: unspecified */
export type AttributeValue = string | boolean | undefined;

interface Rule {
  readonly pattern: string;
  readonly anchored: boolean;
  readonly values: readonly (readonly [string, AttributeValue])[];
}

function parseAttributes(text: string): { readonly rules: readonly Rule[]; readonly macros: ReadonlyMap<string, Rule["values"]> } {
  const rules: Rule[] = [];
  const macros = new Map<string, Rule["values"]>();
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [first = "", ...words] = line.split(/\s+/);
    const values = words.map((word): readonly [string, AttributeValue] => {
      if (word.startsWith("-")) return [word.slice(1), false];
      if (word.startsWith("!")) return [word.slice(1), undefined];
      const equals = word.indexOf("=");
      return equals < 0 ? [word, true] : [word.slice(0, equals), word.slice(equals + 1)];
    });
    if (first.startsWith("[attr]")) macros.set(first.slice(6), values);
    else rules.push({ pattern: first.replace(/^\//, ""), anchored: first.includes("/"), values });
  }
  return { rules, macros };
}

export class Attributes {
  readonly #git: Git;
  readonly #files = new Map<string, ReturnType<typeof parseAttributes>>();

  constructor(git: Git) {
    this.#git = git;
  }

  *#file(path: string): Blocking<ReturnType<typeof parseAttributes>> {
    const known = this.#files.get(path);
    if (known) return known;
    const parsed = parseAttributes((yield* readText(this.#git.sys, path)) ?? "");
    this.#files.set(path, parsed);
    return parsed;
  }

  /** All that are said of the path, in the order they were first met. */
  *of(path: string): Blocking<ReadonlyMap<string, AttributeValue>> {
    const { sys, config, repository } = this.#git;
    const home = sys.environment.get("HOME") ?? "";
    const files: (readonly [string, string])[] = [[config.path("core.attributesfile") ?? `${sys.environment.get("XDG_CONFIG_HOME") || `${home}/.config`}/git/attributes`, path]];
    if (repository.place.workTree !== undefined) {
      files.push([".gitattributes", path]);
      for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) files.push([`${path.slice(0, slash)}/.gitattributes`, path.slice(slash + 1)]);
    }
    files.push([`${repository.gitDir}/info/attributes`, path]);
    const found = new Map<string, AttributeValue>();
    const macros = new Map<string, Rule["values"]>([["binary", [["diff", false], ["merge", false], ["text", false]]]]);
    for (const [file, subject] of files) {
      const parsed = yield* this.#file(file);
      for (const [name, values] of parsed.macros) macros.set(name, values);
      for (const rule of parsed.rules) {
        const against = rule.anchored ? subject : subject.slice(subject.lastIndexOf("/") + 1);
        if (!(hasWildcard(rule.pattern) ? wildmatch(rule.pattern, against, { pathname: true }) : rule.pattern === against)) continue;
        for (const [name, value] of rule.values) {
          found.set(name, value);
          if (value === true) for (const [inner, innerValue] of macros.get(name) ?? []) found.set(inner, innerValue);
        }
      }
    }
    return found;
  }

  *#endings(path: string): Blocking<{ readonly text: "yes" | "no" | "auto"; readonly crlf: boolean }> {
    const { config } = this.#git;
    const values = yield* this.of(path);
    const autocrlf = config.get("core.autocrlf")?.toLowerCase();
    const auto = autocrlf === "true" || autocrlf === "yes" || autocrlf === "on" || autocrlf === "1" ? "crlf" : autocrlf === "input" ? "lf" : undefined;
    const eol = values.get("eol");
    const set = values.get("text") ?? values.get("crlf");
    const text = set === true || set === "input" ? "yes" : set === false ? "no" : set === "auto" ? "auto" : eol !== undefined ? "yes" : auto !== undefined ? "auto" : "no";
    const wanted = eol ?? (auto === "crlf" ? "crlf" : auto === "lf" ? "lf" : config.get("core.eol"));
    return { text, crlf: wanted === "crlf" };
  }

  /** Contents of the work tree as they are stored. */
  *toGit(path: string, bytes: Uint8Array): Blocking<Uint8Array> {
    if (!bytes.includes(13)) return bytes;
    const { text } = yield* this.#endings(path);
    if (text === "no" || (text === "auto" && isBinary(bytes))) return bytes;
    return withoutCr(bytes);
  }

  /** Stored contents as the work tree has them. */
  *toWorkTree(path: string, bytes: Uint8Array): Blocking<Uint8Array> {
    const { text, crlf } = yield* this.#endings(path);
    if (!crlf || text === "no" || (text === "auto" && (isBinary(bytes) || hasCrLf(bytes)))) return bytes;
    return withCr(bytes);
  }

  /** undefined: look at the contents */
  *isBinary(path: string): Blocking<boolean | undefined> {
    const diff = (yield* this.of(path)).get("diff");
    return diff === false ? true : diff === true || diff === "text" ? false : undefined;
  }
}

/** As git guesses: a zero byte in the first 8000. */
export const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 8000).includes(0);

const hasCrLf = (bytes: Uint8Array): boolean => {
  for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) if (bytes[at + 1] === 10) return true;
  return false;
};

function withoutCr(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => !(byte === 13 && bytes[i + 1] === 10));
}

function withCr(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at - 1] === 13) continue;
    parts.push(bytes.subarray(from, at), Uint8Array.of(13));
    from = at;
  }
  return concatBytes([...parts, bytes.subarray(from)]);
}
