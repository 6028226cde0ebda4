// The manual pages of git's subcommands, made from their declarations.
import { encode } from "../../kernel/sys.ts";
import type { Declaration } from "../kit/command.ts";
import { manSource, storedGzip, storedGzipBytes } from "../kit/man-source.ts";
import { frenchDeclaration } from "../kit/messages/declared-french.ts";
import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { COMMANDS } from "../git/_command-table.ts";

/** Links of git's own package: their page comes with the program. */
const LINKED = new Set(["upload-pack", "receive-pack"]);

function page(folder: string, name: string, declaration: Declaration, language: "en" | "fr"): PackageFile {
  const source = (): string => manSource({ ...declaration, name: `git-${name}`, seeAlso: ["git(1)"] }, { source: "Git 2.39.5", date: "2026-11-22" }, language);
  return { path: `${folder}/git-${name}.1.gz`, content: () => storedGzip(encode(source())), contentBytes: storedGzipBytes(source().length) };
}

const pages: readonly PackageFile[] = [...COMMANDS].filter(([name]) => !LINKED.has(name)).flatMap(([name, { declaration }]) => {
  const french = frenchDeclaration(declaration);
  return [page("/usr/share/man/man1", name, declaration, "en"), ...(french === undefined ? [] : [page("/usr/share/man/fr/man1", name, french, "fr")])];
});

export default { name: "git-man", summary: "the manual pages of git", files: pages } satisfies DebianPackage;
