// Names of files as texts: dirname(3), basename(3) without trailing slashes, joining.

/** dirname(3). */
export function directoryOf(name: string): string {
  const stripped = name.replace(/\/+$/, "");
  if (stripped === "") return name.startsWith("/") ? "/" : ".";
  const slash = stripped.lastIndexOf("/");
  if (slash < 0) return ".";
  return stripped.slice(0, slash).replace(/\/+$/, "") || "/";
}

/** The last component; "/" for the root; trailing slashes left out. */
export function lastComponent(name: string): string {
  const stripped = name.replace(/\/+$/, "");
  if (stripped === "") return name === "" ? "" : "/";
  return stripped.slice(stripped.lastIndexOf("/") + 1);
}

export function joinPath(directory: string, name: string): string {
  if (directory === "") return name;
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
