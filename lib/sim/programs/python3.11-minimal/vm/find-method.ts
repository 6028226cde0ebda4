// Methods that a call may take without making a bound one.
import { PyBuiltin, PyClass, PyGetSet, types, type Value } from "../objects/value.ts";
import { PyFunction } from "./frame.ts";

/** A plain function or method of the object's type that no attribute of the object hides. */
export function findMethod(object: Value, name: string): Value | undefined {
  if (typeof object === "string") return plainMethod(types.str.members.get(name));
  if (typeof object !== "object" || object === null) return undefined;
  const { cls } = object;
  if (cls === types.list) return plainMethod(types.list.members.get(name));
  if (object instanceof PyClass || cls === types.module || cls === types.super) return undefined;
  const found = cls.lookup(name);
  if (!(found instanceof PyFunction || (found instanceof PyBuiltin && found.owner !== undefined))) return undefined;
  if (object.attributes?.has(name)) return undefined;
  if (cls.heap && cls.lookup("__getattribute__") !== types.object.members.get("__getattribute__")) return undefined;
  return found;
}

function plainMethod(member: Value | undefined): Value | undefined {
  return member instanceof PyBuiltin && !(member instanceof PyGetSet) ? member : undefined;
}
