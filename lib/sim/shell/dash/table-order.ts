// The order in which dash lists a hash table (exec.c, alias.c): by bucket, in a bucket as they came.
import { encode } from "../../kernel/sys.ts";

export function tableOrder(names: readonly string[], buckets: number): readonly string[] {
  const bucketOf = (name: string) => {
    const bytes = encode(name);
    return (((bytes[0] ?? 0) << 4) + bytes.reduce((sum, byte) => sum + byte, 0)) % buckets;
  };
  return names.map((name) => ({ name, bucket: bucketOf(name) })).sort((left, right) => left.bucket - right.bucket).map(({ name }) => name);
}
