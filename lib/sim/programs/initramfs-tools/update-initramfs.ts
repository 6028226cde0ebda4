// update-initramfs(8): makes, renews and removes the images in /boot.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";
import { exists } from "../kit/presence.ts";
import { compareKernels, kernelImages } from "../linux-base/_kernel-images.ts";

/** Releases that have an image already, newest first. */
const withImage = (sys: Sys): readonly string[] => kernelImages(sys).map(({ release }) => release).filter((release) => exists(sys, `/boot/initrd.img-${release}`)).sort((a, b) => compareKernels(b, a));

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

const declaration = {
  name: "update-initramfs", path: "/usr/sbin/update-initramfs", manSection: 8, summary: "generate an initramfs image", synopsis: ["{-c|-d|-u} [-k VERSION] [-v] [-b DIRECTORY]"],
  options: [
    { names: ["-c"], argument: undefined, argumentOptional: false, help: "create a new image", support: "simulated" }, { names: ["-u"], argument: undefined, argumentOptional: false, help: "update an existing image", support: "simulated" },
    { names: ["-d"], argument: undefined, argumentOptional: false, help: "remove an existing image", support: "simulated" }, { names: ["-k"], argument: "version", argumentOptional: false, help: "a kernel version, or all", support: "simulated" },
    { names: ["-v"], argument: undefined, argumentOptional: false, help: "say what is done", support: "simulated" }, { names: ["-b"], argument: "directory", argumentOptional: false, help: "another directory than /boot", support: { refused: "only /boot is simulated" } },
  ],
} as const;

export default program(declaration, function* (sys, argv, io: Io) {
  const refuse = function* (why: string): Blocking<number> {
    yield* io.stderr(`${why}\n\n${helpText(declaration, "update-initramfs", io.helpDomain)}`);
    return 2;
  };
  let mode: "c" | "u" | "d" | undefined;
  let given: string | undefined;
  let verbose = false;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-b") {
      if (argv[++at]?.replace(/\/$/, "") !== "/boot") return yield* refuse("update-initramfs: only /boot is simulated");
    } else if (word === "-k") given = argv[++at];
    else if (/^-[cudv]+$/.test(word)) {
      for (const letter of word.slice(1)) {
        if (letter === "v") verbose = true;
        else if (letter === "c" || letter === "u" || letter === "d") {
          mode = letter;
        }
      }
    } else if (word === "-t") continue;
    else if (word === "-h" || word === "-?" || word === "--help") {
      io.out.put(helpText(declaration, "update-initramfs", io.helpDomain));
      return 0;
    } else return yield* refuse(word.startsWith("-") ? `update-initramfs: invalid option -- '${word.replace(/^-/, "").charAt(0)}'` : `Extra argument '${word}'`);
  }
  if (mode === undefined) return yield* refuse("You must specify at least one of -c, -u, or -d.");
  if (sys.getcred().euid !== 0) {
    yield* io.stderr("update-initramfs: Permission denied. Are you root?\n");
    return 1;
  }
  const allowed = /^update_initramfs=["']?(\w+)/m.exec((yield* readTextFile(sys, "/etc/initramfs-tools/update-initramfs.conf")) ?? "")?.[1] ?? "yes";
  let versions: readonly string[];
  if (given === "all" || (allowed === "all" && given === undefined)) versions = mode === "c" ? kernelImages(sys).map(({ release }) => release) : withImage(sys);
  else if (given !== undefined) versions = [given];
  else if (mode === "u") versions = withImage(sys).slice(0, 1);
  else return yield* refuse(mode === "c" ? "Create mode requires a version argument" : "");
  if (mode === "u" && allowed === "no") {
    io.out.put("update-initramfs: Not updating initramfs.\n");
    return 0;
  }
  for (const release of versions) {
    const image = `/boot/initrd.img-${release}`;
    if (mode === "d") {
      io.out.put(`update-initramfs: Deleting ${image}\n`);
      for (const path of [image, `${image}.bak`]) if (exists(sys, path)) sys.unlink(path);
      continue;
    }
    io.out.put(`update-initramfs: Generating ${image}\n`);
    yield* io.out.flush();
    const status = yield* generate(sys, release, verbose);
    if (status !== 0) {
      yield* io.stderr(`update-initramfs: failed for ${image} with ${status}.\n`);
      return status;
    }
  }
  return 0;
});
