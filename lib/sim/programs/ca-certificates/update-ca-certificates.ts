// update-ca-certificates: links the chosen certificates into /etc/ssl/certs under their names and hashes and writes the bundle
// (update-ca-certificates(8)).
import { type Blocking, concatBytes, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { pemBlocks } from "../kit/crypto/pem.ts";
import { BadDer } from "../kit/crypto/der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { readTextFile } from "../kit/accounts.ts";
import { exists, nameExists } from "../kit/presence.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { parseCertificate, subjectHash } from "../openssl/_certificate.ts";

interface Places {
  readonly configuration: string;
  readonly shipped: string;
  readonly local: string;
  readonly target: string;
  readonly hooks: string;
}

function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) return concatBytes(parts);
      parts.push(bytes);
    }
  } finally {
    sys.close(fd);
  }
}

/** *.crt below a directory, sorted. */
function found(sys: Sys, directory: string): string[] {
  const list: string[] = [];
  const walk = (at: string): void => {
    for (const { name } of sys.readdir(at)) {
      const path = `${at}/${name}`;
      if (!exists(sys, path)) continue;
      const { mode } = sys.stat(path);
      if ((mode & S.IFMT) === S.IFDIR) walk(path);
      else if (name.endsWith(".crt")) list.push(path);
    }
  };
  if (exists(sys, directory)) walk(directory);
  return list.sort();
}

function linkName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.crt$/, "");
  return `${base.replaceAll(" ", "_").replaceAll(",", "_").replaceAll("(", "=").replaceAll(")", "=")}.pem`;
}

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

class Update {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #places: Places;
  readonly #verbose: boolean;
  readonly added: string[] = [];
  readonly removed: string[] = [];
  readonly #bundle: Uint8Array[] = [];

  constructor(sys: Sys, io: Io, places: Places, verbose: boolean) {
    this.#sys = sys;
    this.#io = io;
    this.#places = places;
    this.#verbose = verbose;
  }

