// Paths of the machine, as text.

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** What `name` means in `directory`, without "." and "..". Undefined when it names no file: empty, or a slash at its end. */
export function resolvePath(directory: string, name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed.endsWith("/")) return undefined;
  const parts: string[] = [];
  for (const part of `${trimmed.startsWith("/") ? "" : `${directory}/`}${trimmed}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.length === 0 ? undefined : `/${parts.join("/")}`;
}
