// Repositories of dnf: *.repo files, and the packages that their metadata tells of (dnf.conf(5), "repo options").

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { fetch, FetchError } from "../apt/_download.ts";

const DIRECTORIES = ["/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d"] as const;
const CACHE = "/var/cache/dnf";

export interface Repository {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly enabled: boolean;
}

export interface RepositoryPackage {
  readonly repository: string;
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  readonly release: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly license: string;
  readonly source: string;
  readonly sizeBytes: number;
  readonly requires: readonly string[];
  readonly provides: readonly string[];
  readonly files: readonly string[];
}

export class MetadataError extends Error {}

/** `variables`: $releasever and $basearch; undefined stays as it is. */
export function* readRepositories(sys: Sys, release: string | undefined): Blocking<readonly Repository[]> {
  const found: Repository[] = [];
  for (const directory of DIRECTORIES) {
    let names: readonly string[] = [];
    try {
      names = sys.readdir(directory).map(({ name }) => name).filter((name) => name.endsWith(".repo")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    for (const file of names) {
      for (const section of ((yield* readTextFile(sys, `${directory}/${file}`)) ?? "").split(/^(?=\[)/m)) {
        const id = /^\[([^\]]+)\]/.exec(section)?.[1];
        if (id === undefined) continue;
        const values = new Map([...section.matchAll(/^([a-z_]+)\s*=\s*(.*)$/gm)].map((match) => [match[1] ?? "", (match[2] ?? "").trim().replaceAll("$basearch", "x86_64").replaceAll("$releasever", release ?? "$releasever")] as const));
        found.push({ id, name: values.get("name") ?? id, address: (values.get("baseurl") ?? "").split(/[\s,]+/)[0]?.replace(/\/$/, "") ?? "", enabled: !/^(?:0|no|false)$/i.test(values.get("enabled") ?? "1") });
      }
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const plain = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

function parsePrimary(repository: string, xml: string): readonly RepositoryPackage[] {
  return xml.split("<package ").slice(1).map((text) => {
    const element = (name: string): string => plain(new Map([...text.matchAll(/<([a-z:]+)>([^<]*)<\/[a-z:]+>/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const)).get(name) ?? "");
    const attribute = (name: string, key: string): string => plain(new Map([...(new Map([...text.matchAll(/<([a-z]+) ([^>]*)\/>/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const)).get(name) ?? "").matchAll(/([a-z]+)="([^"]*)"/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const)).get(key) ?? "");
    const entries = (kind: string): readonly string[] => {
      const start = text.indexOf(`<rpm:${kind}>`);
      return start < 0 ? [] : [...text.slice(start, text.indexOf(`</rpm:${kind}>`)).matchAll(/name="([^"]*)"/g)].map((match) => plain(match[1] ?? ""));
    };
    return {
      repository, name: element("name"), architecture: element("arch"), version: attribute("version", "ver"), release: attribute("version", "rel"), summary: element("summary"), description: element("description"), url: element("url"), license: element("rpm:license"), source: element("rpm:sourcerpm"), sizeBytes: Number(attribute("size", "package")),
      requires: entries("requires"), provides: entries("provides"), files: [...text.matchAll(/<file[^>]*>([^<]*)<\/file>/g)].map((match) => plain(match[1] ?? "")),
    };
  });
}

function* obtain(sys: Sys, address: string): Blocking<string> {
  if (address.startsWith("file://")) {
    const text = yield* readTextFile(sys, address.slice(7));
    if (text === undefined) throw new MetadataError(`Curl error (37): Couldn't read a file:// file for ${address} [Couldn't open file ${address.slice(7)}]`);
    return text;
  }
  try {
    return decode(yield* fetch(sys, address));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const host = /^[a-z]+:\/\/([^/:]+)/.exec(address)?.[1] ?? "";
    if (/resolv/.test(error.message)) throw new MetadataError(`Curl error (6): Couldn't resolve host name for ${address} [Could not resolve host: ${host}]`);
    if (/^404/.test(error.message)) throw new MetadataError(`Status code: 404 for ${address} (IP: ${/IP: ([\d.]+)/.exec(error.message)?.[1] ?? ""})`);
    throw new MetadataError(`Curl error (7): Couldn't connect to server for ${address} [Failed to connect to ${host} port 80]`);
  }
}

const cacheOf = (repository: Repository): string => `${CACHE}/${repository.id}-primary.xml`;

/** When what is kept was fetched; undefined: nothing is kept. */
export function cachedAtUs(sys: Sys, repository: Repository): number | undefined {
  try {
    return sys.stat(cacheOf(repository)).mtimeUs;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

/** How many bytes came. Errors: MetadataError. */
export function* fetchMetadata(sys: Sys, repository: Repository): Blocking<number> {
  const index = yield* obtain(sys, `${repository.address}/repodata/repomd.xml`);
  const location = /<data type="primary">[^]*?<location href="([^"]*)"/.exec(index)?.[1];
  if (location === undefined) throw new MetadataError("repomd.xml parser error: no primary metadata");
  const text = yield* obtain(sys, `${repository.address}/${location}`);
  try {
    const fd = yield* sys.open(cacheOf(repository), O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
    yield* sys.write(fd, encode(text));
    sys.close(fd);
  } catch (error) {
    // without the rights it is fetched again next time
    if (!(error instanceof SysError)) throw error;
  }
  return encode(index).length + encode(text).length;
}

export function* cachedPackages(sys: Sys, repository: Repository): Blocking<readonly RepositoryPackage[]> {
  return parsePrimary(repository.id, (yield* readTextFile(sys, cacheOf(repository))) ?? "");
}

/** How many files went. */
export function cleanCache(sys: Sys): number {
  let count = 0;
  try {
    for (const { name } of sys.readdir(CACHE)) {
      if (!name.endsWith(".xml")) continue;
      sys.unlink(`${CACHE}/${name}`);
      count++;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return count;
}
