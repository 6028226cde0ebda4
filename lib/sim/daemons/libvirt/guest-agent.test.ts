import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { numbersOf, prettyJson, ranges } from "../../programs/libvirt-clients/virsh/guest-agent.ts";

test("bitmaps are read and written as libvirt does", () => {
  expect(ranges([3, 0, 1, 2, 7])).toBe("0-3,7");
  expect(numbersOf("0-3,^2,7")).toEqual([0, 1, 3, 7]);
  expect(numbersOf("3-1")).toBeUndefined();
  expect(numbersOf("a")).toBeUndefined();
});

test("pretty JSON has yajl's layout", () => {
  expect(prettyJson({ return: { list: [1, "a"], none: {} } })).toBe('{\n  "return": {\n    "list": [\n      1,\n      "a"\n    ],\n    "none": {\n\n    }\n  }\n}');
});

const guest = "--name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:aa:bb:01 --graphics none --noautoconsole --quiet";

test("the agent answers once the guest is up, freezes and thaws, and shuts the guest down", () => {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 300_000_000, maxSteps: 2e8 });
    return decode(result.stdout) + decode(result.stderr);
  };
  run(`virsh -q net-start default; virt-install ${guest}`);
  expect(run("virsh -q domhostname web --source agent")).toBe("error: failed to get hostname\nerror: Guest agent is not responding: QEMU guest agent is not connected\n");
  expect(run("sleep 30; virsh -q domhostname web; virsh -q guestinfo web --hostname; virsh domfsinfo web")).toBe("guest\nhostname            : guest\n Mountpoint   Name   Type   Target\n------------------------------------\n /            vda1   ext4   vda\n\n");
  expect(run("virsh domfsfreeze web; systemctl restart libvirtd; sleep 1; virsh -q domtime web; virsh -q qemu-agent-command web '{\"execute\":\"guest-fsfreeze-status\"}'; virsh domfsthaw web")).toBe(
    'Froze 1 filesystem(s)\n\n{"return":"frozen"}\nThawed 1 filesystem(s)\n\nerror: internal error: unable to execute QEMU agent command \'guest-get-time\': Command guest-get-time has been disabled: the agent is in frozen state\n',
  );
  expect(run("virsh -q snapshot-create-as web s1 --quiesce; virsh -q snapshot-create-as web s2 --disk-only --quiesce; virsh -q qemu-agent-command web '{\"execute\":\"guest-fsfreeze-status\"}'")).toBe(
    "{\"return\":\"thawed\"}\nerror: invalid argument: Flag 'VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY' is required by flag 'VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE'\n",
  );
  expect(run("virsh -q shutdown web --mode agent; sleep 10; virsh -q domstate web --reason; virsh -q domtime web")).toBe("shut off (shutdown)\nerror: Requested operation is not valid: domain is not running\n");
});
