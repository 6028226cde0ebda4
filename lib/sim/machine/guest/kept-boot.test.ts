// A guest from a kept boot and one that booted in full are the same to whoever is inside, but for what each has of its own: boot id, address of its card, and when the
// network's server answered.
import { expect, test } from "vitest";
import debian12 from "../hosts/debian-12.ts";
import { guestDisk } from "../images/guest-disk.ts";
import { createMachine } from "../machine.ts";
import { makeGuestFactory } from "./guest-machine.ts";
import { runGuest, shown } from "./test-hypervisor.ts";

const epochUs = 1_795_295_400_000_000;
const diskBytes = 2 * 1024 ** 3;

const questions = [
  "ps -eo pid,ppid,pgid,sess,tty,stat,nice,user,cmd | grep -v -e 'ps -eo' -e dhclient", "for p in 1 $(pgrep -x cron) $(pgrep -x sshd); do cat /proc/$p/cgroup; ls -l --time-style=+ /proc/$p/fd; done",
  "ls -laR /var/log /var/lib/systemd /dev | sed 's/[0-9][0-9]:[0-9][0-9]//'", "cat /proc/self/mountinfo", "journalctl --no-pager -o cat | grep -v -e DHCP -e bound -e dhclient", "dmesg | cut -c1-120", "ip -br link", "cat /sys/class/dmi/id/product_uuid",
  "systemctl list-units --all --no-pager", "systemctl is-system-running", "cat /proc/cmdline; lsblk; findmnt /; hostname; lsmod | sort", "who; tty; stty -a", "journalctl --no-pager -o json -n 1 | grep -c $(tr -d - < /proc/sys/kernel/random/boot_id)",
  "journalctl --list-boots | wc -l", "systemctl restart cron; systemctl is-active cron; ss -tln",
];

/** What is next of its random numbers: a kept boot used none of them. */
const random = "cat /proc/sys/kernel/random/uuid";

function answers(bootInFull: boolean): { readonly same: readonly string[]; readonly own: string } {
  const machine = createMachine(debian12, { seed: 3, epochUs, guests: makeGuestFactory(debian12, bootInFull) });
  machine.step(3_000_000, 1e8);
  const world = { machine: () => machine, get nowUs() { return machine.nowUs; }, step: (untilUs: number, maxSteps: number) => machine.step(untilUs, maxSteps) };
  const typed = [random, ...questions].map((question) => ["guest:~# ", `${question}\n`] as const);
  const console = runGuest(world, { bus: "virtio" }, guestDisk("guest-debian-12", diskBytes), [["guest login: ", "root\n"], ["Password: ", "root\n"], ...typed, ["guest:~# ", "button"], ["Power down", ""]]);
  return { same: [console.slice(0, console.indexOf("guest login: ")), ...questions.map((question) => shown(console, question))], own: shown(console, random) };
}

test("the same from the kept boot and from a full one", () => {
  const kept = answers(false);
  const full = answers(true);
  expect(full.same.join("").length).toBeGreaterThan(20_000);
  expect(kept.same.map((text) => text.split("\n"))).toEqual(full.same.map((text) => text.split("\n")));
  expect(kept.own).not.toBe(full.own);
});
