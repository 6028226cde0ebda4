// File modes as chmod, mkdir, mknod, install, umask take them: octal, or symbolic clauses (chmod(1); gnulib's modechange).

import { S } from "../../kernel/sys.ts";

export interface ModeChange {
  readonly op: "+" | "-" | "=";
  /** who bits that are affected; 0: all but those of the umask */
  readonly affected: number;
  readonly bits: number;
  /** X: execute only for directories or when some execute bit is set */
  readonly conditionalExecute: boolean;
  /** copy the permissions of u, g or o (a shift), instead of `bits` */
  readonly copyFrom: "u" | "g" | "o" | undefined;
  /** set-ID bits of directories were named, so they may be cleared */
  readonly mentioned: number;
}

const WHO = new Map([["u", 0o4700], ["g", 0o2070], ["o", 0o1007], ["a", 0o7777]]);

/** Undefined when the text is no mode. */
export function parseMode(text: string): readonly ModeChange[] | undefined {
  if (/^[0-7]+$/.test(text)) {
    const bits = Number.parseInt(text, 8);
    if (bits > 0o7777) return undefined;
    // An octal mode of less than five digits keeps a directory's set-user-ID and set-group-ID bits unless it sets them.
    const mentioned = text.length < 5 ? (bits & 0o6000) | 0o1777 : 0o7777;
    return [{ op: "=", affected: 0o7777, bits, conditionalExecute: false, copyFrom: undefined, mentioned }];
  }
  const changes: ModeChange[] = [];
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))*(?:[-+=](?:[ugo]|[rwxXst]*|[0-7]+)))$/.exec(clause);
    if (!match) return undefined;
    let affected = 0;
    for (const letter of match[1] ?? "") affected |= WHO.get(letter) ?? 0;
    for (const action of (match[2] ?? "").matchAll(/([-+=])([ugo](?![ugorwxXst])|[0-7]+|[rwxXst]*)/g)) {
      const op = action[1] === "+" ? "+" : action[1] === "-" ? "-" : "=";
      const what = action[2] ?? "";
      if (/^[0-7]+$/.test(what)) {
        if (affected !== 0) return undefined;
        const octal = Number.parseInt(what, 8);
        if (octal > 0o7777) return undefined;
        changes.push({ op, affected: 0o7777, bits: octal, conditionalExecute: false, copyFrom: undefined, mentioned: 0o7777 });
        continue;
      }
      const copyFrom = what === "u" || what === "g" || what === "o" ? what : undefined;
      let bits = 0;
      if (copyFrom === undefined) {
        for (const letter of what) {
          if (letter === "r") bits |= 0o444;
          else if (letter === "w") bits |= 0o222;
          else if (letter === "x") bits |= 0o111;
          else if (letter === "s") bits |= 0o6000;
          else if (letter === "t") bits |= 0o1000;
        }
      }
      const mentioned = affected === 0 ? bits : affected & bits;
      changes.push({ op, affected, bits, conditionalExecute: copyFrom === undefined && what.includes("X"), copyFrom, mentioned });
    }
  }
  return changes;
}

/** The new permission bits. `umask` counts only where a clause names nobody ("+w"). */
export function applyMode(changes: readonly ModeChange[], oldMode: number, isDirectory: boolean, umask: number): number {
  let mode = oldMode & 0o7777;
  for (const change of changes) {
    let value = change.bits;
    if (change.copyFrom !== undefined) {
      const three = change.copyFrom === "u" ? (mode >> 6) & 7 : change.copyFrom === "g" ? (mode >> 3) & 7 : mode & 7;
      value = three * 0o111;
    } else if (change.conditionalExecute && (isDirectory || (mode & 0o111) !== 0)) value |= 0o111;
    const omit = isDirectory ? 0o6000 & ~change.mentioned : 0;
    value &= (change.affected === 0 ? ~umask : change.affected) & ~omit;
    if (change.op === "=") {
      const preserved = (change.affected === 0 ? 0 : ~change.affected) | omit;
      mode = (mode & preserved) | value;
    } else if (change.op === "+") mode |= value;
    else mode &= ~value;
  }
  return mode & 0o7777;
}

/** "rwxr-sr-t" */
export function permissionText(mode: number): string {
  const three = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const execute = (bits & 1) !== 0;
    const last = (mode & special) !== 0 ? (execute ? letter : letter.toUpperCase()) : execute ? "x" : "-";
    return ((bits & 4) !== 0 ? "r" : "-") + ((bits & 2) !== 0 ? "w" : "-") + last;
  };
  return three(6, 0o4000, "s") + three(3, 0o2000, "s") + three(0, 0o1000, "t");
}

export function typeLetter(mode: number): string {
  switch (mode & S.IFMT) {
    case S.IFDIR: return "d";
    case S.IFLNK: return "l";
    case S.IFCHR: return "c";
    case S.IFBLK: return "b";
    case S.IFIFO: return "p";
    case S.IFSOCK: return "s";
    case S.IFREG: return "-";
    default: return "?";
  }
}

/** "drwxr-xr-x" */
export function fileModeText(mode: number): string {
  return typeLetter(mode) + permissionText(mode);
}
