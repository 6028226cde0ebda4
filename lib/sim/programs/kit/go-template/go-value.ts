// Values of Go templates. Maps hold keys that learners choose; a struct has fixed fields and a type name for errors.

export type GoValue = string | number | boolean | null | readonly GoValue[] | ReadonlyMap<string, GoValue> | GoStruct | GoNil;

/** A nil that has a type: it prints as an empty list or map, or as <nil>. */
export class GoNil {
  readonly of: "slice" | "map" | "pointer";
  constructor(of: "slice" | "map" | "pointer") {
    this.of = of;
  }
}

/** Fields by name, found as in a map; encoding/json keeps their order. */
export class GoRecord extends Map<string, GoValue> {}

export class GoStruct {
  readonly typeName: string;
  readonly fields: ReadonlyMap<string, GoValue>;
  constructor(typeName: string, fields: ReadonlyMap<string, GoValue>) {
    this.typeName = typeName;
    this.fields = fields;
  }
}

export function isMap(value: GoValue | undefined): value is ReadonlyMap<string, GoValue> {
  return value instanceof Map;
}

export function isList(value: GoValue | undefined): value is readonly GoValue[] {
  return Array.isArray(value);
}

/** What JSON.parse gave, as maps (Go's map[string]interface{}). */
export function fromJson(value: unknown): GoValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === "object") return new Map(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
  return null;
}

/** As fromJson, with a struct on top: errors then say "can't evaluate field X in type NAME". */
export function structFromJson(typeName: string, value: unknown): GoValue {
  const map = fromJson(value);
  return isMap(map) ? new GoStruct(typeName, map) : map;
}

/** Go's encoding/json: map keys sorted, <, > and & escaped when `escapeHtml`. */
export function toJson(value: GoValue, escapeHtml = true): string {
  if (typeof value === "string") {
    const text = JSON.stringify(value);
    return escapeHtml ? text.replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`) : text;
  }
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof GoNil) return "null";
  if (isList(value)) return `[${value.map((item) => toJson(item, escapeHtml)).join(",")}]`;
  const entries = value instanceof GoStruct ? [...value.fields] : value instanceof GoRecord ? [...value] : isMap(value) ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)) : [];
  return `{${entries.map(([key, inner]) => `${toJson(key, escapeHtml)}:${toJson(inner, escapeHtml)}`).join(",")}}`;
}

/** fmt's %v. */
export function display(value: GoValue | undefined): string {
  if (value === undefined || value === null) return "<no value>";
  return displayInner(value);
}

function displayInner(value: GoValue): string {
  if (value === null) return "<nil>";
  if (value instanceof GoNil) return value.of === "slice" ? "[]" : value.of === "map" ? "map[]" : "<nil>";
  if (typeof value === "number") return displayNumber(value);
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map(displayInner).join(" ")}]`;
  if (value instanceof GoStruct) return `{${[...value.fields.values()].map(displayInner).join(" ")}}`;
  if (isMap(value)) return `map[${[...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${key}:${displayInner(inner)}`).join(" ")}]`;
  return "";
}

function displayNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return value.toFixed(0);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent >= 21) return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  return String(value);
}

/** A template's truth: not the zero value of its type. */
export function isTrue(value: GoValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "" || value instanceof GoNil) return false;
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  return true;
}

export function kindOf(value: GoValue | undefined): string {
  if (value === undefined || value === null) return "nil";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float64";
  if (isList(value)) return "[]interface {}";
  return value instanceof GoStruct ? value.typeName : "map[string]interface {}";
}
