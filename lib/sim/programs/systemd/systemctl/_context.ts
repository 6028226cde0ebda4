// What every verb of systemctl gets: its options, the connection, and how names and failures are worded.
import { type Blocking, daysFromCivil, type Sys } from "../../../kernel/sys.ts";
import type { Failure, ManagerConnection, Properties } from "../../../daemons/systemd/api/protocol.ts";
import { isFailure } from "../../../daemons/systemd/api/protocol.ts";
import { mangleUnitName, matchesPattern, type UnitType } from "../../../daemons/systemd/api/unit-name.ts";
import type { Io } from "../../kit/gnu.ts";
import type { Zone } from "../../kit/zones.ts";
import { fullTime } from "../_journal-format.ts";
import { complain } from "../_systemd.ts";

export interface SystemctlOptions {
  readonly all: boolean;
  readonly types: readonly string[];
  readonly states: readonly string[];
  readonly properties: readonly string[];
  readonly value: boolean;
  readonly quiet: boolean;
  readonly noLegend: boolean;
  readonly plain: boolean;
  readonly full: boolean;
  readonly noBlock: boolean;
  readonly now: boolean;
  readonly runtime: boolean;
  readonly force: number;
  readonly lines: number | undefined;
  readonly output: string;
  readonly signal: string | undefined;
  readonly killWho: string | undefined;
  readonly reverse: boolean;
  readonly wait: boolean;
  readonly failed: boolean;
  readonly mode: string;
  readonly noPager: boolean;
  readonly noReload: boolean;
}

export interface Context {
  readonly sys: Sys;
  readonly io: Io;
  readonly bus: ManagerConnection;
  readonly options: SystemctlOptions;
  readonly colour: boolean;
  /** paths and addresses are links for the terminal (OSC 8) */
  readonly links: boolean;
  readonly zone: Zone;
  readonly columns: number;
}

export type Verb = (context: Context, operands: readonly string[]) => Blocking<number>;

export function propertyMap(properties: Properties): ReadonlyMap<string, string> {
  return new Map(properties);
}

export function isPattern(text: string): boolean {
  return /[*?[]/.test(text);
}

/** Names as units; patterns become the loaded units that they match. */
export function* expandNames(context: Context, operands: readonly string[], suffix: UnitType = "service"): Blocking<readonly string[]> {
  const names: string[] = [];
  let loaded: readonly { readonly name: string }[] | undefined;
  for (const operand of operands) {
    const name = mangleUnitName(operand, suffix);
    if (!isPattern(name)) {
      names.push(name);
      continue;
    }
    if (loaded === undefined) {
      const reply = yield* context.bus.call({ op: "list-units" });
      loaded = isFailure(reply) ? [] : reply.units;
    }
    for (const unit of loaded) if (matchesPattern(name, unit.name)) names.push(unit.name);
  }
  return names;
}

/** Exit statuses of systemctl by the error of the bus. */
export function statusOf(failure: Failure): number {
  switch (failure.code) {
    case "AccessDenied":
    case "OnlyByDependency":
    case "NoIsolation":
      return 4;
    case "NoSuchUnit":
      return 5;
    case "JobTypeNotApplicable":
      return 3;
    default:
      return 1;
  }
}

export function* fail(context: Context, message: string, status = 1): Blocking<number> {
  yield* complain(context.io, message);
  return status;
}

/** Text with an address behind it, where the terminal may show links: without a pager, in colours. */
export function linked(context: Context, address: string, text = address): string {
  return context.links ? `\x1b]8;;${address}\x07${text}\x1b]8;;\x07` : text;
}

export function linkedPath(context: Context, path: string, text = path): string {
  return linked(context, `file://${context.sys.uname().nodename}${path}`, text);
}

const utcTime = /^\w{3} (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) UTC$/;

/** The manager's timestamps back to microseconds; 0 for what is none. */
export function parseTimestamp(text: string): number {
  const match = utcTime.exec(text);
  if (match === null) return 0;
  const [, year = "0", month = "1", day = "1", hour = "0", minute = "0", second = "0"] = match;
  return (daysFromCivil(Number(year), Number(month), Number(day)) * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1e6;
}

/** The manager writes timestamps in UTC; they are shown in the zone of /etc/localtime. */
export function localTimestamps(context: Context, text: string): string {
  return text.endsWith("UTC") && utcTime.test(text) ? fullTime(parseTimestamp(text), context.zone) : text;
}

export function* print(context: Context, text: string): Blocking<void> {
  context.io.out.put(text);
  if (context.io.out.full) yield* context.io.out.flush();
}
