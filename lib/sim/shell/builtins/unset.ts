import type { Blocking } from "../../kernel/sys.ts";
import { afterAssignment, isName, parseTarget, indexOf } from "../interp/assign.ts";
import { expandSubscriptNow } from "../expand/subscript.ts";
import type { Shell } from "../interp/shell.ts";
import { IndexedArray } from "../interp/indexed-array.ts";
import { ATTRIBUTE, AssociativeArray } from "../interp/variables.ts";
import { type Builtin, parseOptions } from "./builtin.ts";

/** Removes a variable; within its own function a local one stays, unset. */
export function unsetVariable(shell: Shell, name: string): void {
  const scope = shell.variables.scopeOf(name);
  if (!scope) return;
  const local = (scope.variables.get(name)?.flags ?? 0) & ATTRIBUTE.LOCAL;
  if (local !== 0 && (shell.shopts.localvar_unset || shell.variables.scopes.lastIndexOf(scope) >= shell.variables.scopes.lastIndexOf(shell.variables.functionScope ?? scope))) {
    shell.variables.create(name, scope, ATTRIBUTE.LOCAL, undefined);
  } else shell.variables.remove(name, scope);
  shell.variables.exportVersion++;
  afterAssignment(shell, name);
}

function* unsetElement(shell: Shell, name: string, subscript: string): Blocking<boolean> {
  const found = shell.resolve(name);
  if (!found) return true;
  if ((found.flags & ATTRIBUTE.READONLY) !== 0) {
    yield* shell.complain(`${name}: cannot unset: readonly variable`);
    return false;
  }
  const variable = shell.variables.own(name, found);
  const value = variable.value;
  if (value instanceof AssociativeArray) {
    // `unset 'm[@]'` means the key @ since bash 5.2
    value.delete(expandSubscriptNow(shell, subscript, true));
    return true;
  }
  if (subscript === "@" || subscript === "*") {
    if (value instanceof IndexedArray) variable.value = new IndexedArray();
    else unsetVariable(shell, name);
    return true;
  }
  if (value instanceof IndexedArray) {
    const index = indexOf(shell, expandSubscriptNow(shell, subscript, false), value);
    if (index === undefined) {
      yield* shell.complain(`[${subscript}]: bad array subscript`);
      return false;
    }
    value.delete(index);
    return true;
  }
  if (indexOf(shell, expandSubscriptNow(shell, subscript, false), undefined) === 0) {
    unsetVariable(shell, name);
    return true;
  }
  yield* shell.complain(`${name}: not an array variable`);
  return false;
}

const unset: Builtin = {
  name: "unset", usage: "unset [-f] [-v] [-n] [name ...]", special: true,
  help: "Removes variables, or functions when there is no such variable. -v only variables, -f only functions, -n the reference itself and not what it names.",
  *run(shell, args) {
    const parsed = parseOptions(args, "fnv");
    if (parsed.has("f") && parsed.has("v")) {
      yield* shell.complain("cannot simultaneously unset a function and a variable");
      return 1;
    }
    let status = 0;
    for (const text of parsed.rest) {
      if (parsed.has("f")) {
        if (shell.functions.get(text)?.readonly) {
          yield* shell.complain(`${text}: cannot unset: readonly function`);
          status = 1;
        } else shell.functions.delete(text);
        continue;
      }
      const target = parseTarget(text);
      if (!target) {
        if (!parsed.has("v") && shell.functions.has(text)) {
          shell.functions.delete(text);
          continue;
        }
        if (shell.options.posix || parsed.has("v")) {
          yield* shell.complain(`\`${text}': not a valid identifier`);
          status = 1;
        }
        continue;
      }
      let { name } = target;
      if (target.subscript !== undefined) {
        if (!(yield* unsetElement(shell, name, target.subscript))) status = 1;
        continue;
      }
      let variable = shell.variables.find(name);
      if (variable && (variable.flags & ATTRIBUTE.NAMEREF) !== 0 && !parsed.has("n")) {
        const text2 = typeof variable.value === "string" ? variable.value : "";
        const referenced = parseTarget(text2);
        if (referenced?.subscript !== undefined) {
          if (!(yield* unsetElement(shell, referenced.name, referenced.subscript))) status = 1;
          continue;
        }
        if (referenced) {
          name = referenced.name;
          variable = shell.variables.find(name);
        }
      }
      if (!variable) {
        if (!parsed.has("v") && !parsed.has("n") && isName(name)) {
          if (shell.functions.get(name)?.readonly) {
            yield* shell.complain(`${name}: cannot unset: readonly function`);
            status = 1;
          } else shell.functions.delete(name);
        }
        continue;
      }
      if (parsed.has("n") && (variable.flags & ATTRIBUTE.NAMEREF) === 0) continue;
      if ((variable.flags & ATTRIBUTE.READONLY) !== 0) {
        yield* shell.complain(`${name}: cannot unset: readonly variable`);
        status = 1;
        continue;
      }
      unsetVariable(shell, name);
    }
    return status;
  },
};
export default unset;
