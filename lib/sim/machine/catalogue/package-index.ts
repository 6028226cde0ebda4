// The mirror's indexes: a package's paragraph as in Packages, and the Release file of a suite. Sums are of what the mirror serves in name only.
import { sha256Hex } from "../../daemons/sha256.ts";
import { mailDate, signedText } from "../../programs/kit/debian/release-file.ts";
import { encode } from "../../kernel/sys.ts";
import { type Installable, offeredNames, suiteInstallable } from "./installable.ts";
import type { Suite } from "./parse.ts";

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

const DAY_US = 86_400_000_000;
/** 2026-07-11 10:16:37 UTC: when Debian 12.15 came out */
const POINT_RELEASE_US = 1_783_764_997_000_000;

/** The archive that Debian's keys sign: who signs a suite (long key ids), as InRelease files of 2026 name them. */
const SIGNERS: Readonly<Record<Suite, readonly string[]>> = {
  bookworm: ["0E98404D386FA1D9", "6ED0E7B82643E131", "F8D2585B8783D481"],
  "bookworm-updates": ["0E98404D386FA1D9", "6ED0E7B82643E131"],
  "bookworm-security": ["54404762BBB6E853", "BDE6D2B9216EC7A8"],
};

function headOf(suite: Suite, nowUs: number): string {
  const common = (origin: string, archive: string, version: string): string => `Origin: Debian\nLabel: ${origin}\nSuite: oldstable${archive}\nVersion: ${version}\nCodename: ${suite}\n`;
  // the security archive signs anew every day, so that an old copy of it cannot be passed off for long; updates does so too, without an end
  const todayUs = Math.floor(nowUs / DAY_US) * DAY_US;
  switch (suite) {
    case "bookworm":
      return `${common("Debian", "", "12.15")}Changelogs: https://metadata.ftp-master.debian.org/changelogs/@CHANGEPATH@_changelog\nDate: ${mailDate(POINT_RELEASE_US)}\nAcquire-By-Hash: yes\nArchitectures: all amd64\nComponents: main\nDescription: Debian 12.15 Released 11 July 2026\n`;
    case "bookworm-updates":
      return `${common("Debian", "-updates", "12-updates")}Date: ${mailDate(todayUs + 7_870_000_000)}\nAcquire-By-Hash: yes\nArchitectures: all amd64\nComponents: main\nDescription: Debian 12 - Updates\n`;
    case "bookworm-security":
      return `${common("Debian-Security", "-security", "12")}Date: ${mailDate(todayUs + 761_000_000)}\nValid-Until: ${mailDate(todayUs + 761_000_000 + 7 * DAY_US)}\nAcquire-By-Hash: yes\nArchitectures: amd64\nComponents: updates/main\nDescription: Debian 12 - Security Updates\n`;
  }
}

const packagesSums = new Map<Suite, string>();

/** InRelease: what a suite holds, signed; `signed` false is the Release file. */
export function releaseText(suite: Suite, nowUs: number, signed = true): string {
  const index = packagesIndex(suite);
  const sum = packagesSums.get(suite) ?? sha256Hex(index);
  packagesSums.set(suite, sum);
  const text = `${headOf(suite, nowUs)}SHA256:\n ${sum} ${String(index.length).padStart(8)} main/binary-amd64/Packages\n`;
  return signed ? signedText(text, SIGNERS[suite]) : text;
}

const indexes = new Map<string, Uint8Array>();

/** The Packages file of a suite's main component as the mirror serves it. */
export function packagesIndex(suite: Suite): Uint8Array {
  const known = indexes.get(suite);
  if (known !== undefined) return known;
  const made = encode(offeredNames().map((name) => suiteInstallable(suite, name)).filter((one) => one !== undefined).map((one) => packageIndexText(one, true)).join("\n"));
  indexes.set(suite, made);
  return made;
}

const contents = new Map<Suite, Uint8Array>();

/** The Contents file of a suite's main component: every file of its packages, and whose it is. Made when somebody asks for it. */
export function contentsIndex(suite: Suite): Uint8Array {
  const known = contents.get(suite);
  if (known !== undefined) return known;
  const owners = new Map<string, string[]>();
  for (const name of offeredNames()) {
    const one = suiteInstallable(suite, name);
    if (one === undefined) continue;
    for (const file of one.files()) {
      if (file.directory === true) continue;
      const path = file.path.slice(1);
      const owner = `${one.facts.section}/${name}`;
      const before = owners.get(path);
      if (before === undefined) owners.set(path, [owner]);
      else if (!before.includes(owner)) before.push(owner);
    }
  }
  const made = encode([...owners].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, names]) => `${path.padEnd(55)} ${names.join(",")}\n`).join(""));
  contents.set(suite, made);
  return made;
}
