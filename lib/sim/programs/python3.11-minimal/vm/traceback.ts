// What is printed for an exception: Python/traceback.c and pythonrun.c of CPython 3.11, with the marks under the expression that failed.

import { exceptions, type PyException, PyRaise, type TracebackEntry } from "../objects/exception.ts";
import { type PyClass, PyList, type Run, settle, unwrap, type Value } from "../objects/value.ts";
import { Parser } from "../syntax/parser.ts";
import type { Expression } from "../syntax/tree.ts";
import { namesOf } from "../types/object-type.ts";
import { nearestName } from "./suggestion.ts";
import { str } from "./text-form.ts";
import type { Vm } from "./vm.ts";

const SHOWN_REPEATS = 3;

/** The operator's or the subscript's place in the text of an expression. */
function anchorsOf(segment: string): { readonly left: number; readonly right: number } | undefined {
  let node: Expression;
  try {
    const statements = new Parser(segment).file();
    const [only] = statements;
    if (statements.length !== 1 || only?.kind !== "Expr") return undefined;
    node = only.value;
  } catch {
    return undefined;
  }
  if (node.kind === "BinOp") {
    for (let i = node.left.endColumn; i < node.right.column; i++) {
      const c = segment[i] ?? "";
      if (/\s/.test(c)) continue;
      const next = segment[i + 1] ?? " ";
      return { left: i, right: i + 1 < node.right.column && !/\s/.test(next) ? i + 2 : i + 1 };
    }
    return undefined;
  }
  if (node.kind === "Subscript") return { left: node.value.endColumn, right: node.index.endColumn + 1 };
  return undefined;
}

const characters = (text: string): number => Array.from(text).length;

function marks(line: string, startColumn: number, endColumn: number, oneLine: boolean): string | undefined {
  const indent = line.length - line.trimStart().length;
  const stripped = line.trim();
  const end = oneLine ? endColumn : line.trimEnd().length;
  const anchors = oneLine ? anchorsOf(line.slice(startColumn, end)) : undefined;
  if (!anchors && end - startColumn === stripped.length) return undefined;
  if (startColumn < indent) return undefined;
  const before = characters(line.slice(indent, startColumn));
  const width = (from: number, to: number) => characters(line.slice(startColumn + from, startColumn + to));
  const length = end - startColumn;
  if (!anchors) return " ".repeat(before) + "^".repeat(width(0, length));
  return " ".repeat(before) + "~".repeat(width(0, anchors.left)) + "^".repeat(width(anchors.left, anchors.right)) + "~".repeat(width(Math.min(anchors.right, length), length));
}

function entryText({ code, at }: TracebackEntry): string {
  const { positions, source, name } = code.facts;
  const line = positions[4 * at] ?? 0;
  let text = `  File "${source.filename}", line ${line}, in ${name}\n`;
  const sourceLine = source.lines?.[line - 1];
  if (sourceLine === undefined || sourceLine.trim() === "") return text;
  text += `    ${sourceLine.trim()}\n`;
  const mark = marks(sourceLine, positions[4 * at + 1] ?? 0, positions[4 * at + 3] ?? 0, positions[4 * at + 2] === line);
  if (mark !== undefined) text += `    ${mark}\n`;
  return text;
}

/** The lines of the frames, outermost first, without the heading. */
export function framesText(entries: readonly TracebackEntry[]): string {
  let text = "";
  let last = "";
  let repeats = 0;
  const more = () => {
    const hidden = repeats - SHOWN_REPEATS;
    if (hidden > 0) text += `  [Previous line repeated ${hidden} more time${hidden === 1 ? "" : "s"}]\n`;
  };
  for (const entry of [...entries].reverse()) {
    if (entry.code.facts.source.internal) continue;
    const { positions, source, name } = entry.code.facts;
    const key = `${source.filename}\0${positions[4 * entry.at]}\0${name}`;
    if (key === last) repeats++;
    else {
      more();
      last = key;
      repeats = 1;
    }
    if (repeats <= SHOWN_REPEATS) text += entryText(entry);
  }
  more();
  return text;
}

