// Installing, upgrading and erasing packages of rpm.
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { parseArchive } from "../kit/cpio-archive.ts";
import { Sha256 } from "../kit/digest/sha256.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { nameExists } from "../kit/presence.ts";
import { readAll } from "../rpm2cpio/_read-all.ts";
import { type RpmFile, type RpmHeader, TAG, unpackPayload } from "../rpm2cpio/_rpm-file.ts";

export const CONFIG = 1;
export const DOC = 2;
const NOREPLACE = 16;
const SENSE_EQUAL = 8;

/** "name <= version" of the lists of requires and provides. */
export function dependencies(header: RpmHeader, kind: "require" | "provide"): readonly string[] {
  const [names, flags, versions] = kind === "require" ? [TAG.REQUIRENAME, TAG.REQUIREFLAGS, TAG.REQUIREVERSION] : [TAG.PROVIDENAME, TAG.PROVIDEFLAGS, TAG.PROVIDEVERSION];
  const [senses, wanted] = [header.numbers(flags), header.strings(versions)];
  return header.strings(names).map((name, at) => {
    const sense = (senses[at] ?? 0) & 14;
    const version = wanted[at] ?? "";
    return sense === 0 || version === "" ? name : `${name} ${sense & 2 ? "<" : ""}${sense & 4 ? ">" : ""}${sense & SENSE_EQUAL ? "=" : ""} ${version}`;
  });
}

/** What nobody of them gives. */
export function unsatisfied(header: RpmHeader, others: readonly RpmHeader[]): readonly string[] {
  const given = new Set(others.flatMap((one) => [...one.strings(TAG.PROVIDENAME), ...one.fileNames]));
  const names = header.strings(TAG.REQUIRENAME);
  return [...new Set(dependencies(header, "require").filter((_, at) => !(names[at] ?? "").startsWith("rpmlib(") && !given.has(names[at] ?? "")))];
}

export function digestOf(header: RpmHeader, bytes: Uint8Array): string {
  const hash = header.numbers(TAG.FILEDIGESTALGO)[0] === 8 ? new Sha256() : new Md5();
  hash.update(bytes);
  return toHex(hash.digest());
}

