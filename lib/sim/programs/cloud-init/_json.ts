// Values of configurations as Python's json.dumps, repr and yaml.dump write them.
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";

const sortedEntries = (map: YamlMap): readonly (readonly [string, YamlValue])[] => [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

export const isMap = (value: YamlValue | undefined): value is YamlMap => value instanceof Map;
export const isList = (value: YamlValue | undefined): value is readonly YamlValue[] => Array.isArray(value);

const plain = (value: null | boolean | number | string): string => (typeof value === "string" ? JSON.stringify(value).replace(/[\x7f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`) : String(value));

/** Sorted keys, `indent` spaces a level. */
export function jsonText(value: YamlValue, indent = 1, depth = 0): string {
  const pad = "\n".padEnd(1 + indent * (depth + 1));
  const close = "\n".padEnd(1 + indent * depth);
  if (isMap(value)) return value.size === 0 ? "{}" : `{${sortedEntries(value).map(([name, one]) => `${pad}${plain(name)}: ${jsonText(one, indent, depth + 1)}`).join(",")}${close}}`;
  if (isList(value)) return value.length === 0 ? "[]" : `[${value.map((one) => `${pad}${jsonText(one, indent, depth + 1)}`).join(",")}${close}]`;
  return plain(value);
}

/** Undefined when it is none. */
export function fromJson(text: string): YamlValue | undefined {
  const convert = (value: unknown): YamlValue => {
    if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value === "object") return new Map(Object.entries(value).map(([name, one]) => [name, convert(one)]));
    return null;
  };
  try {
    return convert(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** repr() */
export function pythonRepr(value: YamlValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return `${quote}${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r").replaceAll(quote, `\\${quote}`)}${quote}`;
  }
  if (isMap(value)) return `{${[...value].map(([name, one]) => `${pythonRepr(name)}: ${pythonRepr(one)}`).join(", ")}}`;
  return `[${(value as readonly YamlValue[]).map(pythonRepr).join(", ")}]`;
}

const needsQuotes = (text: string): boolean => text === "" || /^[\s!&*?|>@`"'%#,[\]{}-]|: |:$| #|^\d|^[-+.]?\d|^(?:yes|no|on|off|true|false|null|~|y|n)$/i.test(text);

function yamlScalar(value: null | boolean | number | string): string {
  if (typeof value !== "string") return String(value);
  if (/[\n\t]/.test(value)) return JSON.stringify(value);
  return needsQuotes(value) ? `'${value.replaceAll("'", "''")}'` : value;
}

/** yaml.dump in block style with sorted keys. */
export function yamlText(value: YamlValue, depth = 0, indent = 4): string {
  const pad = " ".repeat(depth * indent);
  if (isMap(value) && value.size > 0) {
    return sortedEntries(value).map(([name, one]) => {
      if (isMap(one) && one.size > 0) return `${pad}${yamlScalar(name)}:\n${yamlText(one, depth + 1, indent)}`;
      if (isList(one) && one.length > 0) return `${pad}${yamlScalar(name)}:\n${yamlText(one, depth, indent)}`;
      return `${pad}${yamlScalar(name)}: ${yamlText(one).trim()}\n`;
    }).join("");
  }
  if (isList(value) && value.length > 0) return value.map((one) => `${pad}-${" ".repeat(Math.max(1, indent - 1))}${yamlText(one, depth + 1, indent).trimStart()}`).join("");
  return `${pad}${isMap(value) ? "{}" : isList(value) ? "[]" : yamlScalar(value)}\n`;
}
