// text/template: running a tree. Errors read as Go's: template: NAME:LINE:COLUMN: executing "NAME" at <.Field>: …

import { display, GoNil, GoStruct, type GoValue, isList, isMap, isTrue, kindOf, toJson } from "./go-value.ts";
import { type Node, type Operand, parseTemplate, type Pipeline, type Template, TemplateError } from "./template-tree.ts";

export { TemplateError } from "./template-tree.ts";

type Arguments = readonly (GoValue | undefined)[];
export type TemplateFunction = (args: Arguments) => GoValue | undefined;

function compare(a: GoValue | undefined, b: GoValue | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  throw new TemplateError("incompatible types for comparison");
}

function equal(a: GoValue | undefined, b: GoValue | undefined): boolean {
  const nil = (value: GoValue | undefined) => value === undefined || value === null || value instanceof GoNil;
  if (nil(a) || nil(b)) return nil(a) && nil(b);
  if (typeof a !== typeof b) throw new TemplateError("incompatible types for comparison");
  return a === b;
}

function indexValue(item: GoValue | undefined, index: GoValue | undefined): GoValue | undefined {
  if (isMap(item)) return typeof index === "string" ? item.get(index) : undefined;
  if (isList(item) || typeof item === "string") {
    if (typeof index !== "number") throw new TemplateError(`cannot index slice/array with type ${kindOf(index)}`);
    if (index < 0 || index >= item.length) throw new TemplateError(`error calling index: index out of range: ${index}`);
    return typeof item === "string" ? item.charCodeAt(index) : item[index];
  }
  if (item instanceof GoNil && item.of === "map") return undefined;
  throw new TemplateError(item === undefined || item === null || item instanceof GoNil ? "error calling index: index of untyped nil" : `error calling index: can't index item of type ${kindOf(item)}`);
}

function sprintf(args: Arguments): string {
  const [format, ...rest] = args;
  let next = 0;
  return String(format ?? "").replace(/%([-+# 0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g, (_whole, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
    if (verb === "%") return "%";
    const value = rest[next++];
    let text: string;
    if (verb === "q") text = JSON.stringify(display(value));
    else if (verb === "x" && typeof value === "number") text = value.toString(16);
    else if (verb === "f" && typeof value === "number") text = value.toFixed(precision === undefined ? 6 : Number(precision));
    else if (verb === "T") text = kindOf(value);
    else text = precision !== undefined && verb === "s" ? display(value).slice(0, Number(precision)) : display(value);
    const columns = Number(width ?? 0);
    return flags.includes("-") ? text.padEnd(columns) : text.padStart(columns, flags.includes("0") ? "0" : " ");
  });
}

/** fmt.Sprint: a space between two operands when neither is a string. */
function sprint(args: Arguments): string {
  return args.map((value, place) => (place > 0 && typeof value !== "string" && typeof args[place - 1] !== "string" ? " " : "") + display(value)).join("");
}

const builtins: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ["and", (args) => args.find((value) => !isTrue(value)) ?? args.at(-1)],
  ["or", (args) => args.find((value) => isTrue(value)) ?? args.at(-1)],
  ["not", ([value]) => !isTrue(value)],
  ["eq", ([first, ...rest]) => rest.some((value) => equal(first, value))],
  ["ne", ([a, b]) => !equal(a, b)],
  ["lt", ([a, b]) => compare(a, b) < 0],
  ["le", ([a, b]) => compare(a, b) <= 0],
  ["gt", ([a, b]) => compare(a, b) > 0],
  ["ge", ([a, b]) => compare(a, b) >= 0],
  ["len", ([value]) => {
    if (typeof value === "string" || isList(value)) return value.length;
    if (isMap(value)) return value.size;
    if (value instanceof GoNil && value.of !== "pointer") return 0;
    throw new TemplateError(value === undefined || value === null ? "error calling len: len of nil pointer" : `error calling len: len of type ${kindOf(value)}`);
  }],
  ["index", ([item, ...indexes]) => indexes.reduce<GoValue | undefined>((value, index) => indexValue(value, index), item)],
  ["slice", ([item, from, to]) => (typeof item === "string" || isList(item) ? item.slice(Number(from ?? 0), to === undefined ? undefined : Number(to)) : item)],
  ["print", (args) => sprint(args)],
  ["println", (args) => `${args.map((value) => display(value)).join(" ")}\n`],
  ["printf", (args) => sprintf(args)],
  ["html", (args) => sprint(args).replace(/[&<>"']/g, (found) => new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&#34;"], ["'", "&#39;"]]).get(found) ?? found)],
  ["urlquery", (args) => encodeURIComponent(sprint(args))],
  ["js", (args) => sprint(args)],
]);

