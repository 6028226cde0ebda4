// What a step costs (kernel/sys.ts, `charge`): how much of the processor a program takes for the steps that it says, and the longest time for which it lets nobody
// else in. Programs that charge too little make their neighbours wait; those that charge too much are slow in the machine's own time.
import { encode } from "../sim/world/text.ts";
import { createWorld, type World } from "../sim/world/world.ts";

const epochUs = Date.UTC(2026, 10, 21, 9) * 1000;

/** Files that the commands work on, made once for each host. */
const prepared = [
  "mkdir -p /tmp/b && cd /tmp/b",
  "seq 1 60000 > numbers; sed 's/^/a few words and /' numbers > words; head -c 700K /dev/urandom > noise",
  "for i in $(seq 1 400); do echo \"$i,name$i,$((i % 7)),$((i * i))\"; done > table.csv",
  "{ echo '['; for i in $(seq 1 1500); do echo \"{\\\"id\\\":$i,\\\"name\\\":\\\"n$i\\\",\\\"tags\\\":[1,2,3]},\"; done; echo '{}]'; } > list.json",
  "mkdir -p tree; for i in $(seq 1 30); do mkdir tree/d$i; for j in $(seq 1 20); do echo $i $j > tree/d$i/f$j; done; done",
  "tar cf tree.tar tree; gzip -k -c words > words.gz; sort -R numbers > shuffled; sed 's/7/seven/' numbers > numbers2",
].join("\n");

