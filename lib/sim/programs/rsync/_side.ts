// One end of a transfer: the files of this machine, or those behind a pipe to another rsync (`rsync --server`, started by ssh). The client decides what
// is to be done; the ends carry it out. What goes through the pipe is not the protocol of the real rsync: heads as JSON, each with its bytes.
import { type Blocking, O, S, type Sys, SysError, concatBytes, decode, encode } from "../../kernel/sys.ts";

export interface Entry {
  /** relative to the root of the list; "" is the root itself */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeUs: number;
  readonly sizeBytes: number;
  readonly target: string | undefined;
  readonly rdev: number;
  readonly inode: string;
}

export interface Attributes {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtimeUs?: number;
}

export class SideError extends Error {
  readonly errno: string;
  constructor(message: string, errno: string) {
    super(message);
    this.errno = errno;
  }
}

/** Errors: SideError. */
export interface Side {
  /** undefined: nothing there */
  look(path: string, follow: boolean): Blocking<Entry | undefined>;
  list(path: string): Blocking<readonly Entry[]>;
  read(path: string): Blocking<Uint8Array>;
  /** A whole new content: into a hidden file beside it, then renamed. */
  write(path: string, content: Uint8Array, attributes: Attributes): Blocking<void>;
  /** directories, links, devices, fifos */
  make(path: string, entry: Entry): Blocking<void>;
  attributes(path: string, attributes: Attributes, link: boolean): Blocking<void>;
  remove(path: string, directory: boolean): Blocking<void>;
  link(existing: string, created: string): Blocking<void>;
  rename(from: string, to: string): Blocking<void>;
}

function sided(error: unknown): never {
  if (error instanceof SysError) throw new SideError(error.message, error.errno);
  throw error;
}

function entryOf(sys: Sys, path: string, shown: string, follow: boolean): Entry {
  const facts = follow ? sys.stat(path) : sys.lstat(path);
  return {
    path: shown, mode: facts.mode, uid: facts.uid, gid: facts.gid, mtimeUs: facts.mtimeUs, sizeBytes: facts.sizeBytes, rdev: facts.rdev, inode: facts.nlink > 1 ? `${facts.dev} ${facts.ino}` : "",
    target: (facts.mode & S.IFMT) === S.IFLNK ? sys.readlink(path) : undefined,
  };
}

export class LocalSide implements Side {
  readonly #sys: Sys;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *look(path: string, follow: boolean): Blocking<Entry | undefined> {
    try {
      return entryOf(this.#sys, path, "", follow);
    } catch (error) {
      if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR")) return undefined;
      return sided(error);
    }
  }

  *list(path: string): Blocking<readonly Entry[]> {
    const sys = this.#sys;
    try {
      const out: Entry[] = [];
      for (const { name } of sys.readdir(path)) {
        if (sys.charge(4)) yield* sys.preempt();
        out.push(entryOf(sys, `${path === "/" ? "" : path}/${name}`, name, false));
      }
      return out;
    } catch (error) {
      return sided(error);
    }
  }

  *read(path: string): Blocking<Uint8Array> {
    const sys = this.#sys;
    try {
      const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
      const parts: Uint8Array[] = [];
      for (;;) {
        const bytes = yield* sys.read(fd, 262_144);
        if (bytes.length === 0) break;
        parts.push(bytes);
      }
      sys.close(fd);
      return concatBytes(parts);
    } catch (error) {
      return sided(error);
    }
  }

