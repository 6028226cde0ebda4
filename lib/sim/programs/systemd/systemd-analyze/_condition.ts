// systemd-analyze condition: whether conditions and asserts of units hold here.
import type { Blocking } from "../../../kernel/sys.ts";
import { type ConditionHost, type ConditionKind, conditionHolds, isConditionKind } from "../../../daemons/systemd/api/conditions.ts";
import { machineId } from "../../../daemons/systemd/api/journal.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain } from "../_systemd.ts";

interface Asked {
  readonly family: "Condition" | "Assert";
  readonly kind: ConditionKind;
  readonly value: string;
}

const NAME = "test.service";

export function* condition(io: Io, words: readonly string[]): Blocking<number> {
  const { sys } = io;
  if (words.length === 0) {
    yield* complain(io, "Too few arguments for condition");
    return 1;
  }
  // the last comes first: systemd keeps them so
  const asked: Asked[] = [];
  for (const word of words) {
    const match = /^\s*(Condition|Assert)([A-Za-z]+)\s*=\s*(.*)$/.exec(word);
    const kind = match?.[2] ?? "";
    const value = match?.[3] ?? "";
    if (match === null || !isConditionKind(kind)) {
      yield* complain(io, `Cannot parse "${word}".`);
      return 1;
    }
    if (value === "") continue;
    const path = value.replace(/^\|?\s*!?\s*/, "");
    if (/^(?:Path|File|Directory)/.test(kind) && !path.startsWith("/")) {
      yield* complain(io, `(cmdline): ${match[1]}${kind}= path is not absolute, ignoring: ${path}`, "warning");
      continue;
    }
    asked.unshift({ family: match[1] === "Assert" ? "Assert" : "Condition", kind, value });
  }
  const host: ConditionHost = { sys, machineId: yield* machineId(sys), expand: (text) => text };
  let status = 0;
  for (const family of ["Assert", "Condition"] as const) {
    const own = asked.filter((one) => one.family === family);
    if (own.length === 0) continue;
    const holds = yield* judge(io, host, own);
    yield* complain(io, `${family}s ${holds ? "succeeded" : "failed"}.`, "notice");
    if (!holds) status = 1;
  }
  return status;
}

/** One that must hold and does not ends it; of those that begin with |, one must hold. */
function* judge(io: Io, host: ConditionHost, asked: readonly Asked[]): Blocking<boolean> {
  let triggered: boolean | undefined;
  for (const { family, kind, value } of asked) {
    const isTrigger = value.startsWith("|");
    const holds = yield* conditionHolds(host, kind, value, NAME);
    yield* complain(io, `${NAME}: ${family}${kind}=${value} ${holds ? "succeeded" : "failed"}.`, "info");
    if (!isTrigger && !holds) return false;
    if (isTrigger) triggered = (triggered ?? false) || holds;
  }
  return triggered ?? true;
}