/** docker's own functions (templates package of docker/cli). */
const dockerFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ["json", ([value]) => toJson(value ?? null)],
  ["split", ([text, separator]) => String(text ?? "").split(String(separator ?? ""))],
  ["join", ([list, separator]) => (isList(list) ? list.map((item) => display(item)).join(String(separator ?? "")) : "")],
  ["title", ([text]) => String(text ?? "").replace(/(^|\s)(\S)/g, (_whole, before: string, letter: string) => before + letter.toUpperCase())],
  ["lower", ([text]) => String(text ?? "").toLowerCase()],
  ["upper", ([text]) => String(text ?? "").toUpperCase()],
  ["pad", ([text, before, after]) => (text === "" ? "" : " ".repeat(Number(before ?? 0)) + String(text ?? "") + " ".repeat(Number(after ?? 0)))],
  ["truncate", ([text, length]) => String(text ?? "").slice(0, Number(length ?? 0))],
]);

const functions = new Map([...builtins, ...dockerFunctions]);
const functionNames = new Set(functions.keys());

class Execution {
  readonly #template: Template;
  readonly #source: string;
  out = "";
  #variables: { name: string; value: GoValue | undefined }[];

  constructor(template: Template, source: string, data: GoValue) {
    this.#template = template;
    this.#source = source;
    this.#variables = [{ name: "$", value: data }];
  }

