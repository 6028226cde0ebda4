// The checks of template-and-clones: what makes a machine itself (machine-id, SSH host keys, name, MAC) is read inside a running guest, and on its disk when it is off.

import type { CustomCheck } from "../../../lib/lab/check/check.ts";
import { findFile } from "../../../lib/lab/check/home-path.ts";
import { no, type Verdict, yes } from "../../../lib/lab/verdict.ts";
import type { CommandView, FileView, GuestView, View } from "../../../lib/sim/machine/view.ts";

const TEMPLATE = "template";
const MACHINE_ID = /^[0-9a-f]{32}$/;
const KEY_KINDS = ["ed25519", "ecdsa", "rsa"];

const guestOf = (view: View, name: string): GuestView | undefined => view.guests.find((guest) => guest.name === name);
const firstDisk = (guest: GuestView): string => guest.disks[0]?.path ?? "";
const fileOf = (guest: GuestView, path: string): FileView | undefined => (guest.inside === undefined ? guest.onDisk(path) : guest.inside.file(path));
const textOf = (guest: GuestView, path: string): string => fileOf(guest, path)?.text.trim() ?? "";
const machineIdOf = (guest: GuestView): string => textOf(guest, "/etc/machine-id");
const hostKeyOf = (guest: GuestView, kind: string): string => textOf(guest, `/etc/ssh/ssh_host_${kind}_key.pub`).split(" ")[1] ?? "";
const hasHostKeys = (guest: GuestView): boolean => KEY_KINDS.some((kind) => fileOf(guest, `/etc/ssh/ssh_host_${kind}_key`) !== undefined);

/** D-Bus's copy, unless it is a link or says nothing. */
function staleDbusCopy(guest: GuestView): boolean {
  const copy = guest.inside === undefined ? guest.onDisk("/var/lib/dbus/machine-id", false) : guest.inside.file("/var/lib/dbus/machine-id", false);
  return copy?.kind === "file" && copy.text.trim() !== "" && copy.text.trim() !== machineIdOf(guest);
}

function othersOf(view: View, guest: GuestView): readonly GuestView[] {
  return view.guests.filter((other) => other.name !== guest.name);
}

/** The guest's system, or why there is none to look into. */
function running(view: View, name: string, prefix: string): { readonly guest: GuestView; readonly inside: View } | Verdict {
  const guest = guestOf(view, name);
  if (!guest) return no("guest.missing", { guest: name });
  if (guest.state !== "running") return no(`${prefix}.off`, { found: guest.state });
  return guest.inside === undefined ? no(`${prefix}.booting`, {}) : { guest, inside: guest.inside };
}

export const clonesRun: CustomCheck = (view) => {
  if (guestOf(view, TEMPLATE)?.state === "running") return no("template.running", {});
  for (const name of ["web1", "web2"]) {
    const guest = guestOf(view, name);
    if (!guest) {
      const other = view.guests.find((one) => one.name !== TEMPLATE && one.name !== "web1" && one.name !== "web2");
      return other ? no("clone.other-name", { found: other.name }) : no("clone.missing", { guest: name });
    }
    const shared = othersOf(view, guest).find((other) => firstDisk(other) === firstDisk(guest));
    if (shared) return no("clone.shares-disk", { guest: name, found: shared.name });
    if (guest.state !== "running") return no("clone.off", { guest: name, found: guest.state });
  }
  return yes;
};

export const sharedIdIsKnown: CustomCheck = (view, context) => {
  const file = findFile(view, "~/same.txt", context);
  if (!file) return no("file.missing", { path: "~/same.txt" });
  const found = file.text.trim().toLowerCase();
  if (!MACHINE_ID.test(found)) return no("same.not-an-id", { found: found.slice(0, 80) });
  if (found === view.file("/etc/machine-id")?.text.trim()) return no("same.host", {});
  return view.guests.some((guest) => machineIdOf(guest) === found) ? yes : no("same.wrong", { found });
};

export const twinCollides: CustomCheck = (view) => {
  const [twin, web1] = [guestOf(view, "twin"), guestOf(view, "web1")];
  if (!twin) return no("twin.missing", {});
  if (!web1) return no("guest.missing", { guest: "web1" });
  if (firstDisk(twin) === firstDisk(web1)) return no("twin.same-disk", { path: firstDisk(twin) });
  if (view.file(firstDisk(twin)) === undefined) return no("twin.no-disk", { path: firstDisk(twin) });
  if (twin.cards[0]?.mac !== web1.cards[0]?.mac) return no("twin.other-mac", { found: twin.cards[0]?.mac ?? "-" });
  const off = [twin, web1].find((guest) => guest.state !== "running");
  return off ? no("twin.off", { guest: off.name }) : yes;
};

export const twinHasOwnMac: CustomCheck = (view) => {
  const twin = guestOf(view, "twin");
  if (!twin) return no("twin.missing", {});
  const [mac] = twin.definedMacs;
  if (mac === undefined) return no("mac.no-card", {});
  const same = othersOf(view, twin).find((other) => other.cards.some((card) => card.mac === mac));
  if (same) return no("mac.same", { mac, found: same.name });
  const found = running(view, "twin", "mac");
  if ("passed" in found) return found;
  return found.inside.interfaces.some((one) => one.mac.toLowerCase() === mac) ? yes : no("mac.not-restarted", { mac });
};

