import { type Blocking, S, type Sys } from "../../../kernel/sys.ts";
import { infoPath, readFile } from "./dpkg-database.ts";

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}

/** Tells whoever runs the machine that a package which was asked for brings nothing but its documentation here. Dependencies are not told: nobody types them. */
export function* observeEmptyPackage(sys: Sys, name: string): Blocking<void> {
  const paths = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").filter((path) => path !== "");
  if (paths.length > 0 && paths.every((path) => path.startsWith("/usr/share/doc/") || isDirectory(sys, path))) sys.observe({ kind: "unsimulated", command: name, detail: "package-programs" });
}
