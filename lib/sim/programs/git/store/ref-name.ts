// Which names a reference may have (git-check-ref-format(1)).

export function isValidRefName(name: string, oneLevel = false): boolean {
  if (name === "@" || name === "" || name.startsWith("/") || name.endsWith("/") || name.endsWith(".") || name.includes("..") || name.includes("@{") || name.includes("//")) return false;
  for (const char of name) if (char <= " " || char === "\x7f" || "~^:?*[\\".includes(char)) return false;
  const parts = name.split("/");
  if (parts.length < 2 && !oneLevel) return false;
  return parts.every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

export const isValidBranchName = (name: string): boolean => !name.startsWith("-") && name !== "HEAD" && isValidRefName(`refs/heads/${name}`);
export const isValidTagName = (name: string): boolean => !name.startsWith("-") && isValidRefName(`refs/tags/${name}`);

/** refs/heads/x → x, refs/tags/x → x, refs/remotes/x → x */
export function shortRefName(name: string): string {
  for (const prefix of ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"]) if (name.startsWith(prefix)) return name.slice(prefix.length);
  return name;
}

/** Where a short name is looked for, first to last (gitrevisions(7)). */
export const refCandidates = (name: string): readonly string[] => [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/${name}/HEAD`];
