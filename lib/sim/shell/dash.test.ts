// What /bin/sh of Debian 12 refuses of bash's language, in dash's words (compared with the real dash 0.5.12).
import { expect, test } from "vitest";
import { decode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";

function dash(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
  const done = world.runProgram({ argv: ["dash", "-c", script], environment: new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 10_000_000, maxSteps: 10_000_000 });
  return `${decode(done.stdout)}${decode(done.stderr)}${String(done.status)}`;
}

test.each([
  ["a=(1 2)", 'dash: 1: Syntax error: "(" unexpected\n2'],
  ["[[ a == a ]]", "dash: 1: [[: not found\n127"],
  ["for ((;;)); do break; done", "dash: 1: Syntax error: Bad for loop variable\n2"],
  ["function f() { :; }", 'dash: 1: Syntax error: "(" unexpected\n2'],
  ["cat <<< x", "dash: 1: Syntax error: redirection unexpected\n2"],
  ["echo {1..3}; echo $RANDOM$LINENO.", "{1..3}\n.\n0"],
  ["echo $((2**3))", 'dash: 1: arithmetic expression: expecting primary: "2**3"\n2'],
  ["x=1; echo $((x++))", 'dash: 1: arithmetic expression: expecting primary: "x++"\n2'],
  ["echo $((1 , 2))", 'dash: 1: arithmetic expression: expecting EOF: "1 , 2"\n2'],
  ["x=1; echo $((++x)) $((--x)) $((x+=4))", "1 1 5\n0"],
  ["a+=b", "dash: 1: a+=b: not found\n127"],
  ["a[1]=2", "dash: 1: a[1]=2: not found\n127"],
  ["x=abc; echo ${x:1:1}", "dash: 1: Bad substitution\n2"],
  ["[ a == a ]", "dash: 1: [: a: unexpected operator\n2"],
  ["wait -n", "dash: 1: wait: Illegal option -n\n2"],
  ["printf -v x a", "dash: 1: printf: Illegal option -v\n2"],
  ["export -f f", "dash: 1: export: Illegal option -f\n2"],
  ["ulimit -u", "dash: 1: ulimit: Illegal option -u\n2"],
  ["type -t ls", "-t: not found\nls is /usr/bin/ls\n127"],
  ["source /dev/null", "dash: 1: source: not found\n127"],
])("%s", (script, output) => {
  expect(dash(script)).toBe(output);
});
