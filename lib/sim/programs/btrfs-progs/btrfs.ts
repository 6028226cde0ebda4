// btrfs: file systems and subvolumes (btrfs(8), btrfs-progs 6.2). Groups and verbs may be shortened while they stay unambiguous.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Declaration } from "../kit/command.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { readSuperblock, VERSION } from "./_btrfs.ts";
import { filesystem } from "./_filesystem.ts";
import { balance, deviceUsage, dumpSuper, scrub } from "./_maintenance.ts";
import { BtrfsError, mountOf } from "./_mounted.ts";
import { property, subvolume } from "./_subvolume.ts";

const group = (name: string, summary: string, verbs: readonly (readonly [name: string, synopsis: string, summary: string])[]): Declaration => ({
  name, summary, synopsis: ["COMMAND [ARGS]"], options: [], subcommands: verbs.map(([verb, synopsis, help]) => ({ name: verb, summary: help, synopsis: [synopsis], options: [], operands: "files" })),
});

const GROUPS: readonly Declaration[] = [
  group("filesystem", "space and devices of a whole file system", [["df", "[OPTIONS] PATH", "show space usage of a mount point"], ["show", "[PATH|UUID|DEVICE|LABEL]", "show the structure of file systems"], ["usage", "PATH", "show usage in detail"], ["resize", "[+/-]SIZE|max PATH", "resize a mounted file system"], ["label", "DEVICE|MOUNTPOINT [LABEL]", "get or change the label"], ["sync", "PATH", "write everything"], ["defragment", "FILE|DIRECTORY...", "defragment (nothing to do)"]]),
  group("subvolume", "make, delete and list subvolumes and snapshots", [["create", "[DEST/]NAME", "create a subvolume"], ["delete", "SUBVOLUME...", "delete subvolumes"], ["list", "[OPTIONS] PATH", "list subvolumes and snapshots"], ["snapshot", "[-r] SUBVOLUME DEST", "create a snapshot of a subvolume"], ["show", "PATH", "show more about a subvolume"], ["get-default", "PATH", "which subvolume is mounted when none is named"], ["set-default", "[ID] PATH", "set that"], ["sync", "PATH", "wait until deleted ones are gone"]]),
  group("property", "properties of a file, subvolume or device", [["get", "OBJECT [NAME]", "get a property"], ["set", "OBJECT NAME VALUE", "set a property"], ["list", "OBJECT", "list properties"]]),
  group("scrub", "read everything and compare the checksums", [["start", "[-B] PATH", "start a scrub"], ["status", "PATH", "show the last scrub"], ["cancel", "PATH", "stop a scrub"], ["resume", "PATH", "go on with a stopped scrub"]]),
  group("balance", "write chunks again, so that half-empty ones become free", [["start", "[--full-balance] [-dFILTERS] [-mFILTERS] PATH", "balance chunks"], ["status", "PATH", "show a running balance"], ["pause", "PATH", "pause it"], ["cancel", "PATH", "stop it"], ["resume", "PATH", "go on with it"]]),
  group("inspect-internal", "look at the structures on disk", [["dump-super", "DEVICE", "print the super block"]]),
  group("device", "devices that a file system is made of", [["usage", "PATH", "show what is allocated on each device"], ["add", "DEVICE... PATH", "add devices (not simulated)"], ["remove", "DEVICE... PATH", "take devices out"], ["delete", "DEVICE... PATH", "as remove"], ["stats", "PATH", "show counts of errors"], ["scan", "[DEVICE]", "look for file systems"]]),
];

function chosen(names: readonly string[], word: string): string | undefined {
  const found = names.filter((name) => name === word || name.startsWith(word));
  return names.includes(word) ? word : found.length === 1 ? found[0] : undefined;
}

