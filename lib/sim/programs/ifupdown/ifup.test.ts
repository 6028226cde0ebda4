// ifup, ifdown, ifquery against what the real programs wrote (_recorded-commands.ts), what they do to the kernel, and what the boot leaves for them.
import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld, type World } from "../../world/world.ts";
import { general, linksAndIpv6 } from "./_recorded-commands.ts";

function host(): World {
  const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  return world;
}

function run(world: World, script: string, stdin = ""): string {
  const { stdout } = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; PATH=/usr/sbin:/usr/bin; ${script}`], directory: "/root", stdin: encode(stdin), limitUs: 600_000_000, maxSteps: 1e9 });
  return new TextDecoder().decode(stdout);
}

const bridges = "for n in 0 1 2; do ip link add d$n type bridge; done; ";
const scripts = "printf '#!/bin/sh\\nexit 1\\n' > /root/m-false; printf '#!/bin/sh\\n' > /root/m-none; printf '#!/bin/sh\\necho a1\\n' > /root/m-a1; chmod +x /root/m-*; ";

test.each([["families, methods, mappings, classes", general], ["VLANs, IPv6, tunnels", linksAndIpv6]])("the commands of %s are those of ifupdown", (_, { interfaces, session }) => {
  const world = host();
  run(world, `${bridges}${scripts}cat > /etc/network/interfaces; rm /run/network/ifstate*; ip link del enp1s0`, interfaces);
  const commands = session.split("\n").filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
  const quoted = (command: string): string => command.split(" ").map((word) => `'${word}'`).join(" ");
  expect(run(world, commands.map((command) => `echo '$ ${command}'; ${quoted(command)}; echo "[$?]"`).join("\n"))).toBe(session);
});

const parsing = host();

test.each([
  ["auto lo\niface lo inet loopback\nsource-dir x\nfoo bar\n", "ifup: f:4: misplaced option\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["iface d0 inet static bogus\n", "ifup: f:1: extra parameter for the iface line not understood and ignored: bogus\n\nifup: configuring interface d0=d0 (inet)\nifup: missing required variable: address\nifup: missing required configuration variables for interface d0/inet\nifup: failed to bring up d0\n[1]\n"],
  ["iface d0 inet static inherits\n", "ifup: f:1: 'inherits' keyword is missing a parameter\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["iface d0 inet static inherits zz\n", "ifup: f:1: unknown iface to inherit from: zz (inet)\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["mapping d0\n foo bar\n", "ifup: f:2: misplaced option\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["mapping d0\n script a\n script b\n", "ifup: f:3: duplicate script in mapping\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["iface d0 inet static\n address\n", "ifup: f:2: option with empty value\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["auto lo\n  address 1.1.1.1\n", "ifup: f:2: misplaced option\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["bogus\niface d0 inet manual\n", "ifup: f:1: misplaced option\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
  ["allow-foo d0 d1\n# c\niface d0 inet manual # c\n", "ifup: f:3: extra parameter for the iface line not understood and ignored: #\n\nifup: configuring interface d0=d0 (inet)\nrun-parts --exit-on-error --verbose /etc/network/if-pre-up.d\n\n\nip link set dev d0 up 2>/dev/null || true\nrun-parts --exit-on-error --verbose /etc/network/if-up.d\n[0]\n"],
  ["iface d0 inet static\n address 1.1.1.1 # c\n", "\nifup: configuring interface d0=d0 (inet)\nrun-parts --exit-on-error --verbose /etc/network/if-pre-up.d\nip addr add 1.1.1.1 # c/1.1.1.1 # c broadcast + \t  dev d0 label d0\nip link set dev d0   up\n\nrun-parts --exit-on-error --verbose /etc/network/if-up.d\n[0]\n"],
  ["mapping\n", "ifup: unknown interface d0\n[1]\n"],
  ["iface d0 inet manual\n up echo a\n up echo a\n mtu 1\n mtu 2\n pre-up x\n", "\nifup: configuring interface d0=d0 (inet)\nx\nrun-parts --exit-on-error --verbose /etc/network/if-pre-up.d\nip link set dev d0 mtu 1\n2\n\nip link set dev d0 up 2>/dev/null || true\necho a\necho a\nrun-parts --exit-on-error --verbose /etc/network/if-up.d\n[0]\n"],
  ["source-directory /nonexistent\niface d0 inet manual\n", "\nifup: configuring interface d0=d0 (inet)\nrun-parts --exit-on-error --verbose /etc/network/if-pre-up.d\n\n\nip link set dev d0 up 2>/dev/null || true\nrun-parts --exit-on-error --verbose /etc/network/if-up.d\n[0]\n"],
  ["rename d0\nrename a=b\niface d0 inet manual\n", "ifup: missing target name for interface d0\n[1]\n"],
  ["iface d0 inet6 dynamic\n", "ifup: f:1: unknown or no method and no inherits keyword specified\nifup: couldn't read interfaces file \"f\"\n[1]\n"],
])("a file %j", (content, expected) => {
  expect(run(parsing, 'cat > f; ifup -n -v -i f d0; echo "[$?]"', content)).toBe(expected);
});

test("an interface goes up and down with its commands, scripts, environment and state", () => {
  const world = host();
  const interfaces = `auto d0
iface d0 inet static
  address 10.9.0.5/24
  gateway 10.9.0.1
  mtu 1400
  pre-up env | grep -v -e ^_= -e ^PWD -e ^SHLVL -e ^OLDPWD | sort
  up echo up $IFACE $PHASE
  down false
  post-down echo gone $MODE $PHASE
iface d1 inet static
  address 10.8.0.5/24
  up false
`;
  run(world, "cat > /root/i; ip link add d0 type bridge; ip link add d1 type bridge; ip link set enp1s0 down; printf '#!/bin/sh\\necho SCRIPT $IFACE $LOGICAL $ADDRFAM $METHOD $MODE $PHASE $CLASS\\n' | tee /etc/network/if-up.d/tell /etc/network/if-down.d/tell >/dev/null; chmod +x /etc/network/if-*.d/tell", interfaces);
  expect(run(world, "ifup -i i d0; echo $?; ip -4 -o a show d0 | cut -d' ' -f7-10; ip r; cat /run/network/ifstate /run/network/ifstate.d0; ifup -i i d0; echo $?; ifup -f -i i d0 >/dev/null; echo $?; ifquery --state; ifquery --state d0 d1; echo $?")).toBe(`ADDRFAM=inet
IFACE=d0
IFUPDOWN_d0=pre-up
IF_ADDRESS=10.9.0.5
IF_BROADCAST=10.9.0.255
IF_GATEWAY=10.9.0.1
IF_MTU=1400
IF_NETMASK=255.255.255.0
LOGICAL=d0
METHOD=static
MODE=start
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
PHASE=pre-up
VERBOSITY=0
up d0 post-up
SCRIPT d0 d0 inet static start post-up
0
10.9.0.5/24 brd 10.9.0.255 scope
default via 10.9.0.1 dev d0 onlink linkdown 
10.9.0.0/24 dev d0 proto kernel scope link src 10.9.0.5 linkdown 
lo=lo
enp1s0=enp1s0
d0=d0
d0
ifup: interface d0 already configured
0
RTNETLINK answers: File exists
0
d0=d0
enp1s0=enp1s0
lo=lo
d0=d0
1
`);
  expect(run(world, "ifdown -i i d0; echo $?; ip -4 a show d0; ip r; ifdown -i i d0; ifup -i i d1; echo $?; ifquery --state d1; echo $?; ifup -i i eth9; echo $?; ifup -i i -a --exclude=lo | tail -1; su nobody -s /bin/sh -c '/sbin/ifdown -i /etc/network/interfaces lo'"))
    .toBe("SCRIPT d0 d0 inet static stop pre-down\ngone stop post-down\n0\nifdown: interface d0 not configured\nifup: failed to bring up d1\n1\n1\nifup: unknown interface eth9\n1\nSCRIPT --all auto meta none start post-up auto\nifdown: failed to open lockfile /run/network/ifstate.lo: Permission denied\n");
});

test("the boot leaves the state; the card gives its lease back and gets another; the service restarts", () => {
  const world = host();
  expect(run(world, "ifquery --state; ifquery -l; ifquery -l --allow=hotplug; cat /run/network/ifstate /run/network/ifstate.lo; ls -A /run/network")).toBe("enp1s0=enp1s0\nlo=lo\nlo\nenp1s0\nlo=lo\nenp1s0=enp1s0\nlo\n.ifstate.lock\nifstate\nifstate.enp1s0\nifstate.lo\n");
  const banner = "Internet Systems Consortium DHCP Client 4.4.3-P1\nCopyright 2004-2022 Internet Systems Consortium.\nAll rights reserved.\nFor info, please visit https://www.isc.org/software/dhcp/\n\n";
  const listening = "Listening on LPF/enp1s0/52:54:00:12:34:56\nSending on   LPF/enp1s0/52:54:00:12:34:56\nSending on   Socket/fallback\n";
  expect(run(world, "ifdown enp1s0; ip -4 a show enp1s0; ip r; pgrep dhclient")).toBe(`Killed old client process\n${banner}${listening}DHCPRELEASE of 10.0.2.15 on enp1s0 to 10.0.2.2 port 67\n`);
  expect(run(world, "ifup enp1s0; ip -4 -br a show enp1s0; ip r | head -1; pgrep -c dhclient")).toBe(`${banner}${listening}DHCPDISCOVER on enp1s0 to 255.255.255.255 port 67 interval 3\nDHCPOFFER of 10.0.2.15 from 10.0.2.2\nDHCPREQUEST for 10.0.2.15 on enp1s0 to 255.255.255.255 port 67\nDHCPACK of 10.0.2.15 from 10.0.2.2\nbound to 10.0.2.15 -- renewal in 43200 seconds.\nenp1s0           UP             10.0.2.15/24 \ndefault via 10.0.2.2 dev enp1s0 \n1\n`);
  expect(run(world, "systemctl restart networking; systemctl is-active networking; ifquery --state; ip -4 -br a show enp1s0; curl -s http://mirror.lan/debian/ -o /dev/null; echo $?")).toBe("active\nenp1s0=enp1s0\nlo=lo\nenp1s0           UP             10.0.2.15/24 \n0\n");
});

test("a file with commands is brought up by ifup itself at the next boot, and one with a static address has its route", () => {
  const world = host();
  run(world, "cat > /etc/network/interfaces; reboot", "auto lo enp1s0\niface lo inet loopback\niface enp1s0 inet static\n  address 10.0.2.77\n  netmask 255.255.255.0\n  gateway 10.0.2.2\n  up echo $IFACE $PHASE > /root/told\n  up ip route add 10.50.0.0/16 via 10.0.2.2\n");
  world.step(240_000_000, 1e9);
  expect(run(world, "ip -4 -br a show enp1s0; ip r; cat told; ifquery --state")).toBe("enp1s0           UP             10.0.2.77/24 \ndefault via 10.0.2.2 dev enp1s0 onlink \n10.0.2.0/24 dev enp1s0 proto kernel scope link src 10.0.2.77 \n10.50.0.0/16 via 10.0.2.2 dev enp1s0 \nenp1s0 post-up\nenp1s0=enp1s0\nlo=lo\n");
});

test("a bridge of the file comes up at the boot with the card as its port", () => {
  const world = host();
  run(world, "apt-get update -qq; apt-get install -qq -y bridge-utils; cat > /etc/network/interfaces; reboot", "auto lo\niface lo inet loopback\niface enp1s0 inet manual\nauto br0\niface br0 inet dhcp\n  bridge_ports enp1s0\n  bridge_stp off\n  bridge_fd 0\n");
  world.step(240_000_000, 1e9);
  expect(run(world, "ip -br link show master br0 | cut -c1-30; ip -4 -br a; ifquery --state; ping -qc1 10.0.2.2 | grep -c '1 received'; ifdown br0 2>/dev/null; ip -4 -br a; ls /sys/class/net"))
    .toBe("enp1s0           UP           \nlo               UNKNOWN        127.0.0.1/8 \nbr0              UP             10.0.2.16/24 \nbr0=br0\nlo=lo\n1\nlo               UNKNOWN        127.0.0.1/8 \nenp1s0\nlo\n");
});
