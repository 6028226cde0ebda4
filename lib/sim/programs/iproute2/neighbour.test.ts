// ip neigh, ip addr flush, ip route onlink, ip link alias as iproute2 6.1 of Debian 12 writes them (recorded; messages of the kernel as Linux 6.1 has them).
import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("ip: neighbours, addresses by filter, routes on the link, aliases", () => {
  const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  const run = (script: string): string => new TextDecoder().decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; PATH=/usr/sbin:/usr/bin; ${script}`], directory: "/root", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 }).stdout);
  run("ip link set enp1s0 down; ip link add d0 type dummy; ip link set d0 up; ip addr add 10.0.0.1/24 dev d0; ip link add d1 type dummy");
  const mac = "02:00:00:00:00:99";
  expect(run(`ip neigh add 10.0.0.9 lladdr ${mac} dev d0; ip neigh; ip neigh add 10.0.0.9 lladdr ${mac} dev d0; echo $?; ip neigh replace 10.0.0.9 lladdr 02:00:00:00:00:98 dev d0 nud reachable; ip neigh show 10.0.0.9; ip neigh show dev d0; ip neigh show nud permanent; ip neigh show to 10.0.0.0/8; ip neigh show to 11.0.0.0/8; ip neigh change 10.0.0.77 lladdr ${mac} dev d0; ip neigh del 10.0.0.77 dev d0; ip neigh add 10.0.0.10 dev d0; echo $?; ip neigh add 10.0.0.12 lladdr ${mac} dev d0 nud noarp; ip neigh add 10.0.0.13 lladdr ${mac} dev d0 nud stale; ip neigh add fd00::9 lladdr ${mac} dev d0; ip neigh; ip -6 neigh; ip neigh show nud noarp; ip -j neigh; ip neigh get 10.0.0.9 dev d0; ip neigh get 10.0.0.8 dev d0; echo $?`)).toBe(`10.0.0.9 dev d0 lladdr ${mac} PERMANENT 
RTNETLINK answers: File exists
2
10.0.0.9 dev d0 lladdr 02:00:00:00:00:98 REACHABLE 
10.0.0.9 lladdr 02:00:00:00:00:98 REACHABLE 
10.0.0.9 dev d0 lladdr 02:00:00:00:00:98 REACHABLE 
RTNETLINK answers: No such file or directory
RTNETLINK answers: No such file or directory
Error: No link layer address given.
2
10.0.0.9 dev d0 lladdr 02:00:00:00:00:98 REACHABLE 
10.0.0.13 dev d0 lladdr ${mac} STALE 
fd00::9 dev d0 lladdr ${mac} PERMANENT 
fd00::9 dev d0 lladdr ${mac} PERMANENT 
10.0.0.12 dev d0 lladdr ${mac} NOARP 
[{"dst":"10.0.0.9","dev":"d0","lladdr":"02:00:00:00:00:98","state":["REACHABLE"]},{"dst":"10.0.0.13","dev":"d0","lladdr":"${mac}","state":["STALE"]},{"dst":"fd00::9","dev":"d0","lladdr":"${mac}","state":["PERMANENT"]}]
10.0.0.9 dev d0 lladdr 02:00:00:00:00:98 REACHABLE 
Error: Neighbour entry not found.
2
`);
  expect(run(`ip neigh flush; echo $?; ip neigh flush dev d0; ip neigh; ip -s neigh flush all; ip neigh flush dev d0 nud permanent; ip neigh; ip neigh add 10.0.0.9; echo $?; ip neigh add foo dev d0; echo $?; ip neigh add 10.0.0.9 lladdr zz dev d0; ip neigh add 10.0.0.9 lladdr ${mac} dev nosuch; ip neigh show nosuch; ip neigh show nud foo; echo $?; ip neigh foo; su nobody -s /bin/sh -c 'ip neigh add 10.0.0.77 lladdr ${mac} dev d0'`)).toBe(`Flush requires arguments.
1
fd00::9 dev d0 lladdr ${mac} PERMANENT 
Nothing to flush.
Device and destination are required arguments.
255
Error: any valid address is expected rather than "foo".
1
"zz" is invalid lladdr.
Cannot find device "nosuch"
Error: any valid prefix is expected rather than "nosuch".
Error: argument "foo" is wrong: nud state is bad
255
Command "foo" is unknown, try "ip neigh help".
RTNETLINK answers: Operation not permitted
`);
  const addresses = "ip -4 a show d1 | grep -o 'inet .*'";
  expect(run(`ip addr add 10.3.0.1/255.255.0.0 dev d1 brd + label d1; ip addr add 10.5.0.1/255.0.255.0 dev d1; ip addr add 10.4.0.1/16 brd - label d1:5 dev d1; ${addresses}; ip addr flush dev d1 mngtmpaddr; ip addr flush dev d1 label d1:7; ip addr flush dev d1 to 10.3.0.0/16; ${addresses}; ip -s addr flush dev d1; ip addr flush; ip addr flush dev nosuch; ip link set d1 up; ip route add default via 10.200.0.1 dev d1 onlink; ip r; ip link set d1 alias 'my net'; ip link show d1 | tail -1; cat /sys/class/net/d1/ifalias`)).toBe(`Error: any valid prefix is expected rather than "10.5.0.1/255.0.255.0".
inet 10.3.0.1/16 brd 10.3.255.255 scope global d1
inet 10.4.0.1/16 brd 10.4.0.0 scope global d1:5
inet 10.4.0.1/16 brd 10.4.0.0 scope global d1:5

*** Round 1, deleting 1 addresses ***
*** Flush is complete after 1 round ***
Flush requires arguments.
Device "nosuch" does not exist.
default via 10.200.0.1 dev d1 onlink 
10.0.0.0/24 dev d0 proto kernel scope link src 10.0.0.1 
    alias my net
my net
`);
});
