// The sums in "COPY file:…": docker's tarsum, version 1. Of each file its header without its time, then its content
// (github.com/moby/moby pkg/tarsum/versioning.go; what docker build sends belongs to root).
import { encode } from "../../../kernel/sys.ts";
import { sha256Hex } from "../../sha256.ts";
import type { TarEntry } from "../api/tar.ts";

const kinds: ReadonlyMap<TarEntry["kind"], readonly [flag: string, typeBits: number]> = new Map<TarEntry["kind"], readonly [string, number]>([["file", ["0", 0o100000]], ["directory", ["5", 0o040000]], ["symlink", ["2", 0o120000]]]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** `name`: relative to the context. */
export function fileSum(entry: Pick<TarEntry, "kind" | "mode" | "target" | "bytes">, name: string, owner = { uid: 0, gid: 0 }): string {
  const [flag, typeBits] = kinds.get(entry.kind) ?? ["0", 0];
  const header = `name${name}${entry.kind === "directory" ? "/" : ""}mode${entry.mode | typeBits}uid${owner.uid}gid${owner.gid}size${entry.bytes.length}typeflag${flag}linkname${entry.target}unamegnamedevmajor0devminor0`;
  return sha256Hex(joined([encode(header), entry.bytes]));
}

/** Of several sums. */
export function sumOf(sums: readonly string[]): string {
  return sha256Hex(encode(sums.join(",")));
}
