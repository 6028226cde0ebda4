// /var/lib/dpkg as dpkg and apt read and write it.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { formatParagraph, type Paragraph, paragraphsOf, parseParagraphs } from "./deb822.ts";

export const DPKG = "/var/lib/dpkg";

/** What is no text (/dev/zero) is not waited for to its end. */
const LONGEST_LINE_BYTES = 1 << 20;
/** Beyond any list of packages: memory of the process, which ends. */
const ACCOUNTED_FROM_BYTES = 16 << 20;
/** What is read between two chances for others. */
const PIECE_BYTES = 65_536;

/** Errors: SysError, but "" when it does not exist. */
export function* readFile(sys: Sys, path: string): Blocking<string> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const parts: string[] = [];
    // whole lines are decoded; what a piece ends in waits for the next
    let rest: Uint8Array = new Uint8Array(0);
    for (let sizeBytes = 0; ; ) {
      const bytes = yield* sys.read(fd, PIECE_BYTES);
      if (bytes.length === 0) break;
      const whole = new Uint8Array(rest.length + bytes.length);
      whole.set(rest);
      whole.set(bytes, rest.length);
      const newline = whole.lastIndexOf(10);
      const end = newline < 0 && whole.length > LONGEST_LINE_BYTES ? whole.length : newline + 1;
      parts.push(decode(whole.subarray(0, end)));
      rest = whole.subarray(end);
      sizeBytes += bytes.length;
      if (sizeBytes > ACCOUNTED_FROM_BYTES) sys.allocate(2 * bytes.length);
      if (sys.charge(bytes.length >> 9)) yield* sys.preempt();
    }
    sys.close(fd);
    parts.push(decode(rest));
    return parts.join("");
  } catch (error) {
    if (error instanceof SysError && error.errno === "ENOENT") return "";
    throw error;
  }
}

export function* writeFile(sys: Sys, path: string, text: string, mode = 0o644): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, mode);
  const bytes = encode(text);
  if (sys.charge(bytes.length >> 10)) yield* sys.preempt();
  yield* sys.write(fd, bytes);
  sys.close(fd);
}

const UPDATES = `${DPKG}/updates`;

function journalFiles(sys: Sys): string[] {
  try {
    return sys.readdir(UPDATES).map(({ name }) => name).filter((name) => /^\d+$/.test(name)).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** Packages that are written between two chances for others. */
const PIECE_PACKAGES = 64;

export class DpkgDatabase {
  readonly packages: Map<string, Map<string, string>>;
  #noted = 0;

  constructor(paragraphs: readonly Paragraph[]) {
    this.packages = new Map(paragraphs.map((paragraph) => [paragraph.get("Package") ?? "", new Map(paragraph)]));
  }

  /** The status file with what a dpkg that did not come to its end has noted beside it. */
  static *read(sys: Sys): Blocking<DpkgDatabase> {
    const text = yield* readFile(sys, `${DPKG}/status`);
    const paragraphs = yield* paragraphsOf(sys, text);
    const journal = journalFiles(sys);
    for (const name of journal) paragraphs.push(...parseParagraphs(yield* readFile(sys, `${UPDATES}/${name}`)));
    const database = new DpkgDatabase(paragraphs);
    for (const [name, paragraph] of database.packages) if (paragraph.get("Status") === "purge ok not-installed" || paragraph.get("Status") === "install ok not-installed") database.packages.delete(name);
    database.#noted = journal.length;
    return database;
  }

  /** "installed", "config-files", "unpacked"…; undefined for an unknown package. */
  state(name: string): string | undefined {
    const status = this.packages.get(name)?.get("Status");
    return status?.slice(status.lastIndexOf(" ") + 1);
  }

  installed(name: string): boolean {
    const state = this.state(name);
    return state === "installed" || state === "triggers-pending" || state === "triggers-awaiting";
  }

  version(name: string): string | undefined {
    const state = this.state(name);
    return state === undefined || state === "config-files" || state === "not-installed" ? undefined : this.packages.get(name)?.get("Version");
  }

  setState(name: string, status: string): void {
    this.packages.get(name)?.set("Status", status);
  }

  /** Changes the state and leaves the wish (hold) as it is. */
  enter(name: string, state: string, error: "ok" | "reinstreq" = "ok"): void {
    const want = this.packages.get(name)?.get("Status")?.split(" ")[0] ?? "install";
    this.setState(name, `${want} ${error} ${state}`);
  }

  /** What dpkg is about to do with a package, in a file of its own: it is there when dpkg is not any more. */
  *note(sys: Sys, name: string): Blocking<void> {
    const paragraph = this.packages.get(name) ?? new Map([["Package", name], ["Status", "purge ok not-installed"]]);
    yield* writeFile(sys, `${UPDATES}/${String(this.#noted++).padStart(4, "0")}`, formatParagraph(paragraph));
  }

  *write(sys: Sys): Blocking<void> {
    const sorted = [...this.packages].sort(([a], [b]) => (a < b ? -1 : 1));
    const parts: string[] = [];
    for (let at = 0; at < sorted.length; at += PIECE_PACKAGES) {
      parts.push(sorted.slice(at, at + PIECE_PACKAGES).map(([, paragraph]) => formatParagraph(paragraph)).join("\n"));
      if (sys.charge(PIECE_PACKAGES)) yield* sys.preempt();
    }
    yield* writeFile(sys, `${DPKG}/status-new`, `${parts.join("\n")}\n`);
    try {
      sys.rename(`${DPKG}/status`, `${DPKG}/status-old`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.rename(`${DPKG}/status-new`, `${DPKG}/status`);
    for (const name of journalFiles(sys)) sys.unlink(`${UPDATES}/${name}`);
    this.#noted = 0;
  }
}

/** "name:amd64" of packages that can be there for several architectures. */
export function qualifiedName(paragraph: Paragraph): string {
  return paragraph.get("Multi-Arch") === "same" ? `${paragraph.get("Package") ?? ""}:${paragraph.get("Architecture") ?? ""}` : (paragraph.get("Package") ?? "");
}

/** The name of its files in info/: NAME, or NAME:amd64 for shared libraries. */
export function infoPath(sys: Sys, name: string, kind: string): string {
  const qualified = `${DPKG}/info/${name}:amd64.${kind}`;
  try {
    sys.stat(qualified);
    return qualified;
  } catch {
    return `${DPKG}/info/${name}.${kind}`;
  }
}

/** Files and directories that all packages together have: dpkg's "Reading database". */
export function* countFiles(sys: Sys): Blocking<number> {
  const paths = new Set<string>();
  for (const { name } of sys.readdir(`${DPKG}/info`)) {
    if (!name.endsWith(".list")) continue;
    if (sys.charge(20)) yield* sys.preempt();
    for (const line of (yield* readFile(sys, `${DPKG}/info/${name}`)).split("\n")) if (line !== "") paths.add(line);
  }
  return paths.size;
}

/** Takes a lock file; false when another process holds it. Errors: SysError EACCES. */
export function* takeLock(sys: Sys, path: string): Blocking<boolean> {
  const fd = yield* sys.open(path, O.RDWR | O.CREAT | O.CLOEXEC, 0o640);
  try {
    yield* sys.flock(fd, "exclusive", true);
    return true;
  } catch (error) {
    if (error instanceof SysError && error.errno === "EAGAIN") return false;
    throw error;
  }
}
