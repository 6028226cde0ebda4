// A process with files and nothing else, in which the recorded programs run.

import { type Blocking, decode, encode, O, S, type Stat, SysError, type Sys } from "../../../kernel/sys.ts";

class FileNode {
  bytes: Uint8Array = new Uint8Array(0);
  mode = 0o644;
  mtimeUs = 0;
}

interface OpenFile {
  readonly file: FileNode;
  at: number;
  readonly append: boolean;
}

export class TestSys {
  readonly files = new Map<string, FileNode>();
  readonly folders = new Set<string>(["/", "/tmp", "/work"]);
  readonly out: [Uint8Array[], Uint8Array[]] = [[], []];
  readonly #open = new Map<number, OpenFile>();
  readonly #copies = new Map<number, number>();
  #steps = 0;
  readonly environment = new Map([["PATH", "/usr/bin:/bin"], ["HOME", "/root"], ["TZ", "UTC"], ["LANG", "C.UTF-8"]]);
  readonly limit: number;

  constructor(stdin: string, files: Readonly<Record<string, string>>, limit = 3_000_000) {
    this.limit = limit;
    const input = new FileNode();
    input.bytes = encode(stdin);
    this.#open.set(0, { file: input, at: 0, append: false });
    for (const [name, text] of Object.entries(files)) this.#put(this.#path(name), encode(text));
  }

