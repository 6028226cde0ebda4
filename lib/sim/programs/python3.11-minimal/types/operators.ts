// The special methods of builtin types that subclasses and `super()` call: `int.__add__`, `list.__len__`...

import { PyBuiltin, type PyClass, types, unwrap, NotImplemented, type Value, begin, type Run, settle } from "../objects/value.ts";
import { typeError } from "../objects/exception.ts";
import { compareBuiltin, truth } from "../vm/compare.ts";
import { type BinaryOperator, builtinMethod, operatorName, unary } from "../vm/operator.ts";
import type { Vm } from "../vm/vm.ts";
import { PyFloat } from "../objects/value.ts";

function define(cls: PyClass, name: string, run: (vm: Vm, self: Value, other: Value) => ReturnType<PyBuiltin["native"]>, count: number): void {
  cls.members.set(name, new PyBuiltin(types.wrapper, name, (vm, args) => {
    if (args.length !== count + 1) throw typeError(`expected ${count} argument${count === 1 ? "" : "s"}, got ${args.length - 1}`);
    return run(vm, args[0] as Value, args[1] ?? null);
  }, `${cls.name}.${name}`, undefined, cls));
}

export function declareOperators(cls: PyClass, operators: readonly BinaryOperator[]): void {
  for (const operator of operators) {
    define(cls, `__${operatorName(operator)}__`, (vm, self, other) => {
      const [a, b] = [unwrap(self), unwrap(other)];
      // int.__add__(1, 1.5) says NotImplemented: float knows better.
      if (cls === types.int && b instanceof PyFloat) return NotImplemented;
      return builtinMethod(vm, operator, a, b);
    }, 1);
    if (cls === types.int || cls === types.float || cls === types.complex) define(cls, `__r${operatorName(operator)}__`, (vm, self, other) => builtinMethod(vm, operator, unwrap(other), unwrap(self)), 1);
  }
  for (const [name, operator] of [["__lt__", "<"], ["__le__", "<="], ["__eq__", "=="], ["__ne__", "!="], ["__gt__", ">"], ["__ge__", ">="]] as const) {
    define(cls, name, (vm, self, other) => compareBuiltin(vm, operator, unwrap(self), unwrap(other)) ?? NotImplemented, 1);
  }
  if (cls === types.int || cls === types.float || cls === types.complex) {
    define(cls, "__neg__", (vm, self) => unary(vm, "-", unwrap(self)), 0);
    define(cls, "__pos__", (vm, self) => unary(vm, "+", unwrap(self)), 0);
    define(cls, "__bool__", (vm, self) => truth(vm, unwrap(self)), 0);
    define(cls, "__abs__", (vm, self) => begin((function* (): Run<Value> {
      const value = unwrap(self);
      return (yield* settle(truth(vm, compareBuiltin(vm, "<", value, 0) as boolean))) ? yield* settle(unary(vm, "-", value)) : value;
    })()), 0);
  }
  if (cls === types.int) define(cls, "__invert__", (vm, self) => unary(vm, "~", unwrap(self)), 0);
}
