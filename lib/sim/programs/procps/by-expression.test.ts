// skill, snice, pidwait, slabtop, tload: messages and lines as those of procps-ng 4.0.2 wrote them.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);

test("skill and snice act on what the expression names", () => {
  expect(output("sleep 100 & sleep 100 & skill -n -v sleep |& sed -E 's/ [0-9]{3,} / N /'; snice +7 sleep; ps -C sleep -o ni=; snice sleep; ps -C sleep -o ni=; echo n | skill -i -p $! >/dev/null 2>&1; su student -c \"skill -p $!\" |& sed -E 's/ [0-9]{3,} / N /'; ps -C sleep -o comm=; skill -KILL -c sleep; ps -C sleep; skill; skill -p x; skill -t nosuchtty; snice +5; echo $?; skill -l").replace(/line 1: +\d+ Killed/g, "line 1: N Killed")).toBe(
    "?        root       N sleep              Success\n?        root       N sleep              Success\n  7\n  7\n  4\n  4\n?        root       N sleep              Operation not permitted\nsleep\nsleep\nbash: line 1: N Killed                  sleep 100\nbash: line 1: N Killed                  sleep 100\n    PID TTY          TIME CMD\nskill: no process selection criteria\nskill: failed to parse argument: 'x'\nsnice: no process selection criteria\n1\n" +
      "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT\nCHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS\n",
  );
});

test("pidwait ends with the last of them", () => {
  expect(output("sleep 3 & a=$SECONDS; pidwait -e -x sleep | sed 's/pid [0-9]*/pid N/'; echo $((SECONDS - a >= 3)); pidwait -c nosuch; echo $?; pidwait; echo $?")).toBe("waiting for sleep (pid N)\n1\n0\n1\npidwait: no matching criteria specified\nTry `pidwait --help' for more information.\n2\n");
});

test("slabtop reads /proc/slabinfo", () => {
  expect(output("slabtop -o -s n | sed -n '7,9p'; slabtop -o | sed -n 5p; slabtop -d 0; su student -c 'slabtop -o'; tload -d x; tload /dev/nosuch")).toBe(
    "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME                   \n  1064   1064 100%    0.07K     19       56        76K Acpi-Operand           \n    78     78 100%    0.10K      2       39         8K Acpi-ParseExt          \n Minimum / Average / Maximum Object : 0.01K / 0.25K / 8.00K\n" +
      "slabtop: delay must be positive integer\nslabtop: Unable to create slabinfo structure: Permission denied\ntload: failed to parse argument: 'x'\ntload: can not open tty: No such file or directory\n",
  );
});
