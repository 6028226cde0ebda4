// The units of /etc/fstab: as the real generator writes them, at a daemon-reload, at boot, and where a line names what is not there.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld, type World } from "../../world/world.ts";

const machine = (): World => createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });

function output(world: World, script: string): string {
  return decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 500_000_000 }).stdout);
}

test("each line as the real generator has it; mounts, swap areas and devices as units", () => {
  const world = machine();
  const [table = "", units = ""] = readFileSync(path.join(import.meta.dirname, "fstab-units.recorded.txt"), "utf8").split("====\n");
  expect(output(world, `cat > /etc/fstab <<'END'\n${table}END\nsystemctl daemon-reload; cd /run/systemd/generator; find . -type f -printf '%P\\n' | LC_ALL=C sort | while IFS= read -r f; do printf -- '--- %s\\n' "$f"; cat "./$f"; done; find . -type l -printf '%P -> %l\\n' | LC_ALL=C sort`)).toBe(units);
  output(world, "echo '/dev/vda1 / ext4 errors=remount-ro 0 1' > /etc/fstab; truncate -s 64M i; mkfs.ext4 -q -L disk i; losetup /dev/loop5 i; mkdir /data; echo 'LABEL=disk /data ext4 defaults 0 2' >> /etc/fstab; dd if=/dev/zero of=/swapfile bs=1M count=16 status=none; chmod 600 /swapfile; mkswap -q /swapfile; echo '/swapfile none swap sw,pri=5 0 0' >> /etc/fstab; systemctl daemon-reload");
  expect(output(world, "systemctl start data.mount swapfile.swap; systemctl status --no-pager data.mount | sed 's/since.*//; /CPU:/d; /systemd.1/d'; findmnt -no SOURCE /data; swapon --show=NAME,PRIO --noheadings; journalctl -o cat --no-pager -u data.mount -u swapfile.swap")).toBe(`● data.mount - /data
     Loaded: loaded (/etc/fstab; generated)
     Active: active (mounted) 
      Where: /data
       What: /dev/loop5
       Docs: man:fstab(5)
             man:systemd-fstab-generator(8)
      Tasks: 0 (limit: 2916)
     Memory: 0B
     CGroup: /system.slice/data.mount

/dev/loop5
/swapfile    5
Activating swap swapfile.swap - /swapfile...
Activated swap swapfile.swap - /swapfile.
Mounting data.mount - /data...
Mounted data.mount - /data.
`);
  expect(output(world, "cd /data; systemctl stop data.mount; cd /; systemctl is-active data.mount; umount /data; swapoff /swapfile; systemctl is-active data.mount swapfile.swap; mount -t tmpfs none /mnt; systemctl status --no-pager mnt.mount | sed 's/since.*//'; journalctl -o cat --no-pager -u data.mount | tail -5")).toBe(`Job for data.mount failed.
See "systemctl status data.mount" and "journalctl -xeu data.mount" for details.
active
inactive
inactive
● mnt.mount - /mnt
     Loaded: loaded (/proc/self/mountinfo)
     Active: active (mounted) 
      Where: /mnt
       What: none
Unmounting data.mount - /data...
umount: /data: target is busy.
data.mount: Unmount process exited, code=exited, status=32/n/a
Failed unmounting data.mount - /data.
data.mount: Deactivated successfully.
`);
});

test("a boot mounts what the lines say; without a device that has to be there it ends in emergency mode", () => {
  const world = machine();
  const reboot = (): void => {
    output(world, "systemctl reboot");
    world.step(world.nowUs + 60_000_000, 500_000_000);
  };
  output(world, "truncate -s 32M i; mkfs.ext4 -q i; mkdir /img; echo '/root/i /img ext4 loop,ro 0 0' >> /etc/fstab; echo '/dev/gone /opt/gone ext4 nofail,x-systemd.device-timeout=2s 0 0' >> /etc/fstab");
  reboot();
  expect(output(world, "findmnt -no FSTYPE,OPTIONS /img; systemctl is-active local-fs.target emergency.target ssh.service img.mount opt-gone.mount; journalctl -b -o cat --no-pager | grep -e /img -e gone -e local-fs.target")).toBe(`ext4   ro,relatime
active
inactive
active
active
inactive
Mounting img.mount - /img...
Expecting device dev-gone.device - /dev/gone...
Mounted img.mount - /img.
Reached target local-fs.target - Local File Systems.
dev-gone.device: Job dev-gone.device/start timed out.
Timed out waiting for device dev-gone.device - /dev/gone.
Dependency failed for opt-gone.mount - /opt/gone.
opt-gone.mount: Job opt-gone.mount/start failed with result 'dependency'.
dev-gone.device: Job dev-gone.device/start failed with result 'timeout'.
`);
  output(world, "sed -i s/nofail,// /etc/fstab");
  reboot();
  expect(output(world, "systemctl is-active local-fs.target emergency.target ssh.service img.mount; journalctl -b -o cat --no-pager | grep -e gone -e local-fs.target -e emergency")).toBe(`inactive
active
inactive
active
Expecting device dev-gone.device - /dev/gone...
dev-gone.device: Job dev-gone.device/start timed out.
Timed out waiting for device dev-gone.device - /dev/gone.
Dependency failed for opt-gone.mount - /opt/gone.
Dependency failed for local-fs.target - Local File Systems.
local-fs.target: Job local-fs.target/start failed with result 'dependency'.
local-fs.target: Triggering OnFailure= dependencies.
opt-gone.mount: Job opt-gone.mount/start failed with result 'dependency'.
dev-gone.device: Job dev-gone.device/start failed with result 'timeout'.
Reached target emergency.target - Emergency Mode.
`);
});
