// Object names: the SHA-1 of "TYPE SIZE\0" and the contents (gitformat-pack(5), "Git Internals - Git Objects").
import { concatBytes, encode } from "../../../kernel/sys.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { Sha1 } from "../../kit/digest/sha1.ts";

/** 40 hexadecimal digits. */
export type ObjectId = string;
export type ObjectType = "commit" | "tree" | "blob" | "tag";

export const NULL_ID: ObjectId = "0".repeat(40);
export const EMPTY_TREE: ObjectId = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
export const EMPTY_BLOB: ObjectId = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

export function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  const hasher = new Sha1();
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}

export const headerOf = (type: ObjectType, sizeBytes: number): Uint8Array => encode(`${type} ${sizeBytes}\0`);

export function hashObject(type: ObjectType, body: Uint8Array): ObjectId {
  return toHex(sha1(headerOf(type, body.length), body));
}

export function idBytes(id: ObjectId): Uint8Array {
  const bytes = new Uint8Array(20);
  for (let i = 0; i < 20; i++) bytes[i] = Number.parseInt(id.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

export function idAt(bytes: Uint8Array, at: number): ObjectId {
  return toHex(bytes.subarray(at, at + 20));
}

export const isFullId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
export const isObjectType = (text: string): text is ObjectType => text === "commit" || text === "tree" || text === "blob" || text === "tag";

/** `body` with its SHA-1 behind it: how index, pack and pack index end. */
export function withChecksum(body: Uint8Array): Uint8Array {
  return concatBytes([body, sha1(body)]);
}
