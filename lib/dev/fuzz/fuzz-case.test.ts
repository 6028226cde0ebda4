import { expect, test } from "vitest";
import type { KeyCase } from "./key-arbitrary.ts";
import { tryCase, tryInput, fuzzInput } from "./fuzz-case.ts";

test("some hundred random scripts and key presses: no exception of ours, no overrun, the same again", () => {
  const wrong = Array.from({ length: 60 }, (_, caseNumber) => ({ input: fuzzInput(20_261_122, caseNumber), findings: tryCase(20_261_122, caseNumber).filter(({ what }) => what !== "slow" && what !== "errno") })).filter(({ findings }) => findings.length > 0);
  expect(wrong).toEqual([]);
}, 120_000);

/** What the fuzzer found once. */
const found = [
  "printf '%-%b' 1 a.txt ''; env printf '%-%b' 1 2; dash -c 'printf %5% 1 2'",
  "login root",
  "chroot /; bash --norc -i <<< 'echo hi'",
  "ss -N1K",
  "capsh --decode=zz",
  "printf 'a\\%b' 1 2",
  "getfattr -m '\\' a.txt; pgrep '\\'; killall -r '\\'",
  "ssh-agent -a web; kill $(pidof ssh-agent)",
  "kill -9 $(pidof systemd-journald); sleep 1; kill $(pidof systemd-journald); sleep 1; logger x",
] as const;

test.each(found)("script %j", (script) => {
  expect(tryInput({ kind: "scripts", host: "debian-12", scripts: [script] }, 1, true)).toEqual([]);
});

const foundKeys: readonly KeyCase[] = [
  { program: "nano", inputs: [{ keys: ":g/a/d\r" }, { rows: 1, cols: 2 }, { keys: "(a|b)*" }], rows: 24, cols: 20, user: "student" },
  { program: "script f", inputs: [{ keys: "(sleep 0.1; kill -9 $PPID) &\r" }, { waitUs: 600_000 }, { keys: "ls\r" }], rows: 24, cols: 80, user: "student" },
  { program: "whiptail --yesno hi 10 40", inputs: [{ rows: 60, cols: 1 }, { keys: "a" }, { rows: 3, cols: 1 }], rows: 24, cols: 100, user: "root" },
  { program: "vi a.txt", inputs: [{ keys: "99999999)" }, { keys: "99999999ix\x1b" }, { keys: "yy99999999p" }, { keys: "vy99999999p" }, { keys: "9999d9999999w" }], rows: 24, cols: 80, user: "root" },
];

test.each(foundKeys)("keys %j", (keys) => {
  expect(tryInput({ kind: "keys", host: "debian-12", ...keys }, 1, true)).toEqual([]);
});
