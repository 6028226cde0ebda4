// Jinja2 as far as user data needs it (cloudinit/templater.py): {{ expression }} with filters, {% if %}, {% elif %}, {% else %}, {% for %}, {% set %}, {# remarks #}.
// A name that is not there stays in the text as CI_MISSING_JINJA_VAR/name.
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import { isList, isMap, jsonText } from "./_json.ts";

const MISSING = "CI_MISSING_JINJA_VAR/";
const mostTurns = 10_000;

/** What the template says wrongly. */
export class JinjaError extends Error {}

class Missing {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Value = YamlValue | Missing;

const underscored = (name: string): string => name.replaceAll("-", "_");

/** A dotted path; undefined with the part that is not there. */
export function lookUp(data: YamlMap, path: string): { readonly value: YamlValue } | { readonly missing: string } {
  let at: YamlValue = data;
  const walked: string[] = [];
  for (const part of path.split(".")) {
    walked.push(part);
    const next = member(at, part);
    if (next === undefined) return { missing: walked.join(".") };
    at = next;
  }
  return { value: at };
}

function member(of: YamlValue, name: string): YamlValue | undefined {
  if (isMap(of)) return of.get(name) ?? [...of].find(([key]) => underscored(key) === name)?.[1];
  if (isList(of) && /^\d+$/.test(name)) return of[Number(name)];
  return undefined;
}

function shown(value: Value): string {
  if (value instanceof Missing) return MISSING + value.name;
  if (typeof value === "string") return value;
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : typeof value === "number" ? String(value) : jsonText(value);
}

const truthy = (value: Value): boolean => !(value instanceof Missing) && value !== null && value !== false && value !== "" && value !== 0 && !(isList(value) && value.length === 0) && !(isMap(value) && value.size === 0);

const same = (a: Value, b: Value): boolean => a === b || (!(a instanceof Missing) && !(b instanceof Missing) && typeof a === "object" && typeof b === "object" && a !== null && b !== null && jsonText(a) === jsonText(b));

/** One expression; names come from `scope`. */
class Expression {
  readonly #tokens: readonly string[];
  readonly #scope: YamlMap;
  #at = 0;

  constructor(text: string, scope: YamlMap) {
    this.#tokens = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_-]*|==|!=|<=|>=|[<>~+().,|[\]]|\S/g) ?? [];
    this.#scope = scope;
  }

  static of(text: string, scope: YamlMap): Value {
    const own = new Expression(text, scope);
    const value = own.#or();
    if (own.#at < own.#tokens.length) throw new JinjaError(`unexpected '${own.#tokens[own.#at] ?? ""}'`);
    return value;
  }

  #take(...words: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !words.includes(token)) return undefined;
    this.#at++;
    return token;
  }

  #or(): Value {
    let left = this.#and();
    while (this.#take("or") !== undefined) {
      const right = this.#and();
      left = truthy(left) ? left : right;
    }
    return left;
  }

