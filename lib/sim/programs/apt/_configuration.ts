// apt's configuration tree (apt.conf(5)): defaults, /etc/apt/apt.conf.d, /etc/apt/apt.conf, $APT_CONFIG, then the command line.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";

interface Item {
  /** "" for a member of a list */
  readonly tag: string;
  value: string;
  readonly children: Item[];
}

/** What apt 2.6 sets before it reads a file (apt-config dump). */
const DEFAULTS = `
APT::Architecture=amd64
APT::Build-Essential::=build-essential
APT::Install-Recommends=1
APT::Install-Suggests=0
APT::Sandbox::User=_apt
Dir=/
Dir::State=var/lib/apt
Dir::State::lists=lists/
Dir::State::cdroms=cdroms.list
Dir::State::extended_states=extended_states
Dir::State::status=/var/lib/dpkg/status
Dir::Cache=var/cache/apt
Dir::Cache::archives=archives/
Dir::Cache::srcpkgcache=srcpkgcache.bin
Dir::Cache::pkgcache=pkgcache.bin
Dir::Etc=etc/apt
Dir::Etc::sourcelist=sources.list
Dir::Etc::sourceparts=sources.list.d
Dir::Etc::main=apt.conf
Dir::Etc::netrc=auth.conf
Dir::Etc::netrcparts=auth.conf.d
Dir::Etc::parts=apt.conf.d
Dir::Etc::preferences=preferences
Dir::Etc::preferencesparts=preferences.d
Dir::Etc::trusted=trusted.gpg
Dir::Etc::trustedparts=trusted.gpg.d
Dir::Bin::methods=/usr/lib/apt/methods
Dir::Bin::solvers::=/usr/lib/apt/solvers
Dir::Bin::planners::=/usr/lib/apt/planners
Dir::Bin::dpkg=/usr/bin/dpkg
Dir::Bin::gzip=/bin/gzip
Dir::Bin::bzip2=/bin/bzip2
Dir::Bin::xz=/usr/bin/xz
Dir::Bin::lz4=/usr/bin/lz4
Dir::Bin::zstd=/usr/bin/zstd
Dir::Bin::lzma=/usr/bin/xz
Dir::Media::MountPath=/media/apt
Dir::Log=var/log/apt
Dir::Log::Terminal=term.log
Dir::Log::History=history.log
Dir::Log::Planner=eipp.log.xz
Dir::Ignore-Files-Silently::=~$
Dir::Ignore-Files-Silently::=\\.disabled$
Dir::Ignore-Files-Silently::=\\.bak$
Dir::Ignore-Files-Silently::=\\.dpkg-[a-z]+$
Dir::Ignore-Files-Silently::=\\.ucf-[a-z]+$
Dir::Ignore-Files-Silently::=\\.save$
Dir::Ignore-Files-Silently::=\\.orig$
Dir::Ignore-Files-Silently::=\\.distUpgrade$
Acquire::AllowInsecureRepositories=0
Acquire::AllowWeakRepositories=0
Acquire::AllowDowngradeToInsecureRepositories=0
Acquire::cdrom::mount=/media/cdrom/
Binary=apt
`;
/** What the program called apt sets beside. */
const BINARY_APT = ["APT::Color=1", "APT::Cache::Show::Version=2", "APT::Cache::AllVersions=0", "APT::Cache::ShowVirtuals=1", "APT::Cache::Search::Version=2", "APT::Cache::ShowDependencyType=1", "APT::Cache::ShowVersion=1", "APT::Get::Upgrade-Allow-New=1", "APT::Get::Update::InteractiveReleaseInfoChanges=1", "APT::Cmd::Show-Update-Stats=1", "APT::Cmd::Pattern-Only=1", "APT::Keep-Downloaded-Packages=0", "DPkg::Progress-Fancy=1", "DPkg::Lock::Timeout=120"] as const;

export class ConfigurationError extends Error {}

export class Configuration {
  readonly #root: Item = { tag: "", value: "", children: [] };

  /** "A::B" is set, "A::B::" gets one more member. */
  set(name: string, value: string): void {
    let item = this.#root;
    for (const tag of name.split("::")) {
      let next = tag === "" ? undefined : item.children.find((one) => one.tag.toLowerCase() === tag.toLowerCase());
      if (next === undefined) item.children.push((next = { tag, value: "", children: [] }));
      item = next;
    }
    item.value = value;
  }