export function* runScript(sys: Sys, script: string | undefined, count: number): Blocking<boolean> {
  if (script === undefined) return true;
  const pid = sys.fork(function* (child) {
    child.chdir("/");
    try {
      return yield* child.exec("/bin/sh", ["sh", "-c", script, "sh", String(count)], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" && waited.status.status === 0;
}

function makeParents(sys: Sys, path: string): void {
  for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
    try {
      sys.mkdir(path.slice(0, at), 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}

function* contentOf(sys: Sys, path: string): Blocking<Uint8Array | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    const bytes = yield* readAll(sys, fd);
    sys.close(fd);
    return bytes;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

/** Puts the files in place; returns warnings. */
export function* unpackFiles(sys: Sys, file: RpmFile, root: string): Blocking<readonly string[]> {
  const { header } = file;
  const warnings: string[] = [];
  const accounts = yield* Accounts.read(sys);
  const entries = new Map((parseArchive(yield* unpackPayload(file)) ?? []).map((entry) => [entry.name.replace(/^\.?\/*/, "/"), entry]));
  const [modes, flags, times, users, groups, links] = [header.numbers(TAG.FILEMODES), header.numbers(TAG.FILEFLAGS), header.numbers(TAG.FILEMTIMES), header.strings(TAG.FILEUSERNAME), header.strings(TAG.FILEGROUPNAME), header.strings(TAG.FILELINKTOS)];
  for (const [at, name] of header.fileNames.entries()) {
    if (sys.charge(50)) yield* sys.preempt();
    const mode = modes[at] ?? 0o100644;
    let path = `${root}${name}`;
    makeParents(sys, path);
    if ((mode & S.IFMT) === S.IFDIR) {
      try {
        sys.mkdir(path, mode & 0o7777);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
      continue;
    }
    if ((mode & S.IFMT) === S.IFLNK) {
      if (nameExists(sys, path)) sys.unlink(path);
      sys.symlink(links[at] ?? "", path);
      continue;
    }
    const bytes = entries.get(name)?.bytes ?? new Uint8Array(0);
    if (((flags[at] ?? 0) & CONFIG) !== 0) {
      const own = yield* contentOf(sys, path);
      if (own !== undefined && digestOf(header, own) !== digestOf(header, bytes)) {
        if (((flags[at] ?? 0) & NOREPLACE) !== 0) {
          path = `${path}.rpmnew`;
          warnings.push(`warning: ${name} created as ${name}.rpmnew`);
        } else {
          sys.rename(path, `${path}.rpmorig`);
          warnings.push(`warning: ${name} saved as ${name}.rpmorig`);
        }
      }
    }
    if (nameExists(sys, path)) sys.unlink(path);
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode & 0o7777);
    yield* sys.write(fd, bytes);
    sys.fchown(fd, accounts.userByName(users[at] ?? "root")?.uid ?? 0, accounts.groupByName(groups[at] ?? "root")?.gid ?? 0);
    sys.fchmod(fd, mode & 0o7777);
    sys.close(fd);
    const timeUs = (times[at] ?? 0) * 1e6;
    sys.utimes(path, timeUs, timeUs);
  }
  return warnings;
}

/** Takes the files away, but for those of other packages; returns warnings. */
export function* removeFiles(sys: Sys, header: RpmHeader, others: readonly RpmHeader[], root: string): Blocking<readonly string[]> {
  const warnings: string[] = [];
  const kept = new Set(others.flatMap((one) => one.fileNames));
  const [modes, flags, digests] = [header.numbers(TAG.FILEMODES), header.numbers(TAG.FILEFLAGS), header.strings(TAG.FILEDIGESTS)];
  for (const [at, name] of [...header.fileNames.entries()].reverse()) {
    if (kept.has(name)) continue;
    const path = `${root}${name}`;
    try {
      if (((modes[at] ?? 0) & S.IFMT) === S.IFDIR) sys.rmdir(path);
      else {
        const own = ((flags[at] ?? 0) & CONFIG) === 0 ? undefined : yield* contentOf(sys, path);
        if (own !== undefined && digestOf(header, own) !== digests[at]) {
          sys.rename(path, `${path}.rpmsave`);
          warnings.push(`warning: ${name} saved as ${name}.rpmsave`);
        } else sys.unlink(path);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOTEMPTY") warnings.push(`warning: file ${name.slice(name.lastIndexOf("/") + 1)}: remove failed: ${error.message}`);
    }
  }
  return warnings;
}

/** The nine marks of rpm -V for each file that differs ("S.5....T.  c /etc/x"). */
export function* verifyFiles(sys: Sys, header: RpmHeader, root: string): Blocking<readonly string[]> {
  const lines: string[] = [];
  const accounts = yield* Accounts.read(sys);
  const [modes, flags, times, users, groups, links, sizes, digests] = [header.numbers(TAG.FILEMODES), header.numbers(TAG.FILEFLAGS), header.numbers(TAG.FILEMTIMES), header.strings(TAG.FILEUSERNAME), header.strings(TAG.FILEGROUPNAME), header.strings(TAG.FILELINKTOS), header.numbers(TAG.FILESIZES), header.strings(TAG.FILEDIGESTS)];
  for (const [at, name] of header.fileNames.entries()) {
    const path = `${root}${name}`;
    const letter = ((flags[at] ?? 0) & CONFIG) !== 0 ? "c" : ((flags[at] ?? 0) & DOC) !== 0 ? "d" : " ";
    if (!nameExists(sys, path)) {
      lines.push(`missing   ${letter} ${name}`);
      continue;
    }
    const stat = sys.lstat(path);
    const mode = modes[at] ?? 0;
    const plain = (mode & S.IFMT) === S.IFREG;
    const link = (mode & S.IFMT) === S.IFLNK;
    const marks = [
      plain && stat.sizeBytes !== (sizes[at] ?? 0) ? "S" : ".", !link && stat.mode !== mode ? "M" : ".", plain && digestOf(header, (yield* contentOf(sys, path)) ?? new Uint8Array(0)) !== digests[at] ? "5" : ".", ".", link && sys.readlink(path) !== links[at] ? "L" : ".",
      stat.uid !== (accounts.userByName(users[at] ?? "root")?.uid ?? 0) ? "U" : ".", stat.gid !== (accounts.groupByName(groups[at] ?? "root")?.gid ?? 0) ? "G" : ".", plain && Math.floor(stat.mtimeUs / 1e6) !== (times[at] ?? 0) ? "T" : ".", ".",
    ].join("");
    if (marks !== ".........") lines.push(`${marks}  ${letter} ${name}`);
  }
  return lines;
}
