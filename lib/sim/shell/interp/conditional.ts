// The tests of `test`, `[` and `[[` (bash(1), CONDITIONAL EXPRESSIONS), and the evaluation of a [[ ]] tree.
import { type Blocking, S } from "../../kernel/sys.ts";
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { evaluate } from "../expand/arithmetic.ts";
import { asBytes, countsBytes } from "../expand/locale.ts";
import { matchesText } from "../expand/pattern.ts";
import { expandPattern, expandString, fastString } from "../expand/words.ts";
import type { Test, Word } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { arithmeticContext, compatibilityLevel, isAssociative, parseTarget, readElement } from "./assign.ts";
import { IndexedArray } from "./indexed-array.ts";
import type { Shell } from "./shell.ts";
import { ATTRIBUTE, AssociativeArray } from "./variables.ts";
import { trace } from "./xtrace.ts";

export const UNARY_TESTS: ReadonlySet<string> = new Set(["-a", "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-n", "-o", "-p", "-r", "-s", "-t", "-u", "-v", "-w", "-x", "-z", "-G", "-L", "-N", "-O", "-R", "-S"]);
export const BINARY_TESTS: ReadonlySet<string> = new Set(["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case "-n": return operand !== "";
    case "-z": return operand === "";
    case "-o": return shell.option(operand) && operand in shell.options;
    case "-v": return isSet(shell, operand);
    case "-R": {
      const variable = shell.variables.find(operand);
      return variable !== undefined && (variable.flags & ATTRIBUTE.NAMEREF) !== 0 && variable.value !== undefined;
    }
    case "-t": return /^\s*-?[0-9]+\s*$/.test(operand) && isTerminal(shell, Number(operand));
    default: return fileTest(shell, operator, operand);
  }
}

function isTerminal(shell: Shell, fd: number): boolean {
  try {
    return shell.sys.isatty(fd);
  } catch {
    return false;
  }
}

