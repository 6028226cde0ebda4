// A virtio disk's queue keeps the kernel's default: lsblk says ROTA 1 on a virtual machine of Debian 12.
import { expect, test } from "vitest";
import { decode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";

test("virtio disks are rotational", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const { stdout } = world.runProgram({ argv: ["bash", "-c", "cat /sys/block/vda/queue/rotational; lsblk -dno ROTA /dev/vda"], directory: "/root", environment: new Map([["PATH", "/usr/bin:/bin"]]), limitUs: 10_000_000, maxSteps: 5_000_000 });
  expect(decode(stdout)).toBe("1\n   1\n");
});
