// YAML tokens to nodes and values as PyYAML's safe loader makes them. One document; anchors, aliases and merge keys; errors as in yaml/parser.py,
// composer.py and constructor.py.
import { resolveScalar, type ScalarValue } from "./resolve-scalar.ts";
import { scanYaml, type YamlToken, type YamlTokenKind } from "./scan-yaml.ts";
import { YamlError, type YamlMark } from "./yaml-error.ts";

export type YamlValue = ScalarValue | readonly YamlValue[] | YamlMap;
/** Keys that are no strings are written as Python's str() writes them. */
export type YamlMap = ReadonlyMap<string, YamlValue>;

export type YamlNode =
  | { readonly kind: "scalar"; readonly value: ScalarValue; readonly text: string; readonly plain: boolean; readonly mark: YamlMark }
  | { readonly kind: "sequence"; readonly items: readonly YamlNode[]; readonly mark: YamlMark }
  | { readonly kind: "mapping"; readonly pairs: readonly (readonly [key: YamlNode, value: YamlNode])[]; readonly mark: YamlMark };

/** Deeper than Python's own stack allows PyYAML to go. */
const MOST_DEPTH = 300;
const repr = (text: string): string => `'${text}'`;

class YamlParser {
  readonly #tokens: readonly YamlToken[];
  readonly #error: YamlError | undefined;
  #at = 0;
  #depth = 0;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(tokens: readonly YamlToken[], error: YamlError | undefined) {
    this.#tokens = tokens;
    this.#error = error;
  }

  #token(): YamlToken {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#error ?? new YamlError("found unexpected end of stream");
    return token;
  }

  #is(...kinds: readonly YamlTokenKind[]): boolean {
    return kinds.includes(this.#token().kind);
  }

  #next(): YamlToken {
    const token = this.#token();
    this.#at++;
    return token;
  }

  document(): YamlNode | undefined {
    if (this.#is("<stream end>")) return undefined;
    const first = this.#token();
    while (this.#is("<directive>")) this.#next();
    if (this.#is("<document start>")) this.#next();
    else if (first.kind === "<directive>") throw new YamlError(`expected '<document start>', but found ${repr(this.#token().kind)}`, this.#token().start);
    const root = first.kind === "<document start>" && this.#is("<directive>", "<document start>", "<document end>", "<stream end>") ? this.#empty(this.#token().start) : this.#node("block");
    while (this.#is("<document end>")) this.#next();
    if (this.#is("<stream end>")) return root;
    const { kind, start } = this.#token();
    if (kind !== "<document start>") throw new YamlError(`expected '<document start>', but found ${repr(kind)}`, start);
    throw new YamlError("but found another document", start, "expected a single document in the stream", root.mark);
  }

  #empty(mark: YamlMark): YamlNode {
    return { kind: "scalar", value: null, text: "", plain: true, mark };
  }

  #node(where: "block" | "flow", indentless = false): YamlNode {
    if (++this.#depth > MOST_DEPTH) throw new YamlError("maximum recursion depth exceeded");
    try {
      return this.#nodeAt(where, indentless);
    } finally {
      this.#depth--;
    }
  }

  #nodeAt(where: "block" | "flow", indentless: boolean): YamlNode {
    if (this.#is("<alias>")) {
      const { value, start } = this.#next();
      const node = this.#anchors.get(value);
      if (node === undefined) throw new YamlError(`found undefined alias ${repr(value)}`, start);
      return node;
    }
    const { start } = this.#token();
    let anchor: string | undefined;
    let tag: string | undefined;
    while (this.#is("<anchor>", "<tag>")) {
      const token = this.#token();
      if (token.kind === "<anchor>" ? anchor !== undefined : tag !== undefined) break;
      if (token.kind === "<anchor>") anchor = token.value;
      else tag = token.value;
      this.#next();
    }
    const made = this.#content(where, indentless, start, tag, anchor !== undefined || tag !== undefined);
    if (anchor !== undefined) {
      const former = this.#anchors.get(anchor);
      if (former !== undefined) throw new YamlError("second occurrence", start, `found duplicate anchor ${repr(anchor)}; first occurrence`, former.mark);
      this.#anchors.set(anchor, made);
    }
    return made;
  }

  #content(where: "block" | "flow", indentless: boolean, start: YamlMark, tag: string | undefined, named: boolean): YamlNode {
    const token = this.#token();
    if (indentless && token.kind === "-") return this.#indentlessSequence();
    if (token.kind === "<scalar>") {
      this.#next();
      return { kind: "scalar", value: taggedValue(tag, token, start), text: token.value, plain: token.style === "", mark: token.start };
    }
    if (token.kind === "[") return this.#flowSequence();
    if (token.kind === "{") return this.#flowMapping();
    if (where === "block" && token.kind === "<block sequence start>") return this.#blockSequence();
    if (where === "block" && token.kind === "<block mapping start>") return this.#blockMapping();
    if (named) return tag === "!!str" ? { kind: "scalar", value: "", text: "", plain: false, mark: start } : this.#empty(start);
    throw new YamlError(`expected the node content, but found ${repr(token.kind)}`, token.start, `while parsing a ${where} node`, start);
  }

  #blockSequence(): YamlNode {
    const { start } = this.#next();
    const items: YamlNode[] = [];
    while (this.#is("-")) {
      const entry = this.#next();
      items.push(this.#is("-", "<block end>") ? this.#empty(entry.end) : this.#node("block"));
    }
    this.#blockEnd("while parsing a block collection", start);
    return { kind: "sequence", items, mark: start };
  }

  #blockEnd(context: string, start: YamlMark): void {
    const token = this.#token();
    if (token.kind !== "<block end>") throw new YamlError(`expected <block end>, but found ${repr(token.kind)}`, token.start, context, start);
    this.#next();
  }

  #indentlessSequence(): YamlNode {
    const { start } = this.#token();
    const items: YamlNode[] = [];
    while (this.#is("-")) {
      const entry = this.#next();
      items.push(this.#is("-", "?", ":", "<block end>") ? this.#empty(entry.end) : this.#node("block"));
    }
    return { kind: "sequence", items, mark: start };
  }

  #blockMapping(): YamlNode {
    const { start } = this.#next();
    const pairs: [YamlNode, YamlNode][] = [];
    while (this.#is("?")) {
      const begun = this.#next();
      const key = this.#is("?", ":", "<block end>") ? this.#empty(begun.end) : this.#node("block", true);
      let value = this.#empty(this.#token().start);
      if (this.#is(":")) {
        const { end } = this.#next();
        value = this.#is("?", ":", "<block end>") ? this.#empty(end) : this.#node("block", true);
      }
      pairs.push([key, value]);
    }
    this.#blockEnd("while parsing a block mapping", start);
    return { kind: "mapping", pairs, mark: start };
  }

  #flowSequence(): YamlNode {
    const { start } = this.#next();
    const items: YamlNode[] = [];
    while (!this.#is("]")) {
      if (items.length > 0) {
        const token = this.#token();
        if (token.kind !== ",") throw new YamlError(`expected ',' or ']', but got ${repr(token.kind)}`, token.start, "while parsing a flow sequence", start);
        this.#next();
        if (this.#is("]")) break;
      }
      if (this.#is("?")) {
        const { start: at, end } = this.#next();
        const key = this.#is(":", ",", "]") ? this.#empty(end) : this.#node("flow");
        let value = this.#empty(this.#token().start);
        if (this.#is(":")) {
          const colon = this.#next();
          value = this.#is(",", "]") ? this.#empty(colon.end) : this.#node("flow");
        }
        items.push({ kind: "mapping", pairs: [[key, value]], mark: at });
      } else items.push(this.#node("flow"));
    }
    this.#next();
    return { kind: "sequence", items, mark: start };
  }

  #flowMapping(): YamlNode {
    const { start } = this.#next();
    const pairs: [YamlNode, YamlNode][] = [];
    while (!this.#is("}")) {
      if (pairs.length > 0) {
        const token = this.#token();
        if (token.kind !== ",") throw new YamlError(`expected ',' or '}', but got ${repr(token.kind)}`, token.start, "while parsing a flow mapping", start);
        this.#next();
        if (this.#is("}")) break;
      }
      const at = this.#token().start;
      if (this.#is("?")) {
        const { end } = this.#next();
        const key = this.#is(":", ",", "}") ? this.#empty(end) : this.#node("flow");
        let value = this.#empty(this.#token().start);
        if (this.#is(":")) {
          const colon = this.#next();
          value = this.#is(",", "}") ? this.#empty(colon.end) : this.#node("flow");
        }
        pairs.push([key, value]);
      } else pairs.push([this.#node("flow"), this.#empty(at)]);
    }
    this.#next();
    return { kind: "mapping", pairs, mark: start };
  }
}

function taggedValue(tag: string | undefined, token: YamlToken, start: YamlMark): ScalarValue {
  switch (tag) {
    case undefined:
      return token.style === "" ? resolveScalar(token.value) : token.value;
    case "!": case "!!str": case "!!binary": case "!<tag:yaml.org,2002:str>":
      return token.value;
    case "!!int": case "!!float": case "!!bool": case "!!null": case "!!timestamp":
      return resolveScalar(token.value);
    default:
      throw new YamlError(`could not determine a constructor for the tag ${repr(tag.startsWith("!!") ? `tag:yaml.org,2002:${tag.slice(2)}` : tag)}`, start);
  }
}

/** How many values a text may come to once its aliases are followed. */
const MOST_VALUES = 100_000;

/** Python's str() of a key. */
export const keyText = (value: ScalarValue): string => (value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value));

export function yamlValue(node: YamlNode): YamlValue {
  const done = new Map<YamlNode, { readonly value: YamlValue; readonly count: number }>();
  let total = 0;
  const convert = (one: YamlNode): YamlValue => {
    const known = done.get(one);
    if (known !== undefined) {
      total += known.count;
      if (total > MOST_VALUES) throw new YamlError("too many values behind aliases", one.mark);
      return known.value;
    }
    const before = total;
    if (++total > MOST_VALUES) throw new YamlError("too many values behind aliases", one.mark);
    let value: YamlValue;
    if (one.kind === "scalar") value = one.value;
    else if (one.kind === "sequence") value = one.items.map(convert);
    else {
      const map = new Map<string, YamlValue>();
      const merged = new Map<string, YamlValue>();
      for (const [key, content] of one.pairs) {
        if (key.kind !== "scalar") throw new YamlError("found unhashable key", key.mark, "while constructing a mapping", one.mark);
        const made = convert(content);
        if (key.plain && key.text === "<<") {
          for (const source of Array.isArray(made) ? [...made].reverse() : [made]) {
            if (!(source instanceof Map)) throw new YamlError(`expected a mapping or list of mappings for merging, but found ${content.kind}`, content.mark, "while constructing a mapping", one.mark);
            for (const [name, inherited] of source as YamlMap) merged.set(name, inherited);
          }
        } else map.set(keyText(key.value), made);
      }
      value = merged.size === 0 ? map : new Map([...merged, ...map]);
    }
    done.set(one, { value, count: total - before });
    return value;
  };
  return convert(node);
}

/** Undefined for a text without a document. `source` is what errors call the text. Throws YamlError. */
export function parseYaml(text: string, source = "<unicode string>"): YamlNode | undefined {
  const { tokens, error } = scanYaml(text, source);
  return new YamlParser(tokens, error).document();
}

/** yaml.safe_load. Throws YamlError. */
export function loadYaml(text: string, source = "<unicode string>"): YamlValue {
  const node = parseYaml(text, source);
  return node === undefined ? null : yamlValue(node);
}