  #and(): Value {
    let left = this.#not();
    while (this.#take("and") !== undefined) {
      const right = this.#not();
      left = truthy(left) ? right : left;
    }
    return left;
  }

  #not(): Value {
    return this.#take("not") === undefined ? this.#comparison() : !truthy(this.#not());
  }

  #comparison(): Value {
    const left = this.#sum();
    if (this.#take("is") !== undefined) {
      const negated = this.#take("not") !== undefined;
      const test = this.#tokens[this.#at++];
      if (test !== "defined" && test !== "undefined" && test !== "none") throw new JinjaError(`no test named '${test ?? ""}'`);
      const holds = test === "none" ? left === null : left instanceof Missing === (test === "undefined");
      return holds !== negated;
    }
    const outside = this.#tokens[this.#at] === "not" && this.#tokens[this.#at + 1] === "in";
    if (outside) this.#at++;
    const operator = this.#take("==", "!=", "<", ">", "<=", ">=", "in");
    if (operator === undefined) return left;
    const right = this.#sum();
    switch (operator) {
      case "==": return same(left, right);
      case "!=": return !same(left, right);
      case "in": {
        const found = isListValue(right) ? right.some((one) => same(one, left)) : isMapValue(right) ? right.has(shown(left)) : shown(right).includes(shown(left));
        return found !== outside;
      }
      default: {
        const [a, b] = [Number(shown(left)), Number(shown(right))];
        return operator === "<" ? a < b : operator === ">" ? a > b : operator === "<=" ? a <= b : a >= b;
      }
    }
  }

  #sum(): Value {
    let left = this.#filtered();
    for (let operator = this.#take("+", "~"); operator !== undefined; operator = this.#take("+", "~")) {
      const right = this.#filtered();
      left = operator === "+" && typeof left === "number" && typeof right === "number" ? left + right : shown(left) + shown(right);
    }
    return left;
  }

  #filtered(): Value {
    let value = this.#primary();
    while (this.#take("|") !== undefined) {
      const name = this.#tokens[this.#at++] ?? "";
      const given: Value[] = [];
      if (this.#take("(") !== undefined) {
        while (this.#take(")") === undefined) {
          if (this.#at >= this.#tokens.length) throw new JinjaError("unexpected end of template");
          given.push(this.#or());
          this.#take(",");
        }
      }
      value = filter(name, value, given);
    }
    return value;
  }

  #primary(): Value {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new JinjaError("Expected an expression, got 'end of print statement'");
    if (token === "(") {
      const value = this.#or();
      if (this.#take(")") === undefined) throw new JinjaError("unexpected end of template, expected ')'.");
      return value;
    }
    if (token === "[") {
      const items: YamlValue[] = [];
      while (this.#take("]") === undefined) {
        if (this.#at >= this.#tokens.length) throw new JinjaError("unexpected end of template, expected ']'.");
        const item = this.#or();
        items.push(item instanceof Missing ? MISSING + item.name : item);
        this.#take(",");
      }
      return items;
    }
    if (/^["']/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, "$1");
    if (/^\d/.test(token)) return Number(token);
    if (token === "true" || token === "True") return true;
    if (token === "false" || token === "False") return false;
    if (token === "none" || token === "None") return null;
    if (!/^[A-Za-z_]/.test(token)) throw new JinjaError(`unexpected '${token}'`);
    let name = token;
    let value: Value = member(this.#scope, token) ?? new Missing(token);
    for (;;) {
      let part: string;
      if (this.#take(".") !== undefined) part = this.#tokens[this.#at++] ?? "";
      else if (this.#take("[") !== undefined) {
        part = shown(this.#or());
        if (this.#take("]") === undefined) throw new JinjaError("unexpected end of template, expected ']'.");
      } else return value;
      name += `.${part}`;
      value = (value instanceof Missing ? undefined : member(value, part)) ?? new Missing(name);
    }
  }
}

const isListValue = (value: Value): value is readonly YamlValue[] => !(value instanceof Missing) && isList(value);
const isMapValue = (value: Value): value is YamlMap => !(value instanceof Missing) && isMap(value);

function filter(name: string, value: Value, given: readonly Value[]): Value {
  const text = shown(value);
  const argument = (at: number): string => (given[at] === undefined ? "" : shown(given[at]));
  switch (name) {
    case "default":
    case "d": return value instanceof Missing || (given[1] === true && !truthy(value)) ? (given[0] ?? "") : value;
    case "upper": return text.toUpperCase();
    case "lower": return text.toLowerCase();
    case "trim": return text.trim();
    case "replace": return argument(0) === "" ? text : text.replaceAll(argument(0), argument(1));
    case "length":
    case "count": return isListValue(value) ? value.length : isMapValue(value) ? value.size : text.length;
    case "join": return isListValue(value) ? value.map(shown).join(argument(0)) : text;
    case "first": return isListValue(value) ? (value[0] ?? null) : text.charAt(0);
    case "last": return isListValue(value) ? (value.at(-1) ?? null) : text.slice(-1);
    case "int": return Math.trunc(Number(text)) || 0;
    case "string": return text;
    default: throw new JinjaError(`No filter named '${name}'.`);
  }
}

interface Piece {
  readonly kind: "text" | "print" | "tag";
  readonly text: string;
}

function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let strip = false;
  const plain = (until: number, stripEnd: boolean): void => {
    let text = template.slice(from, until);
    if (strip) text = text.trimStart();
    if (stripEnd) text = text.trimEnd();
    if (text !== "") pieces.push({ kind: "text", text });
  };
  for (const match of template.matchAll(/\{\{(-?)(.*?)(-?)\}\}|\{%(-?)(.*?)(-?)%\}\n?|\{#.*?#\}/gs)) {
    plain(match.index, (match[1] ?? match[4]) === "-");
    if (match[2] !== undefined) pieces.push({ kind: "print", text: match[2].trim() });
    else if (match[5] !== undefined) pieces.push({ kind: "tag", text: match[5].trim() });
    from = match.index + match[0].length;
    strip = (match[3] ?? match[6]) === "-";
  }
  plain(template.length, false);
  return pieces;
}

class Renderer {
  readonly #pieces: readonly Piece[];
  #turns = 0;
  out = "";

  constructor(template: string) {
    this.#pieces = piecesOf(template);
  }

  /** From a piece to the tag that ends its block; what it prints counts only if `live`. */
  run(from: number, scope: Map<string, YamlValue>, live: boolean, ends: readonly string[]): number {
    for (let at = from; at < this.#pieces.length; at++) {
      const piece = this.#pieces[at];
      if (piece === undefined) break;
      if (++this.#turns > mostTurns) throw new JinjaError("template runs too long");
      if (piece.kind === "text") this.out += live ? piece.text : "";
      else if (piece.kind === "print") this.out += live ? shown(Expression.of(piece.text, scope)) : "";
      else {
        const word = piece.text.split(/\s/, 1)[0] ?? "";
        if (ends.includes(word)) return at;
        const rest = piece.text.slice(word.length).trim();
        if (word === "if") at = this.#if(at, rest, scope, live);
        else if (word === "for") at = this.#for(at, rest, scope, live);
        else if (word === "set") {
          const [, name = "", text = ""] = /^(\w+)\s*=(.*)$/s.exec(rest) ?? [];
          const value = live ? Expression.of(text, scope) : null;
          if (live) scope.set(name, value instanceof Missing ? MISSING + value.name : value);
        } else throw new JinjaError(`Encountered unknown tag '${word}'.`);
      }
    }
    if (ends.length > 0) throw new JinjaError(`Unexpected end of template. Jinja was looking for the following tags: ${ends.map((one) => `'${one}'`).join(" or ")}.`);
    return this.#pieces.length;
  }

  #if(at: number, condition: string, scope: Map<string, YamlValue>, live: boolean): number {
    let done = false;
    let chosen = live && truthy(Expression.of(condition, scope));
    let end = at;
    for (;;) {
      done ||= chosen;
      end = this.run(end + 1, scope, chosen, ["elif", "else", "endif"]);
      const tag = this.#pieces[end]?.text ?? "";
      if (tag === "endif") return end;
      chosen = live && !done && (tag === "else" || truthy(Expression.of(tag.slice(4), scope)));
    }
  }

  #for(at: number, head: string, scope: Map<string, YamlValue>, live: boolean): number {
    const match = /^(\w+)(?:\s*,\s*(\w+))?\s+in\s+(.*)$/s.exec(head);
    if (match === null) throw new JinjaError("expected token 'in'");
    const value = live ? Expression.of((match[3] ?? "").replace(/\.items\(\)\s*$/, ""), scope) : null;
    const items: readonly (readonly [YamlValue, YamlValue])[] = isListValue(value) ? value.map((one, index) => [one, index]) : isMapValue(value) ? [...value].map(([key, one]) => [key, one]) : [];
    let end = at;
    for (const [first, second] of items) {
      const inner = new Map(scope).set(match[1] ?? "", first);
      if (match[2] !== undefined) inner.set(match[2], second);
      end = this.run(at + 1, inner, true, ["endfor"]);
    }
    return items.length === 0 ? this.run(at + 1, new Map(scope), false, ["endfor"]) : end;
  }
}

/** `missing`: names that were not there, in the order of the text. Errors: JinjaError. */
export function renderJinja(template: string, data: YamlMap): { readonly text: string; readonly missing: readonly string[] } {
  const renderer = new Renderer(template);
  renderer.run(0, new Map(data), true, []);
  return { text: renderer.out, missing: [...renderer.out.matchAll(/CI_MISSING_JINJA_VAR\/(\S+)/g)].map((match) => match[1] ?? "") };
}
