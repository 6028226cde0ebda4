// The checks of first-machine that need more than words. What leaves no trace but having been done (looking, pulling the plug) is read from the machine's
// process accounting.

import type { CustomCheck } from "../../../lib/lab/check/check.ts";
import { findFile } from "../../../lib/lab/check/home-path.ts";
import { no, yes } from "../../../lib/lab/verdict.ts";
import type { CommandView, GuestView, View } from "../../../lib/sim/machine/view.ts";

const GUEST = "first";
const DISK = "/var/lib/libvirt/images/first.qcow2";
const BASE = "guest.qcow2";

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function guestOf(view: View): GuestView | undefined {
  return view.guests.find((guest) => guest.name === GUEST);
}

const looksAtProcessor = (command: CommandView) => /cpuinfo|kvm|lscpu|virt-host-validate|capabilities/.test(command.argv.join(" "));

export const accelerationIsKnown: CustomCheck = (view, context) => {
  const file = findFile(view, "~/accel.txt", context);
  if (!file) return no("file.missing", { path: "~/accel.txt" });
  const words: readonly string[] = file.text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().match(/[a-z]+/g) ?? [];
  const saysKvm = words.includes("kvm");
  const saysQemu = words.some((word) => word === "qemu" || word === "emulation" || word === "tcg");
  if (saysKvm === saysQemu) return no("accel.unclear", { found: file.text.trim().slice(0, 80) });
  const hasKvm = view.file("/dev/kvm") !== undefined;
  if (saysKvm !== hasKvm) return no("accel.wrong", { found: saysKvm ? "kvm" : "qemu" });
  return view.commands.some(looksAtProcessor) ? yes : no("accel.not-looked", {});
};

export const diskHasBackingFile: CustomCheck = (view) => {
  const file = view.file(DISK);
  if (!file) return no("disk.missing", { path: DISK });
  // qcow2: the magic "QFI\xfb" first, the name of the backing file in the header's cluster
  if (!file.text.startsWith("QFI")) return no("disk.not-qcow2", { path: DISK });
  const base = file.text.slice(0, 4096).match(/[\w./+-]+\.(?:qcow2|img|raw|vmdk)(?![\w.])/g)?.at(-1);
  if (base === undefined) return no("disk.no-backing", { path: DISK });
  return baseName(base) === BASE ? yes : no("disk.other-base", { found: base });
};

export const machineRuns: CustomCheck = (view) => {
  const guest = guestOf(view);
  if (!guest) {
    const other = view.guests.at(-1);
    return other ? no("install.other-name", { found: other.name }) : no("guest.missing", { guest: GUEST });
  }
  if (!guest.disks.some((disk) => disk.path === DISK)) return no("install.other-disk", { found: guest.disks[0]?.path ?? "-" });
  if (!guest.cards.some((card) => card.network === "virbr0")) return no("install.no-network", {});
  return guest.state === "running" ? yes : no("install.not-running", { found: guest.state });
};

export const guestIsRenamed: CustomCheck = (view) => {
  const guest = guestOf(view);
  if (!guest) return no("guest.missing", { guest: GUEST });
  if (guest.inside?.hostname === GUEST || guest.inside?.file("/etc/hostname")?.text.trim() === GUEST) return yes;
  if (view.hostname === GUEST) return no("console.host-renamed", {});
  if (!guest.inside) return guest.state === "running" ? no("console.booting", {}) : no("console.off", { found: guest.state });
  return no("console.not-renamed", { found: guest.inside.hostname });
};

/** What last switched a guest on or off from the host, by what virsh was asked or, inside its own prompt, what it answered. */
function lastPowerCommand(view: View): "start" | "shutdown" | "destroy" | undefined {
  for (const command of view.commands.toReversed()) {
    if (!command.argv.some((word) => baseName(word) === "virsh") || (command.status !== undefined && command.status !== 0)) continue;
    const asked = command.argv.join(" ");
    if (/\bdestroy\b/.test(asked) || /^Domain '.*' destroyed$/m.test(command.stdout)) return "destroy";
    if (/\bshutdown\b/.test(asked) || /is being shutdown/.test(command.stdout)) return "shutdown";
    if (/\bstart\b/.test(asked) || /^Domain '.*' started$/m.test(command.stdout)) return "start";
  }
  return undefined;
}

export const shutDownCleanly: CustomCheck = (view) => {
  const guest = guestOf(view);
  if (!guest) return no("guest.missing", { guest: GUEST });
  if (guest.state === "paused") return no("shutdown.paused", {});
  if (guest.state === "running") return no(lastPowerCommand(view) === "shutdown" ? "shutdown.under-way" : "shutdown.running", {});
  return lastPowerCommand(view) === "destroy" ? no("shutdown.destroyed", {}) : yes;
};

export const powerWasCut: CustomCheck = (view) => {
  const guest = guestOf(view);
  if (!guest) return no("guest.missing", { guest: GUEST });
  if (guest.state !== "off") return no("cut.running", { found: guest.state });
  return lastPowerCommand(view) === "destroy" ? yes : no("cut.not-cut", {});
};
