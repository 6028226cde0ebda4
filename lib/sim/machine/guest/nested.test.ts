// A container inside a guest, and a guest on a guest: each level tells the truth about itself.
import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { basePackages } from "../hosts/base-packages.ts";
import { qemuQ35 } from "../hosts/qemu-q35.ts";
import { dockerDataFiles } from "../images/docker-data.ts";
import { guestDisk } from "../images/guest-disk.ts";
import { guestImage } from "../images/guest-image.ts";
import { offerTree } from "../rootfs/root-image.ts";
import { runGuest, shown } from "./test-hypervisor.ts";

const GiB = 1024 ** 3;
const MiB = 1024 ** 2;

offerTree({
  name: "guest-hypervisor", summary: "a guest with QEMU and Docker", hostname: "level1", hardware: qemuQ35, packages: [...basePackages, "qemu-system-x86", "docker.io", "containerd", "runc"], users: [{ name: "root", uid: 0, password: "root", groups: [] }],
  files: [{ path: "/etc/fstab", text: "" }],
  data: () => [...dockerDataFiles(["alpine:3.19"]), { path: "/var/lib/inner.qcow2", sparse: () => guestImage("guest-debian-12", 64 * MiB, MiB), mode: 0o644 }],
});

const login: readonly (readonly [string, string])[] = [["login: ", "root\n"], ["Password: ", "root\n"]];
const facts = ["uname -r; systemd-detect-virt; cat /proc/1/cgroup", "ps -o pid,comm -p 1; ls /dev/kvm", "grep -c -w svm /proc/cpuinfo; lsmod | grep -c kvm"];
const truth = (console: string): readonly string[] => facts.map((fact) => shown(console, fact));

function typed(list: readonly string[]): (readonly [string, string])[] {
  return list.map((command) => [":~# ", `${command}\n`] as const);
}

function world() {
  const made = createWorld({ host: "debian-12", seed: 7, epochUs: 1_795_295_310_000_000 });
  made.step(1_000_000, 1e7);
  return made;
}

const level2 = "qemu-system-x86_64 -m 128 -nographic";
const disk = "-drive file=/var/lib/inner.qcow2,if=virtio";

test("with svm a guest has /dev/kvm and a KVM guest of its own; each level tells what it is", () => {
  const script = [...login, ...typed(facts), [":~# ", `${level2} -enable-kvm \\\n${disk}\n`], ...login, ...typed(["hostname; systemd-detect-virt; ls /dev/kvm", "cat /proc/1/cgroup; ps -p 1 -o comm=", "poweroff"]), ["Power down", ""], ["level1:~# ", "echo outside\n"], ["outside\r\n", ""]] as const;
  const console = runGuest(world(), { bus: "virtio", accelerator: "kvm", flags: ["svm"] }, guestDisk("guest-hypervisor", 2 * GiB), script);
  expect(truth(console)).toMatchInlineSnapshot(`
    [
      "6.1.0-56-amd64
    kvm
    0::/init.scope
    ",
      "    PID COMMAND
          1 systemd
    /dev/kvm
    ",
      "1
    4
    ",
    ]
  `);
  expect([shown(console, "hostname; systemd-detect-virt; ls /dev/kvm"), shown(console, "cat /proc/1/cgroup; ps -p 1 -o comm=")]).toMatchInlineSnapshot(`
    [
      "guest
    kvm
    ls: cannot access '/dev/kvm': No such file or directory
    ",
      "0::/init.scope
    systemd
    ",
    ]
  `);
});

test("without it there is no /dev/kvm in the guest: KVM is refused, emulation goes", () => {
  const script = [...login, ...typed(facts), [":~# ", `${level2} -enable-kvm \\\n${disk}\n`], [":~# ", `${level2} ${disk}\n`], ...login, ...typed([" systemd-detect-virt", "poweroff"]), ["Power down", ""], ["level1:~# ", ""]] as const;
  const console = runGuest(world(), { bus: "virtio", accelerator: "kvm" }, guestDisk("guest-hypervisor", 2 * GiB), script);
  expect(truth(console)).toMatchInlineSnapshot(`
    [
      "6.1.0-56-amd64
    kvm
    0::/init.scope
    ",
      "    PID COMMAND
          1 systemd
    ls: cannot access '/dev/kvm': No such file or directory
    ",
      "0
    0
    ",
    ]
  `);
  expect(console).toContain("qemu-system-x86_64: failed to initialize kvm: No such file or directory");
  expect(shown(console, " systemd-detect-virt")).toBe("qemu\n");
});

test("a container inside a guest has the guest's kernel and its own processes", () => {
  const commands = ["docker run --rm alpine:3.19 uname -r", "docker run --rm alpine:3.19 ps", "docker run --rm alpine:3.19 cat /proc/1/cgroup", "docker run -d --name up alpine:3.19 sleep 99 | wc -c", "pgrep -x sleep | wc -l; lsns -t pid | grep -c sleep", "docker exec up cat /proc/1/comm"];
  const script = [...login, ...typed(commands), [":~# ", "poweroff\n"], ["Power down", ""]] as const;
  const console = runGuest(world(), { bus: "virtio" }, guestDisk("guest-hypervisor", 2 * GiB), script);
  expect(commands.map((command) => shown(console, command))).toMatchInlineSnapshot(`
    [
      "6.1.0-56-amd64
    ",
      "PID   USER     COMMAND
        1 root     ps
    ",
      "0::/
    ",
      "65
    ",
      "1
    1
    ",
      "sleep
    ",
    ]
  `);
});
