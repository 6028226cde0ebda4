// A guest with a disk labelled cidata: set up by cloud-init at its first boot, and not again at the next one.
import { expect, test } from "vitest";
import { type Blocking, decode, type DiskPiece, encode, type GuestHardware, POLL, type Sys } from "../../kernel/sys.ts";
import { isoImage } from "../../programs/kit/iso9660-image.ts";
import { createWorld } from "../../world/world.ts";
import { guestDisk } from "../images/guest-disk.ts";

const diskBytes = 2 * 1024 ** 3;
const userData = `#cloud-config
hostname: web7
users:
  - name: eve
    groups: [sudo]
    shell: /bin/bash
    lock_passwd: false
    plain_text_passwd: secret
write_files:
  - path: /etc/app.conf
    content: aGVsbG8=
    encoding: b64
    owner: eve:eve
    permissions: "0600"
    defer: true
runcmd:
  - echo ran >> /root/ran
`;

function hardware(): GuestHardware {
  const pieces: DiskPiece[] = [];
  for (const piece of guestDisk("guest-debian-12", diskBytes).pieces()) if (piece.data instanceof Uint8Array) pieces.push({ start: piece.start, bytes: piece.data });
  const seed = isoImage("cidata", [{ name: "meta-data", content: encode("instance-id: i-7\n") }, { name: "user-data", content: encode(userData) }], 1795295729);
  const disk = { bus: "virtio" as const, rom: false, serial: "" };
  return {
    machine: "pc-q35-7.2", uuid: "c7a5fdbd-edaf-9455-926a-d65c16db1809", cpuCount: 1, cpuModel: "qemu64", cpuFlags: [], memoryBytes: 256 * 1024 ** 2, channels: [], serialPorts: 1,
    pci: [{ slot: "0000:00:00.0", vendor: 0x8086, device: 0x29c0, class: 0x060000, revision: 0 }],
    disks: [
      { ...disk, id: "virtio-disk0", index: 0, sizeBytes: diskBytes, readOnly: false, pieces, bootOrder: 1 },
      { ...disk, id: "virtio-disk1", index: 1, sizeBytes: seed.length, readOnly: true, bootOrder: 0, pieces: [{ start: 0, bytes: seed }] },
    ],
    cards: [],
  };
}

test("cloud-init sets a guest up at its first boot only", () => {
  const world = createWorld({ host: "debian-12", seed: 7, epochUs: 1_795_295_310_000_000 });
  world.step(1_000_000, 1e7);
  let console = "";
  const script: [after: string, type: string][] = [
    ["login: ", "root\n"], ["Password: ", "root\n"],
    ["~# ", "cloud-init status --wait --long; hostname; id -nG eve; cat /etc/app.conf; stat -c ' %U %a' /etc/app.conf; cat /root/ran; echo end-of-first\n"], ["end-of-first\r\n", ""], ["~# ", "reboot\n"],
    ["login: ", "root\n"], ["Password: ", "root\n"], ["~# ", "cloud-init status --wait; wc -l < /root/ran; echo end-of-second\n"],
  ];
  world.machine().kernel.spawn({
    argv: ["qemu-system-x86_64"],
    entry: function* main(sys: Sys): Blocking<number> {
      const fd = sys.createGuest({ accelerator: "tcg", hardware: hardware() });
      sys.guest(fd, { op: "power-on" });
      let from = 0;
      for (;;) {
        yield* sys.poll([{ fd, events: POLL.IN }], null);
        for (const event of sys.guest(fd, { op: "take-events" })) if (event.kind === "console") console += decode(event.bytes);
        for (let next = script[0]; next !== undefined && console.indexOf(next[0], from) >= 0; next = script[0]) {
          from = console.indexOf(next[0], from) + next[0].length;
          script.shift();
          sys.guest(fd, { op: "console-input", bytes: encode(next[1]) });
        }
      }
    },
  });
  for (let us = 5_000_000; us <= 300_000_000 && !console.includes("\nend-of-second"); us += 5_000_000) world.step(us, 1e9);
  expect(console).toContain("status: done\r\nboot_status_code: enabled-by-generator\r\n");
  expect(console).toContain("DataSourceNoCloud [seed=/dev/vdb][dsmode=net]\r\nweb7\r\neve sudo\r\nhello eve 600\r\nran\r\nend-of-first\r\n");
  expect(console).toContain("status: done\r\n1\r\nend-of-second\r\n");
});
