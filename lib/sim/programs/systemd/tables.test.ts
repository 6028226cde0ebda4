// Tables, shortened texts and journal lines as systemd 252.39-1~deb12u2 prints them: recorded with Debian 12's own systemctl (units given over a private bus) and
// journalctl (a file made by systemd-journal-remote) on terminals of the widths that stand here.
import { describe, expect, it } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { shareWidths } from "./_table.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 200_000_000, maxSteps: 50_000_000 }).stdout);

describe("columns that share the room", () => {
  const equal = (wanted: readonly number[], width: number): readonly number[] => shareWidths(wanted, width - (wanted.length - 1), wanted.map(() => 100), wanted.map(() => 1));

  it.each([
    // dot, UNIT, LOAD, ACTIVE, SUB, DESCRIPTION
    { wanted: [1, 34, 6, 10, 9, 61], width: 80, widths: [1, 24, 6, 10, 9, 25] },
    { wanted: [1, 34, 6, 10, 9, 61], width: 100, widths: [1, 34, 6, 10, 9, 35] },
    { wanted: [34, 9, 10, 9, 61], width: 60, widths: [14, 9, 10, 9, 14] },
    // JOB, UNIT, TYPE, STATE
    { wanted: [4, 17, 5, 7], width: 30, widths: [4, 11, 5, 7] },
    // UNIT FILE, STATE, PRESET
    { wanted: [37, 8, 8], width: 40, widths: [22, 8, 8] },
  ])("$wanted in $width", ({ wanted, width, widths }) => {
    expect(equal(wanted, width)).toEqual(widths);
  });

  it("columns that fit keep what they ask for", () => {
    expect(equal([3, 4], 80)).toEqual([3, 4]);
  });
});

describe("colours", () => {
  it("list-unit-files: states, presets, the line between types", () => {
    expect(output("SYSTEMD_COLORS=1 systemctl list-unit-files systemd-network-generator.service systemd-networkd.s* autovt@.service")).toBe(`\x1b[0m\x1b[0;4mUNIT FILE                        \x1b[0m\x1b[0m\x1b[0;4m STATE   \x1b[0m\x1b[0m\x1b[0;4m PRESET  \x1b[0m
autovt@.service                   \x1b[0;1;32malias   \x1b[0m\x1b[0;1;32m \x1b[0m\x1b[0;38;5;245m-       \x1b[0m
systemd-network-generator.service \x1b[0;1;31mdisabled\x1b[0m\x1b[0;1;31m \x1b[0m\x1b[0;1;31mdisabled\x1b[0m
\x1b[0m\x1b[0;4msystemd-networkd.service         \x1b[0m\x1b[0m\x1b[0;4m \x1b[0m\x1b[0;1;31m\x1b[0;4mdisabled\x1b[0m\x1b[0;1;31m\x1b[0;4m \x1b[0m\x1b[0;1;31m\x1b[0;4mdisabled\x1b[0m
systemd-networkd.socket           \x1b[0;1;31mdisabled\x1b[0m\x1b[0;1;31m \x1b[0m\x1b[0;1;31mdisabled\x1b[0m

4 unit files listed.
`);
  });

  it("list-units: nothing found", () => {
    expect(output("SYSTEMD_COLORS=1 systemctl list-units --state=nix; systemctl list-jobs")).toBe("\x1b[0m\x1b[0;4m \x1b[0m\x1b[0m\x1b[0;4m UNIT\x1b[0m\x1b[0m\x1b[0;4m LOAD\x1b[0m\x1b[0m\x1b[0;4m ACTIVE\x1b[0m\x1b[0m\x1b[0;4m SUB\x1b[0m\x1b[0m\x1b[0;4m DESCRIPTION\x1b[0m\n0 loaded units listed.\nNo jobs running.\n");
  });
});

describe("lines of the journal", () => {
  it("long messages are cut at nine tenths, the third line is the last", () => {
    output("for n in 45 46 47; do logger -t prog $(printf %${n}s | tr ' ' x); done; printf 'a\\tb \\001\\n' | logger -t prog; logger -t prog $(printf %310s | tr ' ' a)");
    expect(output("COLUMNS=80 journalctl -t prog --no-full | sed 's/^.\\{15\\}/T/; s/[[][0-9]*]/[123]/'")).toBe(`T debian prog[123]: ${"x".repeat(45)}
T debian prog[123]: ${"x".repeat(46)}
T debian prog[123]: ${"x".repeat(41)}…xxxx
T debian prog[123]: [5B blob data]
T debian prog[123]: ${"a".repeat(45)}…
`);
  });

  it("priorities and found words in colours", () => {
    output("logger -t shade -p user.err 'error line'; logger -t shade -p user.warning 'warn line'; logger -t shade -p user.notice 'notice line'; logger -t shade -p user.debug 'debug line'; logger -t shade -p user.info 'info line'");
    expect(output("SYSTEMD_COLORS=1 journalctl -t shade -o cat")).toBe("\x1b[0;1;31m\x1b[0;1;39m\x1b[0;1;31merror line\x1b[0m\n\x1b[0;1;38;5;185m\x1b[0;1;39m\x1b[0;1;38;5;185mwarn line\x1b[0m\n\x1b[0;1;39m\x1b[0;1;31m\x1b[0;1;39mnotice line\x1b[0m\n\x1b[0;38;5;245m\x1b[0;1;31m\x1b[0;38;5;245mdebug line\x1b[0m\ninfo line\n");
    expect(output("SYSTEMD_COLORS=1 journalctl -t shade -o cat -g line -p err..warning")).toBe("\x1b[0;1;31merror \x1b[0;1;39mline\x1b[0m\n\x1b[0;1;38;5;185mwarn \x1b[0;1;39mline\x1b[0m\n");
  });

  it("an explanation with -x, times in the machine's zone", () => {
    expect(output("timedatectl set-timezone Europe/Paris; systemctl restart cron; journalctl -u cron -g Started -n 1 -x -o short-iso | sed 's/^[^ ]*[+]/T+/'; timedatectl set-timezone Etc/UTC")).toBe(`T+0100 debian systemd[1]: Started cron.service - Regular background program processing daemon.
░░ Subject: A start job for unit cron.service has finished successfully
░░ Defined-By: systemd
░░ Support: https://www.debian.org/support
░░ 
░░ The start job of cron.service is done, without an error.
`);
  });
});
