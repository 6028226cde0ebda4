// mkinitramfs(8): a cpio archive of what a kernel needs before it has a root file system. The archive is left uncompressed, as its first part is on machines whose processor gets microcode.
import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type CpioEntry, encodeEntry, encodeTrailer } from "../kit/cpio-archive.ts";
import { type Io, program } from "../kit/program.ts";
import { ModuleTree, readSettings } from "../kmod/_module-tree.ts";
import { COPIED, type ModuleFact, selectModules, skeleton, withDirectories } from "./_selection.ts";

interface Settings {
  readonly modules: string;
  readonly text: string;
}

const assigned = (text: string, name: string): string | undefined => {
  let value: string | undefined;
  for (const line of text.split("\n")) if (line.trimStart().startsWith(`${name}=`)) value = line.trim().slice(name.length + 1).replace(/^(["'])(.*)\1$/, "$2");
  return value;
};

/** initramfs.conf, then conf.d in order. */
function* settingsOf(sys: Sys, directory: string): Blocking<Settings> {
  let text = (yield* readTextFile(sys, `${directory}/initramfs.conf`)) ?? "";
  try {
    for (const { name } of [...sys.readdir(`${directory}/conf.d`)].sort((a, b) => (a.name < b.name ? -1 : 1))) if (/^[\w.-]+$/.test(name)) text += (yield* readTextFile(sys, `${directory}/conf.d/${name}`)) ?? "";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return { modules: assigned(text, "MODULES") ?? "most", text };
}

function* forcedModules(sys: Sys, directory: string): Blocking<readonly string[]> {
  const text = (yield* readTextFile(sys, `${directory}/modules`)) ?? "";
  return text.split("\n").map((line) => line.replace(/#.*/, "").trim().split(/\s+/)[0] ?? "").filter((name) => name !== "");
}

function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    const { sizeBytes } = sys.fstat(fd);
    const whole = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes;) {
      const bytes = yield* sys.read(fd, 1 << 20);
      if (bytes.length === 0) break;
      whole.set(bytes, at);
      at += bytes.length;
    }
    return whole;
  } finally {
    sys.close(fd);
  }
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The drivers of the device that the root file system is on, and of all it hangs on: what MODULES=dep takes. */
function* modulesOfRoot(sys: Sys, tree: ModuleTree): Blocking<readonly string[]> {
  const found = new Set<string>();
  const source = ((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n").map((line) => line.split(" ")).findLast((fields) => fields[1] === "/");
  if (source?.[2] !== undefined) found.add(source[2]);
  const { dev } = sys.stat("/");
  const major = Math.floor(dev / 256) % 4096;
  const device = `/sys/dev/block/${major}:${dev % 256}`;
  const settings = yield* readSettings(sys, undefined, () => undefined);
  let at: string;
  try {
    at = `/sys/dev/block/${sys.readlink(device)}`;
  } catch (error) {
    if (error instanceof SysError) return [...found];
    throw error;
  }
  const parts: string[] = [];
  for (const part of at.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  if (parts.some((part) => /^sd[a-z]/.test(part))) found.add("sd_mod");
  for (; parts.length > 2; parts.pop()) {
    const directory = `/${parts.join("/")}`;
    const modalias = ((yield* readTextFile(sys, `${directory}/modalias`)) ?? "").trim();
    if (modalias !== "") for (const module of tree.resolve(modalias, settings)) found.add(module.name);
    try {
      found.add(baseName(sys.readlink(`${directory}/driver/module`)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (sys.charge(20)) yield* sys.preempt();
  }
  return [...found];
}

function* write(sys: Sys, path: string, parts: Iterable<Uint8Array>): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  try {
    for (const part of parts) {
      yield* sys.write(fd, part);
      if (sys.charge(20 + (part.length >> 8))) yield* sys.preempt();
    }
  } finally {
    sys.close(fd);
  }
}

export default program({
  name: "mkinitramfs", path: "/usr/sbin/mkinitramfs", manSection: 8, summary: "make the initramfs of one kernel version", synopsis: ["[OPTION]... -o OUTFILE [VERSION]"],
  options: [
    { names: ["-o"], argument: "outfile", argumentOptional: false, help: "write the image to this file", support: "simulated" }, { names: ["-d"], argument: "confdir", argumentOptional: false, help: "settings from this directory", support: "simulated" },
    { names: ["-v"], argument: undefined, argumentOptional: false, help: "say what is added", support: "simulated" }, { names: ["-c", "-l"], argument: "compress", argumentOptional: false, help: "compression", support: { partly: "the image is not compressed" } },
    { names: ["-k"], argument: undefined, argumentOptional: false, help: "keep the temporary directory", support: "simulated" },
  ],
}, function* (sys, argv, io: Io) {
  let output: string | undefined;
  let directory = "/etc/initramfs-tools";
  let verbose = false;
  let version: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-o") output = argv[++at];
    else if (word === "-d") directory = argv[++at] ?? directory;
    else if (word === "-c" || word === "-l" || word === "-r") at++;
    else if (word === "-v") verbose = true;
    else if (word === "-k") continue;
    else if (word.startsWith("-")) io.die(`unknown option: ${word}`);
    else version = word;
  }
  const release = version ?? sys.uname().release;
  if (output === undefined) {
    yield* io.stderr("usage: mkinitramfs [OPTION]... -o outfile [version]\n");
    return 1;
  }
  const settings = yield* settingsOf(sys, directory);
  const forced = yield* forcedModules(sys, directory);
  const tree = yield* ModuleTree.read(sys, release);
  if (tree.modules.size === 0) yield* io.stderr(`W: missing ${tree.directory}\nW: Ensure all necessary drivers are built into the linux image!\n`);
  const facts = [...tree.modules.values()].map((module): ModuleFact => ({ name: module.name, place: module.path.slice(tree.directory.length + "/kernel/".length), needs: module.needs }));
  for (const name of forced) if (tree.resolve(name).length === 0 && !tree.builtIn.has(name.replaceAll("-", "_"))) yield* io.stderr(`W: Module ${name} not found\n`);
  const chosen = [...forced, ...(settings.modules === "dep" ? yield* modulesOfRoot(sys, tree) : settings.modules === "most" ? ["ext4"] : [])];
  const modules = selectModules(facts, settings.modules, chosen);
  const now = Math.floor(sys.clockUs("realtime") / 1e6);
  const entries: CpioEntry[] = [...skeleton(settings.text, forced, now)];
  for (const [from, to] of COPIED) {
    try {
      const { mode, mtimeUs } = sys.stat(from);
      entries.push({ name: to, mode: S.IFREG | (mode & 0o7777), mtimeSeconds: Math.floor(mtimeUs / 1e6), nlink: 1, bytes: yield* readBytes(sys, from) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const base = `usr/lib/modules/${release}`;
  for (const module of modules) {
    const from = `${tree.directory}/kernel/${module.place}`;
    if (verbose) io.out.put(`Adding module ${from}\n`);
    try {
      entries.push({ name: `${base}/kernel/${module.place}`, mode: S.IFREG | 0o644, mtimeSeconds: Math.floor(sys.stat(from).mtimeUs / 1e6), nlink: 1, bytes: yield* readBytes(sys, from) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const kept = new Set(modules.map((module) => module.name));
  const rows = facts.filter((module) => kept.has(module.name)).map((module) => `kernel/${module.place}:${module.needs.map((need) => ` kernel/${facts.find((one) => one.name === need)?.place ?? need}`).join("")}\n`).join("");
  entries.push({ name: `${base}/modules.dep`, mode: S.IFREG | 0o644, mtimeSeconds: now, nlink: 1, bytes: encode(rows) });
  const sorted = withDirectories(entries, now);
  yield* write(sys, output, (function* parts() {
    let number = 0;
    for (const entry of sorted) yield encodeEntry(entry, number++);
    yield encodeTrailer();
  })());
  return 0;
});
