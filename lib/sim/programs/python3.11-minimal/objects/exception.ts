// Exceptions, and what is thrown in JavaScript to carry one. The tree of types is that of docs.python.org, "Exception hierarchy".

import type { PyCode } from "../code/code-object.ts";
import { type Int, linearise, type Namespace, PyClass, PyInstance, PyTuple, types, type Value } from "./value.ts";

export interface TracebackEntry {
  readonly code: PyCode;
  /** index of the instruction that failed */
  readonly at: number;
  readonly globals: Namespace;
}

export class PyException extends PyInstance {
  args: PyTuple;
  cause: PyException | null = null;
  context: PyException | null = null;
  suppressContext = false;
  /** innermost frame first */
  traceback: TracebackEntry[] = [];

  constructor(cls: PyClass, args: readonly Value[]) {
    super(cls);
    this.args = new PyTuple(args);
  }
}

/** Not an Error: raising costs no JavaScript stack trace. */
export class PyRaise {
  readonly exception: PyException;
  /** it has left a frame: its context stands */
  settled = false;
  constructor(exception: PyException) {
    this.exception = exception;
  }
}

const made = new Map<string, PyClass>();

function exceptionType(name: string, ...bases: readonly PyClass[]): PyClass {
  const cls = new PyClass(types.type, name, bases, new Map<string, Value>([["__module__", "builtins"]]), false);
  cls.mro = linearise(cls, bases) ?? [cls];
  cls.hasDict = true;
  made.set(name, cls);
  return cls;
}

const BaseException = exceptionType("BaseException", types.object);
BaseException.construct = (_vm, cls, args) => new PyException(cls, args);
const Exception = exceptionType("Exception", BaseException);
const ArithmeticError = exceptionType("ArithmeticError", Exception);
const LookupError = exceptionType("LookupError", Exception);
const OSError = exceptionType("OSError", Exception);
const ConnectionError = exceptionType("ConnectionError", OSError);
const RuntimeError = exceptionType("RuntimeError", Exception);
const SyntaxErrorType = exceptionType("SyntaxError", Exception);
const IndentationError = exceptionType("IndentationError", SyntaxErrorType);
const ValueError = exceptionType("ValueError", Exception);
const UnicodeError = exceptionType("UnicodeError", ValueError);
const NameError = exceptionType("NameError", Exception);
const ImportError = exceptionType("ImportError", Exception);
const Warning = exceptionType("Warning", Exception);

export const exceptions = {
  BaseException, Exception, ArithmeticError, LookupError, OSError, ConnectionError, RuntimeError, SyntaxError: SyntaxErrorType, IndentationError, ValueError, UnicodeError,
  NameError, ImportError, Warning,
  SystemExit: exceptionType("SystemExit", BaseException), KeyboardInterrupt: exceptionType("KeyboardInterrupt", BaseException), GeneratorExit: exceptionType("GeneratorExit", BaseException),
  StopIteration: exceptionType("StopIteration", Exception), StopAsyncIteration: exceptionType("StopAsyncIteration", Exception),
  FloatingPointError: exceptionType("FloatingPointError", ArithmeticError), OverflowError: exceptionType("OverflowError", ArithmeticError), ZeroDivisionError: exceptionType("ZeroDivisionError", ArithmeticError),
  AssertionError: exceptionType("AssertionError", Exception), AttributeError: exceptionType("AttributeError", Exception), BufferError: exceptionType("BufferError", Exception), EOFError: exceptionType("EOFError", Exception),
  ModuleNotFoundError: exceptionType("ModuleNotFoundError", ImportError), IndexError: exceptionType("IndexError", LookupError), KeyError: exceptionType("KeyError", LookupError),
  MemoryError: exceptionType("MemoryError", Exception), UnboundLocalError: exceptionType("UnboundLocalError", NameError),
  BlockingIOError: exceptionType("BlockingIOError", OSError), ChildProcessError: exceptionType("ChildProcessError", OSError), BrokenPipeError: exceptionType("BrokenPipeError", ConnectionError),
  ConnectionAbortedError: exceptionType("ConnectionAbortedError", ConnectionError), ConnectionRefusedError: exceptionType("ConnectionRefusedError", ConnectionError), ConnectionResetError: exceptionType("ConnectionResetError", ConnectionError),
  FileExistsError: exceptionType("FileExistsError", OSError), FileNotFoundError: exceptionType("FileNotFoundError", OSError), InterruptedError: exceptionType("InterruptedError", OSError),
  IsADirectoryError: exceptionType("IsADirectoryError", OSError), NotADirectoryError: exceptionType("NotADirectoryError", OSError), PermissionError: exceptionType("PermissionError", OSError),
  ProcessLookupError: exceptionType("ProcessLookupError", OSError), TimeoutError: exceptionType("TimeoutError", OSError),
  ReferenceError: exceptionType("ReferenceError", Exception), NotImplementedError: exceptionType("NotImplementedError", RuntimeError), RecursionError: exceptionType("RecursionError", RuntimeError),
  TabError: exceptionType("TabError", IndentationError), SystemError: exceptionType("SystemError", Exception), TypeError: exceptionType("TypeError", Exception),
  UnicodeDecodeError: exceptionType("UnicodeDecodeError", UnicodeError), UnicodeEncodeError: exceptionType("UnicodeEncodeError", UnicodeError), UnicodeTranslateError: exceptionType("UnicodeTranslateError", UnicodeError),
  DeprecationWarning: exceptionType("DeprecationWarning", Warning), PendingDeprecationWarning: exceptionType("PendingDeprecationWarning", Warning), RuntimeWarning: exceptionType("RuntimeWarning", Warning),
  SyntaxWarning: exceptionType("SyntaxWarning", Warning), UserWarning: exceptionType("UserWarning", Warning), FutureWarning: exceptionType("FutureWarning", Warning), ImportWarning: exceptionType("ImportWarning", Warning),
  UnicodeWarning: exceptionType("UnicodeWarning", Warning), BytesWarning: exceptionType("BytesWarning", Warning), ResourceWarning: exceptionType("ResourceWarning", Warning), EncodingWarning: exceptionType("EncodingWarning", Warning),
};