function shownName(cls: PyClass): string {
  const module = cls.members.get("__module__");
  return typeof module === "string" && module !== "builtins" && module !== "__main__" ? `${module}.${cls.qualifiedName}` : cls.qualifiedName;
}

function suggestionFor(vm: Vm, exception: PyException): string {
  const name = exception.attributes?.get("name");
  if (typeof name !== "string") return "";
  let found: string | undefined;
  if (exception.cls.isSubclassOf(exceptions.NameError)) {
    const [innermost] = exception.traceback;
    if (!innermost) return "";
    const { variableNames, cellNames } = innermost.code.facts;
    found = nearestName(name, [...variableNames, ...cellNames]) ?? nearestName(name, [...innermost.globals.keys()]) ?? nearestName(name, [...vm.builtins.keys()]);
  } else if (exception.cls.isSubclassOf(exceptions.AttributeError)) {
    const object = exception.attributes?.get("obj");
    if (object === undefined) return "";
    found = nearestName(name, namesOf(object));
  }
  return found === undefined ? "" : `. Did you mean: '${found}'?`;
}

function syntaxText(exception: PyException): string {
  const attribute = (name: string): Value => exception.attributes?.get(name) ?? null;
  const line = attribute("lineno");
  if (typeof line !== "number") return "";
  const filename = attribute("filename");
  let text = `  File "${filename === null ? "<string>" : String(filename)}", line ${line}\n`;
  const source = attribute("text");
  if (typeof source !== "string") return text;
  const plain = source.replace(/\n$/, "");
  const stripped = plain.trimStart();
  const indent = plain.length - stripped.length;
  text += `    ${stripped}\n`;
  const offset = attribute("offset");
  if (typeof offset !== "number") return text;
  const from = offset - 1 - indent;
  if (from < 0) return text;
  const endLine = attribute("end_lineno");
  const endOffset = attribute("end_offset");
  let to = typeof endOffset === "number" && endOffset > offset ? endOffset - 1 - indent : from + 1;
  if (typeof endLine === "number" && endLine > line) to = stripped.trimEnd().length;
  const before = stripped.slice(0, from).replaceAll(/\S/gu, " ").padEnd(from, " ");
  return `${text}    ${before}${"^".repeat(Math.max(1, characters(stripped.slice(from, to).padEnd(to - from, " "))))}\n`;
}

function* headline(vm: Vm, exception: PyException): Run<string> {
  let text: string;
  try {
    text = exception.cls.isSubclassOf(exceptions.SyntaxError) && exception.attributes?.has("msg") && exception.attributes.get("lineno") !== null ? String(exception.attributes.get("msg")) : yield* settle(str(vm, exception));
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    text = "<exception str() failed>";
  }
  let result = `${shownName(exception.cls)}${text === "" ? "" : `: ${text}`}${suggestionFor(vm, exception)}\n`;
  const notes = exception.attributes?.get("__notes__");
  if (notes instanceof PyList) for (const note of notes.items) result += `${String(unwrap(note))}\n`;
  return result;
}

/** The whole report, the exceptions that led to it first. */
export function* exceptionReport(vm: Vm, exception: PyException, seen: Set<PyException> = new Set()): Run<string> {
  seen.add(exception);
  let text = "";
  if (exception.cause && !seen.has(exception.cause)) {
    text += `${yield* exceptionReport(vm, exception.cause, seen)}\nThe above exception was the direct cause of the following exception:\n\n`;
  } else if (exception.context && !exception.suppressContext && !exception.cause && !seen.has(exception.context)) {
    text += `${yield* exceptionReport(vm, exception.context, seen)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  }
  const frames = framesText(exception.traceback);
  if (frames !== "") text += `Traceback (most recent call last):\n${frames}`;
  if (exception.cls.isSubclassOf(exceptions.SyntaxError)) text += syntaxText(exception);
  return text + (yield* headline(vm, exception));
}

/** traceback.format_exception_only(). */
export function* exceptionOnly(vm: Vm, exception: PyException): Run<string> {
  return (exception.cls.isSubclassOf(exceptions.SyntaxError) ? syntaxText(exception) : "") + (yield* headline(vm, exception));
}

