// Data::Dumper with the layout of the real one, JSON::PP, Storable's dclone.
// (More than 400 lines: three writers of the same values.)

import { decode, encode } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import { numberText, parseNumber, text } from "../values/convert.ts";
import { Code, Glob, GlobValue, PerlArray, PerlError, PerlHash, PerlRegex, Plain, Referent, Scalar, type Value } from "../values/value.ts";
import { hashKeys } from "../code/variables.ts";
import type { Vm } from "../vm/vm.ts";
import { declareExports } from "./exporter.ts";
import { defineModule, defineSub } from "./registry.ts";

interface Style {
  readonly indent: number;
  readonly sorts: boolean;
  readonly terse: boolean;
  readonly useqq: boolean;
  readonly pad: string;
  readonly quoteKeys: boolean;
  readonly maxDepth: number;
  readonly pair: string;
  readonly deepcopy: boolean;
  readonly trailingComma: boolean;
  readonly varname: string;
}

function quoted(value: string, useqq: boolean): string {
  if (useqq || /[^\0-\xff]/.test(value)) {
    let out = "";
    for (let i = 0; i < value.length; i++) {
      const c = value.charAt(i);
      const code = c.charCodeAt(0);
      const simple = new Map([["\n", "\\n"], ["\t", "\\t"], ["\r", "\\r"], ["\f", "\\f"], ["\b", "\\b"], ["\x07", "\\a"], ["\x1b", "\\e"], ["\\", "\\\\"], ['"', '\\"'], ["$", "\\$"], ["@", "\\@"]]).get(c);
      if (simple !== undefined) out += useqq || /["\\$@]/.test(c) ? simple : c;
      else if (code > 255) out += `\\x{${(value.codePointAt(i) ?? 0).toString(16)}}`;
      else if (useqq && (code < 32 || code > 126)) out += /[0-7]/.test(value.charAt(i + 1)) ? `\\${code.toString(8).padStart(3, "0")}` : `\\${code.toString(8)}`;
      else out += c;
      if (code >= 0xd800 && code < 0xdc00) i++;
    }
    return `"${out}"`;
  }
  return `'${value.replace(/[\\']/g, "\\$&")}'`;
}

function scalarText(value: Value, useqq: boolean): string {
  if (value === undefined) return "undef";
  const made = text(value);
  if (typeof value === "number" ? /^-?\d{1,10}$/.test(made) && made.length <= 10 : useqq && /^(?:0|-?[1-9]\d{0,8})$/.test(made)) return made;
  return quoted(made, useqq);
}

class Dumper {
  readonly #vm: Vm;
  readonly #style: Style;
  readonly #seen = new Map<Referent, string>();

  constructor(vm: Vm, style: Style) {
    this.#vm = vm;
    this.#style = style;
  }

  dump(value: Value, name: string): string {
    const style = this.#style;
    const head = style.terse ? "" : `${name} = `;
    const column = style.indent >= 2 ? head.length : 0;
    // a name like *list takes the thing itself
    const made = this.#value(value, name, column, 1);
    const line = `${head}${made}${style.terse ? "" : ";"}`;
    const all = style.indent === 0 ? line : `${line}\n`;
    return style.pad === "" ? all : all.split("\n").map((one) => (one === "" ? one : style.pad + one)).join("\n");
  }

  #value(value: Value, path: string, column: number, depth: number): string {
    if (value instanceof GlobValue) return `\\*::${value.glob.name}`.slice(1);
    if (!(value instanceof Referent)) return scalarText(value, this.#style.useqq);
    const known = this.#seen.get(value);
    if (known !== undefined && !(value instanceof Code)) return known;
    this.#seen.set(value, path.startsWith("$") ? path : `\\${path}`);
    const { blessed } = value;
    const isRegex = value instanceof PerlRegex;
    const isBlessed = blessed !== undefined && !(isRegex && blessed === "Regexp");
    const inner = isBlessed ? column + (this.#style.indent >= 2 ? 7 : 0) : column;
    const body = this.#body(value, path, inner, depth);
    return isBlessed ? `bless( ${body}, ${quoted(blessed ?? "", false)} )` : body;
  }

  #body(value: Referent, path: string, column: number, depth: number): string {
    const { indent, maxDepth, pair } = this.#style;
    if (maxDepth > 0 && depth > maxDepth) return `'${text(value)}'`;
    const newline = indent === 0 ? "" : "\n";
    const gap = indent === 0 ? "" : indent === 1 ? "  ".repeat(depth) : " ".repeat(column + 2);
    const end = indent === 0 ? "" : indent === 1 ? "  ".repeat(depth - 1) : " ".repeat(column);
    const comma = this.#style.trailingComma && indent > 0 ? "," : "";
    const at = (key: string, open: string, close: string) => {
      const plain = path.startsWith("@") || path.startsWith("%") ? `$${path.slice(1)}${open}${key}${close}` : /^\$\w+$/.test(path) ? `${path}->${open}${key}${close}` : path.startsWith("${") || path.startsWith("$$") ? `${path}->${open}${key}${close}` : `${path}${open}${key}${close}`;
      return plain;
    };
    if (value instanceof PerlArray) {
      if (value.items.length === 0) return "[]";
      const items = value.items.map((item, i) => {
        const comment = indent >= 3 ? `${gap}#${i}\n` : "";
        return `${comment}${gap}${this.#value(item?.v, at(String(i), "[", "]"), column + 2, depth + 1)}`;
      });
      return `[${newline}${items.join(`,${newline}`)}${comma}${newline}${end}]`;
    }
    if (value instanceof PerlHash) {
      if (value.map.size === 0) return "{}";
      const keys = this.#style.sorts ? [...value.map.keys()].sort() : hashKeys(this.#vm, value);
      const items = keys.map((key) => {
        const shown = this.#style.quoteKeys || !/^(?:[A-Za-z_]\w*(?:::\w+)*|[1-9]\d{0,8}|0)$/.test(key) ? quoted(key, this.#style.useqq) : key;
        return `${gap}${shown}${pair}${this.#value(value.map.get(key)?.v, at(shown, "{", "}"), column + 2 + (indent >= 2 ? shown.length + pair.length : 0), depth + 1)}`;
      });
      return `{${newline}${items.join(`,${newline}`)}${comma}${newline}${end}}`;
    }
    if (value instanceof Code) return 'sub { "DUMMY" }';
    if (value instanceof PerlRegex) {
      const flags = /^\(\?\^u?([a-z]*):/.exec(value.pattern.text)?.[1] ?? "";
      return `qr/${value.pattern.source.replace(/(?<!\\)\//g, "\\/")}/${flags}`;
    }
    if (value instanceof Glob) return `\\*{'::$${value.name.replace(/^\$/, "")}'}`;
    if (value instanceof Scalar) return `\\${this.#value(value.v, `\${${path}}`, column + 1, depth + 1)}`;
    return "undef";
  }
}

function styleOf(vm: Vm, own: PerlHash | undefined): Style {
  const get = (name: string): Value => own?.map.get(name.toLowerCase())?.v ?? vm.globs.get(`Data::Dumper::${name}`)?.scalar.v;
  const truth = (name: string) => vm.truth(get(name));
  return {
    indent: Number(get("Indent") ?? 2), sorts: truth("Sortkeys"), terse: truth("Terse"), useqq: truth("Useqq"), pad: text(get("Pad")), quoteKeys: truth("Quotekeys"), maxDepth: Number(get("Maxdepth") ?? 0),
    pair: text(get("Pair") ?? " => "), deepcopy: truth("Deepcopy"), trailingComma: truth("Trailingcomma"), varname: text(get("Varname") ?? "VAR"),
  };
}

function dumpAll(vm: Vm, values: readonly Value[], names: readonly Value[], own: PerlHash | undefined): string {
  const style = styleOf(vm, own);
  const shared = new Dumper(vm, style);
  return values.map((value, i) => {
    const given = names[i] === undefined ? "" : text(names[i]);
    let name = given === "" ? `$${style.varname}${i + 1}` : `$${given.replace(/^[$*]/, "")}`;
    if (given.startsWith("*")) {
      if (value instanceof PerlArray || value instanceof PerlHash) {
        const array = value instanceof PerlArray;
        name = `${array ? "@" : "%"}${given.slice(1)}`;
        const dumped = new Dumper(vm, { ...style, terse: false }).dump(value, name);
        const body = dumped.slice(name.length + 3).replace(/;(\n?)$/, "$1").replace(/\n$/, "");
        return `${name} = (${body.slice(1, -1)});\n`;
      }
    }
    return shared.dump(value, name);
  }).join("");
}

defineModule({ name: "Data::Dumper", version: "2.184", install: (vm) => {
  for (const [name, value] of [["Indent", 2], ["Terse", 0], ["Sortkeys", 0], ["Useqq", 0], ["Quotekeys", 1], ["Maxdepth", 0], ["Pair", " => "], ["Pad", ""], ["Varname", "VAR"], ["Deepcopy", 0], ["Purity", 0], ["Trailingcomma", 0], ["Deparse", 0], ["Sparseseen", 0]] as const) {
    const glob = vm.glob(`Data::Dumper::${name}`);
    glob.scalar.v ??= value;
    glob.imported = true;
    defineSub(vm, `Data::Dumper::${name}`, (_inner, args) => {
      const self = args[0]?.v;
      if (!(self instanceof PerlHash)) return [undefined];
      if (args.length < 2) return [self.map.get(name.toLowerCase())?.v];
      self.at(name.toLowerCase()).v = args[1]?.v;
      return [self];
    });
  }
  defineSub(vm, "Data::Dumper::Dumper", (inner, args) => [dumpAll(inner, args.map((arg) => arg.v), [], undefined)]);
  defineSub(vm, "Data::Dumper::new", (_inner, args) => {
    const self = new PerlHash();
    self.blessed = text(args[0]?.v);
    self.at("todump").v = args[1]?.v;
    self.at("names").v = args[2]?.v;
    return [self];
  });
  const dump = (inner: Vm, args: readonly Scalar[]): Value[] => {
    const given = args[0]?.v;
    const self = given instanceof PerlHash ? given : new PerlHash();
    if (self !== given) {
      self.at("todump").v = args[1]?.v;
      self.at("names").v = args[2]?.v;
    }
    const list = (name: string): Value[] => {
      const held = self.map.get(name)?.v;
      return held instanceof PerlArray ? held.items.map((item) => item?.v) : [];
    };
    return [dumpAll(inner, list("todump"), list("names"), self)];
  };
  defineSub(vm, "Data::Dumper::Dump", dump);
  defineSub(vm, "Data::Dumper::Dumpxs", dump);
  declareExports(vm, "Data::Dumper", ["Dumper"], ["DumperX"]);
} });

function clone(value: Value, seen: Map<Referent, Referent>): Value {
  if (!(value instanceof Referent)) return value;
  const known = seen.get(value);
  if (known) return known;
  const keep = <T extends Referent>(made: T): T => {
    made.blessed = value.blessed;
    seen.set(value, made);
    return made;
  };
  if (value instanceof PerlArray) {
    const made = keep(new PerlArray());
    made.items = value.items.map((item) => new Plain(clone(item?.v, seen)));
    return made;
  }
  if (value instanceof PerlHash) {
    const made = keep(new PerlHash());
    for (const [key, item] of value.map) made.map.set(key, new Plain(clone(item.v, seen)));
    return made;
  }
  if (value instanceof Code) throw new PerlError("Can't store CODE items");
  return value instanceof Scalar ? keep(new Plain(clone(value.v, seen))) : value;
}

defineModule({ name: "Storable", version: "3.26", install: (vm) => {
  defineSub(vm, "Storable::dclone", (_inner, args) => [clone(args[0]?.v, new Map())]);
  declareExports(vm, "Storable", ["store", "retrieve", "nstore"], ["dclone", "freeze", "thaw"]);
} });

// ---- JSON::PP

interface JsonStyle {
  readonly pretty: boolean;
  readonly canonical: boolean;
  readonly ascii: boolean;
  readonly blessed: boolean;
}

function jsonText(value: string, ascii: boolean): string {
  let out = "";
  for (const c of value) {
    const code = c.codePointAt(0) ?? 0;
    const simple = new Map([["\n", "\\n"], ["\t", "\\t"], ["\r", "\\r"], ["\f", "\\f"], ["\b", "\\b"], ['"', '\\"'], ["\\", "\\\\"]]).get(c);
    if (simple !== undefined) out += simple;
    else if (code < 32 || code === 127 || (ascii && code > 127)) for (let i = 0; i < c.length; i++) out += `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`;
    else out += c;
  }
  return `"${out}"`;
}

function toJson(vm: Vm, value: Value, style: JsonStyle, depth: number): string {
  if (depth > 512) throw new PerlError("hierarchy too deep (max depth 512)");
  if (value === undefined) return "null";
  if (typeof value === "number") return numberText(value);
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Referent)) return jsonText(text(value), style.ascii);
  if (value.blessed === "JSON::PP::Boolean") return value instanceof Scalar && vm.truth(value.v) ? "true" : "false";
  const newline = style.pretty ? "\n" : "";
  const gap = style.pretty ? "   ".repeat(depth + 1) : "";
  const end = style.pretty ? "   ".repeat(depth) : "";
  if (value.blessed !== undefined) {
    if (style.blessed) return "null";
    throw new PerlError(`encountered object '${text(value)}', but neither allow_blessed, convert_blessed nor allow_tags settings are enabled (or TO_JSON/FREEZE method missing)`);
  }
  if (value instanceof PerlArray) {
    if (value.items.length === 0) return "[]";
    return `[${newline}${value.items.map((item) => gap + toJson(vm, item?.v, style, depth + 1)).join(`,${newline}`)}${newline}${end}]`;
  }
  if (value instanceof PerlHash) {
    if (value.map.size === 0) return "{}";
    const keys = style.canonical ? [...value.map.keys()].sort() : hashKeys(vm, value);
    return `{${newline}${keys.map((key) => `${gap}${jsonText(key, style.ascii)}${style.pretty ? " : " : ":"}${toJson(vm, value.map.get(key)?.v, style, depth + 1)}`).join(`,${newline}`)}${newline}${end}}`;
  }
  if (value instanceof Scalar && (text(value.v) === "1" || text(value.v) === "0")) return text(value.v) === "1" ? "true" : "false";
  throw new PerlError(`cannot encode reference to scalar '${text(value)}' unless the scalar is 0 or 1`);
}

