// Disks of stopped machines from outside, on a host with a template.
import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { createWorld, type World } from "../../world/world.ts";

function host(): World {
  const world = createWorld({ host: "debian-12-clones", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e9);
  return world;
}

/** Both outputs of a script, in the order in which they were written. */
function run(world: World, script: string): string {
  const { stdout } = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
  return new TextDecoder().decode(stdout);
}

const messages = (text: string): readonly string[] => text.split("\n").filter((line) => /^\[ *\d+\.\d\]/.test(line)).map((line) => line.slice(9));

test("virt-sysprep: what the template is after it, and nothing left on the host", () => {
  const world = host();
  const said = messages(run(world, "virt-sysprep -d template --hostname model --ssh-inject root --truncate /etc/machine-id"));
  expect(said.slice(0, 3)).toEqual(["Examining the guest ...", 'Performing "abrt-data" ...', 'Performing "backup-files" ...']);
  expect(said.slice(-7)).toEqual(['Performing "customize" ...', "Setting a random seed", "Setting the machine ID in /etc/machine-id", "Setting the hostname: model", "SSH key inject: root", "Truncating: /etc/machine-id", 'Performing "lvm-uuids" ...']);
  expect(run(world, "virt-cat -d template /etc/hostname /etc/machine-id /var/lib/dbus/machine-id; virt-ls -d template /etc/ssh; virt-copy-out -d template /root/.ssh/authorized_keys . && cmp authorized_keys .ssh/id_ed25519.pub && echo same")).toBe("model\nmoduli\nssh_config\nssh_config.d\nsshd_config\nsshd_config.d\nsame\n");
  expect(run(world, "losetup -a; ls /tmp; grep -c libguestfs /proc/mounts; pgrep -c qemu")).toBe("0\n0\n");
});

test("what is refused", () => {
  const world = host();
  const report = "\n\nIf reporting bugs, run virt-sysprep with debugging enabled and include the complete output:\n\n  virt-sysprep -v -x [...]\n";
  expect(run(world, "virsh -q start template; virt-sysprep -q -d template")).toBe(`virt-sysprep: error: libguestfs error: error: domain is a live virtual machine.\nWriting to the disks of a running virtual machine can cause disk corruption.\nUse read-only access.  In most libguestfs tools use --ro.${report}`);
  expect(run(world, "virsh -q destroy template; virt-sysprep -q -d nobody")).toBe(`virt-sysprep: error: libguestfs error: no libvirt domain called ‘nobody’: Domain not found: no domain with matching name 'nobody'${report}`);
  expect(run(world, "virt-sysprep --enable hostkeys -d template")).toBe(`virt-sysprep: error: --enable: ‘hostkeys’ is not a known operation${report}`);
  expect(run(world, "virt-sysprep --nosuch; echo $?")).toBe("virt-sysprep: unrecognized option '--nosuch'\nTry ‘virt-sysprep --help’ or consult virt-sysprep(1) for more information.\n1\n");
  expect(run(world, "virt-cat -d template /nofile; echo $?")).toBe("libguestfs: error: download: /nofile: No such file or directory\n1\n");
  expect(run(world, "truncate -s 1M empty.img; virt-sysprep -q -a empty.img")).toBe(`virt-sysprep: error: no operating systems were found in the guest image${report}`);
});

test("a dry run keeps nothing; chosen operations do only theirs", () => {
  const world = host();
  const before = run(world, "virt-cat -d template /etc/machine-id");
  run(world, "virt-sysprep -n -d template");
  expect(run(world, "virt-cat -d template /etc/machine-id")).toBe(before);
  expect(messages(run(world, "virt-sysprep -d template --operations ssh-hostkeys,machine-id"))).toEqual(["Examining the guest ...", 'Performing "machine-id" ...', 'Performing "ssh-hostkeys" ...']);
  expect(run(world, "guestfish -d template -i filesize /etc/machine-id : exists /etc/ssh/ssh_host_rsa_key : is-file /etc/passwd")).toBe("0\nfalse\ntrue\n");
});

test("virt-customize: its options in their order", () => {
  const world = host();
  const said = run(world, `echo from-host > local; virt-customize -d template --mkdir /srv/a/b --write /srv/a/f:one --append-line /srv/a/f:two --upload local:/srv/a/up --copy-in local:/srv/a --copy /srv/a/f:/srv/a/g --move /srv/a/g:/srv/a/h \\
    --edit '/srv/a/h:s/one/1/' --chmod 0600:/srv/a/h --link /srv/a/h:/srv/a/l --touch /srv/a/t --truncate /srv/a/up --delete '/srv/a/loc*' --timezone Europe/Paris --run-command 'id -un > /srv/a/who; hostname' --root-password password:new --firstboot-command 'echo hello'`);
  expect(messages(said).slice(-3)).toEqual(["Installing firstboot command: echo hello", "Setting passwords", "Finishing off"]);
  expect(run(world, "virt-ls -d template /srv/a; virt-cat -d template /srv/a/f /srv/a/h /srv/a/l /srv/a/who; virt-ls -d template /usr/lib/virt-sysprep/scripts; guestfish --ro -d template -i readlink /etc/localtime : sh 'stat -c %a /srv/a/h'")).toBe(
    "b\nf\nh\nl\nt\nup\nwho\none\ntwo\n1\ntwo\n1\ntwo\nroot\n5000-0001-echo-hello\n/usr/share/zoneinfo/Europe/Paris\n600\n",
  );
  expect(run(world, "virt-customize -q -d template --run-command 'echo why >&2; exit 3'; echo $?")).toContain("why\nvirt-customize: error: echo why >&2; exit 3: command exited with an error\n");
});

test("an empty machine-id is filled at boot: by D-Bus's copy, else by the machine's UUID", () => {
  const world = host();
  const old = run(world, "virt-cat -d template /etc/machine-id").trim();
  const boot = "virsh -q start template; sleep 40; virsh -q shutdown template; sleep 20";
  run(world, `virt-customize -q -d template --truncate /etc/machine-id; ${boot}`);
  expect(run(world, "virt-cat -d template /etc/machine-id").trim()).toBe(old);
  run(world, `virt-customize -q -d template --truncate /etc/machine-id --delete /var/lib/dbus/machine-id; ${boot}`);
  expect(run(world, "virt-cat -d template /etc/machine-id /var/lib/dbus/machine-id; virsh domuuid template | tr -d -")).toBe(`${"0f6b2a7e93c14d58b5de6a1c7f20e9d4\n".repeat(3)}\n`);
});
