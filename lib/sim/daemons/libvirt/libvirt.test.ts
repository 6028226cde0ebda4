import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld, type World } from "../../world/world.ts";

const guest = "--name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:aa:bb:01 --graphics none --noautoconsole --quiet";

function host(): { readonly world: World; run(command: string): string } {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 300_000_000, maxSteps: 2e8 });
    return decode(result.stdout) + decode(result.stderr);
  };
  return { world, run };
}

test("a guest gets a lease, and host and guest reach each other through virbr0", () => {
  const { run } = host();
  expect(run(`virsh -q net-start default; virt-install ${guest}; sleep 40; virsh -q list`)).toBe(" 1   web   running\n");
  const address = run("virsh domifaddr web | awk '/ipv4/{sub(\"/.*\",\"\",$4);print $4}'").trim();
  expect(address).toMatch(/^192\.168\.122\.\d+$/);
  expect(run(`ping -c2 -W2 ${address} | grep packets`)).toContain("2 packets transmitted, 2 received, 0% packet loss");
  expect(run("virsh domifaddr web --source agent | grep -o 'fe80[^ ]*'")).toBe("fe80::5054:ff:feaa:bb01/64\n");
  const seen = run("(sleep 1; echo root; sleep 1; echo root; sleep 1; echo 'ping -c1 -W2 192.168.122.1 | grep packets; hostname -I'; sleep 4; sleep 12) | timeout 12 script -qec 'virsh console web' /dev/null");
  expect(seen).toContain("1 packets transmitted, 1 received, 0% packet loss");
  expect(seen).toContain(address);
});

test("ending the process pulls the plug; a clean shutdown ends the process", () => {
  const { run } = host();
  run(`virsh -q net-start default; virt-install ${guest}; sleep 30`);
  expect(run("pgrep -c qemu; kill -9 $(pgrep qemu); sleep 1; virsh domstate web --reason; pgrep -c qemu")).toBe("1\nshut off (crashed)\n\n0\n");
  expect(run("virsh -q start web; sleep 30; virsh -q shutdown web; sleep 8; virsh domstate web --reason; pgrep -c qemu; stat -c %U /var/lib/libvirt/images/guest.qcow2")).toBe("shut off (shutdown)\n\n0\nroot\n");
});

test("a guest runs on while libvirtd is started again", () => {
  const { run } = host();
  run(`virsh -q net-start default; virt-install ${guest}; sleep 20`);
  expect(run("before=$(pgrep qemu); systemctl restart libvirtd; virsh -q list; virsh -q net-list; [ $before = $(pgrep qemu) ] && echo same; virsh -q destroy web; pgrep -c qemu")).toBe(" 1   web   running\n default   active   no   yes\nsame\n0\n");
});

test("a running snapshot brings the processes back; what a guest wrote stays on its disk", () => {
  const { run } = host();
  const typed = (text: string): string => run(`(sleep 1; echo; sleep 1; echo '${text}'; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null`);
  run(`virsh -q net-start default; virt-install ${guest}; sleep 30; (sleep 1; echo root; sleep 1; echo root; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null`);
  typed("sleep 12345 & echo kept > /root/kept");
  run("virsh -q snapshot-create-as web before");
  typed("pkill sleep; rm /root/kept");
  expect(typed("pgrep -c sleep; ls /root")).toMatch(/2004l\r?0\r\n/);
  run("virsh -q snapshot-revert web before");
  const after = typed("pgrep -c sleep; cat /root/kept");
  expect(after).toMatch(/2004l\r?1\r\n/);
  expect(after).toContain("kept\r\n");
});

test("what was saved survives the host's restart: managed save, save files, snapshots of running guests", () => {
  const { world, run } = host();
  const typed = (text: string): string => run(`(sleep 1; echo; sleep 1; echo '${text}'; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null`);
  run(`virsh -q net-start default; virsh -q net-autostart default; virt-install ${guest}; sleep 30; (sleep 1; echo root; sleep 1; echo root; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null`);
  typed("sleep 12345 & :");
  run("virsh -q snapshot-create-as web before");
  typed("sleep 6789 & :");
  expect(run("virsh -q save web /root/web.save; virsh -q restore /root/web.save; virsh -q managedsave web; virsh -q list --all --managed-save")).toBe(" -   web   saved\n");
  run("systemctl reboot; sleep 1");
  world.step(world.nowUs + 60_000_000, 1e9);
  expect(run("virsh -q list --all --managed-save; virsh -q snapshot-list web --name; virsh -q start web; virsh domstate web --reason")).toBe(" -   web   saved\nbefore\nrunning (restored)\n\n");
  expect(typed("pgrep -c sleep")).toMatch(/2004l\r?2\r\n/);
  run("virsh -q snapshot-revert web before");
  expect(typed("pgrep -c sleep")).toMatch(/2004l\r?1\r\n/);
  run("virsh -q destroy web; truncate -s 3000 /root/web.save");
  expect(run("virsh restore /root/web.save")).toContain("error: Failed to restore domain from /root/web.save\nerror: ");
});

test("replays are identical, guests included", () => {
  const once = (): string => {
    const { world, run } = host();
    run(`virsh -q net-start default; virt-install ${guest}; sleep 25; virsh -q suspend web; sleep 5; virsh -q resume web; sleep 1`);
    return world.digest();
  };
  expect(once()).toBe(once());
});
