// dict.keys(), dict.values(), dict.items().

import type { Vm } from "../vm/vm.ts";
import type { PyDict } from "./dictionary.ts";
import { type Eventual, PyObject, PyTuple, types, type Value } from "./value.ts";

export class PyView extends PyObject {
  readonly dict: PyDict;
  readonly kind: "keys" | "values" | "items";
  constructor(dict: PyDict, kind: "keys" | "values" | "items") {
    super(kind === "keys" ? types.dictKeys : kind === "values" ? types.dictValues : types.dictItems);
    this.dict = dict;
    this.kind = kind;
  }

  list(vm: Vm): Eventual<readonly Value[]> {
    const items: Value[] = [];
    for (const { key, value } of this.dict.values()) items.push(this.kind === "keys" ? key : this.kind === "values" ? value : new PyTuple([key, value]));
    vm.spend(items.length);
    return items;
  }
}
