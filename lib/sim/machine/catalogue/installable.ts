// A package as the machine installs it: the recorded facts of Debian's index, what its folder in lib/sim/programs adds, and its commands.
import { manualPageFiles } from "../manual/manual-page.ts";
import { encode } from "../../kernel/sys.ts";
import type { Command } from "../../programs/kit/command.ts";
import { manSource, sectionOf, storedGzip, storedGzipBytes } from "../../programs/kit/man-source.ts";
import { frenchDeclaration } from "../../programs/kit/messages/declared-french.ts";
import type { DebianPackage, PackageAction, PackageFile } from "../../programs/kit/package.ts";
import { commands, packages } from "../registry.generated.ts";
import { executableOf, libraryFiles } from "../rootfs/program-file.ts";
import type { RootFile } from "../rootfs/frozen-root.ts";
import { daemonPrograms } from "../daemon-programs.ts";
import { extraFiles } from "../rootfs/extra-files.ts";
import { initScriptActions, initScriptFiles, initScriptPurge } from "../rootfs/init-scripts.ts";
import { pathBeforeMerge } from "./before-usr-merge.ts";
import { type CatalogueEntry, catalogueEntry, catalogueNames, type Suite, suiteEntry, versionEntry } from "./parse.ts";
import { withVersion } from "./version-changes.ts";
import { summaryOf } from "./summaries.ts";

export interface Installable {
  readonly name: string;
  readonly facts: CatalogueEntry;
  readonly summary: string;
  readonly description: string | undefined;
  /** registry identifier and command */
  readonly commands: readonly (readonly [id: string, command: Command])[];
  readonly preInstall: readonly PackageAction[];
  readonly postInstall: readonly PackageAction[];
  readonly preRemove: readonly PackageAction[];
  readonly postRemove: readonly PackageAction[];
  readonly postPurge: readonly PackageAction[];
  /** Everything it puts on disk: its files, its commands, its documentation. */
  files(): readonly RootFile[];
}

let commandsByPackage: Map<string, (readonly [string, Command])[]> | undefined;

function commandsOf(name: string): readonly (readonly [string, Command])[] {
  if (commandsByPackage === undefined) {
    commandsByPackage = new Map();
    for (const [id, command] of commands) {
      const owner = id.slice(0, id.indexOf("/"));
      const list = commandsByPackage.get(owner);
      if (list === undefined) commandsByPackage.set(owner, [[id, command]]);
      else list.push([id, command]);
    }
  }
  return commandsByPackage.get(name) ?? [];
}

function factsOf(name: string, own: DebianPackage | undefined, version: string | undefined): CatalogueEntry | undefined {
  const recorded = version === undefined ? catalogueEntry(name) : versionEntry(name, version);
  if (own === undefined || (version !== undefined && recorded !== undefined)) return recorded;
  if (version !== undefined && version !== factsOf(name, own, undefined)?.version) return undefined;
  const entry: CatalogueEntry = {
    name,
    version: own.version ?? recorded?.version ?? "1.0-1",
    architecture: own.architecture ?? recorded?.architecture ?? "amd64",
    section: own.section ?? recorded?.section ?? "admin",
    priority: own.priority ?? recorded?.priority ?? "optional",
    essential: own.essential ?? recorded?.essential ?? false,
    source: own.source ?? recorded?.source,
    installedSizeKiB: own.installedSizeKiB ?? recorded?.installedSizeKiB ?? 100,
    downloadSizeBytes: own.downloadSizeBytes ?? recorded?.downloadSizeBytes ?? 20_000,
    preDepends: own.preDepends ?? recorded?.preDepends ?? "",
    depends: own.depends ?? recorded?.depends ?? "",
    recommends: own.recommends ?? recorded?.recommends ?? "",
    suggests: own.suggests ?? recorded?.suggests ?? "",
    conflicts: own.conflicts ?? recorded?.conflicts ?? "",
    breaks: own.breaks ?? recorded?.breaks ?? "",
    replaces: own.replaces ?? recorded?.replaces ?? "",
    provides: own.provides ?? recorded?.provides ?? "",
    multiArch: recorded?.multiArch,
    maintainer: own.maintainer ?? recorded?.maintainer ?? "Debian Maintainers <debian-devel@lists.debian.org>",
    homepage: own.homepage ?? recorded?.homepage,
    fileName: recorded?.fileName ?? `pool/main/${name.charAt(0)}/${name}/${name}_${own.version ?? "1.0-1"}_amd64.deb`,
  };
  return entry;
}

function programFiles(id: string, path: string, links: readonly string[], mode: number, group = "root"): readonly RootFile[] {
  return [{ path, executable: executableOf(id, path), mode, group }, ...links.map((link): PackageFile => ({ path: link, symlink: linkTarget(link, path) }))];
}