class JsonReader {
  readonly #text: string;
  readonly #boolean: (value: boolean) => Value;
  #at = 0;
  constructor(source: string, boolean: (value: boolean) => Value) {
    this.#text = source;
    this.#boolean = boolean;
  }

  read(): Value {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("garbage after JSON object");
    return value;
  }

  #fail(message: string): never {
    const rest = this.#text.slice(this.#at);
    throw new PerlError(`${message}, at character offset ${this.#at} (before "${rest === "" ? "(end of string)" : rest.length > 22 ? `${rest.slice(0, 22)}...` : rest}")`);
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #value(depth: number): Value {
    if (depth > 512) this.#fail("json text or perl structure exceeds maximum nesting level (max_depth set too low?)");
    this.#space();
    const c = this.#text.charAt(this.#at);
    if (c === "{") {
      this.#at++;
      const hash = new PerlHash();
      this.#space();
      if (this.#text.charAt(this.#at) === "}") {
        this.#at++;
        return hash;
      }
      for (;;) {
        this.#space();
        if (this.#text.charAt(this.#at) !== '"') this.#fail("malformed JSON string, neither tag, array, object, number, string or atom");
        const key = this.#string();
        this.#space();
        if (this.#text.charAt(this.#at) !== ":") this.#fail("':' expected");
        this.#at++;
        hash.map.set(key, new Plain(this.#value(depth + 1)));
        this.#space();
        const next = this.#text.charAt(this.#at++);
        if (next === "}") return hash;
        if (next !== ",") {
          this.#at--;
          this.#fail(", or } expected while parsing object/hash");
        }
      }
    }
    if (c === "[") {
      this.#at++;
      const array = new PerlArray();
      this.#space();
      if (this.#text.charAt(this.#at) === "]") {
        this.#at++;
        return array;
      }
      for (;;) {
        array.items.push(new Plain(this.#value(depth + 1)));
        this.#space();
        const next = this.#text.charAt(this.#at++);
        if (next === "]") return array;
        if (next !== ",") {
          this.#at--;
          this.#fail(", or ] expected while parsing array");
        }
      }
    }
    if (c === '"') return this.#string();
    for (const [word, value] of [["true", true], ["false", false], ["null", undefined]] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value === undefined ? undefined : this.#boolean(value);
      }
    }
    const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.#at, this.#at + 400));
    if (number) {
      this.#at += number[0].length;
      return parseNumber(number[0]);
    }
    return this.#fail("malformed JSON string, neither tag, array, object, number, string or atom");
  }

  #string(): string {
    let out = "";
    this.#at++;
    for (;;) {
      const c = this.#text.charAt(this.#at++);
      if (c === '"') return out;
      if (c === "") this.#fail("unexpected end of string while parsing JSON string");
      if (c !== "\\") {
        out += c;
        continue;
      }
      const e = this.#text.charAt(this.#at++);
      if (e === "u") {
        out += String.fromCharCode(Number.parseInt(this.#text.slice(this.#at, this.#at + 4), 16));
        this.#at += 4;
      } else out += new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["b", "\b"], ["f", "\f"]]).get(e) ?? e;
    }
  }
}

defineModule({ name: "JSON::PP", version: "4.07", install: (vm) => {
  const booleans = [false, true].map((value) => {
    const made = new Plain(value ? 1 : 0);
    made.blessed = "JSON::PP::Boolean";
    return made;
  });
  const boolean = (value: boolean): Value => booleans[value ? 1 : 0];
  vm.packages.add("JSON::PP::Boolean");
  const table = new Map<string, Value>();
  for (const [operator, native] of [["0+", (v: Value) => v], ["bool", (v: Value) => v], ['""', (v: Value) => v]] as const) {
    table.set(operator, defineSub(vm, `JSON::PP::Boolean::(${operator}`, (_inner, args) => [native(args[0]?.v instanceof Scalar ? args[0].v.v : undefined)]));
  }
  vm.overloads.set("JSON::PP::Boolean", table);
  defineSub(vm, "JSON::PP::true", () => [boolean(true)]);
  defineSub(vm, "JSON::PP::false", () => [boolean(false)]);
  defineSub(vm, "JSON::PP::null", () => [undefined]);
  defineSub(vm, "JSON::PP::new", (_inner, args) => {
    const self = new PerlHash();
    self.blessed = text(args[0]?.v);
    return [self];
  });
  const flag = (self: Value, name: string): boolean => self instanceof PerlHash && vm.truth(self.map.get(name)?.v);
  for (const name of ["pretty", "canonical", "utf8", "allow_nonref", "indent", "space_before", "space_after", "relaxed", "allow_blessed", "convert_blessed", "ascii", "latin1", "allow_unknown", "allow_bignum", "loose", "escape_slash"]) {
    defineSub(vm, `JSON::PP::${name}`, (_inner, args) => {
      const self = args[0]?.v;
      if (self instanceof PerlHash) self.at(name).v = args.length > 1 ? args[1]?.v : 1;
      return [self];
    });
    defineSub(vm, `JSON::PP::get_${name}`, (_inner, args) => [flag(args[0]?.v, name) ? 1 : ""]);
  }
  const styleFor = (self: Value): JsonStyle => ({ pretty: flag(self, "pretty") || flag(self, "indent"), canonical: flag(self, "canonical"), ascii: flag(self, "ascii"), blessed: flag(self, "allow_blessed") });
  const encodeWith = (self: Value, value: Value, utf8: boolean): string => {
    const style = styleFor(self);
    const made = toJson(vm, value, style, 0) + (style.pretty ? "\n" : "");
    return utf8 ? latin1(encode(made)) : made;
  };
  const decodeWith = (source: string, utf8: boolean): Value => new JsonReader(utf8 && !/[^\0-\xff]/.test(source) ? decode(bytesOfLatin1(source)) : source, boolean).read();
  defineSub(vm, "JSON::PP::encode", (_inner, args) => [encodeWith(args[0]?.v, args[1]?.v, flag(args[0]?.v, "utf8"))]);
  defineSub(vm, "JSON::PP::decode", (_inner, args) => [decodeWith(text(args[1]?.v), flag(args[0]?.v, "utf8"))]);
  defineSub(vm, "JSON::PP::encode_json", (_inner, args) => [encodeWith(undefined, args[0]?.v, true)]);
  defineSub(vm, "JSON::PP::decode_json", (_inner, args) => [decodeWith(text(args[0]?.v), true)]);
  declareExports(vm, "JSON::PP", ["encode_json", "decode_json", "from_json", "to_json"]);
} });

