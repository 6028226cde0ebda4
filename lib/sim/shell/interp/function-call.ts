// Calling shell functions, and scripts read by `source`: positional parameters, scope, call stack, `return`.
import type { Blocking } from "../../kernel/sys.ts";
import { compatibilityLevel } from "./assign.ts";
import { DiscardCommand, ShellExit } from "./flow.ts";
import type { Frame, Shell, ShellFunction, Trap } from "./shell.ts";
import { runTrap } from "./traps.ts";
import type { Scope } from "./variables.ts";

/** Beyond this depth bash's own stack would be near its end too; ours is. */
const MAX_DEPTH = 1500;
/** Debian's patch of dash. */
const DASH_DEPTH = 1000;

const SCOPED_TRAPS = ["DEBUG", "RETURN", "ERR"] as const;

export function* callFunction(shell: Shell, definition: ShellFunction, args: readonly string[], temporary?: Scope): Blocking<number> {
  const limit = Number.parseInt(shell.getVariable("FUNCNEST") ?? "", 10);
  if (limit > 0 && shell.functionDepth >= limit) {
    yield* shell.report(`${definition.name}: maximum function nesting level exceeded (${limit})`);
    throw new DiscardCommand(1);
  }
  if (shell.strict && shell.functionDepth >= DASH_DEPTH) {
    yield* shell.report(`Maximum function recursion depth (${DASH_DEPTH}) reached`);
    throw new ShellExit(2, true);
  }
  if (shell.functionDepth >= MAX_DEPTH) throw new RangeError("function nesting");
  // a call below many others looks for its variables in the scopes of all of them
  if (shell.functionDepth >= 16 && shell.sys.charge(shell.functionDepth >> 4)) {
    yield* shell.sys.preempt();
    shell.attention = true;
  }
  // Assignments before the call become variables of the function.
  const scope = temporary ?? shell.variables.pushScope("function");
  scope.kind = "function";
  const saved = {
    positional: shell.positional, frames: shell.frames, loopDepth: shell.loopDepth, line: shell.line, getoptsIndex: shell.getoptsIndex, getoptsPosition: shell.getoptsPosition,
    tail: shell.tail,
  };
  const frame: Frame = { functionName: definition.name, source: definition.source, callLine: shell.line, positional: args.slice(1) };
  shell.tail = undefined;
  if (shell.strict) {
    shell.getoptsIndex = 1;
    shell.getoptsPosition = 0;
  }
  shell.positional = args.slice(1);
  shell.frames = [frame, ...shell.frames];
  // up to release 4.3 a function may leave the loop that it is called in
  if (compatibilityLevel(shell) > 43) shell.loopDepth = 0;
  shell.functionDepth++;
  shell.returnDepth++;
  const hidden = hideTraps(shell, definition);
  let status = 0;
  let returned = false;
  try {
    if (shell.traps.has("DEBUG") && !shell.inDebugTrap) shell.line = definition.line;
    if (shell.traps.has("DEBUG") && !shell.inDebugTrap) yield* runTrap(shell, shell.traps.get("DEBUG")?.command ?? "", "debug trap");
    const outcome = shell.language.run(shell, definition.body);
    status = typeof outcome === "number" ? outcome : yield* outcome;
    if (shell.flow === "return") {
      shell.flow = "none";
      status = shell.lastStatus;
      returned = true;
    }
    if (shell.traps.size > 0 && shell.traps.has("RETURN")) {
      shell.lastStatus = returned ? shell.statusBeforeReturn : status;
      yield* runTrap(shell, shell.traps.get("RETURN")?.command ?? "", "return trap");
    }
  } finally {
    showTraps(shell, hidden);
    shell.returnDepth--;
    shell.functionDepth--;
    shell.positional = saved.positional;
    shell.frames = saved.frames;
    shell.loopDepth = saved.loopDepth;
    shell.line = saved.line;
    if (shell.strict) {
      shell.getoptsIndex = saved.getoptsIndex;
      shell.getoptsPosition = saved.getoptsPosition;
    }
    shell.tail = saved.tail;
    for (const restore of scope.onLeave ?? []) restore();
    shell.variables.popScope(scope);
  }
  shell.lastStatus = status;
  return status;
}

function hideTraps(shell: Shell, definition: ShellFunction): readonly (readonly [string, Trap])[] {
  if (shell.traps.size === 0) return [];
  const hidden: (readonly [string, Trap])[] = [];
  for (const name of SCOPED_TRAPS) {
    const trap = shell.traps.get(name);
    if (!trap) continue;
    if (name === "ERR" ? shell.options.errtrace : shell.options.functrace || definition.traced) continue;
    hidden.push([name, trap]);
    shell.traps.delete(name);
  }
  return hidden;
}

function showTraps(shell: Shell, hidden: readonly (readonly [string, Trap])[]): void {
  for (const [name, trap] of hidden) if (!shell.traps.has(name)) shell.traps.set(name, trap);
}
