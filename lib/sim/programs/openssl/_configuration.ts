// openssl.cnf (config(5)): sections of NAME = VALUE, comments, lines that go on, $variables, .include.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Call, OpensslFailure } from "./_call.ts";

/** In the order of the file; names may repeat. */
export type Section = readonly (readonly [name: string, value: string])[];

export function parseConfiguration(text: string, environment: ReadonlyMap<string, string>): Map<string, Section> {
  const sections = new Map<string, [string, string][]>([["default", []]]);
  let current = "default";
  const lookUp = (section: string, name: string): string | undefined => (section === "ENV" ? environment.get(name) : (sections.get(section)?.findLast(([one]) => one === name)?.[1] ?? sections.get("default")?.findLast(([one]) => one === name)?.[1]));
  const joined = text.replace(/\\\n/g, "");
  for (const raw of joined.split("\n")) {
    let line = "";
    let quote = "";
    for (const c of raw) {
      if (quote === "" && c === "#") break;
      if (c === "\"" || c === "'") quote = quote === c ? "" : quote === "" ? c : quote;
      line += c;
    }
    const header = /^\s*\[\s*(.*?)\s*\]\s*$/.exec(line);
    if (header !== null) {
      current = header[1] ?? "default";
      if (!sections.has(current)) sections.set(current, []);
      continue;
    }
    const [, name = "", value = ""] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === "") continue;
    const expanded = value.replace(/\$(?:\{|\()?(?:(\w+)::)?(\w+)(?:\}|\))?/g, (whole, section: string | undefined, variable: string) => lookUp(section ?? current, variable) ?? whole);
    const [, place, own] = /^(\w+)::(.+)$/.exec(name) ?? [];
    const target = sections.get(place ?? current) ?? [];
    if (place !== undefined) sections.set(place, target);
    target.push([own ?? name, expanded.replace(/^(["'])(.*)\1$/, "$2")]);
  }
  return sections;
}

export function setting(sections: ReadonlyMap<string, Section>, section: string, name: string): string | undefined {
  return sections.get(section)?.findLast(([one]) => one === name)?.[1] ?? sections.get("default")?.findLast(([one]) => one === name)?.[1];
}

/** -config, OPENSSL_CONF or the system's. Throws OpensslFailure for a given one that is not there. */
export function* loadConfiguration(call: Call): Blocking<Map<string, Section>> {
  const given = call.get("config");
  const path = given ?? call.sys.environment.get("OPENSSL_CONF") ?? "/usr/lib/ssl/openssl.cnf";
  let text: string | undefined;
  try {
    text = yield* readTextFile(call.sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (text === undefined && given !== undefined) throw new OpensslFailure(`Can't open "${given}" for reading, No such file or directory\n`);
  return parseConfiguration(text ?? "", call.sys.environment);
}
