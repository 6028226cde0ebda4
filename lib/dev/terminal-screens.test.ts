// What is seen at the terminal while full-screen programs and completion run: keys in, rows out. The recorded screens of the real programs are the
// judges' (replay_keys.py); here stands what they do not show.
import { expect, test } from "vitest";
import { createWorld } from "../sim/world/world.ts";
import { TerminalDriver } from "./terminal-driver.ts";

function screens(host: string, user: string, keys: readonly string[]): string[] {
  const world = createWorld({ host, seed: 1, epochUs: 1_795_295_340_000_000, user });
  const driver = new TerminalDriver(world, { rows: 8, cols: 60, user, argv: ["bash", "-li"], environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"]]) });
  driver.start();
  return keys.map((typed) => {
    const { screen } = driver.keys(typed);
    const rows = screen.map((row) => row.trimEnd());
    while (rows.at(-1) === "") rows.pop();
    return rows.join("\n");
  });
}

test("vi: a pasted block, undo, dot, another name", () => {
  const shown = screens("debian-12", "student", ["vi notes\r", "i\u001b[200~one\ntwo three\u001b[201~\u001b", "0wcwfour\u001b", "k0.", "u", ":w\r", ":x! other\r", "clear; head notes other\r"]);
  expect(shown[1]).toBe("one\ntwo three\n~\n~\n~\n~\n~\n\"notes\" [New File]");
  expect(shown[3]).toBe("four\ntwo four\n~\n~\n~\n~\n~\n\"notes\" [New File]");
  expect(shown[4]?.split("\n").slice(0, 2)).toEqual(["one", "two four"]);
  expect(shown[5]?.split("\n").at(-1)).toBe('"notes" [New File] 2 lines, 13 bytes written');
  expect(shown[7]).toBe("==> notes <==\none\ntwo four\n\n==> other <==\none\ntwo four\nstudent@debian:~$");
});

test("vi: the file is edited already: the small version says so and goes on", () => {
  const shown = screens("debian-12", "student", ["echo a > f; vi f\r", "\u001a", "clear; vi f\r", "\r", ":set ro?\r", ":q\r", "clear; ls -A | grep swp\r", "clear; fg\r", ":q\r", "clear; ls -A | grep swp\r"]);
  expect(shown[6]).toBe(".f.swp\nstudent@debian:~$");
  expect(shown[2]?.split("\n").slice(-2)).toEqual(['"f" 1 line, 2 bytes', "Press ENTER or type command to continue"]);
  expect(shown[4]?.split("\n").at(-1)).toBe("noreadonly");
  expect(shown[9]).toBe("student@debian:~$");
});

test("vi: ranges, :g, joins, macros, filters", () => {
  const shown = screens("debian-12", "root", ["printf '%s\\n' c a b a > f; vi f\r", ":2,$s/a/x/\r", ":g/x/t.\r", "ggqaA;\u001bj0q@a", ":%!sort -u\r", "ggVGJ"]);
  expect(shown[1]?.split("\n").slice(0, 4)).toEqual(["c", "x", "b", "x"]);
  expect(shown[2]?.split("\n").slice(0, 6)).toEqual(["c", "x", "x", "b", "x", "x"]);
  expect(shown[3]?.split("\n").slice(0, 3)).toEqual(["c;", "x;", "x"]);
  expect(shown[4]?.split("\n").slice(0, 5)).toEqual(["b", "c;", "x", "x;", "~"]);
  expect(shown[5]?.split("\n")[0]).toBe("b c; x x;");
});

test("top: a question refused, its tree", () => {
  const shown = screens("debian-12", "student", ["sleep 77 &\r", "top -u student -d 60\r", "k", "x\r", "V"]);
  expect(shown[3]?.split("\n")[5]).toBe(" Unacceptable integer");
  expect(shown[4]?.split("\n")[7]).toMatch(/^ +\d+ student +20 /);
});

test("watch: long lines are folded, keys do nothing", () => {
  const shown = screens("debian-12", "student", ["watch -t -n 9 'printf %070d 7; echo end'\r", "q", "\u0003"]);
  expect(shown[1]).toBe(`${"0".repeat(60)}\n${"0".repeat(9)}7end`);
  expect(shown[2]).toBe("student@debian:~$ watch -t -n 9 'printf %070d 7; echo end'\nstudent@debian:~$");
});

test("more: pages, a search far away, the end", () => {
  const shown = screens("debian-12", "student", ["seq 100 > f; clear; more f\r", " ", "/^50\r", "G", "q"]);
  expect(shown[0]).toBe("1\n2\n3\n4\n5\n6\n7\n--More--(4%)");
  expect(shown[1]).toBe("8\n9\n10\n11\n12\n13\n14\n--More--(11%)");
  expect(shown[2]).toBe("\n...skipping\n48\n49\n50\n51\n52\n--More--(50%)");
  expect(shown[4]).toBe("\n...skipping\n48\n49\n50\n51\n52\nstudent@debian:~$");
});

test("completion: clusters of options, docker's short options", () => {
  const shown = screens("debian-12-docker", "root", ["usermod -aG doc\t", "\u0015docker ps -\t\t"]);
  expect(shown[0]).toBe("root@debian:~# usermod -aG docker");
  expect(shown[1]).toBe("root@debian:~# docker ps -\n--all       --latest    -a          -q\n--filter    --no-trunc  -f          -s\n--format    --quiet     -l\n--last      --size      -n\nroot@debian:~# docker ps -");
});

test("vi: mappings, :normal on lines, one undo for a macro, text objects", () => {
  const shown = screens("debian-12", "root", ["seq 1 6 > f; vim.tiny f\r", ":nnoremap <Space> dd\r ", ":imap jj <Esc>\riabjjx", ":2,4normal A;\r", "u", "qqA!\u001bjq2@qu", ":reg q\r", "\r:%s/$/ (a b)/\rggf(ci(c\u001b"]);
  expect(shown[1]?.split("\n").slice(0, 2)).toEqual(["2", "3"]);
  expect(shown[2]?.split("\n")[0]).toBe("a2");
  expect(shown[3]?.split("\n").slice(0, 5)).toEqual(["a2", "3;", "4;", "5;", "6"]);
  expect(shown[4]?.split("\n").slice(0, 5)).toEqual(["a2", "3", "4", "5", "6"]);
  expect(shown[5]?.split("\n").slice(0, 5)).toEqual(["a2", "3!", "4", "5", "6"]);
  expect(shown[6]).toContain('  c  "q   A!^[j');
  expect(shown[7]?.split("\n").slice(0, 2)).toEqual(["a2 (c)", "3! (a b)"]);
});

test("jobs: a stopped one is killed, a loop ends at Ctrl-Z, %1 brings back", () => {
  const shown = screens("debian-12", "student", ["sleep 400\r", "\u001a", "kill %1\r", "\r", "for i in 1 2; do sleep 9; echo $i; done\r", "\u001a", "clear; %1\r", "\u001a", "clear; cat &\r", "\r"]);
  expect(shown[2]?.split("\n").slice(-3)).toEqual(["", "[1]+  Stopped                 sleep 400", "student@debian:~$"]);
  expect(shown[3]?.split("\n").slice(-2)).toEqual(["[1]+  Terminated              sleep 400", "student@debian:~$"]);
  expect(shown[5]?.split("\n").slice(-3)).toEqual(["^Z", "[1]+  Stopped                 sleep 9", "student@debian:~$"]);
  expect(shown[6]).toBe("sleep 9");
  expect(shown[9]?.split("\n").slice(-2)).toEqual(["[2]+  Stopped                 cat", "student@debian:~$"]);
});

test("nano: a resize is no text, files are chosen in the browser", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000, user: "student" });
  const driver = new TerminalDriver(world, { rows: 24, cols: 80, user: "student", argv: ["bash", "-li"], environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"]]) });
  driver.start();
  driver.keys("mkdir -p b/sub; cd b; echo chosen > one; echo > two; nano two\r");
  driver.resize(15, 60);
  expect(driver.resize(24, 80).screen[1]?.trimEnd()).toBe("");
  const browser = driver.keys("\u0012\u0014").screen.map((row) => row.trimEnd());
  expect(browser[0]?.trim()).toBe("DIR: /home/student/b/");
  expect(browser[1]).toMatch(/^\.\. +\(parent dir\) +sub +\(dir\) +.two\.swp +1 KB +one +7 {2}B$/);
  expect(driver.keys("\u001b[C\u001b[C\u001b[Cs").screen[1]?.trimEnd()).toBe("chosen");
});

test("Tab behind a section of the manual offers that section's pages", () => {
  expect(screens("debian-12", "student", ["man 5 cront\t", "\u0015man cront\t"]).map((shown) => shown.split("\n").at(-1))).toEqual(["student@debian:~$ man 5 crontab", "student@debian:~$ man crontab"]);
  expect(screens("debian-12", "student", ["man 5 chag\t"])).toEqual(["student@debian:~$ man 5 chag"]);
});

test("bash at the terminal: Ctrl-D in an open command, a trap of SIGINT, stopped jobs and wait, numbers of the history (recorded from bash 5.2.15)", () => {
  const shown = screens("debian-12", "student", ["PS1='$ '; clear\r", "if true\r", "\u0004"]);
  expect(shown.at(-1)).toBe("$ if true\n>\nbash: syntax error: unexpected end of file\nlogout");
  const jobs = screens("debian-12", "student", ["PS1='$ '; trap 'echo INT' INT; clear\r", "sleep 5\r", "\u0003", "sleep 9\r", "\u001a", "wait %1\r"]);
  expect(jobs.at(-1)).toBe("$ sleep 5\n^C\n$ sleep 9\n^Z\n[1]+  Stopped                 sleep 9\n$ wait %1\nbash: warning: wait_for_job: job 1 is stopped\n$");
  const history = screens("debian-12", "student", ["PS1='$ '; echo 1\r", "echo 2\r", "HISTSIZE=2\r", "clear; history\r"]);
  expect(history.at(-1)).toBe("    2  HISTSIZE=2\n    3  clear; history\n$");
});