function isSet(shell: Shell, name: string): boolean {
  if (/^[0-9]+$/.test(name)) return name === "0" || shell.positional[Number(name) - 1] !== undefined;
  const target = parseTarget(name);
  if (!target) return false;
  if (target.subscript === undefined) {
    const variable = shell.resolve(name);
    const reference = shell.variables.find(name);
    if (reference && (reference.flags & ATTRIBUTE.NAMEREF) !== 0 && typeof reference.value === "string" && reference.value.includes("[")) return isSet(shell, reference.value);
    return variable?.scalar() !== undefined;
  }
  const value = shell.resolve(target.name)?.current();
  if (value === undefined) return false;
  if ((target.subscript === "@" || target.subscript === "*") && !(value instanceof AssociativeArray && value.get(target.subscript) !== undefined)) return typeof value === "string" ? true : value.size > 0;
  let subscript = target.subscript;
  if (isAssociative(shell, target.name)) {
    const quoted = /^(["'])(.*)\1$/s.exec(subscript);
    if (quoted) subscript = quoted[2] ?? "";
    if (subscript.startsWith("$")) subscript = shell.getVariable(subscript.slice(1)) ?? subscript;
  }
  try {
    return readElement(shell, target.name, subscript) !== undefined;
  } catch (error) {
    if (value instanceof IndexedArray && !(error instanceof Error && error.message.includes("syntax error"))) return false;
    throw error;
  }
}

function fileTest(shell: Shell, operator: string, path: string): boolean {
  const sys = shell.sys;
  if (path === "") return false;
  try {
    if (operator === "-h" || operator === "-L") return (sys.lstat(path).mode & S.IFMT) === S.IFLNK;
    if (operator === "-r" || operator === "-w" || operator === "-x") {
      sys.access(path, operator === "-r" ? 4 : operator === "-w" ? 2 : 1, true);
      return true;
    }
    const stat = sys.stat(path);
    const type = stat.mode & S.IFMT;
    switch (operator) {
      case "-a": case "-e": return true;
      case "-b": return type === S.IFBLK;
      case "-c": return type === S.IFCHR;
      case "-d": return type === S.IFDIR;
      case "-f": return type === S.IFREG;
      case "-g": return (stat.mode & S.ISGID) !== 0;
      case "-k": return (stat.mode & S.ISVTX) !== 0;
      case "-p": return type === S.IFIFO;
      case "-s": return stat.sizeBytes > 0;
      case "-u": return (stat.mode & S.ISUID) !== 0;
      case "-G": return stat.gid === sys.getcred().egid;
      case "-N": return stat.mtimeUs > stat.atimeUs;
      case "-O": return stat.uid === sys.getcred().euid;
      case "-S": return type === S.IFSOCK;
      default: return false;
    }
  } catch {
    return false;
  }
}

/** File comparisons and string order; the arithmetic ones differ between `[` and `[[`. */
export function fileComparison(shell: Shell, operator: string, left: string, right: string): boolean {
  const stat = (path: string) => {
    try {
      return shell.sys.stat(path);
    } catch {
      return undefined;
    }
  };
  const a = stat(left);
  const b = stat(right);
  switch (operator) {
    case "-ef": return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
    case "-nt": return a !== undefined && (b === undefined || a.mtimeUs > b.mtimeUs);
    default: return b !== undefined && (a === undefined || a.mtimeUs < b.mtimeUs);
  }
}

export function compareNumbers(operator: string, a: number | bigint, b: number | bigint): boolean {
  switch (operator) {
    case "-eq": return a === b || (typeof a !== typeof b && BigInt(a) === BigInt(b));
    case "-ne": return !(a === b || (typeof a !== typeof b && BigInt(a) === BigInt(b)));
    case "-lt": return a < b;
    case "-le": return a <= b;
    case "-gt": return a > b;
    default: return a >= b;
  }
}

/** Code point order, as C.UTF-8 collates. */
export function comesBefore(a: string, b: string): boolean {
  return a < b;
}

// ---- [[ ]] -------------------------------------------------------------------------------------------------------------------------------------

/** Without generators where all words are simple; undefined: take the long way. */
export function fastTest(shell: Shell, test: Test): boolean | undefined {
  switch (test.type) {
    case "parenthesis": return fastTest(shell, test.test);
    case "not": {
      const value = fastTest(shell, test.test);
      return value === undefined ? undefined : !value;
    }
    case "and": case "or": {
      const left = fastTest(shell, test.left);
      if (left === undefined) return undefined;
      if (test.type === "and" ? !left : left) return left;
      return fastTestAgain(shell, test.right);
    }
    case "word": {
      const text = fastString(shell, test.word);
      return text === undefined ? undefined : text !== "";
    }
    case "unary": {
      if (test.operator === "-v") return undefined;
      const text = fastString(shell, test.operand);
      return text === undefined ? undefined : unaryTest(shell, test.operator, text);
    }
    case "binary": {
      const left = fastString(shell, test.left);
      const right = fastString(shell, test.right);
      if (left === undefined || right === undefined) return undefined;
      switch (test.operator) {
        case "=": case "==": case "!=": {
          if (test.right.plain === undefined && !isQuotedWord(test.right)) return undefined;
          if (shell.shopts.nocasematch) return undefined;
          return (left === right) === (test.operator !== "!=");
        }
        case "-eq": case "-ne": case "-lt": case "-le": case "-gt": case "-ge":
          if (!/^-?(0|[1-9][0-9]{0,14})$/.test(left) || !/^-?(0|[1-9][0-9]{0,14})$/.test(right)) return undefined;
          return compareNumbers(test.operator, Number(left), Number(right));
        default:
          return undefined;
      }
    }
  }
}

function fastTestAgain(shell: Shell, test: Test): boolean | undefined {
  return fastTest(shell, test);
}

function isQuotedWord(word: Word): boolean {
  const parts = partsOf(word);
  return parts.length === 0 || (parts.length === 1 && (parts[0]?.type === "quoted" || parts[0]?.type === "double"));
}

export function* evaluateTest(shell: Shell, test: Test, negated = false): Blocking<boolean> {
  switch (test.type) {
    case "parenthesis": return yield* evaluateTest(shell, test.test);
    // a trace shows the sign with the test that it stands before
    case "not": return !(yield* evaluateTest(shell, test.test, !negated));
    case "and": return (yield* evaluateTest(shell, test.left)) && (yield* evaluateTest(shell, test.right));
    case "or": return (yield* evaluateTest(shell, test.left)) || (yield* evaluateTest(shell, test.right));
    case "word": {
      const text = yield* expandString(shell, test.word);
      if (shell.options.xtrace) yield* trace(shell, `[[ ${negated ? "! " : ""}-n ${text || "''"} ]]`);
      return text !== "";
    }
    case "unary": {
      const text = yield* expandString(shell, test.operand);
      if (shell.options.xtrace) yield* trace(shell, `[[ ${negated ? "! " : ""}${test.operator} ${text || "''"} ]]`);
      return unaryTest(shell, test.operator, text);
    }
    case "binary":
      return yield* binary(shell, test, negated);
  }
}

function* binary(shell: Shell, test: Extract<Test, { type: "binary" }>, negated: boolean): Blocking<boolean> {
  const { operator } = test;
  const left = yield* expandString(shell, test.left);
  if (operator === "=~") return yield* matchRegex(shell, left, test.right, negated);
  if (operator === "==" || operator === "=" || operator === "!=") {
    const pattern = yield* expandPattern(shell, test.right);
    if (shell.options.xtrace) yield* trace(shell, `[[ ${negated ? "! " : ""}${left || "''"} ${operator} ${pattern === "" ? "''" : isQuotedWord(test.right) ? tracedPattern(pattern) : pattern} ]]`);
    if (shell.sys.charge(1 + (left.length >> 4))) shell.attention = true;
    const hit = matchesText(pattern, left, { extglob: true, ignoreCase: shell.shopts.nocasematch }, countsBytes(shell, left) ? asBytes : undefined);
    return hit === (operator !== "!=");
  }
  const right = yield* expandString(shell, test.right);
  if (shell.options.xtrace) yield* trace(shell, `[[ ${negated ? "! " : ""}${left || "''"} ${operator} ${right || "''"} ]]`);
  switch (operator) {
    case "<": return shell.collation === undefined ? comesBefore(left, right) : shell.collation(left, right) < 0;
    case ">": return shell.collation === undefined ? comesBefore(right, left) : shell.collation(left, right) > 0;
    case "-ef": case "-nt": case "-ot": return fileComparison(shell, operator, left, right);
    default: {
      const context = arithmeticContext(shell);
      try {
        return compareNumbers(operator, evaluate(left, context), evaluate(right, context));
      } catch (error) {
        if (!(error instanceof ArithmeticError)) throw error;
        // said, and the comparison does not hold: the rest of the conditional goes on
        yield* shell.report(`[[: ${error.message}`);
        return false;
      }
    }
  }
}

/** bash shows quoted patterns with a backslash before each character. */
function tracedPattern(pattern: string): string {
  return pattern.replace(/\\?([\s\S])/g, "\\$1");
}

function* matchRegex(shell: Shell, text: string, word: Word, negated: boolean): Blocking<boolean> {
  // release 3.1 took no notice of quotes
  const source = yield* shell.language.expandEscaped(shell, word, compatibilityLevel(shell) > 31 ? escapeRegex : (quoted) => quoted);
  if (shell.options.xtrace) yield* trace(shell, `[[ ${negated ? "! " : ""}${text || "''"} =~ ${source || "''"} ]]`);
  const regex = shell.dependencies.compileRegex(source, { ignoreCase: shell.shopts.nocasematch });
  if (!regex) throw new BadRegex();
  const groups = regex.exec(text);
  if (shell.sys.charge(2 + (regex.takeWork() >> 5))) shell.attention = true;
  const scope = shell.variables.globalScope;
  const values = groups ? groups.map((group) => (group ? text.slice(group[0], group[1]) : "")) : [];
  shell.variables.create("BASH_REMATCH", scope, ATTRIBUTE.INDEXED, IndexedArray.of(values));
  return groups !== undefined;
}

/** A malformed regular expression: the command's status is 2. */
export class BadRegex extends Error {}

/** Quoted characters stand for themselves in a regular expression. */
function escapeRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
