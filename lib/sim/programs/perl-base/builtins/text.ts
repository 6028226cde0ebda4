// Functions on strings and lists of them (perlfunc(1)).

import { warnUninitialized } from "../code/warn.ts";
import { group, patternOf } from "../regex/pattern.ts";
import { nextMatch } from "../code/patterns.ts";
import { int, num, numeric, text, word } from "../values/convert.ts";
import { PerlError, PerlRegex, Referent, type Value } from "../values/value.ts";
import { kindOf } from "../values/convert.ts";
import type { Vm } from "../vm/vm.ts";
import { define } from "./registry.ts";
import { formatText } from "./format.ts";
import { vecGet } from "../code/variables.ts";

function string(vm: Vm, value: Value, operation: string, index = 0): string {
  if (typeof value === "string") return value;
  if (value === undefined) warnUninitialized(vm, vm.names[index], operation);
  return text(value);
}

function numberArgument(vm: Vm, value: Value, operation: string): number {
  if (typeof value === "number") return value;
  if (value === undefined) warnUninitialized(vm, vm.names[0], operation);
  else if (typeof value === "string") vm.checkNumeric(value, operation);
  return num(value);
}

/** Bytes have no case but ASCII's; characters beyond them do. */
function cased(vm: Vm, value: string, change: (text: string) => string): string {
  const { pragmas } = vm.at;
  return pragmas.utf8 || pragmas.features.has("unicode_strings") || /[^\0-\xff]/.test(value) ? change(value) : value.replace(/[\0-\x7f]+/g, change);
}

define("lc", "S", (vm, [value]) => cased(vm, string(vm, value, "lc"), (one) => one.toLowerCase()));
define("uc", "S", (vm, [value]) => cased(vm, string(vm, value, "uc"), (one) => one.toUpperCase()));
define("fc", "S", (vm, [value]) => cased(vm, string(vm, value, "fc"), (one) => one.toLowerCase()));
define("lcfirst", "S", (vm, [value]) => {
  const all = string(vm, value, "lcfirst");
  return cased(vm, all.slice(0, 1), (one) => one.toLowerCase()) + all.slice(1);
});
define("ucfirst", "S", (vm, [value]) => {
  const all = string(vm, value, "ucfirst");
  return cased(vm, all.slice(0, 1), (one) => one.toUpperCase()) + all.slice(1);
});
define("length", "S", (_vm, [value]) => {
  if (value === undefined) return undefined;
  const all = text(value);
  let pairs = 0;
  if (/[\ud800-\udbff][\udc00-\udfff]/.test(all)) pairs = all.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
  return all.length - pairs;
});
define("chr", "S", (vm, [value]) => {
  const code = Math.trunc(numberArgument(vm, value, "chr"));
  return code < 0 ? "\ufffd" : String.fromCodePoint(Math.min(code, 0x10ffff));
});
define("ord", "S", (vm, [value]) => string(vm, value, "ord").codePointAt(0) ?? 0);
define("quotemeta", "S", (vm, [value]) => string(vm, value, "quotemeta").replace(/[^A-Za-z0-9_\u0100-\uffff]/g, "\\$&"));
define("index", "SS?S", (vm, [value, wanted, from]) => {
  const all = string(vm, value, "index");
  const at = from === undefined ? 0 : Math.max(0, Math.min(int(from), all.length));
  return all.indexOf(string(vm, wanted, "index", 1), at);
});
define("rindex", "SS?S", (vm, [value, wanted, from]) => {
  const all = string(vm, value, "rindex");
  const sought = string(vm, wanted, "rindex", 1);
  if (from !== undefined && int(from) < 0) return sought === "" ? 0 : -1;
  return all.lastIndexOf(sought, from === undefined ? undefined : int(from));
});
define("join", "SL", (vm, [separator, ...values]) => {
  const between = string(vm, separator, "join or string");
  vm.spend(values.length >> 1);
  if (values.includes(undefined) && vm.warns("uninitialized")) {
    values.forEach((value, i) => {
      if (value === undefined) warnUninitialized(vm, vm.elementNames?.(i) ?? (vm.names.length === values.length + 1 ? vm.names[i + 1] : undefined), "join or string");
    });
  }
  const out = values.map(text).join(between);
  vm.made += out.length >> 5;
  if (out.length > 1 << 28) throw new PerlError("Out of memory in perl:util:safesysrealloc");
  return out;
});
define("sprintf", "SL", (vm, args) => {
  const made = formatText(vm, args, "sprintf", vm.names);
  vm.made += made.length >> 5;
  return made;
});
define("lock", "S", (_vm, [value]) => value, true);
define("study", "S", () => 1);
define("vec", "SSS", (_vm, [value, offset, bits]) => vecGet(text(value), int(offset), int(bits)));
define("crypt", "SS", (_vm, [value, salt]) => `${text(salt).slice(0, 2)}${text(value)}`.slice(0, 13));

define("ref", "S", (_vm, [value]) => (value instanceof Referent ? value.blessed ?? kindOf(value) : ""), true);

define("hex", "S", (vm, [value]) => digits(vm, string(vm, value, "hex").replace(/^0?[xX]/, ""), 16, "hexadecimal"));
define("oct", "S", (vm, [value]) => {
  const all = string(vm, value, "oct").trim();
  if (/^0?[xX]/.test(all)) return digits(vm, all.replace(/^0?[xX]/, ""), 16, "hexadecimal");
  if (/^0?[bB]/.test(all)) return digits(vm, all.replace(/^0?[bB]/, ""), 2, "binary");
  return digits(vm, all.replace(/^0?[oO]/, ""), 8, "octal");
});

