// lsb_release, mcookie, rename.ul, pwdx, sg, faillog, getconf, zdump, systemd-delta, systemd-path as the real ones of Debian 12 answered.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("small tools that the LPIC objectives touch", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("lsb_release; lsb_release -a; lsb_release -sc; lsb_release -ic; lsb_release -x; echo $?; mcookie | tr -d 0-9a-f | wc -c; mcookie -m x; touch a1 a2; rename.ul -v a b a1 a2; rename.ul a b; rename.ul -n b c b1; rename.ul zz y b1; echo $?; rename.ul q r nosuch; echo $?; cd /tmp; pwdx $$ | cut -d' ' -f2; pwdx 999999; pwdx x; pmap 999999; echo $?")).toBe(
    "Distributor ID:\tDebian\nDescription:\tDebian GNU/Linux 12 (bookworm)\nRelease:\t12\nCodename:\tbookworm\nbookworm\nDistributor ID:\tDebian\nCodename:\tbookworm\nlsb_release: invalid option -- 'x'\n2\n1\nmcookie: failed to parse length: 'x': Invalid argument\n`a1' -> `b1'\n`a2' -> `b2'\nrename.ul: not enough arguments\nTry 'rename.ul --help' for more information.\n`b1' -> `c1'\n4\nrename.ul: nosuch: not accessible: No such file or directory\n1\n/tmp\n999999: No such process\npwdx: invalid process id: x\n42\n",
  );
  expect(output("sg root -c 'id -g'; sg nosuch id; sg; echo $?; faillog -u root; getconf PAGE_SIZE; getconf NAME_MAX /; getconf NOSUCH; getconf NAME_MAX; echo $?; getconf GNU_LIBC_VERSION; zdump UTC Europe/Paris; zdump -V -c 2026,2027 Europe/Paris; systemd-path user-configuration; systemd-path nosuch")).toBe(
    "0\nsg: group 'nosuch' does not exist\nUsage: sg group [[-c] command]\n1\nLogin       Failures Maximum Latest                   On\n\nroot            0        0   01/01/70 00:00:00 +0000  \n4096\n255\ngetconf: Unrecognized variable `NOSUCH'\nUsage: getconf [-v specification] variable_name [pathname]\n       getconf -a [pathname]\n2\nglibc 2.36\nUTC           Sat Nov 21 21:09:30 2026 UTC\nEurope/Paris  Sat Nov 21 22:09:30 2026 CET\n" +
      "Europe/Paris  Sun Mar 29 00:59:59 2026 UT = Sun Mar 29 01:59:59 2026 CET isdst=0 gmtoff=3600\nEurope/Paris  Sun Mar 29 01:00:00 2026 UT = Sun Mar 29 03:00:00 2026 CEST isdst=1 gmtoff=7200\nEurope/Paris  Sun Oct 25 00:59:59 2026 UT = Sun Oct 25 02:59:59 2026 CEST isdst=1 gmtoff=7200\nEurope/Paris  Sun Oct 25 01:00:00 2026 UT = Sun Oct 25 02:00:00 2026 CET isdst=0 gmtoff=3600\n/root/.config\nPath nosuch not known.\n",
  );
  expect(output("systemd-delta; systemctl mask cron; mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nNice=5\\n' > /etc/systemd/system/ssh.service.d/x.conf; cp /lib/systemd/system/fstrim.timer /etc/systemd/system; sed s/Daily/Special/ /lib/systemd/system/man-db.timer > /etc/systemd/system/man-db.timer; systemd-delta --diff=0; systemd-delta -t foo; systemd-delta -t overridden | sed 's/\\t.*//'")).toBe(
    "0 overridden configuration files found.\nCreated symlink /etc/systemd/system/cron.service → /dev/null.\n[MASKED]     /etc/systemd/system/cron.service → /usr/lib/systemd/system/cron.service\n[EQUIVALENT] /etc/systemd/system/fstrim.timer → /usr/lib/systemd/system/fstrim.timer\n[OVERRIDDEN] /etc/systemd/system/man-db.timer → /usr/lib/systemd/system/man-db.timer\n[EXTENDED]   /usr/lib/systemd/system/ssh.service → /etc/systemd/system/ssh.service.d/x.conf\n\n4 overridden configuration files found.\nFailed to parse flags field.\n\n1 overridden configuration files found.\n" +
      "[OVERRIDDEN] /etc/systemd/system/man-db.timer → /usr/lib/systemd/system/man-db.timer\n\n--- /usr/lib/systemd/system/man-db.timer\n+++ /etc/systemd/system/man-db.timer\n@@ -1,5 +1,5 @@\n [Unit]\n-Description=Daily man-db regeneration\n+Description=Special man-db regeneration\n Documentation=man:mandb(8)\n \n [Timer]\n\n",
  );
});
