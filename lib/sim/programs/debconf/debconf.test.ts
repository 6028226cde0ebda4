import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { wrapText } from "../kit/newt-dialog.ts";

const EPOCH_US = 1_795_295_340_000_000;

function run(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: EPOCH_US });
  world.step(10_000_000, 50_000_000);
  const done = world.runProgram({
    argv: ["bash", "-c", `{ ${script}\n} > out 2>&1; cat out`], user: "root", directory: "/tmp", environment: new Map([["LC_ALL", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 600_000_000, maxSteps: 200_000_000,
  });
  return decode(done.stdout);
}

test.each([
  ["answers before the questions", "echo 'tzdata tzdata/Areas select Europe' | debconf-set-selections; echo 'wrong line' | debconf-set-selections; printf 'foo foo/bar string some text\\n' | debconf-set-selections -v; debconf-show tzdata foo; echo GET foo/bar | debconf-communicate; debconf-show --listowners | tr '\\n' ' '", "error: parse error on line 1: 'wrong line'\ninfo: Trying to set 'foo/bar' [string] to 'some text'\ninfo: Loading answer for 'foo/bar'\n* tzdata/Areas: Europe\n  tzdata/Zones/Etc: UTC\n* foo/bar: some text\n0 some text\nca-certificates cloud-init debconf foo locales man-db openssh-server tzdata "],
  ["without questions", "ln -sf /usr/share/zoneinfo/Europe/Paris /etc/localtime; DEBIAN_FRONTEND=noninteractive dpkg-reconfigure tzdata | head -2; readlink /etc/localtime; dpkg-reconfigure; dpkg-reconfigure nosuch; su student -c '/usr/sbin/dpkg-reconfigure tzdata'", "\nCurrent default time zone: 'Europe/Paris'\n/usr/share/zoneinfo/Europe/Paris\n/usr/sbin/dpkg-reconfigure: please specify a package to reconfigure\n/usr/sbin/dpkg-reconfigure: nosuch is not installed\n/usr/sbin/dpkg-reconfigure must be run as root\n"],
  ["line by line, in French; the answer is kept in no language", "mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8; printf 'europe\\nLondres\\n' | dpkg-reconfigure -f readline tzdata | grep -E 'Lieu|Fuseau|Configuration|Current'; debconf-show tzdata | grep Europe; printf 'oui\\nn\\n' | dpkg-reconfigure -f readline -plow man-db | grep Faut-il; debconf-show man-db; dpkg-reconfigure nosuch",
    "Configuration de tzdata\nLieu géographique\u00a0: [12] \nConfiguration de tzdata\nFuseau horaire\u00a0: [1] \nCurrent default time zone: 'Europe/London'\n* tzdata/Areas: Europe\n* tzdata/Zones/Europe: London\nFaut-il exécuter les programmes man et mandb avec les droits de l'utilisateur «\u00a0man\u00a0»\u00a0? [oui/non] \nFaut-il mettre à jour automatiquement l'index des pages de manuel\u00a0? [oui/non] \n* man-db/auto-update: false\n* man-db/install-setuid: true\n/usr/sbin/dpkg-reconfigure: nosuch n'est pas installé\n"],
  ["line by line", "printf '8\\nParis\\n' | dpkg-reconfigure -f readline tzdata | grep Current", "Current default time zone: 'Europe/Paris'\n"],
])("%s", (_what, script, output) => {
  expect(run(script)).toBe(output);
});

test("a dialog: keys, result, the screen as it was", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: EPOCH_US });
  world.step(10_000_000, 50_000_000);
  let shown = "";
  const terminal = world.openTerminal({
    rows: 24, cols: 80, user: "root", login: false, argv: ["bash", "-c", "x=$(whiptail --title T --checklist Which 12 40 3 a one on b two off c three off 3>&1 1>&2 2>&3); echo \"[$?] $x\""], environment: new Map([["TERM", "xterm"], ["LC_ALL", "C.UTF-8"]]),
    onEvent: (event) => {
      if (event.kind === "output") shown += decode(event.bytes);
    },
  });
  world.step(12_000_000, 50_000_000);
  expect(shown).toContain("\u001b[?1049h");
  expect(shown).toContain("] a  one  ");
  for (const key of ["\u001b[B", " ", "\t", "\r"]) {
    terminal.input(encode(key));
    world.step(world.nowUs + 1_000_000, 50_000_000);
  }
  world.step(world.nowUs + 2_000_000, 50_000_000);
  expect(shown.slice(shown.lastIndexOf("\u001b[?1049l"))).toBe("\u001b[?1049l\u001b[23;0;0t[0] \"a\" \"b\"\r\n");
});

test("text is wrapped at words", () => {
  expect(wrapText("one two three\nfour", 8)).toEqual(["one two", "three", "four"]);
});