/** By name, for the builtins. EnvironmentError and IOError are OSError, too. */
export const exceptionTypes: ReadonlyMap<string, PyClass> = made;

export function failure(cls: PyClass, message: string): PyRaise {
  return new PyRaise(new PyException(cls, [message]));
}

export const typeError = (message: string): PyRaise => failure(exceptions.TypeError, message);
export const valueError = (message: string): PyRaise => failure(exceptions.ValueError, message);
export const indexError = (message: string): PyRaise => failure(exceptions.IndexError, message);
export const overflowError = (message: string): PyRaise => failure(exceptions.OverflowError, message);
export const runtimeError = (message: string): PyRaise => failure(exceptions.RuntimeError, message);
export const zeroDivision = (message: string): PyRaise => failure(exceptions.ZeroDivisionError, message);
export const memoryError = (): PyRaise => new PyRaise(new PyException(exceptions.MemoryError, []));
export const keyError = (key: Value): PyRaise => new PyRaise(new PyException(exceptions.KeyError, [key]));

export function attributeError(message: string, name: string, object: Value): PyRaise {
  const exception = new PyException(exceptions.AttributeError, [message]);
  exception.attributes = new Map<string, Value>([["name", name], ["obj", object]]);
  return new PyRaise(exception);
}

export function nameError(name: string, cls: PyClass = exceptions.NameError, message = `name '${name}' is not defined`): PyRaise {
  const exception = new PyException(cls, [message]);
  exception.attributes = new Map<string, Value>([["name", name]]);
  return new PyRaise(exception);
}

export function stopIteration(value: Value | undefined): PyRaise {
  return new PyRaise(new PyException(exceptions.StopIteration, value === undefined || value === null ? [] : [value]));
}

/** Which subclass of OSError an error number gives (PEP 3151). */
const BY_ERRNO = new Map<Int, PyClass>([
  [1, exceptions.PermissionError], [2, exceptions.FileNotFoundError], [3, exceptions.ProcessLookupError], [4, exceptions.InterruptedError], [10, exceptions.ChildProcessError], [11, exceptions.BlockingIOError],
  [13, exceptions.PermissionError], [17, exceptions.FileExistsError], [20, exceptions.NotADirectoryError], [21, exceptions.IsADirectoryError], [32, exceptions.BrokenPipeError], [103, exceptions.ConnectionAbortedError],
  [104, exceptions.ConnectionResetError], [108, exceptions.BrokenPipeError], [110, exceptions.TimeoutError], [111, exceptions.ConnectionRefusedError], [114, exceptions.BlockingIOError], [115, exceptions.BlockingIOError],
]);

OSError.construct = (_vm, cls, args) => {
  const [errno, , filename, , filename2] = args;
  const refined = cls === OSError && args.length >= 2 && typeof errno === "number" ? (BY_ERRNO.get(errno) ?? cls) : cls;
  const exception = new PyException(refined, args.length > 2 ? args.slice(0, 2) : args);
  exception.attributes = new Map<string, Value>([["errno", args.length >= 2 ? (errno ?? null) : null], ["strerror", args.length >= 2 ? (args[1] ?? null) : null], ["filename", filename ?? null], ["filename2", filename2 ?? null]]);
  return exception;
};
SyntaxErrorType.construct = (_vm, cls, args) => {
  const exception = new PyException(cls, args);
  const facts = args[1] instanceof PyTuple ? args[1].items : [];
  exception.attributes = new Map<string, Value>(["filename", "lineno", "offset", "text", "end_lineno", "end_offset"].map((name, i) => [name, facts[i] ?? null]));
  exception.attributes.set("msg", args[0] ?? null);
  return exception;
};
for (const cls of made.values()) {
  if (cls.construct === undefined) cls.layout = cls.mro.find((one) => one.construct !== undefined) ?? cls;
}

export function osError(errno: number, message: string, filename?: Value, filename2?: Value): PyRaise {
  const exception = new PyException(BY_ERRNO.get(errno) ?? OSError, [errno, message]);
  exception.attributes = new Map<string, Value>([["errno", errno], ["strerror", message], ["filename", filename ?? null], ["filename2", filename2 ?? null]]);
  return new PyRaise(exception);
}
