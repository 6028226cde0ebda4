// POSIX access control lists: the extended attributes system.posix_acl_access and _default, and their text (acl(5), linux/posix_acl_xattr.h).

import { type Sys, SysError } from "../../kernel/sys.ts";
import type { Accounts } from "../kit/accounts.ts";

export const TAG = { userObj: 1, user: 2, groupObj: 4, group: 8, mask: 16, other: 32 } as const;
const NO_ID = 0xffffffff;

export interface AclEntry {
  readonly tag: number;
  readonly id: number;
  /** rwx as 4 2 1 */
  readonly permissions: number;
}

export type AclKind = "access" | "default";

const attribute = (kind: AclKind): string => `system.posix_acl_${kind}`;

function parse(bytes: Uint8Array): readonly AclEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: AclEntry[] = [];
  for (let at = 4; at + 8 <= bytes.length; at += 8) entries.push({ tag: view.getUint16(at, true), permissions: view.getUint16(at + 2, true) & 7, id: view.getUint32(at + 4, true) });
  return entries;
}

function format(entries: readonly AclEntry[]): Uint8Array {
  const bytes = new Uint8Array(4 + entries.length * 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 2, true);
  entries.forEach(({ tag, permissions, id }, index) => {
    view.setUint16(4 + index * 8, tag, true);
    view.setUint16(6 + index * 8, permissions, true);
    view.setUint32(8 + index * 8, id, true);
  });
  return bytes;
}

/** The list of a file; that of its mode when it has none; empty for a default list that is not there. Throws SysError. */
export function readAcl(sys: Sys, path: string, kind: AclKind): readonly AclEntry[] {
  try {
    return sorted(parse(sys.getxattr(path, attribute(kind))));
  } catch (error) {
    if (!(error instanceof SysError) || (error.errno !== "ENODATA" && error.errno !== "EOPNOTSUPP")) throw error;
  }
  if (kind === "default") return [];
  const { mode } = sys.stat(path);
  return [{ tag: TAG.userObj, id: NO_ID, permissions: (mode >> 6) & 7 }, { tag: TAG.groupObj, id: NO_ID, permissions: (mode >> 3) & 7 }, { tag: TAG.other, id: NO_ID, permissions: mode & 7 }];
}

export const sorted = (entries: readonly AclEntry[]): readonly AclEntry[] => entries.toSorted((a, b) => a.tag - b.tag || a.id - b.id);

export const isMinimal = (entries: readonly AclEntry[]): boolean => entries.every(({ tag }) => tag === TAG.userObj || tag === TAG.groupObj || tag === TAG.other);

/** Throws SysError. A list that says no more than the mode becomes the mode. */
export function writeAcl(sys: Sys, path: string, kind: AclKind, entries: readonly AclEntry[]): void {
  if (kind === "default" && entries.length === 0) {
    removeAttribute(sys, path, kind);
    return;
  }
  const of = (tag: number): number => entries.find((entry) => entry.tag === tag)?.permissions ?? 0;
  if (kind === "access" && isMinimal(entries)) {
    const { mode } = sys.stat(path);
    removeAttribute(sys, path, kind);
    sys.chmod(path, (mode & 0o7000) | (of(TAG.userObj) << 6) | (of(TAG.groupObj) << 3) | of(TAG.other));
    return;
  }
  sys.setxattr(path, attribute(kind), format(sorted(entries)));
}

function removeAttribute(sys: Sys, path: string, kind: AclKind): void {
  try {
    sys.removexattr(path, attribute(kind));
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "ENODATA") throw error;
  }
}

export const permissionLetters = (bits: number): string => `${(bits & 4) !== 0 ? "r" : "-"}${(bits & 2) !== 0 ? "w" : "-"}${(bits & 1) !== 0 ? "x" : "-"}`;

export interface ParsedEntry {
  readonly kind: AclKind;
  readonly tag: number;
  readonly id: number;
  /** undefined: none were given (setfacl -x) */
  readonly permissions: number | undefined;
  /** X: execute only where it makes sense */
  readonly conditional: boolean;
}

/** "u:student:rw", "d:g::rx", "m::r-x", "o:r". Undefined when it cannot be read. */
export function parseEntry(text: string, accounts: Accounts): ParsedEntry | undefined {
  let words = text.trim().split(":").map((word) => word.trim());
  let kind: AclKind = "access";
  if (/^d(?:efault)?$/.test(words[0] ?? "")) {
    kind = "default";
    words = words.slice(1);
  }
  const type = words[0] ?? "";
  const classes: ReadonlyMap<string, "user" | "group" | "mask" | "other"> = new Map([["u", "user"], ["user", "user"], ["g", "group"], ["group", "group"], ["m", "mask"], ["mask", "mask"], ["o", "other"], ["other", "other"]]);
  let sort = classes.get(type);
  // "student:rw" is short for "u:student:rw"
  if (sort === undefined && words.length === 2) {
    words = ["u", ...words];
    sort = "user";
  }
  if (sort === undefined) return undefined;
  const short = (sort === "mask" || sort === "other") && words.length === 2 && /^[rwxX-]*$|^[0-7]$/.test(words[1] ?? "");
  const qualifier = short ? "" : (words[1] ?? "");
  const bits = short ? words[1] : words[2];
  let permissions: number | undefined;
  if (bits !== undefined) {
    if (/^[0-7]$/.test(bits)) permissions = Number(bits);
    else if (/^[rwxX-]*$/.test(bits)) permissions = (bits.includes("r") ? 4 : 0) | (bits.includes("w") ? 2 : 0) | (bits.includes("x") ? 1 : 0);
    else return undefined;
  }
  let id = NO_ID;
  if (qualifier !== "") {
    if (sort === "mask" || sort === "other") return undefined;
    const found = /^\d+$/.test(qualifier) ? Number(qualifier) : sort === "user" ? accounts.userByName(qualifier)?.uid : accounts.groupByName(qualifier)?.gid;
    if (found === undefined) return undefined;
    id = found;
  }
  const tag = sort === "user" ? (qualifier === "" ? TAG.userObj : TAG.user) : sort === "group" ? (qualifier === "" ? TAG.groupObj : TAG.group) : sort === "mask" ? TAG.mask : TAG.other;
  return { kind, tag, id, permissions, conditional: bits?.includes("X") ?? false };
}
