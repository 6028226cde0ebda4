// Tags of groups, volumes and physical volumes (lvm(8), "TAGS").
import { badValue } from "./_error.ts";

/** Errors: LvmError for what cannot be a tag. */
export function changedTags(before: readonly string[] | undefined, added: readonly string[], taken: readonly string[]): readonly string[] {
  const bare = (tag: string): string => tag.replace(/^@/, "");
  for (const tag of [...added, ...taken]) if (!/^@?[A-Za-z0-9_+.\-/=!:&#]{1,1024}$/.test(tag)) badValue("--addtag", tag);
  const left = (before ?? []).filter((tag) => !taken.map(bare).includes(tag));
  return [...left, ...added.map(bare).filter((tag, at, all) => !left.includes(tag) && all.indexOf(tag) === at)];
}
