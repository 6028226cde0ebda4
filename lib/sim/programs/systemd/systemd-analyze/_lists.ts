// Names that units' settings and the kernel give to numbers: exit statuses (systemd.exec(5)), capabilities (capabilities(7)).
import { type Blocking, CAPABILITY_NAMES } from "../../../kernel/sys.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain } from "../_systemd.ts";

const CAPABILITIES = CAPABILITY_NAMES.map((name) => `cap_${name}`);

const classes: readonly (readonly [name: string, first: number, names: string])[] = [
  ["libc", 0, "SUCCESS FAILURE"],
  ["LSB", 2, "INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING"],
  ["BSD", 64, "USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG"],
  ["systemd", 200, "CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR - PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR ADDRESS_FAMILIES RUNTIME_DIRECTORY - CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY CREDENTIALS BPF"],
  ["systemd", 255, "EXCEPTION"],
];

const statuses = classes.flatMap(([kind, first, names]) => names.split(" ").map((name, index) => ({ name, status: first + index, kind }))).filter(({ name }) => name !== "-");

function printTable(io: Io, head: readonly string[], rows: readonly (readonly string[])[], numbers: number): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) io.out.put(`${row.map((cell, column) => (column === numbers ? cell.padStart(widths[column] ?? 0) : column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(" ")}\n`);
}

export function* exitStatus(io: Io, words: readonly string[]): Blocking<number> {
  const rows: (readonly string[])[] = [];
  for (const word of words) {
    const found = statuses.find(({ name, status }) => name === word || (/^\d+$/.test(word) && status === Number(word)));
    if (found === undefined && !(/^\d+$/.test(word) && Number(word) < 256)) {
      yield* complain(io, `Invalid exit status "${word}".`);
      return 1;
    }
    rows.push(found === undefined ? ["-", word, "-"] : [found.name, String(found.status), found.kind]);
  }
  printTable(io, ["NAME", "STATUS", "CLASS"], words.length > 0 ? rows : statuses.map(({ name, status, kind }) => [name, String(status), kind]), 1);
  return 0;
}

export function* capability(io: Io, words: readonly string[]): Blocking<number> {
  const rows: (readonly string[])[] = [];
  for (const word of words) {
    const number = /^\d+$/.test(word) ? Number(word) : CAPABILITIES.indexOf(word.toLowerCase());
    const name = CAPABILITIES[number];
    if (name === undefined) {
      yield* complain(io, `Capability "${word}" not known.`);
      return 1;
    }
    rows.push([name, String(number)]);
  }
  printTable(io, ["NAME", "NUMBER"], words.length > 0 ? rows.toSorted((one, other) => Number(one[1]) - Number(other[1])) : CAPABILITIES.map((name, number) => [name, String(number)]), 1);
  return 0;
}