  *write(path: string, content: Uint8Array, attributes: Attributes): Blocking<void> {
    const sys = this.#sys;
    const slash = path.lastIndexOf("/") + 1;
    const hidden = `${path.slice(0, slash)}.${path.slice(slash)}.${Array.from(sys.random(6), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[byte % 52]).join("")}`;
    try {
      const fd = yield* sys.open(hidden, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o600);
      if (content.length > 0) yield* sys.write(fd, content);
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) throw new SideError(`mkstemp "${hidden}" failed: ${error.message}`, error.errno);
      throw error;
    }
    yield* this.attributes(hidden, attributes, false);
    try {
      sys.rename(hidden, path);
    } catch (error) {
      return sided(error);
    }
  }

  *make(path: string, entry: Entry): Blocking<void> {
    const sys = this.#sys;
    try {
      const type = entry.mode & S.IFMT;
      if (type === S.IFDIR) sys.mkdir(path, entry.mode & 0o7777 | 0o700);
      else if (type === S.IFLNK) sys.symlink(entry.target ?? "", path);
      else sys.mknod(path, entry.mode, entry.rdev);
    } catch (error) {
      return sided(error);
    }
    yield* [];
  }

  *attributes(path: string, attributes: Attributes, link: boolean): Blocking<void> {
    const sys = this.#sys;
    try {
      if (attributes.uid !== undefined || attributes.gid !== undefined) {
        try {
          sys.chown(path, attributes.uid ?? -1, attributes.gid ?? -1, false);
        } catch (error) {
          // only the superuser gives files away
          if (!(error instanceof SysError) || error.errno !== "EPERM") throw error;
        }
      }
      if (attributes.mode !== undefined && !link) sys.chmod(path, attributes.mode & 0o7777);
      if (attributes.mtimeUs !== undefined) sys.utimes(path, undefined, attributes.mtimeUs, !link);
    } catch (error) {
      return sided(error);
    }
    yield* [];
  }

  *remove(path: string, directory: boolean): Blocking<void> {
    const sys = this.#sys;
    try {
      if (!directory) sys.unlink(path);
      else {
        for (const entry of sys.readdir(path)) yield* this.remove(`${path}/${entry.name}`, entry.type === S.IFDIR);
        sys.rmdir(path);
      }
    } catch (error) {
      return sided(error);
    }
  }

  *link(existing: string, created: string): Blocking<void> {
    try {
      this.#sys.link(existing, created);
    } catch (error) {
      return sided(error);
    }
    yield* [];
  }

  *rename(from: string, to: string): Blocking<void> {
    try {
      this.#sys.rename(from, to);
    } catch (error) {
      return sided(error);
    }
    yield* [];
  }
}

// ---- the pipe

interface Request {
  readonly op: "look" | "list" | "read" | "write" | "make" | "attributes" | "remove" | "link" | "rename" | "where";
  readonly path: string;
  readonly other?: string;
  readonly flag?: boolean;
  readonly attributes?: Attributes;
  readonly entry?: Entry;
}

interface Answer {
  readonly value?: unknown;
  readonly failure?: string;
  readonly errno?: string;
}

/** Whole messages: two lengths, a head, bytes. */
class Pipe {
  readonly #sys: Sys;
  readonly #in: number;
  readonly #out: number;
  #buffered: Uint8Array = new Uint8Array(0);
  readBytes = 0;
  writtenBytes = 0;

  constructor(sys: Sys, input: number, output: number) {
    this.#sys = sys;
    this.#in = input;
    this.#out = output;
  }

  *send(head: object, bytes: Uint8Array): Blocking<void> {
    const text = encode(JSON.stringify(head));
    const lengths = new Uint8Array(8);
    new DataView(lengths.buffer).setUint32(0, text.length);
    new DataView(lengths.buffer).setUint32(4, bytes.length);
    const whole = concatBytes([lengths, text, bytes]);
    this.writtenBytes += whole.length;
    for (let at = 0; at < whole.length; at += 65_536) yield* this.#sys.write(this.#out, whole.subarray(at, at + 65_536));
  }

