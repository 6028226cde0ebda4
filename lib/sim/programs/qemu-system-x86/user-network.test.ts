// A guest behind QEMU's user-mode network: what it reaches, who reaches it, and what the host sees of it.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function host(): (command: string) => string {
  const world = createWorld({ host: "debian-12-kvm", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  return (command) => {
    const result = world.runProgram({ argv: ["bash", "-c", command], environment: new Map([["HOME", "/root"]]), limitUs: 600_000_000, maxSteps: 1e9 });
    return decode(result.stdout) + decode(result.stderr).replace(/^Warning: Permanently added[^\n]*\n/gm, "");
  };
}

const setUp = `cd /root; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519; cp /srv/images/debian-12-genericcloud-amd64.qcow2 g.qcow2
printf '#cloud-config\\ndisable_root: false\\nssh_authorized_keys:\\n- %s\\n' "$(cat .ssh/id_ed25519.pub)" > user-data; cloud-localds seed.iso user-data
printf 'Host g\\n HostName 127.0.0.1\\n Port 2222\\n User root\\n StrictHostKeyChecking no\\n UserKnownHostsFile /dev/null\\n' > .ssh/config`;
const qemu = "qemu-system-x86_64 -enable-kvm -m 512 -drive file=/root/g.qcow2,if=virtio -cdrom /root/seed.iso -display none -daemonize";

test("the guest has 10.0.2.15, reaches the host as 10.0.2.2 and the world by QEMU's own connections; forwarded ports lead in", () => {
  const run = host();
  run(setUp);
  expect(run(`${qemu} -nic user,model=virtio,hostfwd=tcp::2222-:22,hostfwd=tcp:127.0.0.1:8080-:80; sleep 20; ss -tlnH | grep -E ':(2222|8080) ' | tr -s ' '`)).toBe("LISTEN 0 1 0.0.0.0:2222 0.0.0.0:*\nLISTEN 0 1 127.0.0.1:8080 0.0.0.0:*\n");
  expect(run("ssh g 'ip -br -4 a show ens3 | tr -s \" \"; ip r; cat /etc/resolv.conf; getent hosts example.com; curl -sI http://example.com | head -1'")).toBe(
    "ens3 UP 10.0.2.15/24 \ndefault via 10.0.2.2 dev ens3 \n10.0.2.0/24 dev ens3 proto kernel scope link src 10.0.2.15 \nnameserver 10.0.2.3\n198.51.100.20   example.com\nHTTP/1.1 200 OK\r\n",
  );
  // the mirror of the host's network is not in the guest's own
  expect(run("ssh g 'apt-get update 2>&1 | tail -1; apt-get install -y -qq tree >/dev/null 2>&1; tree --version | cut -c1-5'")).toBe("Reading package lists...\ntree \n");
  // the host's own services, also those that listen on its loopback; a port that nobody listens on is refused at once
  expect(run("echo from the host > /tmp/index.html; cd /tmp; python3 -m http.server --bind 127.0.0.1 8000 >/tmp/log 2>&1 & sleep 1; ssh g 'curl -s http://10.0.2.2:8000/index.html; curl -sS http://10.0.2.2:8001/'; kill %1; cut -d' ' -f1,6-9 /tmp/log | tail -n 1")).toBe(
    "from the host\n127.0.0.1 \"GET /index.html HTTP/1.1\" 200\ncurl: (7) Failed to connect to 10.0.2.2 port 8001 after 0 ms: Couldn't connect to server\n",
  );
  expect(run("ssh g 'echo from the guest > index.html; python3 -m http.server 80 >/dev/null 2>&1 & sleep 1; ss -tnH state established | tr -s \" \" | cut -d\" \" -f3'; curl -s http://127.0.0.1:8080/index.html; head -c 2000000 /dev/zero > /tmp/big; scp -q /tmp/big g:/tmp/; ssh g 'md5sum < /tmp/big'; md5sum < /tmp/big")).toBe(
    "10.0.2.15:22\nfrom the guest\n3a4a3ddc4a5d8b5f1d4c04cc5ae7bb09  -\n3a4a3ddc4a5d8b5f1d4c04cc5ae7bb09  -\n".replaceAll("3a4a3ddc4a5d8b5f1d4c04cc5ae7bb09", run("head -c 2000000 /dev/zero | md5sum").slice(0, 32)),
  );
  // slirp answers for itself; for others it needs ping sockets
  const pings = "ssh g 'for a in 10.0.2.2 10.0.2.3 198.51.100.20; do ping -c1 -W2 $a | grep -o \"[01] received\"; done'";
  expect(run(pings)).toBe("1 received\n1 received\n0 received\n");
  expect(run(`sysctl -q net.ipv4.ping_group_range='0 2147483647'; ${pings}; pkill qemu; sleep 1; ss -tlnH | grep -c 2222`)).toBe("1 received\n1 received\n1 received\n0\n");
});

test("rules that are wrong or taken are refused; restrict=on shuts the guest in; the monitor adds and removes", () => {
  const run = host();
  run(setUp);
  expect(run(`${qemu} -nic user,hostfwd=tcp::22-:22; ${qemu} -nic user,hostfwd=tcx::2222-:22; ${qemu} -netdev user,id=n,hostfwd=tcp::2222-22 -device e1000,netdev=n; ${qemu} -nic user,model=ne3000`)).toBe(
    "qemu-system-x86_64: -netdev user,hostfwd=tcp::22-:22: Could not set up host forwarding rule 'tcp::22-:22'\n"
    + "qemu-system-x86_64: -netdev user,hostfwd=tcx::2222-:22: Invalid host forwarding rule 'tcx::2222-:22' (Bad protocol name)\n"
    + "qemu-system-x86_64: -netdev user,id=n,hostfwd=tcp::2222-22: Invalid host forwarding rule 'tcp::2222-22' (Missing guest port)\n"
    + "qemu-system-x86_64: -nic user,model=ne3000: Unsupported NIC model: ne3000\n",
  );
  run(`${qemu} -netdev user,id=n,net=192.168.76.0/24,dhcpstart=192.168.76.9,restrict=on,hostfwd=tcp::2222-:22 -device virtio-net-pci,netdev=n; sleep 20`);
  expect(run("ssh g 'hostname -I; ip r; curl -sS -m 3 http://198.51.100.20/; ping -c1 -W1 192.168.76.2 | grep -o \"[01] received\"'; pkill qemu; sleep 1")).toBe(
    "192.168.76.9 \n192.168.76.0/24 dev ens4 proto kernel scope link src 192.168.76.9 \n1 received\ncurl: (7) Failed to connect to 198.51.100.20 port 80 after 0 ms: Couldn't connect to server\n",
  );
  expect(run("(sleep 1; for c in 'hostfwd_add tcp::2223-:22' 'hostfwd_add tcp::22-:22' 'info usernet' 'hostfwd_remove tcp::2223' 'hostfwd_remove tcp::2223'; do echo \"$c\"; sleep 1; done; echo quit) | qemu-system-x86_64 -m 64 -display none -monitor stdio | tr -d '\\r' | grep -v '^(qemu) info\\|^QEMU\\|^$'")).toMatchInlineSnapshot(`
    "(qemu) hostfwd_add tcp::2223-:22
    (qemu) hostfwd_add tcp::22-:22
    could not set up host forwarding rule 'tcp::22-:22'
    Hub -1 (#net0):
      Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
      TCP[HOST_FORWARD]   4               *  2223       10.0.2.15    22     0     0
    (qemu) hostfwd_remove tcp::2223
    host forwarding rule for tcp::2223 removed
    (qemu) hostfwd_remove tcp::2223
    host forwarding rule for tcp::2223 not found
    (qemu) quit
    "
  `);
});
