// The layouts of net-tools 2.10 and what each command does to the kernel's network; texts as the real programs wrote them.
import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld, type World } from "../../world/world.ts";

function host(): World {
  const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  run(world, "apt-get update -qq; apt-get install -qq -y net-tools; sleep 90; ip link add d0 address 02:00:00:00:00:07 type dummy");
  return world;
}

function run(world: World, script: string): string {
  const { stdout } = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; PATH=/usr/sbin:/usr/bin; ${script}`], directory: "/root", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
  return new TextDecoder().decode(stdout);
}

const counters = "        RX packets 0  bytes 0 (0.0 B)\n        RX errors 0  dropped 0  overruns 0  frame 0\n        TX packets 0  bytes 0 (0.0 B)\n        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0\n\n";

test("ifconfig: addresses by class, masks, aliases, flags, refusals", () => {
  const world = host();
  expect(run(world, "ifconfig lo")).toBe(`lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n        inet6 ::1  prefixlen 128  scopeid 0x10<host>\n        loop  txqueuelen 1000  (Local Loopback)\n${counters}`);
  expect(run(world, "ifconfig d0")).toBe(`d0: flags=130<BROADCAST,NOARP>  mtu 1500\n        ether 02:00:00:00:00:07  txqueuelen 1000  (Ethernet)\n${counters}`);
  expect(run(world, "ifconfig d0 10.0.0.1; ip -4 -o a show d0 | cut -d' ' -f7-10; ifconfig d0 10.0.0.2/24; ifconfig d0 netmask 255.255.0.0 mtu 1400; ifconfig d0:1 10.0.9.9 netmask 255.255.255.0; ifconfig d0 | head -3; ifconfig d0:1; ifconfig d0:1 down; ip -4 -o a show d0 | grep -c d0:1"))
    .toBe("10.0.0.1/8 brd 10.255.255.255 scope\nd0: flags=195<UP,BROADCAST,RUNNING,NOARP>  mtu 1400\n        inet 10.0.0.2  netmask 255.255.0.0  broadcast 10.0.255.255\n        inet6 fe80::ff:fe00:7  prefixlen 64  scopeid 0x20<link>\nd0:1: flags=195<UP,BROADCAST,RUNNING,NOARP>  mtu 1400\n        inet 10.0.9.9  netmask 255.255.255.0  broadcast 10.0.9.255\n        ether 02:00:00:00:00:07  txqueuelen 1000  (Ethernet)\n\n0\n");
  expect(run(world, "ifconfig nosuch; echo $?; ifconfig nosuch 10.0.0.1; echo $?; ifconfig -x; echo $?; ifconfig d0 mtu 10; echo $?; ifconfig d0 hw ether 02:zz; echo $?; ifconfig d0 del fd00::9/64; echo $?; ifconfig d0 netmask 255.0.255.0; echo $?"))
    .toBe("nosuch: error fetching interface information: Device not found\n1\nSIOCSIFADDR: No such device\nnosuch: ERROR while getting interface flags: No such device\n255\nifconfig: option `-x' not recognised.\nifconfig: `--help' gives usage information.\n1\nSIOCSIFMTU: Invalid argument\n1\n02:zz: invalid ether address.\n1\nSIOCDIFADDR: Cannot assign requested address\n1\nSIOCSIFNETMASK: Invalid argument\n1\n");
  expect(run(world, "su nobody -s /bin/sh -c 'ifconfig d0 10.1.1.1; ifconfig d0 mtu 1300'")).toBe("SIOCSIFADDR: Operation not permitted\nSIOCSIFFLAGS: Operation not permitted\nSIOCSIFMTU: Operation not permitted\n");
  expect(run(world, "ifconfig d0 down; ifconfig -s | cut -c1-22")).toBe("Iface      MTU    RX-O\nenp1s0           1500 \nlo              65536 \n");
});

