// apt update: the Release files and indexes of the sources, held against the keys that apt trusts (apt-secure(8)).

import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { keysOf, openSigned, parseMailDate } from "../kit/debian/release-file.ts";
import { FetchError, fetch, sizeText, transfer } from "./_download.ts";
import { PackageLists, upgradable } from "./_lists.ts";
import { lockOrSay } from "./_locks.ts";
import type { AptOptions } from "./_options.ts";
import { isTerminal, problem, say } from "./_say.ts";
import { listName, LISTS, readSources, type Source, suiteShown, suiteUrl } from "./_sources.ts";
import { readingLines } from "./_commands.ts";

const FAILED = 100;

function* trustedKeys(sys: Sys, source: Source): Blocking<Set<string>> {
  let files: string[] = [...source.signedBy];
  if (files.length === 0) {
    files = ["/etc/apt/trusted.gpg"];
    try {
      files.push(...sys.readdir("/etc/apt/trusted.gpg.d").map(({ name }) => name).filter((name) => /\.(gpg|asc)$/.test(name)).map((name) => `/etc/apt/trusted.gpg.d/${name}`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const ids = new Set<string>();
  for (const file of files) for (const key of keysOf(yield* readFile(sys, file))) for (const id of key.ids) ids.add(id);
  return ids;
}

type Verdict = { readonly kind: "good" } | { readonly kind: "unsigned" } | { readonly kind: "bad"; readonly message: string };

function* verify(sys: Sys, source: Source, file: string): Blocking<Verdict> {
  if (source.trusted) return { kind: "good" };
  const { signatures } = openSigned(file);
  if (signatures === undefined || signatures.length === 0) return { kind: "unsigned" };
  const known = yield* trustedKeys(sys, source);
  const bad = signatures.filter(({ key, good }) => known.has(key) && !good);
  if (bad.length > 0) return { kind: "bad", message: `The following signatures were invalid: ${bad.map(({ key }) => `BADSIG ${key}`).join(" ")}` };
  const missing = signatures.filter(({ key }) => !known.has(key));
  if (missing.length === signatures.length) return { kind: "bad", message: `The following signatures couldn't be verified because the public key is not available: ${missing.map(({ key }) => `NO_PUBKEY ${key}`).join(" ")}` };
  return { kind: "good" };
}

/** "3h 24min 5s" */
function span(us: number): string {
  const seconds = Math.max(0, Math.floor(us / 1_000_000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) return `${days}d ${hours}h ${minutes}min ${seconds % 60}s`;
  return hours > 0 ? `${hours}h ${minutes}min ${seconds % 60}s` : minutes > 0 ? `${minutes}min ${seconds % 60}s` : `${seconds % 60}s`;
}

interface Round {
  number: number;
  fetched: number;
  readonly warnings: string[];
  readonly errors: string[];
  readonly notes: string[];
  failedIndexes: boolean;
}

const NOT_SECURE = ["Updating from such a repository can't be done securely, and is therefore disabled by default.", "See apt-secure(8) manpage for repository creation and user configuration details."] as const;

function* readLocal(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const parts: number[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 1 << 16);
    if (bytes.length === 0) break;
    for (const byte of bytes) parts.push(byte);
  }
  sys.close(fd);
  return Uint8Array.from(parts);
}

/** Bytes at a URL, or in a file of this machine. Errors: FetchError. */
export function* obtain(sys: Sys, url: string): Blocking<Uint8Array> {
  const local = /^(?:file|copy):\/{0,2}(\/.*)$/.exec(url)?.[1];
  if (local !== undefined) {
    try {
      return yield* readLocal(sys, local.replace(/\/\.(?=\/|$)/g, ""));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new FetchError(`File not found - ${local} (${error.errno === "EACCES" ? "13" : "2"}: ${error.message})`);
    }
  }
  if (!/^https?:/.test(url)) throw new FetchError(`The method driver /usr/lib/apt/methods/${url.slice(0, url.indexOf(":"))} could not be found.`);
  return yield* fetch(sys, url);
}

/** A line about the progress; -qq wants none. */
function* tell(sys: Sys, options: AptOptions, text: string): Blocking<void> {
  if (options.quiet < 2) yield* say(sys, text);
}

function* updateSuite(sys: Sys, options: AptOptions, round: Round, sources: readonly Source[]): Blocking<void> {
  const [source] = sources;
  if (source === undefined) return;
  const shown = `${source.url} ${source.suite}`;
  const base = suiteUrl(source);
  let body: string | undefined;
  let signed = true;
  let what = "InRelease";
  try {
    body = decode(yield* obtain(sys, `${base}/InRelease`));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    if (!/^404 |^File not found/.test(error.message)) {
      yield* tell(sys, options, `Err:${round.number++} ${shown} InRelease\n  ${error.message}\n`);
      round.warnings.push(`Failed to fetch ${base}/InRelease  ${error.message}`);
      round.failedIndexes = true;
      return;
    }
    yield* tell(sys, options, `Ign:${round.number++} ${shown} InRelease\n`);
    signed = false;
    what = "Release";
    try {
      body = decode(yield* obtain(sys, `${base}/Release`));
    } catch (second) {
      if (!(second instanceof FetchError)) throw second;
      if (!source.trusted && !options.insecureRepositories) {
        yield* tell(sys, options, `Err:${round.number++} ${shown} Release\n  ${second.message}\n`);
        round.errors.push(`The repository '${shown} Release' does not have a Release file.`);
        round.notes.push(...NOT_SECURE);
        return;
      }
      yield* tell(sys, options, `Ign:${round.number++} ${shown} Release\n`);
    }
  }
  const file = `${LISTS}/${listName(source, signed ? "InRelease" : "Release")}`;
  const before = yield* readFile(sys, file);
  if (body !== undefined && body !== before) yield* tell(sys, options, `Get:${round.number++} ${shown} ${what} [${sizeText(encode(body).length)}]\n`);
  const hitNumber = body !== undefined && body === before ? round.number++ : 0;
  if (body !== undefined) {
    const verdict = yield* verify(sys, source, body);
    if (verdict.kind !== "good" && !(verdict.kind === "unsigned" && options.insecureRepositories)) {
      const name = `${shown} ${what}`;
      if (hitNumber > 0) yield* tell(sys, options, `Hit:${hitNumber} ${name}\n`);
      if (verdict.kind === "bad") {
        yield* tell(sys, options, `Err:${hitNumber > 0 ? hitNumber : round.number - 1} ${name}\n  ${verdict.message}\n`);
        if (before !== "") {
          round.warnings.push(`An error occurred during the signature verification. The repository is not updated and the previous index files will be used. GPG error: ${name}: ${verdict.message}`, `Failed to fetch ${base}/${what}  ${verdict.message}`);
          round.failedIndexes = true;
          return;
        }
        round.warnings.push(`GPG error: ${name}: ${verdict.message}`);
      }
      round.errors.push(`The repository '${name}' is not signed.`);
      round.notes.push(...NOT_SECURE);
      return;
    }
    const { text } = openSigned(body);
    const nowUs = sys.clockUs("realtime");
    const dateUs = parseMailDate(/^Date: (.*)$/m.exec(text)?.[1] ?? "");
    const untilUs = parseMailDate(/^Valid-Until: (.*)$/m.exec(text)?.[1] ?? "");
    if (dateUs !== undefined && dateUs > nowUs && options.configuration.flag("Acquire::Check-Date", true)) {
      round.errors.push(`Release file for ${base}/${what} is not valid yet (invalid for another ${span(dateUs - nowUs)}). Updates for this repository will not be applied.`);
      if (hitNumber > 0) yield* tell(sys, options, `Hit:${hitNumber} ${shown} ${what}\n`);
      return;
    }
    if (untilUs !== undefined && untilUs < nowUs && source.checksDate && options.configuration.flag("Acquire::Check-Valid-Until", true)) {
      round.errors.push(`Release file for ${base}/${what} is expired (invalid since ${span(nowUs - untilUs)}). Updates for this repository will not be applied.`);
      if (hitNumber > 0) yield* tell(sys, options, `Hit:${hitNumber} ${shown} ${what}\n`);
      return;
    }
    if (hitNumber > 0) yield* tell(sys, options, `Hit:${hitNumber} ${shown} ${what}\n`);
    else {
      yield* writeFile(sys, file, body);
      round.fetched += encode(body).length;
    }
  }
  const sums = openSigned(body ?? "").text;
  const oldSums = openSigned(before).text;
  for (const one of sources) {
    const path = one.component === "" ? "Packages" : `${one.component}/binary-amd64/Packages`;
    const target = `${LISTS}/${listName(one, "Packages")}`;
    const line = (text: string): string | undefined => text.split("\n").find((row) => row.endsWith(` ${path}`));
    let there = true;
    try {
      sys.stat(target);
    } catch {
      there = false;
    }
    if (there && line(sums) !== undefined && line(sums) === line(oldSums)) continue;
    if (body !== undefined && one.component !== "" && line(sums) === undefined) {
      round.warnings.push(`Skipping acquire of configured file '${path}' as repository '${shown} ${what}' doesn't have the component '${one.component}' (component misspelt in sources.list?)`);
      continue;
    }
    try {
      const index = yield* obtain(sys, `${base}/${path}`);
      if (/^https?:/.test(base)) yield* transfer(sys, index.length);
      yield* tell(sys, options, `Get:${round.number++} ${one.url} ${suiteShown(one)} amd64 Packages [${sizeText(index.length)}]\n`.replace(`${one.suite} amd64 Packages`, one.component === "" ? `${one.suite} Packages` : `${one.suite} amd64 Packages`));
      round.fetched += index.length;
      yield* writeFile(sys, target, decode(index));
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      yield* tell(sys, options, `Err:${round.number++} ${one.url} ${suiteShown(one)} amd64 Packages\n  ${error.message}\n`);
      round.warnings.push(`Failed to fetch ${base}/${path}  ${error.message}`);
      round.failedIndexes = true;
    }
  }
  if (body !== undefined && wantsContents(options)) for (const one of sources) if (one.component !== "") yield* updateContents(sys, options, round, one, base, body !== before);
}

/** The list of files (apt-file's): as 50apt-file.conf asks for it (Acquire::IndexTargets of apt.conf(5)). */
const wantsContents = (options: AptOptions): boolean => options.configuration.get("Acquire::IndexTargets::deb::Contents-deb::MetaKey") !== undefined;
const contentsName = (source: Source): string => listName(source, "Packages").replace(/binary-amd64_Packages$/, "Contents-amd64");

function* updateContents(sys: Sys, options: AptOptions, round: Round, source: Source, base: string, fresh: boolean): Blocking<void> {
  const target = `${LISTS}/${contentsName(source)}`;
  try {
    sys.stat(target);
    if (!fresh) return;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  try {
    const index = yield* obtain(sys, `${base}/${source.component}/Contents-amd64`);
    yield* transfer(sys, index.length);
    yield* tell(sys, options, `Get:${round.number++} ${source.url} ${suiteShown(source)} amd64 Contents (deb) [${sizeText(index.length)}]\n`);
    round.fetched += index.length;
    yield* writeFile(sys, target, decode(index));
  } catch (error) {
    // a mirror may go without
    if (!(error instanceof FetchError)) throw error;
  }
}

/** Indexes of sources that are no longer there go. */
function forgetOthers(sys: Sys, options: AptOptions, sources: readonly Source[]): void {
  const wanted = new Set(sources.flatMap((source) => [listName(source, "InRelease"), listName(source, "Release"), listName(source, "Packages"), ...(wantsContents(options) ? [contentsName(source)] : [])]));
  for (const { name } of sys.readdir(LISTS)) {
    if (name === "lock" || name === "partial" || name === "auxfiles" || wanted.has(name)) continue;
    try {
      if ((sys.stat(`${LISTS}/${name}`).mode & S.IFMT) === S.IFREG) sys.unlink(`${LISTS}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

export function* update(sys: Sys, options: AptOptions): Blocking<number> {
  const done = isTerminal(sys, 1) && options.quiet === 0 ? " Done" : "";
  const reading = `Reading package lists...${done}\n`;
  if (sys.getcred().euid !== 0) yield* tell(sys, options, reading);
  const sources = yield* readSources(sys);
  if (!(yield* lockOrSay(sys, options, `${LISTS}/lock`, `Unable to lock directory ${LISTS}/`))) return FAILED;
  const startUs = sys.clockUs("monotonic");
  const round: Round = { number: 1, fetched: 0, warnings: [], errors: [], notes: [], failedIndexes: false };
  const suites = new Map<string, Source[]>();
  for (const source of sources) {
    const key = `${source.url} ${source.suite}`;
    const known = suites.get(key) ?? [];
    const twin = known.find((one) => one.component === source.component);
    if (twin) round.warnings.push(`Target Packages (${source.component === "" ? "" : `${source.component}/`}binary-amd64/Packages) is configured multiple times in ${twin.place} and ${source.place}`);
    else suites.set(key, [...known, source]);
  }
  for (const group of suites.values()) yield* updateSuite(sys, options, round, group);
  forgetOthers(sys, options, sources);
  if (round.fetched > 0) {
    const seconds = Math.max(1, Math.round((sys.clockUs("monotonic") - startUs) / 1_000_000));
    yield* tell(sys, options, `Fetched ${sizeText(round.fetched)} in ${seconds}s (${sizeText(Math.round(round.fetched / seconds))}/s)\n`);
  }
  const lists = yield* PackageLists.read(sys, undefined);
  if (options.friendly && round.errors.length === 0) {
    yield* readingLines(sys, options, lists);
    const count = upgradable(lists).length;
    yield* say(sys, count === 0 ? "All packages are up to date.\n" : `${count} package${count === 1 ? "" : "s"} can be upgraded. Run 'apt list --upgradable' to see ${count === 1 ? "it" : "them"}.\n`);
  } else if (options.quiet < 2) yield* say(sys, reading);
  for (const warning of round.warnings) yield* problem(sys, options.friendly, warning, "W");
  if (round.failedIndexes) yield* problem(sys, options.friendly, "Some index files failed to download. They have been ignored, or old ones used instead.", "W");
  for (const error of round.errors) yield* problem(sys, options.friendly, error);
  for (const note of new Set(round.notes)) yield* problem(sys, options.friendly, note, "N");
  return round.errors.length > 0 ? FAILED : 0;
}
