// The mirror's indexes: a package's paragraph as in Packages, and the Release file of a suite. Sums are of what the mirror serves in name only.
import { sha256Hex } from "../../daemons/sha256.ts";
import { encode } from "../../kernel/sys.ts";
import type { Installable } from "./installable.ts";

/** `pool` false leaves out what only an index has: the control file of the package itself. */
export function packageIndexText(one: Installable, pool: boolean): string {
  const { facts } = one;
  const lines: string[] = [`Package: ${one.name}`];
  const field = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") lines.push(`${name}: ${value}`);
  };
  field("Source", facts.source);
  field("Version", facts.version);
  field("Installed-Size", String(facts.installedSizeKiB));
  field("Maintainer", facts.maintainer);
  field("Architecture", facts.architecture);
  field("Replaces", facts.replaces);
  field("Provides", facts.provides);
  field("Depends", facts.depends);
  field("Pre-Depends", facts.preDepends);
  field("Recommends", facts.recommends);
  field("Suggests", facts.suggests);
  field("Conflicts", facts.conflicts);
  field("Breaks", facts.breaks);
  field("Description", one.summary);
  for (const line of (one.description ?? "").split("\n")) if (line !== "") lines.push(` ${line}`);
  field("Multi-Arch", facts.multiArch);
  field("Homepage", facts.homepage);
  if (facts.essential) lines.push("Essential: yes");
  field("Section", facts.section);
  field("Priority", facts.priority);
  if (pool) {
    field("Filename", facts.fileName);
    field("Size", String(facts.downloadSizeBytes));
    field("SHA256", sha256Hex(encode(`${one.name} ${facts.version}`)));
  }
  return `${lines.join("\n")}\n`;
}

/** `suite`: bookworm, bookworm-updates, bookworm-security */
export function releaseText(suite: string): string {
  const security = suite.endsWith("-security");
  return `Origin: Debian\nLabel: ${security ? "Debian-Security" : "Debian"}\nSuite: ${suite.replace("bookworm", "oldstable")}\n${suite === "bookworm" ? "Version: 12.15\n" : ""}Codename: ${suite}\nDate: Sat, 21 Nov 2026 09:00:00 UTC\nAcquire-By-Hash: yes\nArchitectures: all amd64\nComponents: main\nDescription: ${security ? "Debian 12 Security Updates" : "Debian 12.15 Released 21 November 2026"}\n`;
}

let index: Uint8Array | undefined;

/** The Packages file of bookworm/main as the mirror serves it. */
export function packagesIndex(names: readonly string[], find: (name: string) => Installable | undefined): Uint8Array {
  index ??= encode(names.map(find).filter((one) => one !== undefined).map((one) => packageIndexText(one, true)).join("\n"));
  return index;
}
