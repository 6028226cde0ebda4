// linux-update-symlinks(1): /vmlinuz and /initrd.img, which name the kernel that was installed last, and the .old ones beside them.
import { type Sys, SysError } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { exists } from "../kit/presence.ts";
import { compareKernels, kernelImages } from "./_kernel-images.ts";

interface Ranked {
  readonly release: string;
  readonly image: string;
  /** undefined: it has none */
  readonly initrd: string | undefined;
}

const declaration = { name: "linux-update-symlinks", manSection: 1, summary: "maintain symlinks to the installed kernels", synopsis: ["install|upgrade|remove VERSION IMAGE-PATH"], options: [], operands: "none" as const };

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function unlinkQuietly(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export default program(declaration, function* (sys, argv, io: Io) {
  const [change = "", release = "", image = "", ...more] = argv.slice(1);
  if (change === "help" || argv.includes("--help")) {
    io.out.put(helpText(declaration, "linux-update-symlinks", io.helpDomain));
    return 0;
  }
  if (!["install", "upgrade", "remove"].includes(change) || image === "" || more.length > 0) {
    yield* io.stderr(helpText(declaration, "linux-update-symlinks", io.helpDomain));
    return 2;
  }
  // kernel-img.conf(5)
  const settings = (yield* readTextFile(sys, "/etc/kernel-img.conf")) ?? "";
  const setting = (name: string): string | undefined => settings.split("\n").map((line) => line.replace(/#.*/, "").split("=")).findLast(([one]) => one?.trim().toLowerCase() === name)?.[1]?.trim();
  const isOff = (value: string | undefined): boolean => /^(?:no|false|0)$/i.test(value ?? "");
  if (isOff(setting("do_symlinks"))) return 0;
  const inBoot = /^(?:yes|true|1)$/i.test(setting("link_in_boot") ?? "");
  const directory = `${(inBoot ? "/boot" : (setting("image_dest") ?? "/")).replace(/\/+$/, "")}/`;
  const shown = (path: string): string => (path.startsWith(directory) ? path.slice(directory.length) : path);
  const initrdOf = (one: string): string => `/boot/initrd.img-${one}`;

  const own: Ranked = { release, image, initrd: sys.environment.get("INITRD") === "No" ? undefined : initrdOf(release) };
  const ranked = kernelImages(sys).filter((one) => one.release !== release).map((one): Ranked => ({ release: one.release, image: one.path, initrd: exists(sys, initrdOf(one.release)) ? initrdOf(one.release) : undefined }));
  if (change === "upgrade") ranked.push(own);
  ranked.sort((a, b) => compareKernels(a.release, b.release));
  // what the links name already comes before all but a new kernel
  for (const link of ["vmlinuz.old", "vmlinuz"]) {
    const target = linkTarget(sys, directory + link);
    const at = ranked.findIndex((one) => target !== undefined && one.image === (target.startsWith("/") ? target : directory + target));
    const [found] = at < 0 ? [] : ranked.splice(at, 1);
    if (found !== undefined) ranked.push(found);
  }
  if (change === "install") ranked.push(own);

  const point = function* (link: string, target: string | undefined) {
    const path = directory + link;
    if (target === undefined) {
      unlinkQuietly(sys, path);
      return;
    }
    if (linkTarget(sys, path) === shown(target)) return;
    unlinkQuietly(sys, path);
    sys.symlink(shown(target), path);
    io.out.put(`I: ${path} is now a symlink to ${shown(target)}\n`);
  };
  const last = ranked.at(-1);
  if (last === undefined) {
    yield* io.stderr("W: Last kernel image has been removed, so removing the default symlinks\n");
    for (const link of ["vmlinuz.old", "initrd.img.old", "vmlinuz", "initrd.img"]) unlinkQuietly(sys, directory + link);
    return 0;
  }
  const before = ranked.at(-2) ?? last;
  yield* point("vmlinuz.old", before.image);
  yield* point("initrd.img.old", before.initrd);
  yield* point("vmlinuz", last.image);
  yield* point("initrd.img", last.initrd);
  return 0;
});