  #fail(at: number, shown: string, message: string): never {
    const before = this.#source.slice(0, at);
    const line = before.split("\n").length;
    const column = at - (before.lastIndexOf("\n") + 1);
    throw new TemplateError(`template: ${this.#template.name}:${line}:${column}: executing "${this.#template.name}" at <${shown}>: ${message}`);
  }

  run(nodes: readonly Node[], dot: GoValue | undefined): "break" | "continue" | undefined {
    const depth = this.#variables.length;
    for (const node of nodes) {
      let signal: "break" | "continue" | undefined;
      switch (node.kind) {
        case "text":
          this.out += node.text;
          break;
        case "action": {
          const value = this.#evaluate(node.pipeline, dot);
          if (node.pipeline.declare.length === 0) this.out += display(value);
          break;
        }
        case "if": {
          const inner = this.#variables.length;
          signal = this.run(isTrue(this.#evaluate(node.pipeline, dot)) ? node.body : node.otherwise, dot);
          this.#variables.length = inner;
          break;
        }
        case "with": {
          const inner = this.#variables.length;
          const value = this.#evaluate(node.pipeline, dot);
          signal = isTrue(value) ? this.run(node.body, value) : this.run(node.otherwise, dot);
          this.#variables.length = inner;
          break;
        }
        case "range":
          this.#range(node, dot);
          break;
        case "template": {
          const body = this.#template.definitions.get(node.name);
          if (!body) throw new TemplateError(`template: ${this.#template.name}: template "${node.name}" not defined`);
          const data = node.pipeline ? this.#evaluate(node.pipeline, dot) : null;
          const saved = this.#variables;
          this.#variables = [{ name: "$", value: data }];
          this.run(body, data);
          this.#variables = saved;
          break;
        }
        case "break":
        case "continue":
          signal = node.kind;
          break;
      }
      if (signal) return signal;
    }
    this.#variables.length = depth;
    return undefined;
  }

  #range(node: Extract<Node, { pipeline: Pipeline; body: readonly Node[] }>, dot: GoValue | undefined): void {
    const { declare } = node.pipeline;
    const value = this.#evaluate({ ...node.pipeline, declare: [] }, dot);
    const entries: (readonly [GoValue, GoValue])[] = isList(value) ? value.map((item, place) => [place, item]) : isMap(value) ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)) : [];
    if (!isList(value) && !isMap(value) && value !== undefined && value !== null && !(value instanceof GoNil)) this.#fail(node.pipeline.at, node.pipeline.text, `range can't iterate over ${display(value)}`);
    if (entries.length === 0) {
      this.run(node.otherwise, dot);
      return;
    }
    const depth = this.#variables.length;
    for (const [key, item] of entries) {
      const [first, second] = declare;
      if (first !== undefined) this.#variables.push({ name: first, value: second === undefined ? item : key });
      if (second !== undefined) this.#variables.push({ name: second, value: item });
      const signal = this.run(node.body, item);
      this.#variables.length = depth;
      if (signal === "break") break;
    }
  }

  #evaluate(pipeline: Pipeline, dot: GoValue | undefined): GoValue | undefined {
    let value: GoValue | undefined;
    for (const [place, command] of pipeline.commands.entries()) value = this.#command(command, dot, place > 0 ? [value] : [], pipeline);
    const [name] = pipeline.declare;
    if (name !== undefined) {
      const known = pipeline.assign ? this.#variables.findLast((variable) => variable.name === name) : undefined;
      if (known) known.value = value;
      else this.#variables.push({ name, value });
    }
    return value;
  }

  #command(command: readonly Operand[], dot: GoValue | undefined, piped: Arguments, pipeline: Pipeline): GoValue | undefined {
    const [first, ...rest] = command;
    if (first?.kind === "function") {
      const call = functions.get(first.name);
      const args = [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
      try {
        return call?.(args);
      } catch (error) {
        if (error instanceof TemplateError && !error.message.startsWith("template:")) this.#fail(pipeline.at, pipeline.text, error.message);
        throw error;
      }
    }
    if (!first) return undefined;
    if (rest.length > 0 || piped.length > 0) this.#fail(pipeline.at, pipeline.text, `can't give argument to non-function ${pipeline.text}`);
    return this.#operand(first, dot);
  }

  #operand(operand: Operand, dot: GoValue | undefined): GoValue | undefined {
    switch (operand.kind) {
      case "dot":
        return dot;
      case "nil":
        return null;
      case "literal":
        return operand.value;
      case "field":
        return this.#fields(dot, operand.names, operand.at);
      case "variable": {
        const variable = this.#variables.findLast((candidate) => candidate.name === operand.name);
        if (!variable) throw new TemplateError(`template: ${this.#template.name}:1: undefined variable "${operand.name}"`);
        return this.#fields(variable.value, operand.names, 0);
      }
      case "chain":
        return this.#fields(this.#evaluate(operand.of, dot), operand.names, operand.of.at);
      case "function":
        return functions.get(operand.name)?.([]);
    }
  }

  #fields(start: GoValue | undefined, names: readonly string[], at: number): GoValue | undefined {
    let value = start;
    let shown = "";
    for (const name of names) {
      shown += `.${name}`;
      if (value === undefined || value === null) {
        if (value === null) this.#fail(at, shown, `nil pointer evaluating interface {}.${name}`);
        return undefined;
      }
      if (value instanceof GoNil) {
        if (value.of === "pointer") this.#fail(at, shown, `nil pointer evaluating interface {}.${name}`);
        return undefined;
      }
      if (value instanceof GoStruct) {
        if (!value.fields.has(name)) this.#fail(at, shown, `can't evaluate field ${name} in type ${value.typeName}`);
        value = value.fields.get(name);
      } else if (isMap(value)) {
        if (!value.has(name)) this.#fail(at, shown, `map has no entry for key "${name}"`);
        value = value.get(name);
      } else this.#fail(at, shown, `can't evaluate field ${name} in type ${kindOf(value) === "[]interface {}" ? "interface {}" : kindOf(value)}`);
    }
    return value;
  }
}

export interface CompiledTemplate {
  /** Errors: TemplateError. */
  execute(data: GoValue): string;
}

/** `name` stands in errors; docker leaves it empty for most commands. Errors: TemplateError. */
export function compileTemplate(name: string, source: string): CompiledTemplate {
  const template = parseTemplate(name, source, functionNames);
  return {
    execute(data) {
      const execution = new Execution(template, source, data);
      execution.run(template.body, data);
      return execution.out;
    },
  };
}