test("route: what is added, shown, taken away and refused", () => {
  const world = host();
  const table = "Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n";
  expect(run(world, "ifconfig d0 10.0.0.2/24; route add -net 10.5.0.0/16 gw 10.0.0.1; route add -host 10.6.0.1 d0; route add -net 10.7.0.0 netmask 255.255.0.0 gw 10.0.0.1 metric 5; route add -net 10.99.0.0/16 reject; route"))
    .toBe(`${table}default         10.0.2.2        0.0.0.0         UG    0      0        0 enp1s0\n10.0.0.0        0.0.0.0         255.255.255.0   U     0      0        0 d0\n10.0.2.0        0.0.0.0         255.255.255.0   U     0      0        0 enp1s0\n10.5.0.0        10.0.0.1        255.255.0.0     UG    0      0        0 d0\n10.6.0.1        0.0.0.0         255.255.255.255 UH    0      0        0 d0\n10.7.0.0        10.0.0.1        255.255.0.0     UG    5      0        0 d0\n10.99.0.0       -               255.255.0.0     !     0      -        0 -\n`);
  expect(run(world, "route del default; route del -net 10.5.0.0/16 gw 10.0.0.1; route del 10.6.0.1; route del -net 10.7.0.0/16; route -n"))
    .toBe(`${table}10.0.0.0        0.0.0.0         255.255.255.0   U     0      0        0 d0\n10.0.2.0        0.0.0.0         255.255.255.0   U     0      0        0 enp1s0\n10.99.0.0       -               255.255.0.0     !     0      -        0 -\n`);
  expect(run(world, "route add default gw 1.1.1.1; echo $?; route del -net 1.0.0.0/8; echo $?; route add -net 1.0.0.0/8 dev nosuch; echo $?; route add -net 10.0.0.0; echo $?; route add 11.0.0.0/8 dev d0 2>&1 | head -1; route add -net 10.0.0.1/24 dev d0 2>&1 | head -1; su nobody -s /bin/sh -c 'route del default'"))
    .toBe("SIOCADDRT: Network is unreachable\n7\nSIOCDELRT: No such process\n7\nSIOCADDRT: No such device\n7\nSIOCADDRT: Invalid argument\n7\nroute: netmask 00ffffff doesn't make sense with host route\nroute: netmask doesn't match route address\nSIOCDELRT: Operation not permitted\n");
});

test("netstat: sockets with their programs, interfaces, routes", () => {
  const world = host();
  expect(run(world, "netstat -tulpn | sed -E 's/ [0-9]+\\/(.*)/ PID\\/\\1/; s/ +$//'")).toBe("Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\ntcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      PID/sshd: /usr/sbin\ntcp6       0      0 :::22                   :::*                    LISTEN      PID/sshd: /usr/sbin\nudp        0      0 0.0.0.0:68              0.0.0.0:*                           PID/dhclient\n");
  expect(run(world, "netstat -tle4 | sed 's/[0-9]* *$//'")).toBe("Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode     \ntcp        0      0 0.0.0.0:ssh             0.0.0.0:*               LISTEN      root       \n".replace("Inode     \n", "Inode\n"));
  expect(run(world, "netstat -rn")).toBe("Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n0.0.0.0         10.0.2.2        0.0.0.0         UG        0 0          0 enp1s0\n10.0.2.0        0.0.0.0         255.255.255.0   U         0 0          0 enp1s0\n");
  expect(run(world, "netstat -i | sed 1,3d; netstat -lx | sed -n '1,2p;/systemd.private/p' | sed -E 's/[0-9]{5}/INODE/'; netstat -Z; echo $?; netstat --foo 2>&1 | head -1")).toBe("lo              65536        0      0      0 0             0      0      0      0 LRU\nActive UNIX domain sockets (only servers)\nProto RefCnt Flags       Type       State         I-Node   Path\nunix  2      [ ACC ]     STREAM     LISTENING     INODE    /run/systemd/private\nSELinux is not enabled on this machine.\n1\nnetstat: unrecognized option '--foo'\n");
});