function commandFiles(id: string, command: Command): readonly RootFile[] {
  const packageName = id.slice(0, id.indexOf("/"));
  const path = command.path ?? pathBeforeMerge(packageName, command.name) ?? `/usr/bin/${command.name}`;
  const links = (command.links ?? []).map((link) => {
    const listed = pathBeforeMerge(packageName, link.slice(link.lastIndexOf("/") + 1));
    // the same name in bin and sbin is a link beside the program, not in its place
    return listed === undefined || listed === path ? link : listed;
  });
  return programFiles(id, path, links, command.mode ?? 0o755, command.group);
}

/** Relative within one directory, as packages make their links. */
function linkTarget(link: string, path: string): string {
  const directory = link.slice(0, link.lastIndexOf("/") + 1);
  return path.startsWith(directory) && !path.slice(directory.length).includes("/") ? path.slice(directory.length) : path;
}

function manualPages(folder: string, source: () => string, { declaration, links = [], path }: Command): readonly RootFile[] {
  const section = sectionOf(declaration);
  const names = new Set([path ?? "", ...links].map((one) => one.slice(one.lastIndexOf("/") + 1)).filter((one) => one !== "" && one !== declaration.name));
  return [
    { path: `${folder}/${declaration.name}.${section}.gz`, content: () => storedGzip(encode(source())), contentBytes: storedGzipBytes(source().length) },
    ...[...names].map((one): PackageFile => ({ path: `${folder}/${one}.${section}.gz`, symlink: `${declaration.name}.${section}.gz` })),
  ];
}

/** Its manual page, and links for its other names; the same in French, where there is French (on Debian, manpages-fr has those that packages lack). */
function manualFiles(command: Command, { name, version }: CatalogueEntry): readonly RootFile[] {
  const { declaration } = command;
  const folder = `man${sectionOf(declaration)}`;
  const facts = { source: `${name} ${version}`, date: "2026-11-21" };
  const french = frenchDeclaration(declaration);
  return [
    ...manualPages(`/usr/share/man/${folder}`, () => manSource(declaration, facts), command),
    ...(french === undefined ? [] : manualPages(`/usr/share/man/fr/${folder}`, () => manSource(french, facts, "fr"), command)),
  ];
}

/** What the mirror offers: Debian's index as recorded, and packages whose facts their folder gives. Sorted. */
export function offeredNames(): readonly string[] {
  return [...new Set([...catalogueNames(), ...packages.keys()])].sort();
}

/** The package in the version of a suite; packages that only their folder describes are in the main one. */
export function suiteInstallable(suite: Suite, name: string): Installable | undefined {
  const entry = suiteEntry(suite, name);
  if (entry !== undefined) return installable(name, entry.version === catalogueEntry(name)?.version ? undefined : entry.version);
  return suite === "bookworm" && catalogueEntry(name) === undefined ? installable(name) : undefined;
}

const cache = new Map<string, Installable | undefined>();

/** In the version of the recorded hosts, or in another one that the mirror has. */
export function installable(name: string, version?: string): Installable | undefined {
  const key = version === undefined ? name : `${name} ${version}`;
  if (cache.has(key)) return cache.get(key);
  const own = packages.get(name);
  const facts = factsOf(name, own, version);
  const recorded = factsOf(name, own, undefined)?.version ?? "";
  if (version === recorded) return installable(name);
  const extra = extraFiles.get(name);
  let made: readonly RootFile[] | undefined;
  const result: Installable | undefined = facts === undefined ? undefined : {
    name,
    facts,
    summary: own?.summary ?? summaryOf(facts),
    description: own?.description,
    commands: commandsOf(name),
    preInstall: own?.preInstall ?? [],
    postInstall: [...(own?.postInstall ?? []), ...(extra?.postInstall ?? []), ...initScriptActions(name)],
    preRemove: own?.preRemove ?? [],
    postRemove: own?.postRemove ?? [],
    postPurge: [...(own?.postPurge ?? []), ...initScriptPurge(name)],
    files: () => (made ??= withVersion([
      ...(own?.files ?? []),
      ...(extra?.files ?? []),
      ...initScriptFiles(name),
      ...libraryFiles(name),
      ...commandsOf(name).flatMap(([id, command]) => commandFiles(id, command)),
      ...commandsOf(name).flatMap(([, command]) => manualFiles(command, facts)),
      ...manualPageFiles(name, facts.version),
      ...daemonPrograms.filter((daemon) => daemon.package === name).flatMap((daemon) => programFiles(daemon.id, daemon.path, daemon.links ?? [], 0o755)),
      { path: `/usr/share/doc/${name}`, directory: true },
      { path: `/usr/share/doc/${name}/copyright`, text: `${name}: see ${facts.homepage ?? "https://www.debian.org/"} for the licence of the real program.\nThis file of the simulated machine stands in for it.\n` },
    ], facts, recorded)),
  };
  cache.set(key, result);
  return result;
}
