// Where packages come from: /etc/apt/sources.list, sources.list.d/*.list (one line a source) and *.sources (paragraphs), sources.list(5).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseParagraphs } from "../kit/debian/deb822.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";

export const LISTS = "/var/lib/apt/lists";

export interface Source {
  /** without trailing slash */
  readonly url: string;
  readonly suite: string;
  /** "" in a flat repository, whose suite is a directory ("./") */
  readonly component: string;
  /** [trusted=yes]: no signature needed */
  readonly trusted: boolean;
  /** files of keys instead of apt's own; empty: those of /etc/apt/trusted.gpg.d */
  readonly signedBy: readonly string[];
  /** [check-valid-until=no] */
  readonly checksDate: boolean;
  /** where it stands: "/etc/apt/sources.list:1" */
  readonly place: string;
}

/** A malformed entry. Its message is apt's, without "E: ". */
export class SourcesError extends Error {}

const yes = (text: string | undefined): boolean => ["yes", "true", "with", "on", "enable", "1"].includes(text ?? "");
const no = (text: string | undefined): boolean => ["no", "false", "without", "off", "disable", "0"].includes(text ?? "");

interface Entry {
  readonly url: string;
  readonly suite: string;
  readonly components: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly place: string;
}

function sourcesOf(entry: Entry): Source[] {
  const { options } = entry;
  const architectures = options.get("arch")?.split(/[, ]+/);
  if (architectures && !architectures.includes("amd64")) return [];
  const common = { url: entry.url.replace(/\/$/, ""), suite: entry.suite, trusted: yes(options.get("trusted")), signedBy: (options.get("signed-by") ?? "").split(/[, ]+/).filter((one) => one !== ""), checksDate: !no(options.get("check-valid-until")), place: entry.place };
  return entry.suite.endsWith("/") ? [{ ...common, component: "" }] : entry.components.map((component) => ({ ...common, component }));
}

function lineEntry(line: string, file: string, number: number): Entry | undefined {
  const place = `${file}:${number}`;
  const malformed = (what: string): SourcesError => new SourcesError(`Malformed entry ${number} in list file ${file} (${what})`);
  const match = /^(\S+)\s*(?:\[([^\]]*)\]\s*)?(.*)$/.exec(line);
  if (match?.[1] === "deb-src") return undefined;
  if (match?.[1] !== "deb") throw new SourcesError(`Type '${match?.[1] ?? ""}' is not known on line ${number} in source list ${file}`);
  if (line.includes("[") && match[2] === undefined && /^deb\s*\[/.test(line)) throw malformed("[option] unparseable");
  const [url, suite, ...components] = (match[3] ?? "").split(/\s+/).filter((one) => one !== "");
  if (url === undefined) throw malformed("URI");
  if (!/^[a-z+]+:/.test(url)) throw malformed("URI parse");
  if (suite === undefined) throw malformed("Suite");
  if (!suite.endsWith("/") && components.length === 0) throw malformed("Component");
  if (suite.endsWith("/") && components.length > 0) throw malformed("absolute Suite Component");
  const options = new Map((match[2] ?? "").split(/\s+/).filter((one) => one !== "").map((one): [string, string] => [one.slice(0, one.indexOf("=")).toLowerCase(), one.slice(one.indexOf("=") + 1)]));
  return { url, suite, components, options, place };
}

function* linesOf(sys: Sys, file: string): Blocking<Source[]> {
  const sources: Source[] = [];
  for (const [index, raw] of (yield* readFile(sys, file)).split("\n").entries()) {
    const line = (raw.split("#")[0] ?? "").trim();
    const entry = line === "" ? undefined : lineEntry(line, file, index + 1);
    if (entry) sources.push(...sourcesOf(entry));
  }
  return sources;
}

function* paragraphsOf(sys: Sys, file: string): Blocking<Source[]> {
  const sources: Source[] = [];
  const text = (yield* readFile(sys, file)).split("\n").filter((line) => !line.startsWith("#")).join("\n");
  for (const [index, fields] of parseParagraphs(text).entries()) {
    const list = (name: string): string[] => (fields.get(name) ?? "").split(/\s+/).filter((one) => one !== "");
    const malformed = (what: string): SourcesError => new SourcesError(`Malformed entry ${index + 1} in sources file ${file} (${what})`);
    if (list("Types").length === 0) throw malformed("Types");
    if (no(fields.get("Enabled"))) continue;
    if (list("URIs").length === 0) throw malformed("URI");
    if (list("Suites").length === 0) throw malformed("Suite");
    if (!list("Types").includes("deb")) continue;
    const options = new Map([["signed-by", list("Signed-By").join(" ")], ["trusted", fields.get("Trusted") ?? ""], ["check-valid-until", fields.get("Check-Valid-Until") ?? ""], ...(fields.has("Architectures") ? [["arch", list("Architectures").join(" ")] as const] : [])]);
    for (const url of list("URIs")) for (const suite of list("Suites")) {
      if (!suite.endsWith("/") && list("Components").length === 0) throw malformed("Component");
      sources.push(...sourcesOf({ url, suite, components: list("Components"), options, place: `${file}:${index + 1}` }));
    }
  }
  return sources;
}

/** Errors: SourcesError. */
export function* readSources(sys: Sys): Blocking<Source[]> {
  const sources = yield* linesOf(sys, "/etc/apt/sources.list");
  let names: string[] = [];
  try {
    names = sys.readdir("/etc/apt/sources.list.d").map(({ name }) => name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of names) {
    const file = `/etc/apt/sources.list.d/${name}`;
    if (name.endsWith(".list")) sources.push(...(yield* linesOf(sys, file)));
    else if (name.endsWith(".sources")) sources.push(...(yield* paragraphsOf(sys, file)));
  }
  return sources;
}

/** Whether a deb-src line is there: what apt source asks for. */
export function* hasSourceEntries(sys: Sys): Blocking<boolean> {
  return /^deb-src\s/m.test(yield* readFile(sys, "/etc/apt/sources.list"));
}

/** Where the suite's Release is: "http://mirror.lan/debian/dists/bookworm". */
export function suiteUrl(source: Source): string {
  return source.suite.endsWith("/") ? `${source.url}/${source.suite.replace(/\/$/, "")}` : `${source.url}/dists/${source.suite}`;
}

/** "mirror.lan_debian_dists_bookworm_main_binary-amd64_Packages" */
export function listName(source: Source, file: "InRelease" | "Release" | "Packages"): string {
  const base = (source.suite.endsWith("/") ? `${source.url}/${source.suite}` : `${source.url}/dists/${source.suite}/`).replace(/^[a-z+]+:\/{0,2}/, "").replaceAll("/", "_");
  return file === "Packages" && source.component !== "" ? `${base}${source.component}_binary-amd64_Packages` : `${base}${file}`;
}

/** "bookworm/main" of Get: lines and policy; a flat repository has only its directory. */
export function suiteShown(source: Source): string {
  return source.component === "" ? source.suite : `${source.suite}/${source.component}`;
}
