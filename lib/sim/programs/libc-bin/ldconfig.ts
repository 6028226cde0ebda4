// ldconfig: links from the libraries' own names to their files, and the cache in which the dynamic linker looks them up.
import { builtVersion } from "../kit/debian/built-version.ts";
import { type Blocking, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { globMatch } from "../kit/glob.ts";
import { flag, gnu, type Io, reason, text, unsimulated, word } from "../kit/gnu.ts";
import { type CachedLibrary, compareLibraries, readLinkerCache, writeLinkerCache } from "./_linker-cache.ts";

const MOST_BYTES = 1 << 20;
/** how the image's /etc/ld.so.cache begins (machine/rootfs/host-files.ts) */
const UNWRITTEN = "ld.so-1.7.0\n";
const ELF_MAGIC = "\u007fELF";
/** What is searched after the directories of the configuration. */
const BUILT_IN = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"];

interface SearchedDirectory {
  readonly path: string;
  /** "/etc/ld.so.conf.d/libc.conf:2" */
  readonly from: string;
}

/** The directories of a configuration file and of those that it includes. */
function* configured(sys: Sys, root: string, file: string, io: Io, depth = 0): Blocking<SearchedDirectory[]> {
  const content = yield* readTextFile(sys, root + file);
  if (content === undefined) {
    yield* io.warn(`Warning: ignoring configuration file that cannot be opened: ${file}: No such file or directory`);
    return [];
  }
  const found: SearchedDirectory[] = [];
  for (const [index, line] of content.split("\n").entries()) {
    const entry = line.replace(/#.*/, "").trim();
    if (entry === "") continue;
    const include = /^include\s+(.+)$/.exec(entry);
    if (include === null) {
      if (entry.startsWith("/")) found.push({ path: entry.replace(/(.)\/+$/, "$1"), from: `${file}:${index + 1}` });
      else yield* io.warn(`${file}:${index + 1}: path \`${entry}' is not absolute`);
      continue;
    }
    for (const pattern of depth > 8 ? [] : (include[1] ?? "").split(/\s+/)) {
      const whole = pattern.startsWith("/") ? pattern : `${file.replace(/\/[^/]*$/, "")}/${pattern}`;
      const directory = whole.replace(/\/[^/]*$/, "") || "/";
      let names: string[];
      try {
        names = sys.readdir(root + directory).map((one) => one.name).filter((name) => !name.startsWith(".") && globMatch(whole.slice(whole.lastIndexOf("/") + 1), name)).sort();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        continue;
      }
      for (const name of names) found.push(...(yield* configured(sys, root, `${directory}/${name}`, io, depth + 1)));
    }
  }
  return found;
}

/** The name that a library gives itself: that of a link to it with the fewest parts, else what the file's own name says before its minor version. */
function sonameOf(name: string, links: readonly string[]): string {
  const [first] = [...links].filter((link) => /\.so\.\d/.test(link)).sort((a, b) => a.length - b.length);
  if (first !== undefined) return first;
  const match = /^(.*\.so\.\d+)(?:\.\d+)*$/.exec(name);
  return match?.[1] ?? name;
}

function* isElf(sys: Sys, path: string): Blocking<boolean> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const magic = decode(yield* sys.read(fd, 4));
  sys.close(fd);
  return magic === ELF_MAGIC;
}

/** Name of each library of a directory and the file that it is; the links are made that are missing or lead to an older version. */
function* librariesOf(sys: Sys, root: string, directory: string, keepLinks: boolean, io: Io): Blocking<ReadonlyMap<string, string>> {
  const files: string[] = [];
  const linksTo = new Map<string, string[]>();
  for (const { name, type } of sys.readdir(root + directory)) {
    if (sys.charge(3)) yield* sys.preempt();
    if (!/^(?:lib|ld-).*\.so(?:\.|$)|^(?:lib|ld-).*\.so$/.test(name)) continue;
    if (type === S.IFREG) files.push(name);
    else if (type === S.IFLNK) {
      const target = sys.readlink(`${root}${directory}/${name}`);
      linksTo.set(target, [...(linksTo.get(target) ?? []), name]);
    }
  }
  const chosen = new Map<string, string>();
  for (const file of files.sort((a, b) => compareLibraries(a, b))) {
    if (sys.charge(20)) yield* sys.preempt();
    try {
      if (!(yield* isElf(sys, `${root}${directory}/${file}`))) {
        if (sys.stat(`${root}${directory}/${file}`).sizeBytes < 16) yield* io.warn(`file ${directory}/${file} is truncated\n`);
        else yield* io.warn(`${directory}/${file} is not an ELF file - it has the wrong magic bytes at the start.\n`);
        continue;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      continue;
    }
    chosen.set(sonameOf(file, linksTo.get(file) ?? []), file);
  }
  const all = new Map(chosen);
  for (const [target, names] of linksTo) for (const name of names) if (files.includes(target) && !chosen.has(name)) all.set(name, target);
  for (const [name, file] of chosen) {
    if (name === file || keepLinks || (linksTo.get(file) ?? []).includes(name)) continue;
    const link = `${root}${directory}/${name}`;
    try {
      if ((sys.lstat(link).mode & S.IFMT) !== S.IFLNK) {
        yield* io.warn(`${directory}/${name} is not a symbolic link\n`);
        continue;
      }
      sys.unlink(link);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    try {
      sys.symlink(file, link);
    } catch (error) {
      yield* io.warn(`Can't link ${directory}/${name} to ${file}: ${reason(error)}`);
    }
  }
  return all;
}

function* standardDirectories(sys: Sys, root: string, configuration: string | undefined, io: Io): Blocking<SearchedDirectory[]> {
  return [...(yield* configured(sys, root, configuration ?? "/etc/ld.so.conf", io)), ...BUILT_IN.map((path) => ({ path, from: "<builtin>:0" }))];
}

/** The libraries of all directories, in the cache's order. */
function* search(sys: Sys, root: string, directories: readonly SearchedDirectory[], { verbose, keepLinks }: { readonly verbose: boolean; readonly keepLinks: boolean }, io: Io): Blocking<CachedLibrary[]> {
  const seen = new Map<string, SearchedDirectory>();
  const libraries: CachedLibrary[] = [];
  for (const directory of directories) {
    let place: string;
    try {
      const { dev, ino } = sys.stat(root + directory.path);
      place = `${dev} ${ino}`;
    } catch (error) {
      if (verbose) yield* io.warn(`Can't stat ${directory.path}: ${reason(error)}`);
      continue;
    }
    const first = seen.get(place);
    if (first !== undefined) {
      if (verbose) yield* io.stderr(`ldconfig: Path \`${directory.path}' given more than once\n(from ${directory.from} and ${first.from})\n`);
      continue;
    }
    seen.set(place, directory);
    if (verbose) io.out.put(`${directory.path}: (from ${directory.from})\n`);
    try {
      for (const [name, file] of yield* librariesOf(sys, root, directory.path, keepLinks, io)) {
        if (verbose) io.out.put(`\t${name} -> ${file}\n`);
        libraries.push({ name, path: `${directory.path}/${name}` });
      }
    } catch (error) {
      yield* io.warn(`Can't open directory ${directory.path}: ${reason(error)}`);
    }
  }
  return libraries.sort((a, b) => -compareLibraries(a.name, b.name));
}

export default gnu({
  name: "ldconfig",
  path: "/sbin/ldconfig",
  usageStatus: 64,
  tryLine: (argv0) => `Try \`${argv0} --help' or \`${argv0} --usage' for more information.\n`,
  manSection: 8,
  summary: "make the cache of shared libraries for the dynamic linker",
  synopsis: ["[OPTION...]"],
  operands: "directories",
  project: "Debian GLIBC 2.36-9+deb12u14",
  version: "2.36",
  options: {
    format: word(["-c", "--format"], "FORMAT", [["new"], ["old"], ["compat"]], "format of the cache; only the new one is written"),
    cache: text(["-C"], "CACHE", "CACHE in place of /etc/ld.so.cache"),
    configuration: text(["-f"], "CONF", "CONF in place of /etc/ld.so.conf"),
    ignoreAuxiliary: flag(["-i", "--ignore-aux-cache"], "read every library anew"),
    manual: unsimulated(["-l"], "make the link for these library files", "links are made for whole directories"),
    only: flag(["-n"], "links for the directories named, and no cache"),
    noCache: flag(["-N"], "only make links"),
    print: flag(["-p", "--print-cache"], "print cache"),
    root: text(["-r"], "ROOT", "everything happens below ROOT"),
    verbose: flag(["-v", "--verbose"], "name every directory and link"),
    keepLinks: flag(["-X"], "leave the symbolic links as they are"),
    usage: flag(["--usage"], "only the synopsis"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.usage) {
      io.out.put("Usage: ldconfig [-ilnNpvX?V] [-c FORMAT] [-C CACHE] [-f CONF] [-r ROOT]\n            [--format=FORMAT] [--ignore-aux-cache] [--print-cache] [--verbose]\n            [--help] [--usage] [--version]\n");
      return 0;
    }
    const root = (options.root ?? "").replace(/\/+$/, "");
    const cacheFile = options.cache ?? "/etc/ld.so.cache";
    const generator = `ldconfig (Debian GLIBC ${(yield* builtVersion(sys)) ?? "2.36-9+deb12u14"}) stable release version 2.36`;
    if (options.print) {
      let fd: number;
      try {
        fd = yield* sys.open(root + cacheFile, O.RDONLY);
      } catch (error) {
        return io.die(`Can't open cache file ${cacheFile}\n: ${reason(error)}`);
      }
      const bytes = yield* sys.read(fd, MOST_BYTES);
      sys.close(fd);
      // a new machine's cache is written by the first call that changes something; until then its list is made when it is asked for
      const cache = decode(bytes).startsWith(UNWRITTEN)
        ? { libraries: yield* search(sys, root, yield* standardDirectories(sys, root, undefined, io), { verbose: false, keepLinks: true }, io), generator }
        : readLinkerCache(bytes);
      if (cache === undefined) return io.die("File is not a cache file.\n");
      io.say(`${cache.libraries.length} libs found in cache \`${cacheFile}'\n`);
      for (const { name, path } of cache.libraries) io.out.put(`\t${name} (libc6,x86-64) => ${path}\n`);
      if (cache.generator !== undefined) io.say(`Cache generated by: ${cache.generator}\n`);
      return 0;
    }
    for (const path of operands) if (!path.startsWith("/") && !options.only) io.die(`relative path \`${path}' used to build cache`);
    const named = operands.map((path) => ({ path: path.replace(/(.)\/+$/, "$1"), from: "<cmdline>:0" }));
    const libraries = yield* search(sys, root, [...named, ...(options.only ? [] : yield* standardDirectories(sys, root, options.configuration, io))], options, io);
    if (options.only || options.noCache) return 0;
    const temporary = `${root}${cacheFile}~`;
    try {
      const fd = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, writeLinkerCache(libraries, generator));
      sys.close(fd);
      sys.rename(temporary, root + cacheFile);
    } catch (error) {
      return io.die(`Can't create temporary cache file ${cacheFile}~: ${reason(error)}`);
    }
    return 0;
  },
});
