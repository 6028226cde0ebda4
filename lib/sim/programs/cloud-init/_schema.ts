// cloud-init schema: a file against the rules, errors in the order and words of jsonschema (cloudinit/config/schema.py).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import { loadYaml, parseYaml, type YamlNode, type YamlValue, yamlValue } from "../kit/yaml/parse-yaml.ts";
import { YamlError } from "../kit/yaml/yaml-error.ts";
import type { Parsed } from "./_arguments.ts";
import { isList, isMap, pythonRepr } from "./_json.ts";
import { cloudConfigRule, moduleDocuments, type SchemaRule, type SchemaType } from "./_schema-rules.ts";

export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function isOfType(value: YamlValue, type: SchemaType): boolean {
  switch (type) {
    case "string": return typeof value === "string";
    case "boolean": return typeof value === "boolean";
    case "integer": return typeof value === "number" && Number.isInteger(value);
    case "number": return typeof value === "number";
    case "null": return value === null;
    case "array": return isList(value);
    case "object": return isMap(value);
  }
}

function check(value: YamlValue, rule: SchemaRule, path: readonly (string | number)[], into: SchemaProblem[]): void {
  const wrong = (message: string): void => void into.push({ path, message });
  if (rule.types !== undefined && !rule.types.some((type) => isOfType(value, type))) wrong(`${pythonRepr(value)} is not of type ${rule.types.map((type) => `'${type}'`).join(", ")}`);
  if (rule.choices !== undefined && !rule.choices.some((one) => one === value)) wrong(`${pythonRepr(value)} is not one of ${pythonRepr(rule.choices)}`);
  if (rule.anyOf !== undefined && !rule.anyOf.some((one) => problemsOf(value, one).length === 0)) wrong(`${pythonRepr(value)} is not valid under any of the given schemas`);
  if (isList(value)) {
    if (rule.minItems !== undefined && value.length < rule.minItems) wrong(`${pythonRepr(value)} is too short`);
    if (rule.items !== undefined) for (const [index, item] of value.entries()) check(item, rule.items, [...path, index], into);
  }
  if (isMap(value)) {
    const properties = new Map(Object.entries(rule.properties ?? {}));
    for (const [name, one] of properties) {
      const given = value.get(name);
      if (given !== undefined) check(given, one, [...path, name], into);
    }
    const extra = [...value.keys()].filter((name) => !properties.has(name));
    if (rule.additional === false && extra.length > 0) wrong(`Additional properties are not allowed (${extra.map((name) => `'${name}'`).join(", ")} ${extra.length === 1 ? "was" : "were"} unexpected)`);
    for (const name of rule.required ?? []) if (!value.has(name)) wrong(`'${name}' is a required property`);
  }
}

function comparePaths(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [one, other] = [a[at], b[at]];
    if (one === undefined || other === undefined || one === other) continue;
    return one < other ? -1 : 1;
  }
  return a.length - b.length;
}

export function problemsOf(value: YamlValue, rule: SchemaRule = cloudConfigRule): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check(value, rule, [], problems);
  return problems.sort((a, b) => comparePaths(a.path, b.path));
}

export const shownProblem = (problem: SchemaProblem): string => `${problem.path.length === 0 ? "" : `${problem.path.join(".")}: `}${problem.message}`;

/** The line (from 1) of a path's value, or of its key in a mapping. */
function lineOf(root: YamlNode | undefined, path: readonly (string | number)[]): number {
  let node = root;
  let line = 1;
  for (const part of path) {
    if (node?.kind === "mapping") {
      const pair = node.pairs.find(([key]) => key.kind === "scalar" && key.text === part);
      if (pair === undefined) return line;
      line = pair[0].mark.line + 1;
      node = pair[1];
    } else if (node?.kind === "sequence") {
      node = node.items[Number(part)];
      line = node === undefined ? line : node.mark.line + 1;
    }
  }
  return line;
}

/** The text with a note behind each wrong line, and what the notes say below. */
function annotated(text: string, problems: readonly (SchemaProblem & { readonly line: number })[]): string {
  const notes = new Map<number, string[]>();
  const footer: string[] = [];
  for (const [index, problem] of problems.entries()) {
    notes.set(problem.line, [...(notes.get(problem.line) ?? []), `E${index + 1}`]);
    footer.push(`# E${index + 1}: ${problem.message}`);
  }
  const lines = text.split("\n").map((line, index) => {
    const own = notes.get(index + 1);
    return own === undefined ? line : `${line}\t\t# ${own.join(",")}`;
  });
  return `${lines.join("\n")}\n# Errors: -------------\n${footer.join("\n")}\n\n`;
}

