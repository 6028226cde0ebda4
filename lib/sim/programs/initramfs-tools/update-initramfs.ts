// update-initramfs(8): makes, renews and removes the images in /boot.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { exists } from "../kit/presence.ts";

/** Releases with modules, newest last. */
function releases(sys: Sys): readonly string[] {
  try {
    return sys.readdir("/boot").map(({ name }) => name).filter((name) => name.startsWith("initrd.img-")).map((name) => name.slice("initrd.img-".length)).filter((name) => !name.endsWith(".bak") && !name.endsWith(".new")).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

function* generate(sys: Sys, release: string, verbose: boolean): Blocking<number> {
  const image = `/boot/initrd.img-${release}`;
  const argv = ["mkinitramfs", ...(verbose ? ["-v"] : []), "-o", `${image}.new`, release];
  const pid = sys.fork(function* child(own) {
    return yield* own.exec("/usr/sbin/mkinitramfs", argv, own.environment);
  });
  const done = yield* sys.waitpid(pid);
  const status = done?.status.kind === "exited" ? done.status.status : 1;
  if (status === 0) sys.rename(`${image}.new`, image);
  else if (exists(sys, `${image}.new`)) sys.unlink(`${image}.new`);
  return status;
}

export default program({
  name: "update-initramfs", path: "/usr/sbin/update-initramfs", manSection: 8, summary: "generate an initramfs image", synopsis: ["{-c|-d|-u} [-k VERSION] [-v] [-b DIRECTORY]"],
  options: [
    { names: ["-c"], argument: undefined, argumentOptional: false, help: "create a new image", support: "simulated" }, { names: ["-u"], argument: undefined, argumentOptional: false, help: "update an existing image", support: "simulated" },
    { names: ["-d"], argument: undefined, argumentOptional: false, help: "remove an existing image", support: "simulated" }, { names: ["-k"], argument: "version", argumentOptional: false, help: "a kernel version, or all", support: "simulated" },
    { names: ["-v"], argument: undefined, argumentOptional: false, help: "say what is done", support: "simulated" }, { names: ["-b"], argument: "directory", argumentOptional: false, help: "another directory than /boot", support: { refused: "only /boot is simulated" } },
  ],
}, function* (sys, argv, io: Io) {
  let mode: "c" | "u" | "d" | undefined;
  let given: string | undefined;
  let verbose = false;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-k") given = argv[++at];
    else if (/^-[cudv]+$/.test(word)) {
      for (const letter of word.slice(1)) {
        if (letter === "v") verbose = true;
        else if (letter === "c" || letter === "u" || letter === "d") {
          if (mode !== undefined) {
            yield* io.stderr("E: More than one mode specified\n");
            return 1;
          }
          mode = letter;
        }
      }
    } else {
      yield* io.stderr("Usage: update-initramfs {-c|-d|-u} [-k version] [-v] [-b directory]\n\nOptions:\n -k version     Specify kernel version or 'all'\n -c             Create a new initramfs\n -u             Update an existing initramfs\n -d             Remove an existing initramfs\n -b directory   Set alternate boot directory\n -v             Be verbose\n\nSee update-initramfs(8) for further details.\n");
      return word === "-h" || word === "--help" ? 0 : 1;
    }
  }
  if (mode === undefined) {
    yield* io.stderr("E: You must specify at least one of -c, -u, or -d.\n");
    return 1;
  }
  if (sys.getcred().euid !== 0) {
    yield* io.stderr("update-initramfs: Permission denied. Are you root?\n");
    return 1;
  }
  const known = releases(sys);
  let versions: readonly string[];
  if (given === "all") versions = known;
  else if (given !== undefined) versions = [given];
  else if (mode === "u") versions = known.slice(-1);
  else {
    yield* io.stderr(`E: ${mode === "c" ? "Create" : "Delete"} needs a kernel version\n`);
    return 1;
  }
  const allowed = /^update_initramfs=(\w+)/m.exec((yield* readTextFile(sys, "/etc/initramfs-tools/update-initramfs.conf")) ?? "")?.[1] ?? "yes";
  if (mode === "u" && allowed === "no") {
    if (verbose) io.out.put("Not updating initramfs.\n");
    return 0;
  }
  for (const release of versions) {
    const image = `/boot/initrd.img-${release}`;
    if (mode === "d") {
      if (!exists(sys, image)) {
        yield* io.stderr(`E: Cannot delete version ${release}, not found\n`);
        return 1;
      }
      io.out.put(`update-initramfs: Deleting ${image}\n`);
      sys.unlink(image);
      continue;
    }
    if (mode === "u" && !exists(sys, image)) {
      yield* io.stderr(`${image} does not exist. Cannot update.\n`);
      return 1;
    }
    io.out.put(`update-initramfs: Generating ${image}\n`);
    yield* io.out.flush();
    const status = yield* generate(sys, release, verbose);
    if (status !== 0) {
      yield* io.stderr(`update-initramfs: failed for ${image} with ${status}.\n`);
      return 1;
    }
  }
  return 0;
});
