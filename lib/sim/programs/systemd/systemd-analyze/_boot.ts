// How long the boot took, by the times that PID 1 keeps of its units: time, blame, critical-chain.
import type { Blocking } from "../../../kernel/sys.ts";
import { bootSpan, startedIn, startupFinished, type UnitTimes } from "../../../daemons/systemd/api/boot-times.ts";
import { isFailure, type Replies } from "../../../daemons/systemd/api/protocol.ts";
import { mangleUnitName } from "../../../daemons/systemd/api/unit-name.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain, connect, NORMAL, RED, wantsColour } from "../_systemd.ts";

/** Undefined, with a message, before the boot is over. */
function* finishedBoot(io: Io): Blocking<Replies["times"] | undefined> {
  const bus = yield* connect(io);
  if (bus === undefined) return undefined;
  const times = yield* bus.call({ op: "times" });
  bus.close();
  if (isFailure(times)) {
    yield* complain(io, `Failed to get timestamp properties: ${times.error}`);
    return undefined;
  }
  if (times.finishedUs > 0) return times;
  yield* complain(io, "Bootup is not yet finished (org.freedesktop.systemd1.Manager.FinishTimestampMonotonic=0).\nPlease try again later.\nHint: Use 'systemctl list-jobs' to see active jobs");
  return undefined;
}

function* defaultTarget(io: Io): Blocking<string> {
  const bus = yield* connect(io);
  if (bus === undefined) return "graphical.target";
  const shown = yield* bus.call({ op: "show", unit: "default.target" });
  bus.close();
  return isFailure(shown) ? "default.target" : shown.name;
}

export function* time(io: Io): Blocking<number> {
  const boot = yield* finishedBoot(io);
  if (boot === undefined) return 1;
  io.out.put(`${startupFinished(boot.startedUs, boot.finishedUs - boot.startedUs)} \n`);
  const target = yield* defaultTarget(io);
  const reached = boot.units.find((unit) => unit.name === target)?.activated ?? 0;
  if (reached >= boot.startedUs && reached <= boot.finishedUs) io.out.put(`${target} reached after ${bootSpan(reached - boot.startedUs)} in userspace.\n`);
  else io.out.put(`${target} was never reached.\n`);
  return 0;
}

export function* blame(io: Io): Blocking<number> {
  const boot = yield* finishedBoot(io);
  if (boot === undefined) return 1;
  const rows = boot.units.map((unit) => [bootSpan(startedIn(unit)), unit.name, startedIn(unit)] as const).filter(([, , us]) => us > 0).sort((one, other) => other[2] - one[2]);
  const width = Math.max(0, ...rows.map(([span]) => span.length));
  for (const [span, name] of rows) io.out.put(`${span.padStart(width)} ${name}\n`);
  return 0;
}

export function* criticalChain(io: Io, names: readonly string[], fuzzUs: number): Blocking<number> {
  const boot = yield* finishedBoot(io);
  if (boot === undefined) return 1;
  io.out.put("The time when unit became active or started is printed after the \"@\" character.\nThe time the unit took to start is printed after the \"+\" character.\n\n");
  const chain = new Chain(io, boot, fuzzUs);
  for (const name of names.length > 0 ? names.map((word) => mangleUnitName(word)) : [yield* defaultTarget(io)]) chain.print(name);
  return 0;
}

class Chain {
  readonly #io: Io;
  readonly #boot: Replies["times"];
  readonly #byName: ReadonlyMap<string, UnitTimes>;
  readonly #fuzzUs: number;

  constructor(io: Io, boot: Replies["times"], fuzzUs: number) {
    this.#io = io;
    this.#boot = boot;
    this.#byName = new Map(boot.units.map((unit) => [unit.name, unit]));
    this.#fuzzUs = fuzzUs;
  }

  print(name: string): void {
    this.#line(name, this.#byName.get(name));
    this.#below(name, new Set([name]), "");
  }

  #line(name: string, unit: UnitTimes | undefined): void {
    const since = (us: number): string => bootSpan(us - this.#boot.startedUs);
    const took = unit === undefined ? 0 : startedIn(unit);
    const [red, normal] = wantsColour(this.#io.sys) ? [RED, NORMAL] : ["", ""];
    if (unit !== undefined && took > 0) this.#io.out.put(`${name} @${since(unit.activating)} ${red}+${bootSpan(took)}${normal}\n`);
    else if (unit !== undefined && unit.activated > unit.deactivated) this.#io.out.put(`${name} @${since(unit.activated)}\n`);
    else this.#io.out.put(`${name}\n`);
  }

  /** What came up last before it, and so on from there. */
  #below(name: string, seen: Set<string>, indent: string): void {
    const own = this.#byName.get(name);
    const until = own === undefined || own.activated === 0 ? this.#boot.finishedUs : Math.min(own.activated, this.#boot.finishedUs);
    const ready = (own?.after ?? []).flatMap((after) => this.#byName.get(after) ?? []).filter((unit) => unit.activated > 0 && unit.activated <= until);
    const last = Math.max(0, ...ready.map((unit) => unit.activated));
    const late = ready.filter((unit) => last - unit.activated <= this.#fuzzUs).sort((one, other) => other.activated - one.activated);
    for (const [index, unit] of late.entries()) {
      const isLast = index === late.length - 1;
      this.#io.out.put(`${indent}${isLast ? "└─" : "├─"}`);
      this.#line(unit.name, unit);
      if (seen.has(unit.name)) continue;
      seen.add(unit.name);
      this.#below(unit.name, seen, `${indent}${isLast ? "  " : "│ "}`);
    }
  }
}
