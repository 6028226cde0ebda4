// What reading a variable without a value raises.
import type { PyCode } from "../code/code-object.ts";
import { exceptions, failure, nameError, type PyRaise } from "../objects/exception.ts";

export function unbound(code: PyCode, slot: number): PyRaise {
  const name = code.facts.variableNames[slot] ?? "";
  return failure(exceptions.UnboundLocalError, `cannot access local variable '${name}' where it is not associated with a value`);
}

export function unboundCell(code: PyCode, index: number): PyRaise {
  const name = code.facts.cellNames[index] ?? "";
  if (index < code.facts.ownCellCount) return failure(exceptions.UnboundLocalError, `cannot access local variable '${name}' where it is not associated with a value`);
  return nameError(name, exceptions.NameError, `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`);
}
