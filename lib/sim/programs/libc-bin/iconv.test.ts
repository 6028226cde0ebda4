// What iconv(1) of glibc 2.36 makes of the same bytes.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test.each([
  [`printf '\\xe9t\\xe9\\n' | iconv -f latin1`, "été\n"],
  ["printf 'été €\\n' | iconv -t ascii; echo $?", "iconv: illegal input sequence at position 0\n1\n"],
  ["printf 'été œ €…\\n' | iconv -t ascii//TRANSLIT", "ete oe EUR...\n"],
  ["printf 'été\\n' | iconv -c -t ascii; echo $?", "t\n1\n"],
  [`printf 'ab\\xc3' | iconv -f utf8 -t latin1; echo $?`, "abiconv: incomplete character or shift sequence at end of buffer\n1\n"],
  ["for to in utf-16 utf-16be utf-32le iso-8859-15 windows-1252; do printf '€' | iconv -t $to | od -An -tx1; done", " ff fe ac 20\n 20 ac\n ac 20 00 00\n a4\n 80\n"],
  ["printf '\\0\\351' | iconv -f utf-16be; echo; iconv -f latin1 -t utf8 -o out < /dev/null; ls -s out; iconv /nosuch; iconv -t nosuch < /dev/null", "é\n0 out\niconv: cannot open input file `/nosuch': No such file or directory\niconv: failed to start conversion processing: No such file or directory\n"],
])("%s", (script, output) => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  const done = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 });
  expect(decode(done.stdout)).toBe(output);
});