const commands: readonly (readonly [host: "debian-12" | "debian-12-docker" | "debian-12-virt", command: string])[] = [
  ...[
    "for ((i=0;i<30000;i++)); do :; done", "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done", "f() { local x=$1; }; for i in {1..5000}; do f $i; done", "for i in {1..200}; do x=$(echo $i); done",
    "for i in {1..100}; do /bin/true; done", "s=; for i in {1..3000}; do s+=abc; done; for i in {1..300}; do t=${s//b/xx}; done", "while read -r a b c; do :; done < words", "mapfile -t a < numbers; printf '%s\\n' \"${a[@]}\" > /dev/null",
    "echo {1..30000} > /dev/null", "for i in {1..200}; do [[ abc$i =~ ^([a-z]+)([0-9]+)$ ]]; done", "for i in {1..20}; do echo /usr/share/*/*; done > /dev/null",
    "ls -lR / > /dev/null", "ls -R /usr > /dev/null", "find / > /dev/null", "find / -name '*.conf' -type f -printf '%p %s\\n' > /dev/null", "find tree -type f -exec cat {} + > /dev/null", "find tree -type f -exec cat {} \\; > /dev/null", "du -a / > /dev/null", "tree / > /dev/null",
    "grep -r root /etc > /dev/null", "grep -rn 'a.*b' /usr/share > /dev/null", "grep -c 99 words", "grep -E '(few|many)+ .*7$' words > /dev/null", "grep -F -f table.csv words", "grep -o '[0-9]*' words > /dev/null",
    "sort words > /dev/null", "sort -n -r shuffled > /dev/null", "sort -k5,5n words > /dev/null", "sort -u shuffled | uniq -c > /dev/null", "sed 's/7/x/g; /9$/d' words > /dev/null", "sed -n 's/\\(few\\) \\(words\\)/\\2 \\1/p' words > /dev/null", "awk '{ n[$5 % 10] += $5 } END { for (k in n) print k, n[k] }' words",
    "awk 'BEGIN { for (i = 0; i < 100000; i++) s += i * 2; print s }'", "awk '{ gsub(/o/, \"0\"); print toupper($0) }' words > /dev/null", "cut -d' ' -f2,5 words > /dev/null", "tr a-z A-Z < words > /dev/null", "wc words", "wc -m words", "head -c 3M /dev/zero | wc -c", "tac words > /dev/null", "nl words > /dev/null", "paste numbers words > /dev/null",
    "join numbers numbers > /dev/null 2>&1", "comm numbers numbers2 > /dev/null 2>&1", "fold -w 20 words > /dev/null", "fmt words > /dev/null", "column -t table.csv > /dev/null", "od -c noise | tail -1", "xxd noise | tail -1", "hexdump -C noise | tail -1", "strings noise | tail -1", "base64 noise > /dev/null", "shuf numbers > /dev/null", "split -l 1000 words /tmp/b/part && rm /tmp/b/part*",
    "seq 1 200000 > /dev/null", "factor {100000..102000} > /dev/null", "expr 5 + 5", "diff numbers numbers2 | wc -l", "diff -r tree /etc > /dev/null; :", "cmp numbers numbers2; :", "md5sum noise", "sha256sum noise", "sha512sum noise", "cksum noise", "b2sum noise",
    "gzip -c words > /dev/null", "gzip -c noise > /dev/null", "gunzip -c words.gz > /dev/null", "bzip2 -c numbers > /dev/null", "xz -c numbers > /dev/null", "zstd -c words > /dev/null", "tar cf /dev/null tree", "tar czf /tmp/b/t.tgz tree", "tar xf tree.tar -C /tmp", "tar tvf tree.tar > /dev/null", "cp -a tree /tmp/b/tree2 && rm -r /tmp/b/tree2", "rsync -a tree/ /tmp/b/tree3 && rm -r /tmp/b/tree3", "chmod -R u+w tree", "chown -R root tree",
    "jq . list.json > /dev/null", "jq -r '.[] | select(.id? > 700) | .name' list.json > /dev/null", "jq -n '[range(30000)] | add'", "bc <<< 'scale=300; 4*a(1)' -l", "bc <<< '2^20000' | wc -c",
    "python3 -c 'for i in range(100000): pass'", "python3 -c 's = 0\nfor i in range(30000): s += i * i % 7\nprint(s)'", "python3 -c 'print(sum(x * x for x in range(30000)))'", "python3 -c 'd = {}\nfor w in open(\"words\"): d[w] = len(w)\nprint(len(d))'", "python3 -c 'print(len(sorted(open(\"words\"))))'", "python3 -c 'import re; print(len(re.findall(\"[0-9]+\", open(\"words\").read())))'", "python3 -c 'import json; print(len(json.load(open(\"list.json\"))))'", "python3 -c 'def f(n): return n if n < 2 else f(n-1) + f(n-2)\nprint(f(16))'", "python3 -c 'print(len(\"x\" * 3000000))\nprint(3 ** 20000 % 1000007)'",
    "ps aux > /dev/null", "for i in {1..20}; do ps -ef > /dev/null; done", "lsof > /dev/null 2>&1; :", "top -b -n 3 > /dev/null", "dpkg -l > /dev/null", "dpkg -S bash > /dev/null", "dpkg -L coreutils > /dev/null", "apt-cache search editor > /dev/null", "apt-cache show bash > /dev/null", "apt-get update > /dev/null", "apt-get install -y tree sl > /dev/null 2>&1; :", "apt-get install -y nginx > /dev/null 2>&1; :", "apt list > /dev/null 2>&1", "man bash > /dev/null 2>&1; :", "apropos file > /dev/null 2>&1; :",
    "systemctl list-units > /dev/null", "systemctl status > /dev/null", "systemctl list-unit-files > /dev/null", "journalctl > /dev/null", "systemd-analyze blame > /dev/null 2>&1; :", "vim -es -c '%s/a/b/g' -c 'wq! /tmp/b/out' words; :", "mount > /dev/null; findmnt > /dev/null; lsblk > /dev/null", "mkfs.ext4 -q -F /tmp/b/disk.img 20M; :", "dd if=/dev/zero of=/tmp/b/zeros bs=1M count=30 status=none", "dd if=/dev/zero of=/dev/null bs=512 count=20000 status=none", "openssl rand -hex 20 > /dev/null 2>&1; :", "ssh-keygen -q -t rsa -N '' -f /tmp/b/key <<< y > /dev/null; :", "perl -e 'print 1' > /dev/null 2>&1; :", "xargs -n 10 echo < numbers > /dev/null", "nft list ruleset > /dev/null 2>&1; :", "getent passwd > /dev/null", "date; cal > /dev/null 2>&1; :", "locale -a > /dev/null; :", "ls -l --color=always /usr/bin > /dev/null", "stat /usr/bin/* > /dev/null", "file /usr/bin/* > /dev/null; :",
  ].map((command) => ["debian-12", command] as const),
  ...[
    "docker run --rm alpine true", "docker run --rm python:3 python3 -c 'print(1)'", "printf 'FROM python:3\\nRUN apt-get update\\nRUN seq 1 1000 > /x\\nCMD ls\\n' > Dockerfile; docker build -q --no-cache . > /dev/null", "docker ps -a > /dev/null; docker images > /dev/null", "docker inspect $(docker images -q) > /dev/null; :", "docker run --rm alpine sh -c 'find / > /dev/null'", "docker save alpine -o /tmp/b/a.tar; docker load -q -i /tmp/b/a.tar", "docker pull -q busybox > /dev/null; docker rmi -f busybox > /dev/null",
  ].map((command) => ["debian-12-docker", command] as const),
  ...["virsh list --all > /dev/null", "virsh capabilities > /dev/null; virsh domcapabilities > /dev/null", "qemu-img create -q -f qcow2 /tmp/b/d.qcow2 5G; qemu-img info /tmp/b/d.qcow2 > /dev/null", "qemu-img convert -O raw /var/lib/libvirt/images/guest.qcow2 /tmp/b/g.raw; rm /tmp/b/g.raw", "osinfo-query os > /dev/null; :", "virt-install --osinfo list > /dev/null; :"].map((command) => ["debian-12-virt", command] as const),
];

