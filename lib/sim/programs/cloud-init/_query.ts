// cloud-init query: what the instance knows of itself (cloudinit/cmd/query.py).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import type { Parsed } from "./_arguments.ts";
import { nameExists } from "../kit/presence.ts";
import { JinjaError, lookUp, renderJinja } from "./_jinja.ts";
import { fromJson, isList, isMap, jsonText } from "./_json.ts";

const shown = (value: YamlValue): string => (typeof value === "string" ? value : value === null ? "None" : value === true ? "True" : value === false ? "False" : typeof value === "number" ? String(value) : jsonText(value));

/** Undefined: a name that is not there, or what is wrong with the template. */
export function renderTemplate(text: string, data: YamlMap): { readonly text: string } | { readonly missing: string } {
  try {
    const rendered = renderJinja(text, data);
    return rendered.missing[0] === undefined ? { text: rendered.text } : { missing: rendered.missing[0] };
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return { missing: error.message };
  }
}

export function* queryCommand(io: Io, parsed: Parsed, usage: string): Blocking<number> {
  const root = io.sys.getcred().euid === 0;
  const name = parsed.operands[0];
  const format = parsed.values.get("-f");
  if (!parsed.flags.has("-l") && !parsed.flags.has("-a") && name === undefined && format === undefined) {
    yield* io.stderr("ERROR: Expected one of the options: --all, --format, --list-keys or varname\n");
    yield* io.stderr(usage);
    return 1;
  }
  let path = parsed.values.get("-i");
  if (path === undefined) {
    path = "/run/cloud-init/instance-data.json";
    if (root) {
      const sensitive = "/run/cloud-init/instance-data-sensitive.json";
      if (nameExists(io.sys, sensitive)) path = sensitive;
      else yield* io.stderr(`WARNING: Missing root-readable ${sensitive}. Using redacted ${path} instead.\n`);
    }
  }
  const text = yield* readTextFile(io.sys, path);
  if (text === undefined) {
    yield* io.stderr(nameExists(io.sys, path) ? `ERROR: No read permission on '${path}'. Try sudo\n` : `ERROR: Missing instance-data file: ${path}\n`);
    return 1;
  }
  const record = fromJson(text);
  if (!isMap(record)) {
    yield* io.stderr(`ERROR: Invalid JSON in ${path}\n`);
    return 1;
  }
  const data = new Map(record);
  const v1 = data.get("v1");
  if (isMap(v1)) for (const [key, value] of v1) data.set(key, value);
  for (const kind of ["userdata", "vendordata"]) {
    const file = parsed.values.get(kind === "userdata" ? "-u" : "-v") ?? `/var/lib/cloud/instance/${kind === "userdata" ? "user-data" : "vendor-data"}.txt`;
    data.set(kind, root ? ((yield* readTextFile(io.sys, file)) ?? "") : `<redacted for non-root user> file:${file}`);
  }
  if (format !== undefined) {
    const rendered = renderTemplate(format, data);
    if ("missing" in rendered) {
      yield* io.stderr(`ERROR: Failed to render templated data: '${rendered.missing}' is undefined\n`);
      return 1;
    }
    io.out.put(`${rendered.text}\n`);
    return 0;
  }
  if (parsed.flags.has("-l") && name === undefined) {
    io.out.put(`${[...data.keys()].sort().join("\n")}\n`);
    return 0;
  }
  let value: YamlValue = data;
  if (name !== undefined) {
    const found = lookUp(data, name);
    if ("missing" in found) {
      yield* io.stderr(name.includes(".") && found.missing !== name.split(".")[0] ? `ERROR: instance-data '${found.missing.split(".").slice(0, -1).join(".")}' has no '${found.missing.split(".").at(-1) ?? ""}'\n` : `ERROR: Undefined instance-data key '${name}'\n`);
      return 1;
    }
    value = found.value;
    if (parsed.flags.has("-l")) {
      if (!isMap(value)) {
        yield* io.stderr(`ERROR: --list-keys provided but '${name}' is not a dict\n`);
        return 1;
      }
      io.out.put(`${[...value.keys()].sort().join("\n")}\n`);
      return 0;
    }
  }
  io.out.put(`${typeof value === "string" ? value.replace(/\n$/, "") : isMap(value) || isList(value) ? jsonText(value) : shown(value)}\n`);
  return 0;
}
