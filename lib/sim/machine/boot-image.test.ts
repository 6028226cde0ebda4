// A machine set up from the kept boot and one that booted in full are the same machine to whoever looks: files with their times, processes and what they hold,
// services, journal, network; and both go on the same way when their daemons have something to do (give or take the few microseconds that a program has behind it
// between its last answer and the call that it sleeps in).
import { describe, expect, test } from "vitest";
import { decode } from "../kernel/sys.ts";
import { hosts } from "./hosts/hosts.ts";
import { createMachine, type Machine } from "./machine.ts";

const epochUs = 1_795_295_400_000_000;
/** that of the kept boot, whose random numbers are everybody's */
const seed = 0x686f_7465;

const questions = `
ps -eo pid,ppid,pgid,sess,tty,stat,nice,user,lstart,cmd
for p in /proc/[0-9]*; do [ $p = /proc/$$ ] || { echo $p; grep -v ctxt $p/status; cat $p/cgroup $p/limits; ls -l --time-style=+ $p/fd $p/cwd $p/exe; tr '\\0' '\\n' < $p/environ; } 2>&1; done
ls -laR --time-style=full-iso /run /var/log /var/lib/systemd /etc/machine-id /dev
stat /dev/null /run/utmp /var/log/wtmp /usr/bin/ls
cat /proc/self/mountinfo
who -b; last -F; journalctl --no-pager -o short-precise; dmesg
cat /proc/sys/kernel/random/boot_id /proc/sys/kernel/ns_last_pid
uptime -s; date
ip addr; ip route show table all; ss -xatun | sort
cd /sys/fs/cgroup; for f in *.procs */*.procs */*/*.procs */pids.* */memory.current */*/memory.current; do echo $f; cat $f; done
hostname; lsmod; cat /proc/net/dev; df -a
systemctl list-units --all --no-pager; systemctl list-timers --no-pager | cut -c1-60; systemctl show ssh cron --no-pager | grep -v CPUUsage
if command -v docker; then docker images; docker ps -a; docker network ls; docker network inspect bridge host; iptables-save; ip -d link; docker run --rm --hostname inside alpine hostname; docker info; fi
if command -v virsh; then virsh list --all; virsh net-dumpxml default; virsh pool-list --all; virsh net-start default; virsh net-list; fi
systemctl restart cron; systemctl is-active cron; logger hello; journalctl --no-pager -n 4; (sleep 0.1 &) ; sleep 0.3; ps -eo pid,cmd | tail -5
systemd-run --wait --quiet true; echo $?; kill -HUP $(pgrep -o sshd); sleep 0.1; ss -tln; systemctl poweroff`;

function answers(machine: Machine): string {
  let text = "";
  const keep = (bytes: Uint8Array): void => {
    text += decode(bytes);
  };
  const run = machine.run({ argv: ["bash", "-c", questions] }, keep, keep);
  machine.step(machine.nowUs + 5_000_000, 40_000_000, () => run.ended);
  return text;
}

// debian-12-clones boots in full: its dnsmasq went on as a fork of another program
describe.each(["debian-12", "debian-12-docker", "debian-12-virt"])("%s", (name) => {
  test("is the same from the kept boot and from a full one", () => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    const kept = createMachine(host, { seed, epochUs, onFrame: () => undefined });
    const sinceInitUs = kept.kernel.nowUs - 2_850_000;
    expect(sinceInitUs).toBeGreaterThan(1_000_000);
    const full = createMachine(host, { seed, epochUs: epochUs - sinceInitUs, onFrame: () => undefined, bootInFull: true });
    full.step(sinceInitUs, 20_000_000);
    expect(full.kernel.realtimeUs()).toBe(kept.kernel.realtimeUs());
    const wanted = answers(full).split("\n");
    expect(wanted.length).toBeGreaterThan(1000);
    expect(answers(kept).split("\n")).toEqual(wanted);
  });

  test("does not say no", () => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    const machine = createMachine(host, { seed: 5, epochUs, onFrame: () => undefined });
    expect([...machine.kernel.processes.values()].filter((process) => process.dormant === undefined || process.main !== undefined).map((process) => process.comm)).toEqual([]);
    // who looks from outside finds the services' states, and wakes nobody
    expect(machine.view().service("ssh.service")?.active).toBe("active");
    const before = machine.kernel.nowUs;
    machine.step(machine.nowUs + 100_000, 1_000_000);
    expect(machine.kernel.nowUs).toBe(before + 100_000);
    expect([...machine.kernel.processes.values()].filter((process) => process.main !== undefined).map((process) => process.comm)).toEqual(["systemd"]);
  });
});