export interface ChargeCost {
  readonly command: string;
  readonly cpuMs: number;
  readonly steps: number;
  /** nanoseconds of the processor for a step */
  readonly stepNs: number;
  /** the longest time between two chances for somebody else */
  readonly longestMs: number;
  readonly failed: boolean;
}

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function prepare(host: string): World {
  const world = createWorld({ host, seed: 1, epochUs });
  world.step(10_000_000, 1e8);
  world.runProgram({ argv: ["bash", "-c", prepared], directory: "/", stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9 });
  return world;
}

function measure(world: World, command: string): ChargeCost {
  const { machine, task } = begin(world, command);
  const { scheduler } = machine.kernel;
  const startSteps = scheduler.busyUs;
  const startUs = cpuUs();
  // of the processor, not of the clock: others work on this machine, too
  let lastUs = startUs;
  let longestUs = 0;
  const stop = (): boolean => {
    const nowUs = cpuUs();
    longestUs = Math.max(longestUs, nowUs - lastUs);
    lastUs = nowUs;
    return task.ended;
  };
  const untilUs = world.nowUs + 300_000_000;
  while (!task.ended && world.nowUs < untilUs) world.step(untilUs, 1e6, stop);
  stop();
  const usedUs = cpuUs() - startUs;
  const steps = scheduler.busyUs - startSteps;
  return { command, cpuMs: usedUs / 1000, steps, stepNs: (usedUs * 1000) / Math.max(1, steps), longestMs: longestUs / 1000, failed: task.status !== 0 };
}

function begin(world: World, command: string) {
  const machine = world.machine();
  const task = machine.run({ argv: ["bash", "-c", command], directory: "/tmp/b", stdin: encode("") }, () => undefined, () => undefined);
  return { machine, task };
}

/** Each command is run a few times for the engine to compile what it needs; the least of the longest times, since the collection of garbage is in them, too. */
export function chargeCosts(wanted: RegExp): readonly ChargeCost[] {
  const worlds = new Map<string, World>();
  return commands.filter(([, command]) => wanted.test(command)).map(([host, command]) => {
    const world = worlds.get(host) ?? prepare(host);
    worlds.set(host, world);
    const runs = [1, 2, 3, 4].map(() => measure(world, command)).slice(1);
    const best = runs.reduce((a, b) => (b.cpuMs < a.cpuMs ? b : a));
    return { ...best, longestMs: Math.min(...runs.map((run) => run.longestMs)), failed: runs.some((run) => run.failed) };
  });
}
