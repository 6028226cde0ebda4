// /var/lib/dpkg: the status file, and for each package the list of its files and its configuration files.
import { encodeExecutable } from "../../kernel/executable.ts";
import { encode } from "../../kernel/sys.ts";
import { fileSum } from "../../programs/kit/debian/file-sum.ts";
import { maintainerScript } from "../../programs/kit/debian/maintainer-script.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import type { Installable } from "../catalogue/installable.ts";
import { mergedUsr, type RootFile } from "./frozen-root.ts";

const libraryWord = /^lib.*\d/;

/** dpkg's paragraph in the order in which dpkg writes fields. */
function statusParagraph(one: Installable, status: string): string {
  const { facts } = one;
  const lines: string[] = [`Package: ${one.name}`];
  const field = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") lines.push(`${name}: ${value}`);
  };
  if (facts.essential) lines.push("Essential: yes");
  lines.push(`Status: ${status}`);
  field("Priority", facts.priority);
  field("Section", facts.section);
  lines.push(`Installed-Size: ${facts.installedSizeKiB}`);
  field("Maintainer", facts.maintainer);
  field("Architecture", facts.architecture);
  field("Multi-Arch", facts.multiArch);
  field("Source", facts.source);
  field("Version", facts.version);
  field("Replaces", facts.replaces);
  field("Provides", facts.provides);
  field("Depends", facts.depends);
  field("Pre-Depends", facts.preDepends);
  field("Recommends", facts.recommends);
  field("Suggests", facts.suggests);
  field("Breaks", facts.breaks);
  field("Conflicts", facts.conflicts);
  const conffiles = one.files().filter((file) => file.conffile === true);
  if (conffiles.length > 0) lines.push("Conffiles:", ...conffiles.map((file) => ` ${mergedUsr(file.path)} ${sumOf(file)}`));
  field("Description", one.summary);
  for (const line of (one.description ?? "").split("\n")) if (line !== "") lines.push(` ${line}`);
  field("Homepage", facts.homepage);
  return `${lines.join("\n")}\n`;
}

function sumOf(file: RootFile): string {
  if (file.executable) return fileSum(encodeExecutable(file.executable), Math.max(encodeExecutable(file.executable).length, file.executable.sizeBytes));
  return fileSum(file.text === undefined ? (file.content?.() ?? new Uint8Array(0)) : encode(file.text), file.paddedBytes);
}

/** Files that have contents of their own, the configuration aside: what dpkg --verify looks at. */
function summedFiles(one: Installable): readonly RootFile[] {
  return one.files().filter((file) => file.directory !== true && file.symlink === undefined && file.conffile !== true && file.sparse === undefined && !file.path.startsWith("/var/"));
}

const SUM_LETTERS = 32;

/** The name under which dpkg keeps a package's files in /var/lib/dpkg/info. */
function infoName(one: Installable): string {
  return one.facts.multiArch === "same" && libraryWord.test(one.name) ? `${one.name}:${one.facts.architecture}` : one.name;
}

/** Every path with its parent directories, "/." first, as dpkg lists them. */
function fileList(one: Installable): string {
  const seen = new Set<string>();
  const list: string[] = ["/."];
  const add = (path: string): void => {
    if (seen.has(path)) return;
    const slash = path.lastIndexOf("/");
    if (slash > 0) add(path.slice(0, slash));
    seen.add(path);
    list.push(path);
  };
  for (const file of one.files()) add(file.path);
  return `${list.join("\n")}\n`;
}

export function dpkgStateFiles(installed: readonly Installable[]): readonly PackageFile[] {
  const sorted = [...installed].sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: PackageFile[] = [
    { path: "/var/lib/dpkg/status", text: sorted.map((one) => statusParagraph(one, "install ok installed")).join("\n") },
    { path: "/var/lib/dpkg/status-old", text: "" },
    { path: "/var/lib/dpkg/arch", text: "amd64\n" },
  ];
  for (const one of sorted) {
    const name = `/var/lib/dpkg/info/${infoName(one)}`;
    files.push({ path: `${name}.list`, text: fileList(one) });
    const script = maintainerScript({ preInstall: one.preInstall, postInstall: one.postInstall, preRemove: one.preRemove, postRemove: one.postRemove, postPurge: one.postPurge, owners: [] });
    if (script !== undefined) files.push({ path: `${name}.postinst`, text: script, mode: 0o755 });
    const summed = summedFiles(one);
    files.push({
      path: `${name}.md5sums`, content: () => encode(summed.map((file) => `${sumOf(file)}  ${file.path.slice(1)}\n`).join("")),
      contentBytes: summed.reduce((sum, file) => sum + SUM_LETTERS + 2 + encode(file.path).length, 0),
    });
    const conffiles = one.files().filter((file) => file.conffile === true).map((file) => mergedUsr(file.path));
    if (conffiles.length > 0) files.push({ path: `${name}.conffiles`, text: `${conffiles.join("\n")}\n` });
  }
  return files;
}
