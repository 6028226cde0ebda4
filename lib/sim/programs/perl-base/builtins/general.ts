// die, warn, caller, localtime and what else belongs to no family; users and groups.

import { formatText } from "./format.ts";
import { civilAt, MONTHS, WEEKDAYS } from "../../kit/time-format.ts";
import { readZone, UTC } from "../../kit/zones.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { int, num, text } from "../values/convert.ts";
import { PerlDie, PerlError, Plain, Referent, type Run, type Value, type Want } from "../values/value.ts";
import type { Place } from "../code/unit.ts";
import { stringOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { define } from "./registry.ts";

/** The list of die or warn as one message with its place. */
function* message(vm: Vm, args: readonly Value[], nothing: string): Run<string> {
  let out = "";
  for (const arg of args) {
    const made = stringOf(vm, arg);
    out += typeof made === "string" ? made : yield* made;
  }
  if (out === "") {
    const before = vm.error.v;
    out = before !== undefined && text(before) !== "" ? `${text(before)}\t...${nothing === "Died" ? "propagated" : "caught"}` : nothing;
  }
  return out.endsWith("\n") ? out : `${out}${vm.place()}`;
}

define("die", "L", function* (vm, args): Run<Value> {
  const [only] = args;
  const value = args.length === 1 && only instanceof Referent ? only : yield* message(vm, args, "Died");
  const hook = vm.hook("__DIE__");
  if (hook) {
    const signals = vm.glob("main::SIG").hash.map;
    const kept = signals.get("__DIE__");
    signals.delete("__DIE__");
    try {
      yield* vm.call(hook, [new Plain(value)], "scalar");
    } finally {
      if (kept) signals.set("__DIE__", kept);
    }
  }
  throw new PerlDie(value);
}, true);

define("warn", "L", function* (vm, args): Run<Value> {
  const [only] = args;
  const hook = vm.hook("__WARN__");
  if (args.length === 1 && only instanceof Referent && hook) {
    yield* vm.call(hook, [new Plain(only)], "scalar");
    return 1;
  }
  vm.warnText(yield* message(vm, args, "Warning: something's wrong"));
  yield* vm.showWarnings();
  return 1;
}, true);

/** Who called: subs, and the evals around them, innermost first. */
export function callers(vm: Vm): { readonly at: Place; readonly name: string; readonly want: Want; readonly args: readonly Value[] | undefined }[] {
  const found: ReturnType<typeof callers> = [];
  let handler = vm.handlers.length - 1;
  for (let { frame } = vm; frame; frame = frame.back) {
    for (; handler >= 0 && vm.handlers[handler]?.frame === frame; handler--) {
      const at = vm.handlers[handler]?.at;
      if (at) found.push({ at, name: "(eval)", want: "scalar", args: undefined });
    }
    if (frame.kind === "main") break;
    const { code } = frame;
    found.push({ at: frame.at, name: frame.kind !== "sub" ? "(eval)" : code ? `${code.pkg}::${code.name}` : "main", want: frame.want, args: frame.kind === "sub" ? frame.args.items.map((item) => item?.v) : undefined });
  }
  return found;
}

define("caller", "?S", (vm, [depth], want) => {
  const caller = callers(vm)[depth === undefined ? 0 : int(depth)];
  if (!caller) return want === "list" ? [] : undefined;
  const { at } = caller;
  if (want !== "list") return at.pkg;
  const place: Value[] = [at.pkg, at.file, at.line];
  if (depth === undefined) return place;
  return [...place, caller.name, caller.args ? 1 : "", caller.want === "list" ? 1 : caller.want === "scalar" ? "" : undefined];
});

define("time", "", (vm) => Math.floor(vm.sys.clockUs("realtime") / 1e6));

function* brokenDown(vm: Vm, value: Value, local: boolean, list: boolean): Run<Value | Value[]> {
  const seconds = Math.floor(value === undefined ? vm.sys.clockUs("realtime") / 1e6 : num(value));
  const zone = local ? yield* readZone(vm.sys, vm.environment().get("TZ")) : UTC;
  const civil = civilAt(zone, seconds);
  if (!list) {
    return `${WEEKDAYS[civil.weekday]?.slice(0, 3)} ${MONTHS[civil.month - 1]?.slice(0, 3)} ${String(civil.day).padStart(2)} ${[civil.hour, civil.minute, civil.second].map((one) => String(one).padStart(2, "0")).join(":")} ${civil.year}`;
  }
  const summer = local && zone.summer !== undefined && civil.abbreviation !== zone.standard.abbreviation ? 1 : 0;
  return [civil.second, civil.minute, civil.hour, civil.day, civil.month - 1, civil.year - 1900, civil.weekday, civil.yearDay, summer];
}
define("localtime", "?S", (vm, [value], want) => brokenDown(vm, value, true, want === "list"));
define("gmtime", "?S", (vm, [value], want) => brokenDown(vm, value, false, want === "list"));

function* account(vm: Vm, file: string, matches: (fields: readonly string[]) => boolean): Run<string[] | undefined> {
  const all = (yield* readTextFile(vm.sys, file)) ?? "";
  for (const line of all.split("\n")) {
    const fields = line.split(":");
    if (fields.length > 2 && matches(fields)) return fields;
  }
  return undefined;
}

const user = (key: number, result: number) => function* (vm: Vm, [value]: Value[], want: string | undefined): Run<Value | Value[]> {
  const wanted = text(value);
  const found = yield* account(vm, "/etc/passwd", (fields) => fields[key] === wanted);
  if (!found) return want === "list" ? [] : undefined;
  const [name = "", , uid = "", gid = "", gecos = "", home = "", shell = ""] = found;
  return want === "list" ? [name, "x", Number(uid), Number(gid), "", "", gecos, home, shell] : result === 2 ? Number(uid) : name;
};
define("getpwnam", "S", user(0, 2));
define("getpwuid", "S", user(2, 0));
const userGroup = (key: number, result: number) => function* (vm: Vm, [value]: Value[], want: string | undefined): Run<Value | Value[]> {
  const wanted = text(value);
  const found = yield* account(vm, "/etc/group", (fields) => fields[key] === wanted);
  if (!found) return want === "list" ? [] : undefined;
  const [name = "", , gid = "", members = ""] = found;
  return want === "list" ? [name, "x", Number(gid), members.replaceAll(",", " ")] : result === 2 ? Number(gid) : name;
};
define("getgrnam", "S", userGroup(0, 2));
define("getgrgid", "S", userGroup(2, 0));
define("getpwent", "", function* (vm, _args, want): Run<Value | Value[]> {
  const lines = ((yield* readTextFile(vm.sys, "/etc/passwd")) ?? "").split("\n").filter((line) => line !== "");
  const line = lines[vm.passwdAt++];
  if (line === undefined) {
    vm.passwdAt = 0;
    return want === "list" ? [] : undefined;
  }
  const [name = "", , uid = "", gid = "", gecos = "", home = "", shell = ""] = line.split(":");
  return want === "list" ? [name, "x", Number(uid), Number(gid), "", "", gecos, home, shell] : name;
});
define("endpwent", "", (vm) => {
  vm.passwdAt = 0;
  return 1;
});
define("setpwent", "", (vm) => {
  vm.passwdAt = 0;
  return 1;
});
define("getlogin", "", function* (vm): Run<Value> {
  const { ruid } = vm.sys.getcred();
  return (yield* account(vm, "/etc/passwd", (fields) => Number(fields[2]) === ruid))?.[0];
});

define("formline", "SL", (vm, args) => formatText(vm, args, "formline", []));
define("evalbytes", "S", () => {
  throw new PerlError("evalbytes is not simulated");
});
define("tied", "S", () => undefined, true);