/** What every machine must have for itself; codes begin with the task's word. */
function isItself(view: View, name: string, prefix: string): Verdict {
  const found = running(view, name, prefix);
  if ("passed" in found) return found;
  const { guest, inside } = found;
  const id = machineIdOf(guest);
  if (!MACHINE_ID.test(id)) return no(`${prefix}.no-machine-id`, {});
  const sameId = othersOf(view, guest).find((other) => machineIdOf(other) === id);
  if (sameId) return no(`${prefix}.machine-id`, { found: sameId.name });
  if (staleDbusCopy(guest)) return no(`${prefix}.dbus`, {});
  if (!hasHostKeys(guest)) return no(`${prefix}.no-keys`, {});
  for (const kind of KEY_KINDS) {
    const key = hostKeyOf(guest, kind);
    const sameKey = key === "" ? undefined : othersOf(view, guest).find((other) => hostKeyOf(other, kind) === key);
    if (sameKey) return no(`${prefix}.keys`, { kind, found: sameKey.name });
  }
  if (textOf(guest, "/etc/hostname") !== name) return no(`${prefix}.hostname`, { found: textOf(guest, "/etc/hostname") });
  return inside.service("ssh").active === "active" ? yes : no(`${prefix}.ssh`, {});
}

export const web2IsItself: CustomCheck = (view) => isItself(view, "web2", "hand");

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** virt-sysprep of that guest, latest first. */
function sysprepsOf(view: View, guest: GuestView): readonly CommandView[] {
  return view.commands.filter((command) => command.argv.some((word) => baseName(word) === "virt-sysprep") && command.argv.some((word) => [guest.name, guest.uuid].includes(word.replace(/^(?:-d|--domain=)/, "")) || word.includes(firstDisk(guest)) || word.endsWith(baseName(firstDisk(guest))))).reverse();
}

export const web1IsPrepared: CustomCheck = (view) => {
  const guest = guestOf(view, "web1");
  if (!guest) return no("guest.missing", { guest: "web1" });
  const [latest] = sysprepsOf(view, guest);
  if (latest === undefined) return no("sysprep.not-used", {});
  if (latest.status === undefined) return no("sysprep.under-way", {});
  if (latest.status !== 0) return no(/live virtual\s+machine/.test(latest.stderr) ? "sysprep.live" : "sysprep.failed", {});
  if (latest.argv.some((word) => word === "-n" || word === "--dry-run" || word === "--dryrun")) return no("sysprep.dry-run", {});
  return isItself(view, "web1", "sysprep");
};

export const templateIsClean: CustomCheck = (view) => {
  const guest = guestOf(view, TEMPLATE);
  if (!guest) return no("guest.missing", { guest: TEMPLATE });
  if (guest.state !== "off") return no("template.running", {});
  if (hasHostKeys(guest)) return no("template.keys", {});
  const id = machineIdOf(guest);
  if (MACHINE_ID.test(id)) return no(sysprepsOf(view, guest).some((command) => command.status === 0) ? "template.machine-id-set" : "template.machine-id", { found: id });
  return staleDbusCopy(guest) ? no("template.dbus", {}) : yes;
};

/** What cloud-init did with its seed. */
function cloudInitTrouble(inside: View): Verdict | undefined {
  if (inside.file("/run/cloud-init/enabled") === undefined) return no("seed.ignored", {});
  if (/Failed loading yaml blob/.test(inside.file("/var/log/cloud-init.log")?.text ?? "")) return no("seed.yaml", {});
  return inside.file("/run/cloud-init/result.json") === undefined ? no("seed.under-way", {}) : undefined;
}

export const app1IsSeeded: CustomCheck = (view) => {
  const found = running(view, "app1", "seed");
  if ("passed" in found) return found;
  const { guest, inside } = found;
  if (guest.disks.length < 2) return no("seed.no-disk", {});
  const trouble = cloudInitTrouble(inside);
  if (trouble) return trouble;
  if (inside.hostname !== "app1") return no("seed.hostname", { found: inside.hostname });
  if (inside.user("deploy") === undefined) return no("seed.user", {});
  const own = view.file("/root/.ssh/id_ed25519.pub")?.text.split(" ")[1] ?? "-";
  if (!(inside.file("/home/deploy/.ssh/authorized_keys")?.text ?? "").includes(own)) return no("seed.key", {});
  if (inside.file("/etc/app.conf")?.text.trim() !== "mode=production") return no("seed.file", { found: inside.file("/etc/app.conf")?.text.trim().slice(0, 60) ?? "-" });
  if (inside.file("/var/lib/app-ready") === undefined) return no("seed.runcmd", {});
  const same = othersOf(view, guest).find((other) => machineIdOf(other) === machineIdOf(guest));
  return same ? no("seed.machine-id", { found: same.name }) : yes;
};
