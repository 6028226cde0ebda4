// start, stop, restart, reload...: one job a unit, then the wait for its end and what is said when it fails.
import type { Blocking } from "../../../kernel/sys.ts";
import { isFailure, type JobKind, type JobOutcome } from "../../../daemons/systemd/api/protocol.ts";
import { complain, NORMAL, RED } from "../_systemd.ts";
import { type Context, expandNames, propertyMap, statusOf, type Verb } from "./_context.ts";

const explanations: ReadonlyMap<string, string> = new Map([
  ["resources", "of unavailable resources or another system error"], ["protocol", "the service did not take the steps required by its unit configuration"], ["timeout", "a timeout was exceeded"],
  ["exit-code", "the control process exited with error code"], ["signal", "a fatal signal was delivered to the control process"], ["core-dump", "a fatal signal was delivered causing the control process to dump core"],
  ["watchdog", "the service failed to send watchdog ping"], ["start-limit-hit", "start of the service was attempted too often"], ["oom-kill", "of an out-of-memory (OOM) situation"],
]);

function* explain(context: Context, outcome: JobOutcome): Blocking<number> {
  const { io } = context;
  const { unit, result } = outcome;
  const quoted = unit.includes("\\") ? `'${unit}'` : unit;
  switch (result) {
    case "done":
    case "skipped":
      return 0;
    case "canceled":
      yield* complain(io, `Job for ${unit} canceled.`);
      return 1;
    case "timeout":
      yield* complain(io, `Job for ${unit} timed out.`);
      return 1;
    case "dependency":
      yield* complain(io, `A dependency job for ${unit} failed. See 'journalctl -xe' for details.`);
      return 1;
    case "assert":
      yield* complain(io, `Assertion failed on job for ${unit}.`);
      return 1;
    default: {
      const because = outcome.serviceResult === undefined ? undefined : explanations.get(outcome.serviceResult);
      yield* complain(io, because === undefined ? `Job for ${unit} failed.` : `Job for ${unit} failed because ${because}.`);
      yield* complain(io, `See "systemctl status ${quoted}" and "journalctl -xeu ${quoted}" for details.`);
      if (outcome.serviceResult === "start-limit-hit") {
        yield* complain(io, `To force a start use "systemctl reset-failed ${quoted}"`);
        yield* complain(io, `followed by "systemctl start ${quoted}" again.`);
      }
      return 1;
    }
  }
}

export function* warnChanged(context: Context, unit: string): Blocking<void> {
  const word = context.colour ? `${RED}Warning:${NORMAL}` : "Warning:";
  yield* complain(context.io, `${word} The unit file, source configuration file or drop-ins of ${unit} changed on disk. Run 'systemctl daemon-reload' to reload units.`, "warning");
}

/** What the failure message of a kind says. */
function verbWord(kind: JobKind): string {
  return kind === "reload-or-restart" || kind === "try-reload-or-restart" ? kind.replace(/-or-/, " or ").replace("try-", "try to ") : kind;
}

export function* runJobs(context: Context, kind: JobKind, names: readonly string[]): Blocking<number> {
  const { bus, io, options } = context;
  let status = 0;
  const started: { readonly id: number; readonly name: string }[] = [];
  for (const name of names) {
    const reply = yield* bus.call({ op: "job", kind, unit: name, mode: options.mode });
    if (isFailure(reply)) {
      yield* complain(io, `Failed to ${verbWord(kind)} ${name}: ${reply.error}`);
      if (!["NoSuchUnit", "UnitMasked", "JobTypeNotApplicable"].includes(reply.code)) yield* complain(io, `See system logs and 'systemctl status ${name}' for details.`);
      status = statusOf(reply);
      continue;
    }
    started.push({ id: reply.id, name });
  }
  if (options.noBlock) return status;
  for (const { id, name } of started) {
    const outcome = yield* bus.call({ op: "wait-job", id });
    if (isFailure(outcome)) continue;
    if (outcome.needsReload === true) yield* warnChanged(context, outcome.unit || name);
    if (options.quiet) {
      if (outcome.result !== "done" && outcome.result !== "skipped") status = 1;
    } else status = (yield* explain(context, { ...outcome, unit: outcome.unit || name })) || status;
  }
  if (kind === "stop" && !options.quiet) for (const { name } of started) yield* warnTriggers(context, name);
  if (options.wait && kind !== "stop") {
    for (const { name } of started) {
      const reply = yield* bus.call({ op: "wait-unit", unit: name });
      if (!isFailure(reply) && propertyMap(reply.properties).get("ActiveState") === "failed") status = 1;
    }
  }
  return status;
}

/** A stopped service that a socket or timer will start again. */
function* warnTriggers(context: Context, name: string): Blocking<void> {
  const shown = yield* context.bus.call({ op: "show", unit: name });
  if (isFailure(shown)) return;
  const by = (propertyMap(shown.properties).get("TriggeredBy") ?? "").split(" ").filter((word) => word !== "");
  const active: string[] = [];
  for (const unit of by) {
    const other = yield* context.bus.call({ op: "show", unit });
    if (!isFailure(other) && other.info.active === "active") active.push(unit);
  }
  if (active.length === 0) return;
  yield* complain(context.io, `Warning: Stopping ${name}, but it can still be activated by:`, "warning");
  for (const unit of active) yield* complain(context.io, `  ${unit}`, "warning");
}

export function jobVerb(kind: JobKind): Verb {
  return function* verb(context, operands) {
    if (operands.length === 0) {
      yield* complain(context.io, "Too few arguments.");
      return 1;
    }
    return yield* runJobs(context, kind, yield* expandNames(context, operands));
  };
}