  *add(file: string): Blocking<void> {
    const link = `${this.#places.target}/${linkName(file)}`;
    if (linkTarget(this.#sys, link) !== file) {
      if (nameExists(this.#sys, link)) this.#sys.unlink(link);
      this.#sys.symlink(file, link);
      this.added.push(link);
    }
    const bytes = yield* readBytes(this.#sys, file);
    this.#bundle.push(bytes, bytes.at(-1) === 10 || bytes.length === 0 ? new Uint8Array(0) : Uint8Array.of(10));
    if (this.#sys.charge(50)) yield* this.#sys.preempt();
  }

  remove(file: string): void {
    const link = `${this.#places.target}/${linkName(file)}`;
    if (linkTarget(this.#sys, link) === undefined) return;
    this.#sys.unlink(link);
    this.removed.push(link);
  }

  #names(): readonly string[] {
    return this.#sys.readdir(this.#places.target).map((entry) => entry.name).sort();
  }

  /** --fresh: links to where certificates come from go. */
  *clear(): Blocking<void> {
    const { target, shipped, local } = this.#places;
    this.#io.out.put(`Clearing symlinks in ${target}...\n`);
    for (const name of this.#names()) {
      const to = linkTarget(this.#sys, `${target}/${name}`);
      if (to === undefined || !(to.startsWith(shipped) || to.startsWith(local))) continue;
      if (this.#verbose) this.#io.out.put(`Removing ${target}/${name}\n`);
      this.#sys.unlink(`${target}/${name}`);
    }
    this.#io.out.put("done.\n");
    yield* this.#io.out.flush();
  }

  /** openssl rehash: links by the hash of the subject. */
  *rehash(): Blocking<void> {
    const { target } = this.#places;
    const sys = this.#sys;
    for (const name of this.#names()) {
      const path = `${target}/${name}`;
      if (linkTarget(sys, path) === undefined || exists(sys, path)) continue;
      if (this.#verbose) this.#io.out.put(`Removed orphan symlink ${path}\n`);
      sys.unlink(path);
    }
    if (this.#verbose) this.#io.out.put("Doing .\n");
    const wanted = new Map<string, string>();
    const seen = new Set<string>();
    for (const name of this.#names()) {
      if (!/\.(pem|crt|cer|crl)$/.test(name)) continue;
      const warn = function* (this: Update, why: string): Blocking<void> {
        yield* this.#io.out.flush();
        yield* this.#io.stderr(`rehash: warning: skipping ${why}\n`);
      }.bind(this);
      const blocks = pemBlocks(decode(yield* readBytes(sys, `${target}/${name}`))).filter(({ label }) => label.endsWith("CERTIFICATE") || label === "X509 CRL");
      const [block] = blocks;
      if (sys.charge(200)) yield* sys.preempt();
      let hash: string;
      try {
        if (block === undefined || blocks.length !== 1) throw new BadDer("not one");
        hash = subjectHash(parseCertificate(block.bytes).subject);
      } catch (error) {
        if (!(error instanceof BadDer)) throw error;
        yield* warn(`${name},it does not contain exactly one certificate or CRL`);
        continue;
      }
      const fingerprint = toHex(digestOf("sha1", block.bytes));
      if (seen.has(fingerprint)) {
        yield* warn(`duplicate certificate in ${name}`);
        continue;
      }
      seen.add(fingerprint);
      let number = 0;
      while (wanted.has(`${hash}.${number}`)) number++;
      wanted.set(`${hash}.${number}`, name);
    }
    for (const name of this.#names()) {
      if (!/^[0-9a-f]{8}\.r?\d+$/.test(name) || linkTarget(sys, `${target}/${name}`) === wanted.get(name)) continue;
      sys.unlink(`${target}/${name}`);
    }
    for (const [link, name] of wanted) {
      if (nameExists(sys, `${target}/${link}`)) continue;
      if (this.#verbose) this.#io.out.put(`link ${name} -> ${link}\n`);
      sys.symlink(name, `${target}/${link}`);
    }
  }

  *writeBundle(): Blocking<void> {
    const sys = this.#sys;
    const path = `${this.#places.target}/ca-certificates.crt`;
    const fd = yield* sys.open(`${path}.new`, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
    yield* sys.write(fd, concatBytes(this.#bundle));
    sys.close(fd);
    sys.chmod(`${path}.new`, 0o644);
    sys.rename(`${path}.new`, path);
  }

  /** Each gets the changes on its standard input. */
  *hooks(): Blocking<void> {
    const { hooks } = this.#places;
    const sys = this.#sys;
    this.#io.out.put(`Running hooks in ${hooks}...\n`);
    yield* this.#io.out.flush();
    const names = exists(sys, hooks) ? sys.readdir(hooks).map((entry) => entry.name).filter((name) => /^[\w-]+$/.test(name)).sort() : [];
    const changes = [...this.added.map((link) => `+${link}\n`), ...this.removed.map((link) => `-${link}\n`)].join("");
    for (const name of names) {
      const path = `${hooks}/${name}`;
      if ((sys.stat(path).mode & 0o111) === 0) continue;
      const [read, write] = sys.pipe();
      const pid = sys.fork(function* hook(own) {
        own.dup2(read, 0);
        own.close(read);
        own.close(write);
        try {
          return yield* own.exec(path, [path], own.environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return 126;
        }
      });
      sys.close(read);
      try {
        yield* sys.write(write, Uint8Array.from(changes, (c) => c.charCodeAt(0)));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      sys.close(write);
      const ended = yield* sys.waitpid(pid);
      const status = ended?.status.kind === "exited" ? ended.status.status : 1;
      if (status !== 0) this.#io.out.put(`E: ${path} exited with code ${status}.\n`);
    }
    this.#io.out.put("done.\n");
  }
}

export default program(
  {
    name: "update-ca-certificates", path: "/usr/sbin/update-ca-certificates", manSection: 8, summary: "bring /etc/ssl/certs and ca-certificates.crt up to date", synopsis: ["[options]"],
    options: [flag(["-h", "--help"], "a short usage"), flag(["-v", "--verbose"], "say more"), flag(["-f", "--fresh"], "remove links first"), flag(["-d", "--default"], "as after the installation"), text(["--certsconf"], "FILE", "the list of certificates"), text(["--certsdir"], "DIR", "where packages put certificates"), text(["--localcertsdir"], "DIR", "where administrators put theirs"), text(["--etccertsdir"], "DIR", "where the links go"), text(["--hooksdir"], "DIR", "programs to run afterwards")],
  },
  function* (sys, argv, io: Io) {
    let [verbose, fresh] = [false, false];
    const given = new Map<string, string>();
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-v" || word === "--verbose") verbose = true;
      else if (word === "-f" || word === "--fresh") fresh = true;
      else if (word === "-d" || word === "--default") fresh = true;
      else if (["--certsconf", "--certsdir", "--localcertsdir", "--etccertsdir", "--hooksdir"].includes(word)) given.set(word, argv[++at] ?? "");
      else {
        io.out.put(`${argv[0]?.includes("/") === true ? argv[0] : "/usr/sbin/update-ca-certificates"}: [--verbose] [--fresh]\n`);
        return 0;
      }
    }
    const places: Places = { configuration: given.get("--certsconf") ?? "/etc/ca-certificates.conf", shipped: given.get("--certsdir") ?? "/usr/share/ca-certificates", local: given.get("--localcertsdir") ?? "/usr/local/share/ca-certificates", target: given.get("--etccertsdir") ?? "/etc/ssl/certs", hooks: given.get("--hooksdir") ?? "/etc/ca-certificates/update.d" };
    const update = new Update(sys, io, places, verbose);
    try {
      if (fresh) yield* update.clear();
      io.out.put(`Updating certificates in ${places.target}...\n`);
      yield* io.out.flush();
      for (const line of ((yield* readTextFile(sys, places.configuration)) ?? "").split("\n")) {
        const name = line.trim();
        if (name === "" || name.startsWith("#")) continue;
        if (name.startsWith("!")) update.remove(`${places.shipped}/${name.slice(1)}`);
        else if (exists(sys, `${places.shipped}/${name}`)) yield* update.add(`${places.shipped}/${name}`);
        else yield* io.stderr(`W: ${places.shipped}/${name} not found, but listed in ${places.configuration}.\n`);
      }
      for (const file of found(sys, places.local)) yield* update.add(file);
      if (update.added.length + update.removed.length > 0) yield* update.rehash();
      yield* update.writeBundle();
      io.out.put(`${update.added.length} added, ${update.removed.length} removed; done.\n`);
      yield* update.hooks();
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`ln: failed to create symbolic link in '${places.target}': ${error.message}\n`);
      return 1;
    }
  },
);
