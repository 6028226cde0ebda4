// A machine set up from the kept boot and one that booted in full are the same machine to whoever looks: files with their times, processes and what they hold,
// services, journal, network; and both go on the same way when their daemons have something to do (give or take the few microseconds that a program has behind it
// between its last answer and the call that it sleeps in). The same of a first session that is set up logged in, and one whose shell read its start files.
import { describe, expect, test } from "vitest";
import { decode, encode } from "../kernel/sys.ts";
import { hosts } from "./hosts/hosts.ts";
import { createMachine, type Machine, type Session } from "./machine.ts";

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

/** Of the person's shell; what is random stays out. */
const ownQuestions = [
  "set | grep -av -e ^RANDOM= -e ^SRANDOM= -e ^EPOCH -e ^BASH_COMMAND -e ^_=", "shopt; set -o; alias; trap -p; hash; complete -p; bind -p | md5sum; history; jobs; dirs -v", "declare -p | grep -a -v -e RANDOM -e EPOCH | md5sum; declare -F | wc -l",
  "echo $- $$ $PPID $SHLVL $SECONDS $LINENO $_; ulimit -a; umask; pwd; tty; stty -a; id", "grep -v ctxt /proc/$$/status; cat /proc/$$/limits /proc/$$/cgroup; ls -l --time-style=long-iso /proc/$$/fd /proc/$$/cwd /dev/pts",
  "printf '%(%F %T)T %(%F %T)T\n' -1 -2; who -a; w; last -F; ls -lu --time-style=full-iso /etc/profile ~/.bashrc ~/.profile /etc/bash.bashrc", "ps -eo pid,ppid,pgid,sid,tpgid,tty,stat,lstart,cmd; cat /proc/loadavg",
  "f() { local x=1; echo $x $FUNCNAME; }; f; (exit 3); echo $? $BASH_SUBSHELL; sleep 1 & wait %1; echo $!; fg; echo ${HISTFILE} $COLUMNS $LINES; exit",
] as const;

function typed(machine: Machine, { session, output }: { readonly session: Session; readonly output: () => string }): string {
  for (const question of ["", ...ownQuestions]) {
    session.terminal.input(encode(question === "" ? "" : `${question}\r`));
    do machine.step(machine.nowUs + 5_000_000, 40_000_000, () => session.terminal.awaitingInput || session.run.ended);
    while (!session.terminal.awaitingInput && !session.run.ended);
  }
  return output();
}

function toTheSecond(text: string): string {
  return text.replace(/(?<=\d\d:\d\d:\d\d)\.\d+/g, "");
}

function logIn(machine: Machine, user: string): { readonly session: Session; readonly output: () => string } {
  let text = "";
  const session = machine.openSession({ rows: 30, cols: 100 }, (bytes) => {
    text += decode(bytes);
  }, { user });
  return { session, output: () => text };
}

describe.each([["debian-12", "student"], ["debian-12-docker", "root"]])("%s, a first session of %s", (name, user) => {
  test("is the same set up logged in and from its start files", () => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    const bootedUs = createMachine(host, { seed, epochUs, onFrame: () => undefined }).kernel.nowUs;
    const kept = createMachine(host, { seed, epochUs, onFrame: () => undefined });
    // who looks first touches nothing
    expect(kept.view().service("ssh.service")?.active).toBe("active");
    const own = logIn(kept, user);
    const sinceBootUs = kept.kernel.nowUs - bootedUs;
    expect(sinceBootUs).toBeGreaterThan(1000);
    expect([...kept.kernel.processes.values()].map((process) => process.comm).slice(-2)).toEqual(["sshd", "bash"]);
    const sinceInitUs = bootedUs - 2_850_000;
    const full = createMachine(host, { seed, epochUs: epochUs - sinceInitUs - sinceBootUs, onFrame: () => undefined, bootInFull: true });
    full.step(sinceInitUs, 20_000_000);
    const other = logIn(full, user);
    full.step(sinceInitUs + sinceBootUs, 20_000_000);
    // its slice goes on
    expect(full.kernel.realtimeUs() - kept.kernel.realtimeUs()).toBeLessThan(100);
    const wanted = typed(full, other).split("\r\n");
    expect(wanted.length).toBeGreaterThan(250);
    expect(typed(kept, own).split("\r\n")).toEqual(wanted);
    expect([own.session.run.ended, own.session.run.status]).toEqual([true, 0]);
    expect(toTheSecond(answers(kept)).split("\n")).toEqual(toTheSecond(answers(full)).split("\n"));
  });

  test("begins from its boot when something was done before", () => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    const machine = createMachine(host, { seed, epochUs, onFrame: () => undefined });
    machine.step(1000, 1000);
    const { session } = logIn(machine, user);
    expect([...machine.kernel.processes.values()].map((process) => process.comm).slice(-1)).toEqual(["sshd"]);
    machine.step(machine.nowUs + 1_000_000, 10_000_000, () => session.terminal.awaitingInput);
    expect([...machine.kernel.processes.values()].map((process) => process.comm).slice(-1)).toEqual(["bash"]);
  });
});
