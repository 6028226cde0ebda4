// What is started: GRUB, where it is installed on the disk, reads its menu and chooses; without it the hypervisor starts the kernel that /vmlinuz names with the hardware's own command
// line (direct kernel boot). The kernel's own image says which one it is.
import { decode } from "../kernel/sys.ts";
import { contentsAt, type DiskFiles, findNode, namesIn } from "./disk-files.ts";
import type { Hardware } from "./hardware.ts";
import { type GrubMenuEntry, readGrubMenu } from "./grub-menu.ts";
import { kernelRelease, kernelVersion } from "./rootfs/kernel-facts.ts";

interface KernelIdentity {
  readonly release: string;
  readonly version: string;
}

export interface BootChoice {
  readonly kernel: KernelIdentity;
  readonly commandLine: string;
  /** the image that the loader loads with it */
  readonly initrd: string | undefined;
  /** of the menu; undefined without GRUB */
  readonly title: string | undefined;
  /** what GRUB leaves in its environment block, when that changes */
  readonly environment: string | undefined;
}

export const environmentPath = "/boot/grub/grubenv";
const headBytes = 1024;
const mostConfigBytes = 1 << 18;

const read = (files: DiskFiles, path: string, maxBytes: number): Uint8Array | undefined => contentsAt(files, path)?.read(0, maxBytes);

/** Undefined for what is no kernel. The text of its version stands where the head of a bzImage says (Documentation/arch/x86/boot.rst). */
function identityOf(files: DiskFiles, path: string): KernelIdentity | undefined {
  const head = read(files, path, headBytes);
  if (head === undefined || decode(head.subarray(0x202, 0x206)) !== "HdrS") return undefined;
  const at = 0x200 + (head[0x20e] ?? 0) + 256 * (head[0x20f] ?? 0);
  const end = head.indexOf(0, at);
  const [release, rest] = decode(head.subarray(at, end < 0 ? undefined : end)).split(" (debian-kernel@lists.debian.org) ");
  return release === undefined || rest === undefined ? undefined : { release, version: rest };
}

function grubChoice(files: DiskFiles): BootChoice | undefined {
  // grub-install leaves it beside what it writes into the boot sector
  if (findNode(files, "/boot/grub/i386-pc/core.img") === undefined) return undefined;
  const text = read(files, "/boot/grub/grub.cfg", mostConfigBytes);
  if (text === undefined) return undefined;
  const environment = read(files, environmentPath, headBytes);
  const menu = readGrubMenu(decode(text), environment === undefined ? undefined : decode(environment), (path) => (findNode(files, path)?.sizeBytes ?? 0) > 0);
  const asChosen = (entry: GrubMenuEntry): BootChoice | undefined => {
    const kernel = entry.kernel === undefined ? undefined : identityOf(files, entry.kernel);
    return kernel === undefined ? undefined : { kernel, commandLine: [`BOOT_IMAGE=${entry.kernel ?? ""}`, ...entry.words].join(" "), initrd: entry.initrd, title: entry.title, environment: menu.environment };
  };
  // an entry whose kernel is gone comes back to the menu, where somebody takes the next one
  for (const entry of [...(menu.chosen === undefined ? [] : [menu.chosen]), ...menu.entries]) {
    const choice = asChosen(entry);
    if (choice !== undefined) return choice;
  }
  return undefined;
}

function newestKernel(files: DiskFiles): string | undefined {
  const image = namesIn(files, "/boot").filter((name) => name.startsWith("vmlinuz-")).sort().at(-1);
  return image === undefined ? undefined : `/boot/${image}`;
}

/** `commandLine` and, where the disk holds no kernel at all, the kernel are those of the hypervisor. */
export function bootChoice(files: DiskFiles, commandLine: string): BootChoice {
  const chosen = grubChoice(files);
  if (chosen !== undefined) return chosen;
  const image = identityOf(files, "/vmlinuz") === undefined ? newestKernel(files) : "/vmlinuz";
  const kernel = image === undefined ? undefined : identityOf(files, image);
  const own = kernel ?? { release: kernelRelease, version: kernelVersion };
  return { kernel: own, commandLine, initrd: `/boot/initrd.img-${own.release}`, title: undefined, environment: undefined };
}

const booting = new WeakMap<Hardware, Map<string, Hardware>>();
const mostChoices = 32;

/** The hardware as a kernel that was chosen sees it; the same value for the same choice, so that machines of one kind share what is made of it. */
export function hardwareBooting(hardware: Hardware, { kernel, commandLine }: Pick<BootChoice, "kernel" | "commandLine">): Hardware {
  if (kernel.release === kernelRelease && kernel.version === kernelVersion && commandLine === hardware.kernelCommandLine) return hardware;
  let known = booting.get(hardware);
  if (known === undefined) {
    known = new Map();
    booting.set(hardware, known);
  }
  const key = `${kernel.release}\n${kernel.version}\n${commandLine}`;
  let described = known.get(key);
  if (described === undefined) {
    if (known.size >= mostChoices) known.clear();
    described = { ...hardware, kernelCommandLine: commandLine, kernel };
    known.set(key, described);
  }
  return described;
}
