// The modules that the interpreter brings along: names and functions made in TypeScript, or a text in Python, or both. A module is made when first
// imported, once an interpreter.

import { type Namespace, PyModule, type Run, settle, type Value } from "../objects/value.ts";
import { compileText } from "../vm/compile-source.ts";
import { Frame } from "../vm/frame.ts";
import type { Vm } from "../vm/vm.ts";

export interface BuiltinModule {
  /** made in TypeScript */
  readonly names?: (vm: Vm) => Namespace;
  /** run after that, in the same namespace: Python of our own */
  readonly source?: string;
  readonly isPackage?: boolean;
}

const registry = new Map<string, BuiltinModule>();

export function registerModule(name: string, module: BuiltinModule): void {
  registry.set(name, module);
}

export function builtinModuleNames(): readonly string[] {
  return [...registry.keys()];
}

export function* loadBuiltinModule(vm: Vm, name: string): Run<PyModule | undefined> {
  const known = registry.get(name);
  if (!known) return undefined;
  const namespace: Namespace = new Map<string, Value>([["__name__", name], ["__doc__", null], ["__package__", known.isPackage ? name : name.split(".").slice(0, -1).join(".")], ["__loader__", null], ["__spec__", null]]);
  for (const [key, value] of known.names?.(vm) ?? []) namespace.set(key, value);
  if (!known.names || known.source !== undefined) namespace.set("__file__", `/usr/lib/python3.11/${name.replaceAll(".", "/")}${known.isPackage ? "/__init__" : ""}.py`);
  const module = new PyModule(name, namespace);
  vm.modules.set(name, module);
  if (known.source !== undefined) {
    namespace.set("__builtins__", vm.modules.get("builtins") ?? null);
    const code = compileText(known.source, `/usr/lib/python3.11/${name.replaceAll(".", "/")}.py`, "exec", { internal: true });
    yield* settle(vm.runFrame(new Frame(code, namespace, undefined, [], [])));
  }
  return module;
}

/** Of the real standard library, and not here. */
export const UNSIMULATED_MODULES: ReadonlySet<string> = new Set([
  "aifc", "antigravity", "array", "ast", "asynchat", "asyncio", "asyncore", "audioop", "bdb", "binhex", "bz2", "cProfile", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codeop", "colorsys", "compileall", "concurrent",
  "contextvars", "copyreg", "crypt", "ctypes", "curses", "dbm", "dis", "distutils", "doctest", "email", "ensurepip", "faulthandler", "filecmp", "fileinput", "ftplib", "gettext", "graphlib",
  "gzip", "idlelib", "imaplib", "imghdr", "imp", "ipaddress", "lib2to3", "linecache", "lzma", "mailbox", "mailcap", "marshal", "mimetypes", "mmap", "modulefinder", "multiprocessing", "netrc",
  "nis", "nntplib", "ntpath", "nturl2path", "opcode", "optparse", "ossaudiodev", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "plistlib", "poplib", "profile", "pstats", "pty", "py_compile", "pyclbr", "pydoc", "pyexpat",
  "quopri", "readline", "rlcompleter", "runpy", "sched", "select", "selectors", "shelve", "site", "smtpd", "smtplib", "sndhdr", "spwd", "sqlite3", "sre_compile", "ssl", "stringprep", "sunau", "symtable",
  "sysconfig", "syslog", "tabnanny", "tarfile", "telnetlib", "termios", "test", "this", "tkinter", "token", "tokenize", "tomllib", "trace", "tracemalloc", "tty", "turtle", "turtledemo", "unicodedata", "uu",
  "venv", "wave", "weakref", "webbrowser", "wsgiref", "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo",
]);