  #find(name: string): Item | undefined {
    let item: Item | undefined = this.#root;
    for (const tag of name.split("::")) item = item?.children.find((one) => one.tag !== "" && one.tag.toLowerCase() === tag.toLowerCase());
    return item;
  }

  clear(name: string): void {
    const item = this.#find(name);
    if (item === undefined) return;
    item.value = "";
    item.children.length = 0;
  }

  get(name: string): string | undefined {
    const item = this.#find(name);
    return item === undefined || (item.value === "" && item.children.length > 0) ? undefined : item.value;
  }

  list(name: string): readonly string[] {
    return this.#find(name)?.children.map((one) => one.value) ?? [];
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.get(name)?.toLowerCase();
    if (value === undefined || value === "") return otherwise;
    if (["1", "yes", "true", "with", "on", "enable"].includes(value)) return true;
    return ["0", "no", "false", "without", "off", "disable"].includes(value) ? false : Number(value) > 0 || otherwise;
  }

  number(name: string, otherwise: number): number {
    const value = this.get(name);
    return value === undefined || !/^-?\d+$/.test(value) ? otherwise : Number(value);
  }

  /** A directory or file of Dir::…, as its parents make it whole. */
  file(name: string): string {
    const parts: string[] = [];
    for (let at = name; at !== ""; at = at.includes("::") ? at.slice(0, at.lastIndexOf("::")) : "") {
      const value = this.#find(at)?.value ?? "";
      parts.unshift(value);
      if (value.startsWith("/")) break;
    }
    return parts.join("/").replace(/\/+/g, "/").replace(/\/$/, "");
  }

  dump(below = ""): string {
    const lines: string[] = [];
    const walk = (item: Item, prefix: string): void => {
      for (const child of item.children) {
        const name = prefix === "" ? child.tag : `${prefix}::${child.tag}`;
        lines.push(`${name} "${child.value}";`);
        walk(child, name);
      }
    };
    const start = below === "" ? this.#root : this.#find(below);
    if (start === undefined) return "";
    if (below !== "") lines.push(`${below} "${start.value}";`);
    walk(start, below);
    return lines.map((line) => `${line}\n`).join("");
  }

  /** Errors: ConfigurationError. */
  parse(text: string, file: string): void {
    const tokens = [...text.matchAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|#(?!clear|include)[^\n]*|"((?:[^"\\]|\\.)*)"|[{};]|[^\s{};"]+|\n/g)];
    let line = 1;
    const stack: string[] = [];
    let words: string[] = [];
    const full = (tag: string): string => [...stack, tag].filter((one) => one !== "").join("::");
    for (const token of tokens) {
      const [word, quotedText] = token;
      if (word === "\n" || word.startsWith("/") && /^\/[/*]/.test(word) || (word.startsWith("#") && !/^#(?:clear|include)/.test(word))) {
        line += word.split("\n").length - 1;
        continue;
      }
      if (word === "{") {
        stack.push(words[0] ?? "");
        words = [];
      } else if (word === "}") {
        if (stack.length === 0) throw new ConfigurationError(`Syntax error ${file}:${line}: Extra junk at end of file`);
        stack.pop();
        words = [];
      } else if (word === ";") {
        const [tag, value] = words;
        if (tag === "#clear") this.clear(full(value ?? ""));
        else if (tag !== undefined && value === undefined) this.set(stack.length > 0 ? `${full("")}::` : tag, stack.length > 0 ? tag : "");
        else if (tag !== undefined) this.set(full(tag), value ?? "");
        words = [];
      } else words.push(quotedText ?? word);
    }
    if (stack.length > 0 || words.length > 0) throw new ConfigurationError(`Syntax error ${file}:${line}: Extra junk at end of file`);
  }
}

/** Errors: ConfigurationError. */
export function* readConfiguration(sys: Sys, configuration: Configuration, binary: string): Blocking<void> {
  const assign = (line: string): void => configuration.set(line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1));
  for (const line of DEFAULTS.trim().split("\n")) assign(line);
  configuration.set("Binary", binary);
  if (binary === "apt") for (const line of BINARY_APT) assign(line);
  let names: string[] = [];
  try {
    names = sys.readdir("/etc/apt/apt.conf.d").map(({ name }) => name).filter((name) => /^[\w-]+(\.conf)?$/.test(name)).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const file of [...names.map((name) => `/etc/apt/apt.conf.d/${name}`), "/etc/apt/apt.conf", ...(sys.environment.has("APT_CONFIG") ? [sys.environment.get("APT_CONFIG") ?? ""] : [])]) configuration.parse(yield* readFile(sys, file), file);
}
