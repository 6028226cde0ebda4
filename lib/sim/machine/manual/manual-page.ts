// Pages of the manual that describe files, formats and the shells: commands make theirs from their declarations (programs/kit/man-source.ts).
import { encode } from "../../kernel/sys.ts";
import { escaped, quoted, storedGzip, storedGzipBytes } from "../../programs/kit/man-source.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import { accountsPages } from "./accounts-pages.ts";
import { pamPages } from "./pam-pages.ts";
import { jobsPages } from "./jobs-pages.ts";
import { networkPages } from "./network-pages.ts";
import { servicesPages } from "./services-pages.ts";
import { shellPages } from "./shell-pages.ts";
import { storagePages } from "./storage-pages.ts";
import { systemPages } from "./system-pages.ts";

export interface ManualPage {
  /** the Debian package that brings it */
  readonly package: string;
  readonly name: string;
  readonly section: number;
  /** links to it in the same section */
  readonly otherNames: readonly string[];
  readonly title: { readonly en: string; readonly fr: string };
  /** A line is a paragraph; "# HEADING", "tag :: text", and four spaces before what stands as it is. */
  readonly text: { readonly en: readonly string[]; readonly fr: readonly string[] };
}

type Language = keyof ManualPage["title"];

const HEADS = {
  en: { name: "NAME", description: "DESCRIPTION", sections: new Map([[1, "User Commands"], [5, "File Formats"], [7, "Miscellanea"], [8, "System Administration"]]) },
  fr: { name: "NOM", description: "DESCRIPTION", sections: new Map([[1, "Commandes utilisateur"], [5, "Formats de fichiers"], [7, "Divers"], [8, "Administration du système"]]) },
};

/** Macros of man(7). */
function roff(lines: readonly string[]): string {
  const out: string[] = [];
  let verbatim = false;
  for (const line of lines) {
    if (line.startsWith("    ") !== verbatim) {
      out.push(...(verbatim ? [".fi", ".RE"] : [".PP", ".RS", ".nf"]));
      verbatim = !verbatim;
    }
    const [tag = "", text] = line.split(" :: ");
    if (verbatim) out.push(escaped(line.slice(4)));
    else if (line.startsWith("# ")) out.push(`.SH ${escaped(line.slice(2))}`);
    else if (text !== undefined) out.push(".TP", `\\fB${escaped(tag)}\\fR`, escaped(text));
    else out.push(".PP", escaped(line));
  }
  if (verbatim) out.push(".fi", ".RE");
  return out.join("\n");
}

export function pageSource({ name, section, title, text }: ManualPage, source: string, language: Language): string {
  const heads = HEADS[language];
  const head = `.TH ${quoted(escaped(name.toUpperCase()))} ${section} ${quoted("2026-11-22")} ${quoted(escaped(source))} ${quoted(escaped(heads.sections.get(section) ?? ""))}`;
  return `${head}\n.SH ${heads.name}\n${escaped(name)} \\- ${escaped(title[language])}\n.SH ${heads.description}\n${roff(text[language])}\n`;
}

function filesOf(page: ManualPage, source: string, language: Language): readonly PackageFile[] {
  const folder = `/usr/share/man/${language === "en" ? "" : `${language}/`}man${page.section}`;
  const text = pageSource(page, source, language);
  return [
    { path: `${folder}/${page.name}.${page.section}.gz`, content: () => storedGzip(encode(pageSource(page, source, language))), contentBytes: storedGzipBytes(text.length) },
    ...page.otherNames.map((other): PackageFile => ({ path: `${folder}/${other}.${page.section}.gz`, symlink: `${page.name}.${page.section}.gz` })),
  ];
}

const PAGES: readonly ManualPage[] = [...accountsPages, ...pamPages, ...storagePages, ...jobsPages, ...networkPages, ...servicesPages, ...shellPages, ...systemPages];

/** Names of section 1 that are explained on the page of another command. */
const LINKS: readonly { readonly package: string; readonly page: string; readonly names: readonly string[] }[] = [
  { package: "grep", page: "grep", names: ["egrep", "fgrep", "rgrep"] },
  { package: "gzip", page: "gzip", names: ["gunzip", "uncompress", "zcat"] },
];

/** Pages that a package brings beside those of its commands. */
export function manualPageFiles(packageName: string, version: string): readonly PackageFile[] {
  return [
    ...PAGES.filter((page) => page.package === packageName).flatMap((page) => [...filesOf(page, `${packageName} ${version}`, "en"), ...filesOf(page, `${packageName} ${version}`, "fr")]),
    ...LINKS.filter((link) => link.package === packageName).flatMap(({ page, names }) => names.flatMap((name) => ["/usr/share/man/man1", "/usr/share/man/fr/man1"].map((folder): PackageFile => ({ path: `${folder}/${name}.1.gz`, symlink: `${page}.1.gz` })))),
  ];
}
