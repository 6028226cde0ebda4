// POSIX access control lists as the extended attribute system.posix_acl_access holds them (acl(5); linux/posix_acl_xattr.h: version 2, then
// entries of tag u16, permissions u16, id u32, little-endian).

import type { Caller } from "./caller.ts";
import type { NodeFacts } from "./file-system.ts";

export const ACL_TAG = { USER_OBJ: 1, USER: 2, GROUP_OBJ: 4, GROUP: 8, MASK: 16, OTHER: 32 } as const;

export interface AclEntry {
  readonly tag: number;
  readonly permissions: number;
  readonly id: number;
}

export function parseAcl(bytes: Uint8Array): readonly AclEntry[] {
  const entries: AclEntry[] = [];
  for (let at = 4; at + 8 <= bytes.length; at += 8) {
    const byte = (offset: number): number => bytes[at + offset] ?? 0;
    entries.push({ tag: byte(0) | (byte(1) << 8), permissions: byte(2) & 7, id: (byte(4) | (byte(5) << 8) | (byte(6) << 16) | (byte(7) << 24)) >>> 0 });
  }
  return entries;
}

export function formatAcl(entries: readonly AclEntry[]): Uint8Array {
  const bytes = new Uint8Array(4 + entries.length * 8);
  bytes[0] = 2;
  entries.forEach(({ tag, permissions, id }, index) => {
    const at = 4 + index * 8;
    bytes.set([tag & 0xff, tag >> 8, permissions, 0, id & 0xff, (id >>> 8) & 0xff, (id >>> 16) & 0xff, id >>> 24], at);
  });
  return bytes;
}

/** The permission bits that the list gives to a caller who is not the owner (the algorithm of acl(5)); in the low three bits. */
export function aclMask(bytes: Uint8Array, caller: Caller, facts: NodeFacts): number {
  const entries = parseAcl(bytes);
  const mask = entries.find((entry) => entry.tag === ACL_TAG.MASK)?.permissions ?? 7;
  const user = entries.find((entry) => entry.tag === ACL_TAG.USER && entry.id === caller.fsuid);
  if (user !== undefined) return user.permissions & mask;
  let inSome = false;
  let bits = 0;
  for (const entry of entries) {
    const gid = entry.tag === ACL_TAG.GROUP_OBJ ? facts.gid : entry.tag === ACL_TAG.GROUP ? entry.id : undefined;
    if (gid === undefined || (caller.fsgid !== gid && !caller.groups.includes(gid))) continue;
    inSome = true;
    bits |= entry.permissions & mask;
  }
  if (inSome) return bits;
  return entries.find((entry) => entry.tag === ACL_TAG.OTHER)?.permissions ?? 0;
}

/** What a new node takes from its directory's default list (acl(5), "Object creation and default ACLs"): permission bits, and a list where it says more than they. */
export function inheritAcl(defaults: Uint8Array, requested: number): { readonly bits: number; readonly access: Uint8Array | undefined } {
  const entries = parseAcl(defaults);
  const hasMask = entries.some((entry) => entry.tag === ACL_TAG.MASK);
  const limits = new Map([[ACL_TAG.USER_OBJ as number, (requested >> 6) & 7], [hasMask ? ACL_TAG.MASK : ACL_TAG.GROUP_OBJ, (requested >> 3) & 7], [ACL_TAG.OTHER, requested & 7]]);
  const own = entries.map((entry) => ({ ...entry, permissions: entry.permissions & (limits.get(entry.tag) ?? 7) }));
  const of = (tag: number): number => own.find((entry) => entry.tag === tag)?.permissions ?? 0;
  return { bits: (of(ACL_TAG.USER_OBJ) << 6) | (of(hasMask ? ACL_TAG.MASK : ACL_TAG.GROUP_OBJ) << 3) | of(ACL_TAG.OTHER), access: own.length > 3 ? formatAcl(own) : undefined };
}
