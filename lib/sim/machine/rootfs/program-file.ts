// The binary file that stands for a simulated program, and the libraries that it says it needs.
import { DYNAMIC_LINKER, type Executable } from "../../kernel/executable.ts";
import { libraryTable, programTable } from "./program-facts.ts";
import type { RootFile } from "./frozen-root.ts";
import { residentBytesOf } from "./resident-memory.ts";

interface ProgramFacts {
  readonly sizeBytes: number;
  readonly needed: readonly string[];
}

interface LibraryFacts extends ProgramFacts {
  readonly file: string;
  readonly links: readonly string[];
}

const list = (text: string | undefined): readonly string[] => (text === undefined || text === "-" ? [] : text.split(","));

let programs: Map<string, ProgramFacts> | undefined;
let libraries: Map<string, LibraryFacts[]> | undefined;

function programFacts(path: string): ProgramFacts | undefined {
  programs ??= new Map(programTable.trim().split("\n").map((line) => {
    const [name = "", size = "0", needed] = line.split(" ");
    return [name, { sizeBytes: Number(size), needed: list(needed) }];
  }));
  return programs.get(path.replace(/^\/(?=s?bin\/)/, "/usr/"));
}

function librariesOf(packageName: string): readonly LibraryFacts[] {
  if (libraries === undefined) {
    libraries = new Map();
    for (const line of libraryTable.trim().split("\n")) {
      const [owner = "", file = "", size = "0", links, needed] = line.split(" ");
      const facts = { file, sizeBytes: Number(size), links: list(links), needed: list(needed) };
      const known = libraries.get(owner);
      if (known === undefined) libraries.set(owner, [facts]);
      else known.push(facts);
    }
  }
  return libraries.get(packageName) ?? [];
}

let libraryNames: ReadonlyMap<string, LibraryFacts> | undefined;

function libraryNamed(name: string): LibraryFacts | undefined {
  if (libraryNames === undefined) {
    librariesOf("");
    const known = new Map<string, LibraryFacts>();
    for (const list of (libraries ?? new Map<string, LibraryFacts[]>()).values()) for (const facts of list) for (const one of [facts.file, ...facts.links]) known.set(one, facts);
    libraryNames = known;
  }
  return libraryNames.get(name);
}

/** Libraries in private directories (systemd's, sudo's) are left out: only what the dynamic linker's own directories hold is checked. */
function isKnownLibrary(name: string): boolean {
  return libraryNamed(name) !== undefined;
}

/** Forty hexadecimal digits from the identifier. */
function buildIdOf(id: string): string {
  let text = "";
  for (let round = 0; text.length < 40; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
    text += (hash >>> 0).toString(16).padStart(8, "0");
  }
  return text;
}

const defaultSizeBytes = 35_064;

/** The libraries that a program maps, those of its libraries too. */
function libraryBytes(needed: readonly string[]): number {
  const mapped = new Set<LibraryFacts>();
  const waiting = [...needed, "ld-linux-x86-64.so.2"];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const facts = libraryNamed(name);
    if (facts === undefined || mapped.has(facts)) continue;
    mapped.add(facts);
    waiting.push(...facts.needed);
  }
  let total = 0;
  for (const { sizeBytes } of mapped) total += sizeBytes;
  return total;
}

export function executableOf(id: string, path: string): Executable {
  const facts = programFacts(path);
  const isStatic = id.startsWith("busybox-static/") || id === "docker.io/docker-init";
  const needed = isStatic ? [] : (facts?.needed.filter(isKnownLibrary) ?? ["libc.so.6"]);
  const sizeBytes = facts?.sizeBytes ?? defaultSizeBytes;
  return {
    program: id, kind: "program", interpreter: isStatic ? undefined : DYNAMIC_LINKER, needed, sizeBytes, residentBytes: residentBytesOf(path, sizeBytes + (isStatic ? 0 : libraryBytes(needed))), buildId: buildIdOf(id),
  };
}

const libraryDirectory = "/lib/x86_64-linux-gnu";

/** The shared libraries of a package; libc6 brings the dynamic linker too. */
export function libraryFiles(packageName: string): readonly RootFile[] {
  const files: RootFile[] = [];
  for (const facts of librariesOf(packageName)) {
    const program = `library/${facts.file}`;
    files.push({
      path: `${libraryDirectory}/${facts.file}`, mode: facts.file === "libc.so.6" || facts.file.startsWith("ld-linux") ? 0o755 : 0o644,
      executable: { program, kind: "library", interpreter: undefined, needed: facts.needed, sizeBytes: facts.sizeBytes, residentBytes: 0, buildId: buildIdOf(program) },
    });
    for (const link of facts.links) if (link !== facts.file) files.push({ path: `${libraryDirectory}/${link}`, symlink: facts.file });
  }
  if (packageName === "libc6") files.push({ path: "/lib64/ld-linux-x86-64.so.2", symlink: "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" });
  return files;
}
