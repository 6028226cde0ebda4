import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("arp: the table, sentences, one host, one interface; entries made and taken away", () => {
  const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  const run = (script: string): string => new TextDecoder().decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; PATH=/usr/sbin:/usr/bin; ${script}`], directory: "/root", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 }).stdout);
  run("apt-get update -qq; apt-get install -qq -y net-tools; ping -c 1 10.0.2.2");
  const mac = "52:55:0a:00:02:02";
  expect(run("arp -n 10.0.2.2; arp -an 10.0.2.2; arp -n 10.9.9.9; arp -n -i nosuch 10.0.2.2")).toBe(`Address                  HWtype  HWaddress           Flags Mask            Iface\n10.0.2.2                 ether   ${mac}   C                     enp1s0\n? (10.0.2.2) at ${mac} [ether] on enp1s0\n10.9.9.9 (10.9.9.9) -- no entry\n10.0.2.2 (10.0.2.2) -- no entry\n`);

  run("ip link add d0 address 02:00:00:00:00:01 type bridge; ip link set d0 up; ip addr add 10.9.0.1/24 dev d0");
  // recorded with net-tools 2.10
  expect(run("arp -s 10.9.0.9 02:00:00:00:00:99; arp -s 10.77.0.9 02:00:00:00:00:99; echo $?; arp -s 10.9.0.9 zz; arp -s 10.9.0.9; arp -s; arp -d; echo $?; arp -s 10.9.0.20 02:00:00:00:00:20 temp; arp -i d0 -s 10.9.0.22 02:00:00:00:00:22; arp -D -s 10.9.0.40 d0; arp -Ds 10.9.0.42 nosuch; arp -i d0 -n"))
    .toBe("SIOCSARP: Network is unreachable\n255\narp: invalid hardware address\narp: need hardware address\narp: need host name\narp: need host name\n255\narp: cant get HW-Address for `nosuch': No such device.\nAddress                  HWtype  HWaddress           Flags Mask            Iface\n10.9.0.9                 ether   02:00:00:00:00:99   CM                    d0\n10.9.0.20                ether   02:00:00:00:00:20   C                     d0\n10.9.0.22                ether   02:00:00:00:00:22   CM                    d0\n10.9.0.40                ether   02:00:00:00:00:01   CM                    d0\n");
  expect(run("arp -d 10.9.0.22; arp -d 10.9.0.55; echo $?; arp -i d0 -d 10.9.0.20; printf '10.9.0.30 02:00:00:00:00:30\\n# c\\n\\n10.9.0.31 02:00:00:00:00:31 temp\\nbad\\n10.9.0.32 zz\\n' > ethers; arp -f ethers; echo $?; arp -f /nonexistent; arp -f; arp -an -i d0; arp -H foo; arp -A ax25 -n; su nobody -s /bin/sh -c 'arp -s 10.9.0.77 02:00:00:00:00:99; arp -d 10.9.0.30'"))
    .toBe("No ARP entry for 10.9.0.55\n255\narp: format error on line 5 of etherfile ethers !\narp: invalid hardware address\narp: cannot set entry on line 6 of etherfile ethers !\n0\narp: cannot open etherfile /nonexistent !\narp: cannot open etherfile /etc/ethers !\n? (10.9.0.9) at 02:00:00:00:00:99 [ether] PERM on d0\n? (10.9.0.40) at 02:00:00:00:00:01 [ether] PERM on d0\n? (10.9.0.30) at 02:00:00:00:00:30 [ether] PERM on d0\n? (10.9.0.31) at 02:00:00:00:00:31 [ether] on d0\narp: foo: unknown hardware type.\narp: ax25: kernel only supports 'inet'.\nSIOCSARP: Operation not permitted\nSIOCDARP(dontpub): Operation not permitted\n");
});