function digits(vm: Vm, source: string, base: number, name: string): Value {
  const clean = source.replaceAll("_", "");
  const valid = (base === 16 ? /^[0-9a-fA-F]*/ : base === 8 ? /^[0-7]*/ : /^[01]*/).exec(clean)?.[0] ?? "";
  if (valid.length < clean.length && vm.warns("digit")) {
    const bad = clean.charAt(valid.length);
    if (base !== 8 || /[89]/.test(bad)) vm.warn(base === 8 ? `Illegal octal digit '${bad}' ignored` : `Illegal ${name} digit '${bad}' ignored`);
  }
  if (valid === "") return 0;
  const value = BigInt((base === 16 ? "0x" : base === 8 ? "0o" : "0b") + valid);
  if (value > 18446744073709551615n) {
    if (vm.warns("overflow")) vm.warn(`Integer overflow in ${name} number`);
    return Number(value);
  }
  return value < 1000000000000000n ? Number(value) : value;
}

define("int", "S", (vm, [value]) => {
  if (typeof value === "bigint") return value;
  if (typeof value !== "number") {
    const number = numeric(value);
    if (value === undefined) warnUninitialized(vm, vm.names[0], "int");
    else if (typeof value === "string") vm.checkNumeric(value, "int");
    return typeof number === "bigint" ? number : Math.trunc(number) || (Number.isNaN(number) ? number : 0);
  }
  return Number.isFinite(value) ? Math.trunc(value) || 0 : value;
});
define("abs", "S", (vm, [value]) => {
  const number = typeof value === "bigint" ? value : typeof value === "number" ? value : numeric(value);
  if (value === undefined) warnUninitialized(vm, vm.names[0], "abs");
  else if (typeof value === "string") vm.checkNumeric(value, "abs");
  return typeof number === "bigint" ? (number < 0n ? -number : number) : Math.abs(number);
});
define("sqrt", "S", (vm, [value]) => {
  const number = numberArgument(vm, value, "sqrt");
  if (number < 0) throw new PerlError(`Can't take sqrt of ${text(number)}`);
  return Math.sqrt(number);
});
define("log", "S", (vm, [value]) => {
  const number = numberArgument(vm, value, "log");
  if (number <= 0) throw new PerlError(`Can't take log of ${text(number)}`);
  return Math.log(number);
});
define("exp", "S", (vm, [value]) => Math.exp(numberArgument(vm, value, "exp")));
define("sin", "S", (vm, [value]) => Math.sin(numberArgument(vm, value, "sin")));
define("cos", "S", (vm, [value]) => Math.cos(numberArgument(vm, value, "cos")));
define("atan2", "SS", (_vm, [y, x]) => Math.atan2(num(y), num(x)));

define("rand", "?S", (vm, [limit]) => vm.random() * (limit === undefined ? 1 : num(limit) || 1));
define("srand", "?S", (vm, [seed]) => {
  const value = seed === undefined ? Number(word(vm.randomSeed())) : Math.abs(Math.trunc(num(seed)));
  vm.seed(value);
  return value === 0 ? "0 but true" : value;
});

/** `awk`: the separator is a string's value, so that " " means white space. */
define("split", "SSSS", (vm, [pattern, value, limitValue, awkValue], want) => {
  const subject = string(vm, value, "split", 1);
  const limit = int(limitValue);
  const fields: Value[] = [];
  const awk = awkValue === 1 && !(pattern instanceof PerlRegex) && text(pattern) === " ";
  const regex = awk ? patternOf("\\s+", "") : pattern instanceof PerlRegex ? pattern.pattern : patternOf(text(pattern), "");
  const lines = regex.source === "^" ? patternOf("^", "m") : regex;
  let from = 0;
  if (awk) from = /^[\s\0]*/.exec(subject)?.[0].replace(/\0[\s\S]*/, "").length ?? 0;
  let at = from;
  while (subject !== "" && (limit <= 0 || fields.length < limit - 1)) {
    const offsets = at > subject.length ? undefined : lines.source === "" || at === from ? splitMatch(lines, subject, from, at) : nextMatch(lines, subject, at, -1);
    if (!offsets) break;
    const start = offsets[0] ?? 0;
    const end = offsets[1] ?? 0;
    if (start === end && start >= subject.length) break;
    if (end === 0 && start === 0 && from === 0) {
      at = 1;
      continue;
    }
    fields.push(subject.slice(from, start));
    const state = { text: subject, offsets, pattern: lines };
    for (let i = 1; i <= lines.groupCount; i++) fields.push(group(state, i));
    from = end;
    at = end;
    vm.spend(2);
  }
  vm.spend(lines.work);
  lines.work = 0;
  if (subject !== "") fields.push(subject.slice(from));
  if (limit === 0) while (fields.length > 0 && (fields[fields.length - 1] === undefined || fields[fields.length - 1] === "")) fields.pop();
  vm.made += fields.length;
  return want === "list" ? fields : fields.length;
}, true);

/** A separator that matches nothing splits between characters: it may not be where the field begins. */
function splitMatch(pattern: ReturnType<typeof patternOf>, subject: string, from: number, at: number): ArrayLike<number> | undefined {
  const offsets = pattern.exec(subject, at);
  if (!offsets || offsets[0] !== offsets[1] || offsets[0] !== from) return offsets;
  return from + 1 > subject.length ? undefined : pattern.exec(subject, from + 1);
}