function* check(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const path = words.filter((word) => !word.startsWith("-")).at(-1);
  if (path === undefined) throw new BtrfsError("USAGE btrfs check: exactly 1 argument expected, 0 given");
  try {
    const source = yield* mountSource(sys, path);
    yield* io.out.print("Opening filesystem to check...\n");
    yield* io.out.flush();
    if ((yield* readMounts(sys)).some((mount) => mount.source === source) && !words.includes("--force")) throw new BtrfsError(`${path} is currently mounted, use --force if you really intend to check the filesystem`);
    const { fd } = yield* openBlockTarget(sys, path, false);
    const found = yield* readSuperblock(sys, fd);
    sys.close(fd);
    if (!found) {
      yield* io.stderr(`No valid Btrfs found on ${path}\nERROR: cannot open file system\n`);
      return 1;
    }
    yield* io.out.print(`Checking filesystem on ${path}\nUUID: ${found.facts.uuid}\n`);
    yield* io.out.flush();
    yield* io.stderr(`[1/7] checking root items\n[2/7] checking extents\n[3/7] checking free space tree\n[4/7] checking fs roots\n[5/7] checking only csums items (without verifying data)\n[6/7] checking root refs\n[7/7] checking quota groups skipped (not enabled on this FS)\n`);
    io.out.put(`found ${found.facts.usedBytes} bytes used, no error found\ntotal csum bytes: 0\ntotal tree bytes: 147456\ntotal fs tree bytes: 32768\ntotal extent tree bytes: 16384\nbtree space waste bytes: 140595\nfile data blocks allocated: ${Math.max(0, found.facts.usedBytes - 147_456)}\n referenced ${Math.max(0, found.facts.usedBytes - 147_456)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`cannot open device '${path}': ${error.message}`);
    throw error;
  }
}

function* run(sys: Sys, name: string, verb: string, words: readonly string[], io: Io): Blocking<number> {
  if (name === "filesystem") return yield* filesystem(sys, verb, words, io);
  if (name === "subvolume") return yield* subvolume(sys, verb, words, io);
  if (name === "property") return yield* property(sys, verb, words, io);
  if (name === "scrub") return yield* scrub(sys, verb, words, io);
  if (name === "balance") return yield* balance(sys, verb, words, io);
  if (name === "inspect-internal") return yield* dumpSuper(sys, words, io);
  if (verb === "usage") return yield* deviceUsage(sys, words, io);
  if (verb === "add" || verb === "remove" || verb === "delete") {
    const paths = words.filter((word) => !word.startsWith("-"));
    if (paths.length < 2) throw new BtrfsError(`USAGE btrfs device ${verb}: not enough arguments: ${paths.length} but at least 2 expected`);
    const mount = yield* mountOf(sys, paths.at(-1) ?? "");
    if (verb !== "add") throw new BtrfsError(paths[0] === mount.source ? `error removing device '${paths[0]}': unable to remove the only writeable device` : `error removing device '${paths[0]}': no such device in the filesystem`);
    sys.observe({ kind: "unsimulated", command: "btrfs", detail: "device add" });
    throw new BtrfsError("file systems over several devices are not simulated here");
  }
  if (verb === "stats") {
    const mount = yield* mountOf(sys, words.at(-1) ?? "");
    for (const count of ["write_io_errs", "read_io_errs", "flush_io_errs", "corruption_errs", "generation_errs"]) io.out.put(`[${mount.source}].${count.padEnd(16)} 0\n`);
    return 0;
  }
  io.out.put("Scanning for Btrfs filesystems\n");
  return 0;
}

export default program({
  name: "btrfs", path: "/bin/btrfs", links: ["/bin/btrfsck"], manSection: 8, summary: "look after btrfs file systems", synopsis: ["COMMAND [ARGS]"], operands: "files", showsHelp: true,
  description: ["File systems of one device with subvolumes and snapshots are simulated: no RAID profiles, quota groups, send and receive."],
  options: [flag(["--help"], "help on all commands"), flag(["--version"], "print the version")], subcommands: [...GROUPS, { name: "check", summary: "check an unmounted file system", synopsis: ["DEVICE"], options: [], operands: "files" }, { name: "version", summary: "print the version", synopsis: [""], options: [], operands: "none" }],
}, function* (sys, argv, io: Io) {
  const isCheck = argv[0]?.endsWith("btrfsck") ?? false;
  const [word, ...rest] = isCheck ? ["check", ...argv.slice(1)] : argv.slice(1);
  if (word === "--version" || word === "version" || word === "-V") {
    io.out.put(`btrfs-progs v${VERSION}\n`);
    return 0;
  }
  const usage = "usage: btrfs [global] <group> [<group>...] <command> [<args>]\n";
  if (word === undefined || word === "help") {
    io.out.put(`${usage}\nCommand groups:\n${GROUPS.map((one) => `  ${one.name.padEnd(18)}${one.summary}\n`).join("")}\nCommands:\n  check             check an unmounted file system\n  version           print the version\n`);
    return word === undefined ? 1 : 0;
  }
  try {
    const name = chosen([...GROUPS.map((one) => one.name), "check"], word);
    if (name === "check") return yield* check(sys, rest, io);
    const found = GROUPS.find((one) => one.name === name);
    if (!found) {
      yield* io.stderr(`btrfs: unknown token '${word}'\n${usage}`);
      return 1;
    }
    const verbs = found.subcommands ?? [];
    const list = `usage: btrfs ${found.name} [<group>] <command> [<args>]\n\n${verbs.map((one) => `    btrfs ${found.name} ${one.name} ${one.synopsis[0]}\n        ${one.summary}\n`).join("")}\n${found.summary}\n`;
    const [verbWord, ...words] = rest;
    if (verbWord === undefined || verbWord === "--help") {
      io.out.put(list);
      return verbWord === undefined ? 1 : 0;
    }
    const verb = chosen(verbs.map((one) => one.name), verbWord);
    if (verb === undefined) {
      yield* io.stderr(`btrfs ${found.name}: unknown token '${verbWord}'\n${list}`);
      return 1;
    }
    if (words.includes("--help")) {
      const one = verbs.find((each) => each.name === verb);
      io.out.put(`usage: btrfs ${found.name} ${verb} ${one?.synopsis[0] ?? ""}\n\n    ${one?.summary ?? ""}\n`);
      return 0;
    }
    return yield* run(sys, found.name, verb, words, io);
  } catch (error) {
    if (!(error instanceof BtrfsError)) throw error;
    yield* io.out.flush();
    const usageError = /^USAGE (.*)$/.exec(error.message)?.[1];
    yield* io.stderr(usageError === undefined ? `ERROR: ${error.message}\n` : `${usageError}\n`);
    return 1;
  }
});
