import { expect, test } from "vitest";
import { type Blocking, decode, type DiskPiece, encode, type GuestHardware, POLL, type Sys } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { guestDisk } from "../images/guest-disk.ts";

const diskBytes = 2 * 1024 ** 3;

function pieces(): readonly DiskPiece[] {
  const list: DiskPiece[] = [];
  for (const piece of guestDisk("guest-debian-12", diskBytes).pieces()) if (piece.data instanceof Uint8Array) list.push({ start: piece.start, bytes: piece.data });
  return list;
}

const hardware = (): GuestHardware => ({
  machine: "pc-q35-7.2", uuid: "c7a5fdbd-edaf-9455-926a-d65c16db1809", cpuCount: 1, cpuModel: "qemu64", cpuFlags: [], memoryBytes: 256 * 1024 ** 2, channels: [], serialPorts: 1,
  pci: [{ slot: "0000:00:00.0", vendor: 0x8086, device: 0x29c0, class: 0x060000, revision: 0 }, { slot: "0000:01:00.0", vendor: 0x1af4, device: 0x1041, class: 0x020000, revision: 1 }],
  disks: [{ id: "virtio-disk0", bus: "virtio", index: 0, sizeBytes: diskBytes, readOnly: false, rom: false, serial: "", pieces: pieces(), bootOrder: 1 }],
  cards: [{ id: "net0", model: "virtio", mac: "52:54:00:aa:bb:01", slot: "0000:01:00.0" }],
});

interface Watched {
  console: string;
  cpuUs: number;
  flushed: number;
  state: string;
}

/** A device model in a few lines: boots the guest, types what `script` says once a prompt ends with its first half. */
function hypervisor(watched: Watched, script: readonly (readonly [after: string, type: string])[]) {
  return function* main(sys: Sys): Blocking<number> {
    const fd = sys.createGuest({ accelerator: "tcg", hardware: hardware() });
    sys.guest(fd, { op: "power-on" });
    const todo = [...script];
    for (;;) {
      yield* sys.poll([{ fd, events: POLL.IN }], null);
      for (const event of sys.guest(fd, { op: "take-events" })) {
        if (event.kind === "console") watched.console += decode(event.bytes);
        if (event.kind === "powered-off") {
          watched.flushed = sys.guest(fd, { op: "flush" }).length;
          watched.state = sys.guest(fd, { op: "status" }).state;
          watched.cpuUs = sys.guest(fd, { op: "status" }).cpuUs;
          return 0;
        }
      }
      const [next] = todo;
      if (next !== undefined && watched.console.endsWith(next[0])) {
        todo.shift();
        if (next[1] === "button") sys.guest(fd, { op: "power-button" });
        else sys.guest(fd, { op: "console-input", bytes: encode(next[1]) });
      }
    }
  };
}

function boot(stepUs: number): { readonly watched: Watched; readonly digest: string } {
  const world = createWorld({ host: "debian-12", seed: 7, epochUs: 1_795_295_310_000_000 });
  world.step(1_000_000, 1e7);
  const watched: Watched = { console: "", cpuUs: 0, flushed: 0, state: "" };
  world.machine().kernel.spawn({
    argv: ["qemu-system-x86_64"],
    entry: hypervisor(watched, [["guest login: ", "root\n"], ["Password: ", "root\n"], ["guest:~# ", "hostname; systemd-detect-virt; cat /proc/cmdline; echo changed > /etc/motd\n"], ["guest:~# ", "button"]]),
  });
  for (let us = 1_000_000; us < 120_000_000; us += stepUs) world.step(us, 1e9);
  world.step(120_000_000, 1e9);
  return { watched, digest: world.digest() };
}

test("a guest boots to a login prompt, is logged into, and ends by its power button", () => {
  const { watched } = boot(10_000_000);
  expect(watched.console).toContain("Debian GNU/Linux 12 guest ttyS0");
  expect(watched.console).toContain("guest\r\nqemu\r\nBOOT_IMAGE=/boot/vmlinuz-6.1.0-56-amd64 root=UUID=7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01 ro console=tty0 console=ttyS0,115200\r\n");
  expect(watched.console).toContain("reboot: Power down");
  expect(watched.state).toBe("off");
  expect(watched.flushed).toBe(1);
});

test("how the host is stepped changes nothing", () => {
  const one = boot(10_000_000);
  const other = boot(333_333);
  expect(other.watched).toEqual(one.watched);
  expect(other.digest).toBe(one.digest);
});
