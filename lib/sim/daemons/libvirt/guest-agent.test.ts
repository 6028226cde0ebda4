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

test("the guest's clock stands still with it, the hardware's does not; the agent sets one by the other; a guest that rebooted is saved as it is", () => {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 400_000_000, maxSteps: 5e8 });
    return (decode(result.stdout) + decode(result.stderr)).replace(/^\n/gm, "");
  };
  const agent = (command: string): string => `virsh -q qemu-agent-command web '${command}'`;
  run(`virsh -q net-start default; virt-install ${guest}; sleep 40`);
  // how far the guest is behind, in seconds
  const behind = 'echo "behind: $(($(date +%s) - $(virsh -q domtime web | cut -d" " -f2)))"';
  expect(run(`${behind}; virsh -q suspend web; sleep 60; virsh -q domtime web; virsh -q resume web; ${behind}; virsh -q domtime web --sync; ${behind}`)).toBe(
    "behind: 0\nbehind: 60\nbehind: 0\nerror: Requested operation is not valid: domain is not running\n",
  );
  expect(run(`virsh -q save web /tmp/web.img; sleep 30; virsh -q restore /tmp/web.img; ${behind}; virsh -q domtime web --now; ${behind}; virsh -q domtime web --time 1700000000; virsh -q domtime web --pretty; virsh domtime web --now --sync`)).toBe(
    "behind: 30\nbehind: 0\nTime: 2023-11-14 22:13:20\nerror: Options --now and --sync are mutually exclusive\n",
  );
  const login = "sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 1";
  run(`virsh -q domtime web --now; (${login}; echo timedatectl set-timezone Europe/Paris; sleep 2; echo reboot; sleep 30; sleep 40) | timeout 40 script -qec 'virsh console web' /dev/null`);
  expect(run(`${agent('{"execute":"guest-get-timezone"}')}; virsh -q guestinfo web --timezone; ${agent('{"execute":"guest-set-time","arguments":{"time":"now"}}')}; ${behind}`)).toBe(
    "{\"return\":{\"zone\":\"CET\",\"offset\":3600}}\ntimezone.name       : CET\ntimezone.offset     : 3600\nbehind: 0\nerror: internal error: unable to execute QEMU agent command 'guest-set-time': Invalid parameter type for 'time', expected: integer\n",
  );
  run(`(${login}; echo "touch /run/mark"; sleep 1; sleep 9) | timeout 9 script -qec 'virsh console web' /dev/null`);
  expect(run(`virsh -q snapshot-create-as web s1; sleep 20; virsh -q snapshot-revert web s1; virsh -q domtime web >/dev/null && ${behind}; ${agent('{"execute":"guest-file-open","arguments":{"path":"/run/mark"}}')}; virsh -q domtime web --sync; ${behind}`)).toBe(
    "behind: 20\n{\"return\":1000}\nbehind: 0\n",
  );
});
