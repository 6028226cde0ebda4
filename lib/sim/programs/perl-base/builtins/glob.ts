// glob() as csh does it: words, braces, ~ and patterns (File::Glob).

import { SysError } from "../../../kernel/sys.ts";
import { latin1OfText } from "../../kit/latin1.ts";
import { compileFnmatch } from "../../kit/fnmatch.ts";
import type { Vm } from "../vm/vm.ts";

export function expandGlob(vm: Vm, pattern: string): string[] {
  const words = pattern.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.flatMap((word) => braces(word.replace(/^(["'])(.*)\1$/, "$2"))).flatMap((word) => expandWord(vm, word));
}

function braces(word: string): string[] {
  const open = word.indexOf("{");
  if (open < 0 || word === "{}") return [word];
  let depth = 0;
  let start = open + 1;
  const parts: string[] = [];
  for (let i = open; i < word.length; i++) {
    const c = word.charAt(i);
    if (c === "{") depth++;
    else if (c === "}" && --depth === 0) {
      parts.push(word.slice(start, i));
      return parts.flatMap((part) => braces(word.slice(0, open) + part + word.slice(i + 1)));
    } else if (c === "," && depth === 1) {
      parts.push(word.slice(start, i));
      start = i + 1;
    }
  }
  return [word];
}

function expandWord(vm: Vm, word: string): string[] {
  const path = word === "~" || word.startsWith("~/") ? latin1OfText(vm.sys.environment.get("HOME") ?? "/root") + word.slice(1) : word;
  if (!/[*?[\\]/.test(path)) return [path];
  const parts = path.split("/");
  let found = [parts[0] === "" ? "/" : ""];
  parts.forEach((part, i) => {
    if (part === "" && i === 0) return;
    const last = i === parts.length - 1;
    found = found.flatMap((base) => {
      if (!/[*?[]/.test(part)) {
        const plain = base + part.replaceAll("\\", "");
        return exists(vm, plain) ? [last ? plain : `${plain}/`] : [];
      }
      const matches = compileFnmatch(part);
      try {
        const names = vm.sys.readdir(vm.path(base === "" ? "." : base)).map((entry) => latin1OfText(entry.name));
        vm.spend(names.length * 4);
        if (part.startsWith(".")) names.push(".", "..");
        return names.filter((name) => (!name.startsWith(".") || part.startsWith(".")) && matches(name)).sort().map((name) => base + name + (last ? "" : "/")).filter((name) => last || exists(vm, name));
      } catch (error) {
        if (error instanceof SysError) return [];
        throw error;
      }
    });
  });
  return found.sort();
}

function exists(vm: Vm, path: string): boolean {
  try {
    vm.sys.lstat(vm.path(path));
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
