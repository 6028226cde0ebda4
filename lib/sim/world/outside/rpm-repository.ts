// http://mirror.lan/rpm/: a repository for dnf with the one package to practise with. repodata as createrepo_c writes it, uncompressed.

import { sha256Hex } from "../../daemons/sha256.ts";
import { encode } from "../../kernel/sys.ts";
import { dependencies } from "../../programs/rpm/_transaction.ts";
import { parseRpm, TAG } from "../../programs/rpm2cpio/_rpm-file.ts";
import { sampleRpm, sampleRpmName } from "./sample-rpm.ts";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

let made: string | undefined;

function primary(): string {
  if (made !== undefined) return made;
  const bytes = sampleRpm();
  const header = parseRpm(bytes)?.header;
  const value = (tag: number): string => escaped(header?.text(tag) ?? "");
  const entries = (kind: "require" | "provide"): string => (header === undefined ? "" : dependencies(header, kind).filter((one) => !one.startsWith("rpmlib(")).map((one) => `<rpm:entry name="${escaped(one.replace(/ .*/, ""))}"/>`).join(""));
  made = `<?xml version="1.0" encoding="UTF-8"?>\n<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">\n<package type="rpm">\n  <name>${value(TAG.NAME)}</name>\n  <arch>${value(TAG.ARCH)}</arch>\n  <version epoch="0" ver="${value(TAG.VERSION)}" rel="${value(TAG.RELEASE)}"/>\n  <checksum type="sha256" pkgid="YES">${sha256Hex(bytes)}</checksum>\n  <summary>${value(TAG.SUMMARY)}</summary>\n  <description>${value(TAG.DESCRIPTION)}</description>\n  <url>${value(TAG.URL)}</url>\n  <size package="${bytes.length}" installed="${header?.numbers(TAG.SIZE)[0] ?? 0}"/>\n  <location href="${sampleRpmName}"/>\n  <format>\n    <rpm:license>${value(TAG.LICENSE)}</rpm:license>\n    <rpm:sourcerpm>${value(TAG.SOURCERPM)}</rpm:sourcerpm>\n    <rpm:provides>${entries("provide")}</rpm:provides>\n    <rpm:requires>${entries("require")}</rpm:requires>\n${(header?.fileNames ?? []).map((name) => `    <file>${escaped(name)}</file>\n`).join("")}  </format>\n</package>\n</metadata>\n`;
  return made;
}

/** Undefined: it has no such file. */
export function rpmRepositoryFile(name: string): string | undefined {
  if (name === "repodata/primary.xml") return primary();
  if (name !== "repodata/repomd.xml") return undefined;
  const text = primary();
  return `<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo">\n  <revision>1795295340</revision>\n  <data type="primary">\n    <checksum type="sha256">${sha256Hex(encode(text))}</checksum>\n    <location href="repodata/primary.xml"/>\n    <size>${encode(text).length}</size>\n  </data>\n</repomd>\n`;
}
