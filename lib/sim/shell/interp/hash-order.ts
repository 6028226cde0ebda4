// Associative arrays, the command hash and completion specs list their entries in the order of bash's hash tables (hashlib.c): by bucket of the
// FNV-1 hash, within a bucket the newest first.
import { encode } from "../../kernel/sys.ts";

const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;

function bucketOf(key: string, buckets: number): number {
  let hash = FNV_OFFSET;
  for (const byte of encode(key)) {
    hash = Math.imul(hash, FNV_PRIME);
    hash ^= byte > 127 ? byte - 256 : byte;
  }
  return (hash >>> 0) & (buckets - 1);
}

/** `keys` in insertion order. The table grows fourfold when it holds twice as many entries as buckets. */
export function hashOrder(keys: Iterable<string>, initialBuckets: number): string[] {
  const list = [...keys];
  let buckets = initialBuckets;
  while (list.length >= buckets * 2) buckets *= 4;
  const placed = list.map((key, index) => ({ key, index, bucket: bucketOf(key, buckets) }));
  placed.sort((a, b) => a.bucket - b.bucket || b.index - a.index);
  return placed.map((item) => item.key);
}