/** Exit status. `name`: what messages call the text. */
export function* checkConfiguration(io: Io, text: string, name: string, annotate: boolean): Blocking<number> {
  const refuse = function* (message: string): Blocking<number> {
    yield* io.stderr(`Error:\n${message}\n`);
    return 1;
  };
  const format = function* (line: number, column: number, message: string): Blocking<number> {
    if (!annotate) return yield* refuse(`Cloud config schema errors: format-l${line}.c${column}: ${message}`);
    io.out.put(`${annotated(text, [{ path: [], message, line }])}\n`);
    return 1;
  };
  const first = text.split("\n", 1)[0] ?? "";
  if (first.trimEnd() !== "#cloud-config" && !/^## template: ?jinja/.test(first)) return yield* format(1, 1, `File ${name} needs to begin with "#cloud-config"`);
  let root: YamlNode | undefined;
  let value: YamlValue = null;
  try {
    root = parseYaml(text, "<byte string>");
    if (root !== undefined) value = yamlValue(root);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const mark = error.contextMark ?? error.problemMark;
    return yield* format((mark?.line ?? 0) + 1, (mark?.column ?? 0) + 1, `File ${name} is not valid yaml. ${error.message}`);
  }
  if (!isMap(value)) {
    if (value === null || value === false || !annotate) return yield* refuse("Cloud-config is not a YAML dict.");
    return yield* refuse("Cloud-config is not a YAML dict.");
  }
  const problems = problemsOf(value);
  if (problems.length === 0) {
    io.out.put(`Valid cloud-config: ${name}\n`);
    return 0;
  }
  if (annotate) {
    io.out.put(`${annotated(text, problems.map((problem) => ({ ...problem, line: lineOf(root, problem.path) })))}\n`);
    return 0;
  }
  io.out.put("Cloud config schema deprecations: \n");
  return yield* refuse(`Cloud config schema errors: ${problems.map(shownProblem).join(", ")}`);
}

/** Whether a user's text would be refused: logged at boot. */
export function isValidConfiguration(text: string): boolean {
  try {
    const value = loadYaml(text);
    return isMap(value) && problemsOf(value).length === 0;
  } catch (error) {
    if (error instanceof YamlError) return false;
    throw error;
  }
}

function documentOf(name: string): string | undefined {
  const known = moduleDocuments.get(name.startsWith("cc_") ? name : `cc_${name}`);
  if (known === undefined) return undefined;
  const [title, summary, description] = known;
  return `\n${title}\n${"-".repeat(title.length)}\n**Summary:** ${summary}\n\n${description}\n\n**Internal name:** \`\`${name}\`\`\n\n**Supported distros:** all\n\n`;
}

export function* schemaCommand(io: Io, parsed: Parsed): Blocking<number> {
  const file = parsed.values.get("-c");
  const documents = parsed.values.get("-d");
  const system = parsed.flags.has("--system");
  const exclusive = [file !== undefined, documents !== undefined, system].filter(Boolean).length;
  const refuse = function* (message: string): Blocking<number> {
    yield* io.stderr(`Error:\n${message}\n`);
    return 1;
  };
  if (exclusive !== 1) return yield* refuse("Expected one of --config-file, --system or --docs arguments");
  if (parsed.flags.has("--annotate") && documents !== undefined) return yield* refuse("Invalid flag combination. Cannot use --annotate with --docs");
  if (documents !== undefined) {
    for (const name of documents === "all" ? moduleDocuments.keys() : [documents]) {
      const text = documentOf(name);
      if (text === undefined) return yield* refuse(`Invalid --docs value ['${name}']. Must be one of: all, ${[...moduleDocuments.keys()].sort().join(", ")}`);
      io.out.put(text);
    }
    return 0;
  }
  if (system) {
    if (io.sys.getcred().euid !== 0) return yield* refuse("Unable to read system userdata as non-root user. Try using sudo");
    const text = yield* readTextFile(io.sys, "/var/lib/cloud/instance/user-data.txt");
    const status = yield* checkConfiguration(io, text ?? "", text === undefined ? "None" : "system userdata", parsed.flags.has("--annotate"));
    return status;
  }
  const text = yield* readTextFile(io.sys, file ?? "");
  if (text === undefined) return yield* refuse(`Configfile ${file ?? ""} does not exist`);
  return yield* checkConfiguration(io, text, file ?? "", parsed.flags.has("--annotate"));
}
