// The manual pages of git's subcommands, made from their declarations.
import { encode } from "../../kernel/sys.ts";
import { manSource, storedGzip, storedGzipBytes } from "../kit/man-source.ts";
import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { COMMANDS } from "../git/_command-table.ts";

/** Links of git's own package: their page comes with the program. */
const LINKED = new Set(["upload-pack", "receive-pack"]);

const pages: readonly PackageFile[] = [...COMMANDS].filter(([name]) => !LINKED.has(name)).map(([name, { declaration }]) => {
  const source = (): string => manSource({ ...declaration, name: `git-${name}`, seeAlso: ["git(1)"] }, { source: "Git 2.39.5", date: "2026-11-22" });
  return { path: `/usr/share/man/man1/git-${name}.1.gz`, content: () => storedGzip(encode(source())), contentBytes: storedGzipBytes(source().length) };
});

export default { name: "git-man", summary: "the manual pages of git", files: pages } satisfies DebianPackage;
