import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("arp: the table, sentences, one host, one interface", () => {
  const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  const run = (script: string): string => new TextDecoder().decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; PATH=/usr/sbin:/usr/bin; ${script}`], directory: "/root", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 }).stdout);
  run("apt-get update -qq; apt-get install -qq -y net-tools; ping -c 1 10.0.2.2");
  const mac = "52:55:0a:00:02:02";
  expect(run("arp -n 10.0.2.2; arp -an 10.0.2.2; arp -n 10.9.9.9; arp -n -i nosuch 10.0.2.2")).toBe(`Address                  HWtype  HWaddress           Flags Mask            Iface\n10.0.2.2                 ether   ${mac}   C                     enp1s0\n? (10.0.2.2) at ${mac} [ether] on enp1s0\n10.9.9.9 (10.9.9.9) -- no entry\n10.0.2.2 (10.0.2.2) -- no entry\n`);
});
