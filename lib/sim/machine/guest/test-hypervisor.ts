// For tests: a device model in a few lines. It boots a guest from a disk that outlives it and types what a script says.
import { type Blocking, decode, type DiskPiece, encode, type GuestCard, type GuestHardware, type GuestPciDevice, POLL, type Sys } from "../../kernel/sys.ts";
import type { Contents } from "../../kernel/vfs/contents.ts";
import type { Machine } from "../machine.ts";

const pci = (slot: string, kind: number, vendor: number, device: number, revision = 0): GuestPciDevice => ({ slot, class: kind, vendor, device, revision });

export interface Kind {
  readonly bus: "ide" | "virtio";
  readonly accelerator?: "kvm" | "tcg";
  readonly flags?: readonly string[];
  readonly memoryBytes?: number;
}

/** An i440FX whose disk and card are of that kind. */
function hardwareOf(kind: Kind, disk: Contents): GuestHardware {
  const virtio = kind.bus === "virtio";
  const card: GuestCard = { id: "net0", model: virtio ? "virtio" : "e1000", mac: "52:54:00:aa:bb:01", slot: "0000:00:03.0" };
  const pieces: DiskPiece[] = [];
  for (const piece of disk.pieces()) if (piece.data instanceof Uint8Array) pieces.push({ start: piece.start, bytes: piece.data.slice() });
  return {
    machine: "pc-i440fx-7.2", uuid: "c7a5fdbd-edaf-9455-926a-d65c16db1809", cpuCount: 1, cpuModel: kind.flags === undefined ? "qemu64" : "host", cpuFlags: kind.flags ?? [], memoryBytes: kind.memoryBytes ?? 512 * 1024 ** 2, channels: [], serialPorts: 1,
    pci: [
      pci("0000:00:00.0", 0x060000, 0x8086, 0x1237, 2), pci("0000:00:01.0", 0x060100, 0x8086, 0x7000), pci("0000:00:01.1", 0x010180, 0x8086, 0x7010), pci("0000:00:01.3", 0x068000, 0x8086, 0x7113, 3),
      virtio ? pci("0000:00:03.0", 0x020000, 0x1af4, 0x1000) : pci("0000:00:03.0", 0x020000, 0x8086, 0x100e, 3), ...(virtio ? [pci("0000:00:04.0", 0x010000, 0x1af4, 0x1001)] : []),
    ],
    disks: [{ id: "disk0", bus: kind.bus, index: 0, sizeBytes: disk.sizeBytes, readOnly: false, rom: false, serial: "", pieces, bootOrder: 1 }],
    cards: [card],
  };
}

/** A world, or a machine by itself. */
export interface Stepped {
  readonly nowUs: number;
  machine(): Machine;
  step(untilUs: number, maxSteps: number): unknown;
}

/** After each text of the script its answer is typed; "button" presses the power button; the guest's end, or the end of the script, ends it. What it wrote is on the disk then. */
export function runGuest(world: Stepped, kind: Kind, disk: Contents, script: readonly (readonly [after: string, type: string])[], limitUs = 600_000_000): string {
  const state = { console: "", ended: false };
  world.machine().kernel.spawn({
    argv: ["qemu-system-x86_64"],
    entry: function* main(sys: Sys): Blocking<number> {
      const kvmFd = kind.accelerator === "kvm" ? yield* sys.open("/dev/kvm", 2) : undefined;
      const fd = sys.createGuest({ accelerator: kind.accelerator ?? "tcg", ...(kvmFd === undefined ? {} : { kvmFd }), hardware: hardwareOf(kind, disk) });
      sys.guest(fd, { op: "power-on" });
      const todo = [...script];
      let from = 0;
      let off = false;
      while (!off) {
        yield* sys.poll([{ fd, events: POLL.IN }], null);
        for (const event of sys.guest(fd, { op: "take-events" })) {
          if (event.kind === "console") state.console += decode(event.bytes);
          if (event.kind === "powered-off" || event.kind === "crashed") off = true;
        }
        for (let next = todo[0]; next !== undefined && state.console.indexOf(next[0], from) >= 0; next = todo[0]) {
          from = state.console.indexOf(next[0], from) + next[0].length;
          todo.shift();
          if (next[1] === "button") sys.guest(fd, { op: "power-button" });
          else sys.guest(fd, { op: "console-input", bytes: encode(next[1]) });
        }
        if (todo.length === 0 && script.length > 0) off = true;
      }
      for (const changed of sys.guest(fd, { op: "flush" })) for (const piece of changed.pieces) disk.write(piece.start, piece.bytes.subarray(0, Math.max(0, disk.sizeBytes - piece.start)));
      state.ended = true;
      return 0;
    },
  });
  const untilUs = world.nowUs + limitUs;
  while (!state.ended && world.nowUs < untilUs) world.step(Math.min(untilUs, world.nowUs + 1_000_000), 1e9);
  return state.console;
}

/** What a command showed: between its echo and the next prompt. */
export function shown(console: string, command: string): string {
  const plain = console.replace(/\u001b\[[?\d;]*[a-zA-Z]\r?/g, "").replace(/\r+\n/g, "\n");
  const at = plain.indexOf(`${command}\n`);
  if (at < 0) return `not typed: ${command}`;
  const from = at + command.length + 1;
  const end = plain.indexOf("# ", from);
  return plain.slice(from, end < 0 ? undefined : plain.lastIndexOf("\n", end) + 1);
}
