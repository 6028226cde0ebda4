import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const preseed = "d-i netcfg/get_hostname string web1\\nd-i passwd/root-password password secret\\nd-i passwd/username string anna\\nd-i passwd/user-password password annapw\\nd-i partman/confirm boolean true\\n";

test("an installer's disc makes a bootable disk, unattended and by hand", () => {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 900_000_000, maxSteps: 1e9 });
    return decode(result.stdout) + decode(result.stderr);
  };
  const common = "--memory 512 --vcpus 1 --osinfo debian11 --graphics none --noautoconsole --network none --quiet --location /srv/images/debian-12.12.0-amd64-netinst.iso";
  expect(run(`printf '${preseed}' > preseed.cfg; virt-install --name web1 ${common} --disk size=4 --initrd-inject preseed.cfg --wait 20 2>/dev/null; virsh -q list; virsh -q domblklist web1`)).toBe(" 2   web1   running\n vda   /var/lib/libvirt/images/web1.qcow2\n sda   -\n");
  expect(run("(sleep 40; printf 'anna\\r'; sleep 2; printf 'annapw\\r'; sleep 2; printf 'hostname; id -un\\r'; sleep 3; sleep 50) | timeout 50 script -qec 'virsh console web1' /dev/null; virsh -q destroy web1")).toMatch(/web1\r\nanna\r\n/);
  run(`virt-install --name web2 ${common} --disk size=4`);
  const typed = ["web2", "secret", "other", "secret", "secret", "none", "no", "r"].map((word) => `sleep 2; printf '${word}\\r'`).join("; ");
  const said = run(`(sleep 40; ${typed}; sleep 3; sleep 70) | timeout 70 script -qec 'virsh console web2' /dev/null`);
  expect(said).toContain("The two passwords you entered were not the same. Please try again.");
  expect(said).toContain("[!!] Nothing was written to the disk.");
  expect(run("sleep 5; virsh -q domstate web2 --reason")).toBe("shut off (shutdown)\n");
});
