import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { decode, encode } from "../../world/text.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1795251600000000 });

function run(command: string): string {
  const ran = world.runProgram({ argv: ["bash", "-c", command], directory: "/tmp", stdin: encode(""), limitUs: 60_000_000, maxSteps: 1e8 });
  return decode(ran.stdout) + decode(ran.stderr);
}

/** `ps OPTIONS -p 1` of procps 4.0.2 of Debian 12 with pid_max 32768, 100 columns: its first line. */
const FIRST_LINES: readonly (readonly [string, string])[] = [
  ["-c", "  PID CLS PRI TTY          TIME CMD"],
  ["-cl", "F S   UID   PID  PPID CLS PRI ADDR SZ WCHAN  TTY          TIME CMD"],
  ["-P", "  PID PSR TTY          TIME CMD"],
  ["-Ml", "LABEL                           F S   UID   PID  PPID  C PRI  NI ADDR SZ WCHAN  TTY          TIME CMD"],
  ["-Fl", "F S UID        PID  PPID  C PRI  NI ADDR SZ WCHAN    RSS PSR STIME TTY          TIME CMD"],
  ["-Fly", "S UID        PID  PPID  C PRI  NI   RSS    SZ WCHAN  PSR STIME TTY          TIME CMD"],
  ["-jf", "UID        PID  PPID  PGID   SID  C STIME TTY          TIME CMD"],
  ["-flj", "F S UID        PID  PPID  PGID   SID  C PRI  NI ADDR SZ WCHAN  STIME TTY          TIME CMD"],
  ["-y -f", "error: modifier -y without format -l makes no sense"],
  ["u -j", "USER       PID  PGID   SID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"],
  ["u -c", "ps:src/ps/sortformat.c:900: internal error: no PRI for -c option"],
  ["u -f", "error: conflicting format options"],
  ["j -j", " PPID  PGID   SID   PID  PGID   SID TTY      TPGID STAT   UID   TIME COMMAND"],
  ["s -j", "  UID   PID  PGID   SID   PENDING   BLOCKED   IGNORED    CAUGHT STAT TTY        TIME COMMAND"],
  ["un", "    USER   PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"],
  ["--context", "  PID CONTEXT                         COMMAND"],
  ["u -L", "USER       PID   LWP %CPU NLWP %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"],
  ["-Tf", "UID        PID  SPID  PPID  C STIME TTY          TIME CMD"],
  ["-o pid=A,ppid=B", "    A     B"],
  ["-o pid:3=XYZW", "XYZW"],
  ["-o pid,comm=A,B", 'error: unknown user-defined format specifier "B"'],
  ["-o pid:", "error: column widths must be unsigned decimal numbers"],
  ["-o pid,,comm", "error: improper format list"],
  ["-o F5FMT", "USER       PID  PPID  C  STARTED TTY          TIME CMD"],
  ["-o F5FMT:3", "error: can not set width for a macro (multi-column) format specifier"],
  ["-o '%p %c %a'", "  PID COMMAND         COMMAND                    "],
  ["-o '%p foo'", "error: improper AIX field descriptor"],
  ["-o %q", "error: unknown AIX field descriptor"],
  ["-O ni", "  PID  NI S TTY          TIME COMMAND"],
  ["O uu", "error: bad sorting code"],
  ["--sort pid k comm", "error: multiple sort options"],
  ["--sort pid,,comm", "error: improper sort list"],
  ["f O P", "error: PPID sort and forest output conflict"],
  ["-a x", "error: process selection options conflict"],
  ["m H", "error: thread flags conflict; can't use H with m or -m"],
  ["-Lf --forest", "error: thread display conflicts with forest display"],
  ["-LT", "error: thread flags conflict; can't use both -L and -T"],
  ["h h", "error: only one heading option may be specified"],
  ["--cols 0", "error: number of columns must follow --cols, --width, or --columns"],
  ["-p 1,", "error: improper list"],
  ["-t /etc/passwd", "error: list member was not a TTY"],
  ["-t nosuch", "error: TTY could not be found"],
  ["-g nosuch", "error: list of session leaders OR effective group IDs was invalid"],
  ["-V", "error: the option is exclusive: -V"],
];

test("options together, as the real program reads and refuses them", () => {
  const script = FIRST_LINES.map(([options]) => `COLUMNS=100 ps ${options} -p 1 2>&1 | head -1`).join("\n");
  expect(run(`sysctl -qw kernel.pid_max=32768\n${script}`).split("\n")).toEqual([...FIRST_LINES.map(([, line]) => line), ""]);
});

test("every name of a column that ps L tells can be shown", () => {
  expect(run("for one in $(ps L | cut -d' ' -f1); do ps -o $one -p 1 >/dev/null || echo $one; done; ps L | wc -l; ps L | sed -n '1p;$p' | cat -A; COLUMNS=20 ps -o caught,ppid= -p 1 | tail -1; ps -o caught= -p 1")).toBe(
    "190\n%cpu         %CPU    $\nzone         ZONE    $\n 28014a03     0\n0000000028014a03\n",
  );
});

test("lines of threads, processes in the order of -q, headings on every page, -H", () => {
  expect(run("sysctl -qw kernel.pid_max=32768; ps -m -o pid,lwp,comm,nlwp -p 1; ps -q 1,99999 -o pid=; ps --headers --rows 2 -q 1,1 -o pid; ps -H -o comm= -p 1 --ppid 1 | head -2; ps -o pid= -1; ps -t -")).toMatch(
    /^ {2}PID {3}LWP COMMAND {9}NLWP\n {4}1 {5}- systemd {12}1\n {4}- {5}1 - {18}-\n {4}1\n {2}PID\n {4}1\n {2}PID\n {4}1\nsystemd\n {2}\S+\n {4}1\n {2}PID TTY {10}TIME CMD\n/,
  );
});

test("w: the headings with and without FROM, short and long; a wrong width is told and passed over", () => {
  expect(run("w | sed -n 2p; w -s | sed -n 2p; w -f | sed -n 2p; w -sf | sed -n 2p; w -fi | sed -n 2p; PROCPS_USERLEN=12 w | sed -n 2p; PROCPS_FROMLEN=4 w -h")).toBe(
    [
      "USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT", "USER     TTY      FROM              IDLE WHAT", "USER     TTY        LOGIN@   IDLE   JCPU   PCPU WHAT", "USER     TTY         IDLE WHAT",
      "USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT", "USER         TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT",
      "w: From length environment PROCPS_FROMLEN must be between 8 and 256, ignoring.\n\n",
    ].join("\n"),
  );
});

test("ps without a terminal: the caller's processes that have none either; with a, those of terminals", () => {
  expect(run("setsid -w ps -o tty=,comm= | grep -v -e '^?' | wc -l; setsid -w ps -o comm= | grep -c -e '^cron$' -e '^systemd$'; setsid -w ps >/dev/null; echo $?; setsid -w ps a -o tty= | grep -c '?'")).toBe("0\n2\n0\n0\n");
});