  /** Undefined at the end. */
  *receive(): Blocking<{ readonly head: string; readonly bytes: Uint8Array } | undefined> {
    const need = function* (self: Pipe, count: number): Blocking<boolean> {
      const parts = [self.#buffered];
      let have = self.#buffered.length;
      while (have < count) {
        const got = yield* self.#sys.read(self.#in, 262_144);
        if (got.length === 0) return false;
        self.readBytes += got.length;
        parts.push(got);
        have += got.length;
      }
      self.#buffered = parts.length === 1 ? self.#buffered : concatBytes(parts);
      return true;
    };
    if (!(yield* need(this, 8))) return undefined;
    const view = new DataView(this.#buffered.buffer, this.#buffered.byteOffset, 8);
    const [head, body] = [view.getUint32(0), view.getUint32(4)];
    if (head > 1 << 24 || !(yield* need(this, 8 + head + body))) return undefined;
    const result = { head: decode(this.#buffered.subarray(8, 8 + head)), bytes: this.#buffered.slice(8 + head, 8 + head + body) };
    this.#buffered = this.#buffered.slice(8 + head + body);
    return result;
  }
}

/** The connection broke off. */
export class Disconnected extends Error {}

export class RemoteSide implements Side {
  readonly #pipe: Pipe;

  constructor(sys: Sys, input: number, output: number) {
    this.#pipe = new Pipe(sys, input, output);
  }

  get traffic(): { readonly sent: number; readonly received: number } {
    return { sent: this.#pipe.writtenBytes, received: this.#pipe.readBytes };
  }

  *#ask(request: Request, bytes: Uint8Array = new Uint8Array(0)): Blocking<{ readonly value: unknown; readonly bytes: Uint8Array }> {
    let answer: { readonly head: string; readonly bytes: Uint8Array } | undefined;
    try {
      yield* this.#pipe.send(request, bytes);
      answer = yield* this.#pipe.receive();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (!answer) throw new Disconnected();
    let head: Answer;
    try {
      head = JSON.parse(answer.head) as Answer;
    } catch {
      throw new Disconnected();
    }
    if (head.failure !== undefined) throw new SideError(head.failure, head.errno ?? "");
    return { value: head.value, bytes: answer.bytes };
  }

  /** The other end's directory. */
  *where(): Blocking<string> { return String((yield* this.#ask({ op: "where", path: "" })).value); }
  *look(path: string, follow: boolean): Blocking<Entry | undefined> { return (yield* this.#ask({ op: "look", path, flag: follow })).value as Entry | undefined; }
  *list(path: string): Blocking<readonly Entry[]> {
    const { value } = yield* this.#ask({ op: "list", path });
    return Array.isArray(value) ? value : [];
  }
  *read(path: string): Blocking<Uint8Array> { return (yield* this.#ask({ op: "read", path })).bytes; }
  *write(path: string, content: Uint8Array, attributes: Attributes): Blocking<void> { yield* this.#ask({ op: "write", path, attributes }, content); }
  *make(path: string, entry: Entry): Blocking<void> { yield* this.#ask({ op: "make", path, entry }); }
  *attributes(path: string, attributes: Attributes, link: boolean): Blocking<void> { yield* this.#ask({ op: "attributes", path, attributes, flag: link }); }
  *remove(path: string, directory: boolean): Blocking<void> { yield* this.#ask({ op: "remove", path, flag: directory }); }
  *link(existing: string, created: string): Blocking<void> { yield* this.#ask({ op: "link", path: existing, other: created }); }
  *rename(from: string, to: string): Blocking<void> { yield* this.#ask({ op: "rename", path: from, other: to }); }
}

/** `rsync --server`: does what the other end asks until it closes. */
export function* serve(sys: Sys): Blocking<number> {
  const side = new LocalSide(sys);
  const pipe = new Pipe(sys, 0, 1);
  const nothing = new Uint8Array(0);
  for (;;) {
    const message = yield* pipe.receive();
    if (!message) return 0;
    let answer: Answer = {};
    let bytes: Uint8Array = nothing;
    try {
      const request = JSON.parse(message.head) as Request;
      const { op, path, other = "", flag = false, attributes = {}, entry } = request;
      switch (op) {
        case "look": answer = { value: yield* side.look(path, flag) }; break;
        case "where": answer = { value: sys.getcwd() }; break;
        case "list": answer = { value: yield* side.list(path) }; break;
        case "read": bytes = yield* side.read(path); break;
        case "write": yield* side.write(path, message.bytes, attributes); break;
        case "make": if (entry) yield* side.make(path, entry); break;
        case "attributes": yield* side.attributes(path, attributes, flag); break;
        case "remove": yield* side.remove(path, flag); break;
        case "link": yield* side.link(path, other); break;
        case "rename": yield* side.rename(path, other); break;
        default: return 12;
      }
    } catch (error) {
      if (error instanceof SideError) answer = { failure: error.message, errno: error.errno };
      else if (error instanceof SyntaxError) return 12;
      else throw error;
    }
    try {
      yield* pipe.send(answer, bytes);
    } catch (error) {
      if (error instanceof SysError) return 12;
      throw error;
    }
  }
}
