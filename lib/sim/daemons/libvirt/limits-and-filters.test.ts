// Network filters act on a guest's packets; limits of disks, cards and processors slow its work down in its own time.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function host(): (command: string) => string {
  const world = createWorld({ host: "debian-12-kvm", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], environment: new Map([["HOME", "/root"]]), limitUs: 600_000_000, maxSteps: 1e9 });
    return (decode(result.stdout) + decode(result.stderr)).replace(/^Warning: Permanently added[^\n]*\n/gm, "").replace(/^\n/gm, "");
  };
  run("ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; printf 'Host web\\n HostName 192.168.122.50\\n User root\\n StrictHostKeyChecking no\\n UserKnownHostsFile /dev/null\\n' > /root/.ssh/config; virsh -q net-start default; virsh -q net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:50' ip='192.168.122.50'/>\" --live");
  run("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:00:00:50 --graphics none --noautoconsole --quiet; sleep 15; (sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 1; echo \"mkdir -m 700 .ssh; echo $(cat /root/.ssh/id_ed25519.pub) > .ssh/authorized_keys\"; sleep 1; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null");
  return run;
}

const withFilter = (name: string): string => `virsh -q destroy web 2>/dev/null; virsh dumpxml web | sed "/<filterref/d; s#<model type=.virtio./>#&<filterref filter='${name}'/>#" > w.xml; virsh -q define w.xml && virsh -q start web && sleep 15`;
const ping = (address: string): string => `ping -c1 -W2 ${address} | grep -o '[01] received'`;

test("clean-traffic keeps a guest from other addresses, and only from those", () => {
  const run = host();
  expect(run(`${withFilter("clean-traffic")}; virsh -q nwfilter-binding-list; virsh nwfilter-binding-dumpxml vnet1 | grep -c filterref; virsh -q domifaddr web | grep vnet; ssh web "${ping("192.168.122.1")}; ip addr add 192.168.122.77/24 dev enp1s0"; ${ping("192.168.122.50")}; ${ping("192.168.122.77")}`)).toBe(
    " vnet1   clean-traffic\n1\n vnet1      52:54:00:00:00:50    ipv4         192.168.122.50/24\n1 received\n1 received\n0 received\n",
  );
  expect(run(`ssh web "ip link set enp1s0 address 52:54:00:11:22:33; ${ping("192.168.122.1")}; ip link set enp1s0 address 52:54:00:00:00:50; ${ping("192.168.122.1")}" & sleep 8; virsh nwfilter-undefine clean-traffic; wait`)).toBe("0 received\n1 received\nerror: Failed to undefine network filter clean-traffic\nerror: Requested operation is not valid: nwfilter is in use\n");
});

test("rules of one's own: accepted connections have their answers, the rest is dropped or refused; a change acts at once", () => {
  const run = host();
  const filter = (action: string): string => `<filter name='ssh-only' chain='ipv4'><uuid>11111111-2222-3333-4444-555555555555</uuid><rule action='accept' direction='in' priority='100'><tcp dstportstart='22'/></rule><rule action='accept' direction='inout' priority='200'><udp/></rule><rule action='${action}' direction='inout' priority='1000'><all/></rule></filter>`;
  run(`echo "${filter("drop")}" > f.xml; virsh nwfilter-define f.xml`);
  run(withFilter("ssh-only"));
  expect(run(`ssh web "hostname; ${ping("192.168.122.1")}; timeout 3 curl -sS http://192.168.122.1/; echo \\$?"; ${ping("192.168.122.50")}`)).toBe("guest\n0 received\n124\n0 received\n");
  expect(run(`echo "${filter("reject")}" > f.xml; virsh -q nwfilter-define f.xml; ssh web "curl -sS -m 3 http://192.168.122.1/"; ping -c1 -W2 192.168.122.50 | sed -n 2p`)).toBe(
    "From 192.168.122.50 icmp_seq=1 Destination Port Unreachable\ncurl: (7) Failed to connect to 192.168.122.1 port 80 after 0 ms: Couldn't connect to server\n",
  );
  expect(run(`virsh -q destroy web; sed -i s/ssh-only/nosuch/ w.xml; virsh -q define w.xml; virsh -q start web; echo "<filter name='needs'><rule action='accept' direction='in'><ip srcipaddr='\\$SERVER'/></rule></filter>" > f.xml; virsh -q nwfilter-define f.xml; sed -i s/nosuch/needs/ w.xml; virsh -q define w.xml; virsh -q start web`)).toBe(
    "error: Failed to start domain 'web'\nerror: Network filter not found: referenced filter 'nosuch' is missing\nerror: Failed to start domain 'web'\nerror: internal error: Cannot instantiate filter due to unresolvable variables or unavailable list elements: SERVER\n",
  );
});

test("limits: a disk's bytes and requests, a card's bytes, a processor's share; without them it is as before", () => {
  const run = host();
  const rate = "grep -o '[0-9.]* [kMG]*B/s'";
  const write = `ssh web 'dd if=/dev/zero of=/root/x bs=1M count=8 2>&1' | ${rate}`;
  const small = `ssh web 'dd if=/dev/zero of=/root/y bs=4k count=50 2>&1' | ${rate}`;
  const before = run(write);
  expect(run(`virsh -q blkdeviotune web vda --write-bytes-sec 2097152; ${write}; virsh -q blkdeviotune web vda --write-bytes-sec 0 --total-iops-sec 10; ${small}; virsh blkdeviotune web vda | grep '[1-9]'; virsh -q blkdeviotune web vda --total-iops-sec 0; virsh dumpxml web | grep -c iotune`)).toBe("2.1 MB/s\n40.9 kB/s\ntotal_iops_sec : 10\n0\n");
  expect(run(write)).toBe(before);
  run("ssh web 'head -c 1048576 /dev/zero > /root/x'");
  const seconds = (command: string): number => Number(run(`TIMEFORMAT=%0R; time ${command}`).trim());
  const download = "ssh web 'cat x' >/dev/null 2>&1";
  expect(seconds(download)).toBe(0);
  run("virsh domiftune web 52:54:00:00:00:50 --outbound 200");
  expect(seconds(download)).toBe(5);
  run("virsh domiftune web 52:54:00:00:00:50 --outbound 0 --inbound 100; head -c 400000 /dev/zero > up");
  expect([seconds(download), seconds("scp -q up web:/tmp/ 2>&1")]).toEqual([0, 3]);
  const loop = "ssh web 'TIMEFORMAT=%R; time for ((i = 0; i < 50000; i++)); do :; done' 2>&1 | grep -o '^[0-9.]*$'";
  const full = Number(run(loop));
  run("virsh -q schedinfo web --set vcpu_quota=25000");
  expect(Number(run(loop)) / full).toBeCloseTo(4, 1);
});
