// export, readonly, local and unset of dash (var.c: exportcmd, localcmd, mklocal, unsetcmd).
import type { Blocking } from "../../kernel/sys.ts";
import { assignScalar, isName } from "../interp/assign.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE } from "../interp/variables.ts";
import { type Builtin, BuiltinError, print } from "../builtins/builtin.ts";
import { unsetVariable } from "../builtins/unset.ts";
import { dashOptions } from "./options.ts";
import { quoteForDash } from "./quote.ts";

function split(text: string): { readonly name: string; readonly value: string | undefined } {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!isName(name)) throw new BuiltinError(`${name}: bad variable name`, 2);
  return { name, value: equals < 0 ? undefined : text.slice(equals + 1) };
}

function* mark(shell: Shell, args: readonly string[], flag: number): Blocking<number> {
  const { letters, rest } = dashOptions(args, "p");
  if (letters.length > 0 || rest.length === 0) {
    const names = shell.variables.names((variable) => (variable.flags & flag) !== 0);
    return yield* print(shell, names.map((name) => {
      const value = shell.getVariable(name);
      return `${args[0]} ${name}${value === undefined ? "" : `=${quoteForDash(value)}`}\n`;
    }).join(""));
  }
  for (const arg of rest) {
    const { name, value } = split(arg);
    if (value !== undefined) assignScalar(shell, name, value);
    const found = shell.variables.find(name);
    if (found) shell.variables.own(name, found).flags |= flag;
    else shell.variables.create(name, shell.variables.globalScope, flag, undefined);
    shell.variables.exportVersion++;
  }
  return 0;
}

export const dashExport: Builtin = { name: "export", usage: "", help: "", special: true, run: (shell, args) => mark(shell, args, ATTRIBUTE.EXPORT) };
export const dashReadonly: Builtin = { name: "readonly", usage: "", help: "", special: true, run: (shell, args) => mark(shell, args, ATTRIBUTE.READONLY) };

/** A local variable without a value keeps what it had outside. */
export const dashLocal: Builtin = {
  name: "local", usage: "", help: "", special: true,
  run(shell, args) {
    const scope = shell.variables.functionScope;
    if (scope === undefined) throw new BuiltinError("not in a function", 2);
    for (const arg of args.slice(1)) {
      if (arg === "-") {
        const options = { ...shell.options };
        scope.onLeave = [...(scope.onLeave ?? []), () => { shell.options = options; }];
        continue;
      }
      const { name, value } = split(arg);
      const old = shell.variables.find(name);
      if (!scope.variables.has(name)) shell.variables.create(name, scope, old?.flags ?? 0, old?.scalar());
      if (value !== undefined) assignScalar(shell, name, value);
    }
    return 0;
  },
};

export const dashUnset: Builtin = {
  name: "unset", usage: "", help: "", special: true,
  run(shell, args) {
    const { letters, rest } = dashOptions(args, "vf");
    for (const name of rest) {
      if (letters.at(-1) === "f") {
        shell.functions.delete(name);
        continue;
      }
      if (!isName(name)) throw new BuiltinError(`${name}: bad variable name`, 2);
      if (((shell.variables.find(name)?.flags ?? 0) & ATTRIBUTE.READONLY) !== 0) throw new BuiltinError(`${name}: is read only`, 2);
      unsetVariable(shell, name);
    }
    return 0;
  },
};