  #put(path: string, bytes: Uint8Array): FileNode {
    const node = new FileNode();
    node.bytes = new Uint8Array(bytes);
    this.files.set(path, node);
    for (let cut = path.lastIndexOf("/"); cut > 0; cut = path.lastIndexOf("/", cut - 1)) this.folders.add(path.slice(0, cut));
    return node;
  }

  #path(name: string): string {
    const parts: string[] = [];
    for (const part of (name.startsWith("/") ? name : `/work/${name}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }

  /** As the kernel's interface: what the recorded programs use of it. */
  get sys(): Sys {
    const self = this;
    const calls = {
      environment: this.environment,
      getpid: () => 4242,
      getppid: () => 1,
      getcred: () => ({ ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [0] }),
      charge: (steps: number) => {
        self.#steps += steps;
        if (self.#steps > self.limit) throw new Error("too many steps");
        return false;
      },
      *preempt(): Blocking<void> {},
      allocate: () => undefined,
      takeSignals: () => [],
      sigaction: () => "default",
      clockUs: () => 1_795_000_000_000_000,
      random: (length: number) => new Uint8Array(length).fill(7),
      isatty: () => false,
      setCloexec: () => undefined,
      *open(name: string, flags: number, mode = 0o666): Blocking<number> {
        const path = self.#path(name);
        if (self.folders.has(path)) throw new SysError((flags & 3) === 0 ? "EISDIR" : "EISDIR");
        let file = self.files.get(path);
        if (!file) {
          if (!(flags & O.CREAT) || !self.folders.has(path.slice(0, path.lastIndexOf("/")) || "/")) throw new SysError("ENOENT");
          file = self.#put(path, new Uint8Array(0));
          file.mode = mode & 0o755;
        }
        if (flags & O.TRUNC) file.bytes = new Uint8Array(0);
        let fd = 3;
        while (self.#open.has(fd) || self.#copies.has(fd)) fd++;
        self.#open.set(fd, { file, at: 0, append: (flags & O.APPEND) !== 0 });
        return fd;
      },
      close: (fd: number) => {
        if (!self.#copies.delete(fd) && !self.#open.delete(fd) && fd > 2) throw new SysError("EBADF");
      },
      *read(fd: number, most: number): Blocking<Uint8Array> {
        const open = self.#open.get(fd);
        if (!open) throw new SysError("EBADF");
        const bytes = open.file.bytes.slice(open.at, open.at + most);
        open.at += bytes.length;
        return bytes;
      },
      dup: (fd: number) => {
        let copy = 3;
        while (self.#open.has(copy) || self.#copies.has(copy)) copy++;
        self.#copies.set(copy, fd);
        return copy;
      },
      *write(given: number, bytes: Uint8Array): Blocking<number> {
        const fd = self.#copies.get(given) ?? given;
        if (fd === 1 || fd === 2) {
          self.out[fd - 1]?.push(bytes.slice());
          return bytes.length;
        }
        const open = self.#open.get(fd);
        if (!open) throw new SysError("EBADF");
        if (open.append) open.at = open.file.bytes.length;
        const grown = new Uint8Array(Math.max(open.file.bytes.length, open.at + bytes.length));
        grown.set(open.file.bytes);
        grown.set(bytes, open.at);
        open.file.bytes = grown;
        open.at += bytes.length;
        return bytes.length;
      },
      lseek: (fd: number, offset: number, whence: string) => {
        const open = self.#open.get(fd);
        if (!open) throw new SysError(fd < 3 ? "ESPIPE" : "EBADF");
        open.at = offset + (whence === "set" ? 0 : whence === "end" ? open.file.bytes.length : open.at);
        return open.at;
      },
      ftruncate: (fd: number, size: number) => {
        const open = self.#open.get(fd);
        if (open) open.file.bytes = open.file.bytes.slice(0, size);
      },
      fchmod: (fd: number, mode: number) => {
        const open = self.#open.get(fd);
        if (open) open.file.mode = mode;
      },
      fchown: () => undefined,
      fstat: (fd: number) => {
        const open = self.#open.get(fd);
        if (!open) throw new SysError("EBADF");
        return self.#stat(open.file);
      },
      stat: (name: string) => self.#lookUp(name),
      lstat: (name: string) => self.#lookUp(name),
      readdir: (name: string) => {
        const path = self.#path(name);
        if (!self.folders.has(path)) throw new SysError("ENOENT");
        const inside = path === "/" ? "/" : `${path}/`;
        const names = new Set<string>();
        for (const one of [...self.files.keys(), ...self.folders]) if (one.startsWith(inside) && one.length > inside.length) names.add(one.slice(inside.length).split("/")[0] ?? "");
        return [...names].map((one) => ({ name: one, ino: 1, type: S.IFREG }));
      },
      mkdir: (name: string) => {
        const path = self.#path(name);
        if (self.folders.has(path) || self.files.has(path)) throw new SysError("EEXIST");
        if (!self.folders.has(path.slice(0, path.lastIndexOf("/")) || "/")) throw new SysError("ENOENT");
        self.folders.add(path);
      },
      rmdir: (name: string) => {
        const path = self.#path(name);
        if (!self.folders.has(path)) throw new SysError("ENOENT");
        if ([...self.files.keys()].some((one) => one.startsWith(`${path}/`))) throw new SysError("ENOTEMPTY");
        self.folders.delete(path);
      },
      unlink: (name: string) => {
        if (!self.files.delete(self.#path(name))) throw new SysError("ENOENT");
      },
      rename: (from: string, to: string) => {
        const file = self.files.get(self.#path(from));
        if (!file) throw new SysError("ENOENT");
        self.files.delete(self.#path(from));
        self.files.set(self.#path(to), file);
      },
      chmod: (name: string, mode: number) => {
        const file = self.files.get(self.#path(name));
        if (!file) throw new SysError("ENOENT");
        file.mode = mode;
      },
      utimes: (name: string) => void self.#lookUp(name),
      umask: () => 0o22,
      getcwd: () => "/work",
      uname: () => ({ sysname: "Linux", nodename: "box", release: "6.1.0", version: "#1", machine: "x86_64", domainname: "" }),
      getrusage: () => ({ userUs: 0, systemUs: 0, maxResidentBytes: 0 }),
      *sleep(): Blocking<void> {},
    };
    return calls as Partial<Sys> as Sys;
  }

  #stat(file: FileNode): Stat {
    return { dev: 1, ino: 2, mode: S.IFREG | file.mode, nlink: 1, uid: 0, gid: 0, rdev: 0, sizeBytes: file.bytes.length, blocks: 8, blockSizeBytes: 4096, atimeUs: 0, mtimeUs: file.mtimeUs, ctimeUs: 0, btimeUs: 0 };
  }

  #lookUp(name: string): Stat {
    const path = this.#path(name);
    if (this.folders.has(path)) return { ...this.#stat(new FileNode()), mode: S.IFDIR | 0o755, sizeBytes: 4096 };
    const file = this.files.get(path);
    if (!file) throw new SysError("ENOENT");
    return this.#stat(file);
  }

  text(fd: 1 | 2): string {
    return this.out[fd - 1]?.map((bytes) => decode(bytes)).join("") ?? "";
  }
}
