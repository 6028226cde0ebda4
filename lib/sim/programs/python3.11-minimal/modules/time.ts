// time: the clocks, sleeping, and broken-down times.

import { daysFromCivil } from "../../../kernel/sys.ts";
import { civilAt, MONTHS, WEEKDAYS, strftime } from "../../kit/time-format.ts";
import { epochOfLocal, offsetAt, readZone, UTC, type Zone } from "../../kit/zones.ts";
import { declareFunctions } from "../objects/declare.ts";
import { overflowError, typeError, valueError } from "../objects/exception.ts";
import { begin, PyFloat, PyTuple, type Run, settle, typeOf, type Value } from "../objects/value.ts";
import { getAttribute } from "../vm/attribute.ts";
import { call } from "../vm/call.ts";
import { load } from "../vm/import.ts";
import { collect } from "../vm/iterate.ts";
import { toFloat } from "../types/number-types.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";
import { structType } from "./sys.ts";

const structTime = structType("struct_time", "time", ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"], 9);
const clockInfo = structType("clock_info", "time", ["implementation", "monotonic", "adjustable", "resolution"]);

const seconds = (us: number): PyFloat => new PyFloat(us / 1e6);
const nanoseconds = (us: number): Value => BigInt(Math.round(us)) * 1000n;

function civilTuple(zone: Zone, epochSeconds: number): PyTuple {
  const civil = civilAt(zone, epochSeconds);
  const { summer } = offsetAt(zone, epochSeconds);
  return new PyTuple([civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second, (civil.weekday + 6) % 7, civil.yearDay + 1, summer ? 1 : 0, civil.abbreviation, civil.offsetSeconds], structTime);
}

function* given(vm: Vm, value: Value): Run<number> {
  if (value === null) return Math.floor(vm.sys.clockUs("realtime") / 1e6);
  const epoch = Math.floor(yield* toFloat(vm, value, (name) => `'${name}' object cannot be interpreted as an integer`));
  if (Math.abs(epoch) > 1e14) throw overflowError("timestamp out of range for platform time_t");
  return epoch;
}

/** The fields of a time tuple. */
function* fields(vm: Vm, value: Value): Run<readonly number[]> {
  const items = yield* settle(collect(vm, value));
  if (items.length < 9) throw typeError(`function takes exactly 9 arguments (${items.length} given)`);
  return items.slice(0, 9).map(Number);
}

function* localTuple(vm: Vm): Run<PyTuple> {
  return civilTuple(yield* readZone(vm.sys), yield* given(vm, null));
}

function ascTime([year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, weekday = 0]: readonly number[]): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${WEEKDAYS[(weekday + 1) % 7]?.slice(0, 3)} ${MONTHS[month - 1]?.slice(0, 3)} ${String(day).padStart(2)} ${two(hour)}:${two(minute)}:${two(second)} ${year}`;
}

const epochOf = ([year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): number => daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;

const functions = declareFunctions({
  "time()": (vm) => seconds(vm.sys.clockUs("realtime")), "time_ns()": (vm) => nanoseconds(vm.sys.clockUs("realtime")),
  "monotonic()": (vm) => seconds(vm.sys.clockUs("monotonic")), "monotonic_ns()": (vm) => nanoseconds(vm.sys.clockUs("monotonic")),
  "perf_counter()": (vm) => seconds(vm.sys.clockUs("monotonic")), "perf_counter_ns()": (vm) => nanoseconds(vm.sys.clockUs("monotonic")),
  "process_time()": (vm) => seconds(vm.sys.clockUs("process-cpu")), "process_time_ns()": (vm) => nanoseconds(vm.sys.clockUs("process-cpu")),
  "thread_time()": (vm) => seconds(vm.sys.clockUs("process-cpu")),
  "sleep(seconds, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    const wanted = yield* toFloat(vm, value, (name) => `'${name}' object cannot be interpreted as an integer`);
    if (wanted < 0) throw valueError("sleep length must be non-negative");
    const endUs = vm.sys.clockUs("monotonic") + wanted * 1e6;
    while (vm.threads.several && vm.sys.clockUs("monotonic") < endUs) yield* vm.threads.park({ untilUs: endUs });
    yield* vm.retry(function* () {
      const left = endUs - vm.sys.clockUs("monotonic");
      if (left > 0) yield* vm.sys.sleep(left);
      else yield* vm.sys.preempt();
    });
    return null;
  })()),
  "gmtime(secs=None, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    const tuple = civilTuple(UTC, yield* given(vm, value));
    return new PyTuple([...tuple.items.slice(0, 9), "UTC", 0], structTime);
  })()),
  "localtime(secs=None, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    return civilTuple(yield* readZone(vm.sys), yield* given(vm, value));
  })()),
  "mktime(t, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    return new PyFloat(epochOfLocal(yield* readZone(vm.sys), epochOf(yield* fields(vm, value))));
  })()),
  "strftime(format, t=None, /)": (vm, format: Value, value: Value) => begin((function* (): Run<Value> {
    if (typeof format !== "string") throw typeError(`strftime() argument 1 must be str, not ${typeOf(format).name}`);
    const zone = yield* readZone(vm.sys);
    const parts = value === null ? (yield* localTuple(vm)).items.map(Number) : yield* fields(vm, value);
    const civil = civilAt(UTC, epochOf(parts));
    const { abbreviation, offsetSeconds } = offsetAt(zone, epochOfLocal(zone, epochOf(parts)));
    return strftime(format, { ...civil, abbreviation, offsetSeconds });
  })()),
  "asctime(t=None, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    return ascTime(value === null ? (yield* localTuple(vm)).items.map(Number) : yield* fields(vm, value));
  })()),
  "ctime(secs=None, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    return ascTime(civilTuple(yield* readZone(vm.sys), yield* given(vm, value)).items.map(Number));
  })()),
  "get_clock_info(name, /)": (_vm, name: Value) => new PyTuple([`clock_gettime(CLOCK_${name === "time" ? "REALTIME" : "MONOTONIC"})`, name !== "time", name === "time", new PyFloat(1e-9)], clockInfo),
  "tzset()": () => null,
  "clock_gettime(clock, /)": (vm, clock: Value) => seconds(vm.sys.clockUs(clock === 0 ? "realtime" : "monotonic")),
  /** for datetime: seconds east of UTC and the zone's name at a time, local or not */
  "_offset(epoch, local, /)": (vm, epoch: Value, local: Value) => begin((function* (): Run<Value> {
    const zone = yield* readZone(vm.sys);
    const at = Number(epoch);
    const { offsetSeconds, abbreviation } = offsetAt(zone, local === true ? epochOfLocal(zone, at) : at);
    return new PyTuple([offsetSeconds, abbreviation]);
  })()),
  "strptime(string, format='%a %b %d %H:%M:%S %Y', /)": (vm, text: Value, format: Value) => begin((function* (): Run<Value> {
    const module = yield* load(vm, "_strptime");
    const parse = yield* settle(getAttribute(vm, module, "parse"));
    const parts = yield* settle(collect(vm, yield* settle(call(vm, parse, [text, format], undefined))));
    const numbers = parts.slice(0, 6).map(Number);
    const civil = civilAt(UTC, epochOf(numbers));
    return new PyTuple([...numbers, (civil.weekday + 6) % 7, civil.yearDay + 1, -1, null, null], structTime);
  })()),
});

registerModule("time", { names: () => new Map<string, Value>([...functions, ["struct_time", structTime], ["timezone", 0], ["altzone", 0], ["daylight", 0], ["tzname", new PyTuple(["UTC", "UTC"])], ["CLOCK_REALTIME", 0], ["CLOCK_MONOTONIC", 1]]) });
