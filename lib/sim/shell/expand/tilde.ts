// Tilde expansion (bash(1), "Tilde Expansion").
import type { Shell } from "../interp/shell.ts";
import { readFileNow } from "./run-now.ts";

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

let last: { readonly text: string; readonly accounts: readonly Account[] } | undefined;

export function accounts(shell: Shell): readonly Account[] {
  const text = readFileNow(shell.sys, "/etc/passwd") ?? "";
  if (last?.text === text) return last.accounts;
  const out: Account[] = [];
  for (const line of text.split("\n")) {
    const [name, , uid, gid, , home, program] = line.split(":");
    if (name && uid !== undefined && gid !== undefined && home !== undefined) out.push({ name, uid: Number(uid), gid: Number(gid), home, shell: program ?? "" });
  }
  last = { text, accounts: out };
  return out;
}

/** `prefix` is what stands between the tilde (included) and the next slash. Undefined: it stays as it is. */
export function expandTilde(shell: Shell, prefix: string): string | undefined {
  const name = prefix.slice(1);
  if (name === "") {
    const home = shell.getVariable("HOME");
    if (home !== undefined) return home;
    const uid = shell.sys.getcred().ruid;
    return accounts(shell).find((account) => account.uid === uid)?.home ?? "/";
  }
  if (name === "+") return shell.getVariable("PWD");
  if (name === "-") return shell.getVariable("OLDPWD");
  const numbered = /^([+-]?)([0-9]+)$/.exec(name);
  if (numbered) {
    const stack = [shell.getVariable("PWD") ?? "", ...shell.directories];
    const n = Number(numbered[2]);
    return stack[numbered[1] === "-" ? stack.length - 1 - n : n];
  }
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) return undefined;
  return accounts(shell).find((account) => account.name === name)?.home;
}
