// What anacron 2.3 says of the same tables.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("anacron", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 3_000_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("apt-get install -y --no-install-recommends anacron >log 2>&1; echo $?; systemctl is-enabled anacron.service anacron.timer; ls /etc/cron.*/0anacron; sleep 2000; ls /var/spool/anacron; journalctl -q -o cat -t anacron")).toBe(
    "0\nenabled\nenabled\n/etc/cron.daily/0anacron\n/etc/cron.monthly/0anacron\n/etc/cron.weekly/0anacron\ncron.daily\ncron.monthly\ncron.weekly\n" +
      "Anacron 2.3 started on 2026-11-21\nWill run job `cron.daily' in 5 min.\nWill run job `cron.weekly' in 10 min.\nWill run job `cron.monthly' in 15 min.\nJobs will be executed sequentially\nJob `cron.daily' started\nUpdated timestamp for job `cron.daily' to 2026-11-21\nJob `cron.daily' terminated\nJob `cron.weekly' started\nUpdated timestamp for job `cron.weekly' to 2026-11-21\nJob `cron.weekly' terminated\nJob `cron.monthly' started\nUpdated timestamp for job `cron.monthly' to 2026-11-21\nJob `cron.monthly' terminated\nNormal exit (3 jobs run)\nAnacron 2.3 started on 2026-11-21\nNormal exit (0 jobs run)\n",
  );
  expect(output("anacron -Z; anacron -T -t /nosuch; echo $?; printf '1 x\\n@foo 1 j cmd\\n@monthly 2 k echo\\n 0 1 z ls\\n' >t; anacron -T -t t; echo $?; mkdir s; printf '1\\t5\\tjobd\\ttrue\\n7 10 jobw echo hi\\n@monthly 15 jobm false\\n' >t; S=/root/s; anacron -d -u -t /root/t -S $S; cat s/jobd; anacron -d -n -t /root/t -S $S; anacron -d -f -n -t /root/t -S $S; echo 20261115 >s/jobw; anacron -d -n -t /root/t -S $S 'job[wx]'; anacron -S /nosuch -d")).toBe(
    "anacron: invalid option: Z\ntype: `anacron -h' for more information\nanacron: Error opening /nosuch: No such file or directory\nanacron: Aborted\n1\nanacron: Invalid syntax in t on line 1 - skipping this line\nanacron: t: Unknown named period on line 2, skipping\n1\n" +
      "Updated timestamp for job `jobd' to 2026-11-21\nUpdated timestamp for job `jobw' to 2026-11-21\nUpdated timestamp for job `jobm' to 2026-11-21\n20261121\nAnacron 2.3 started on 2026-11-21\nNormal exit (0 jobs run)\n" +
      "Anacron 2.3 started on 2026-11-21\nWill run job `jobd'\nWill run job `jobw'\nWill run job `jobm'\nJobs will be executed sequentially\nJob `jobd' started\nJob `jobd' terminated\nJob `jobw' started\nJob `jobw' terminated (mailing output)\nanacron: Can't find sendmail at /usr/sbin/sendmail, not mailing output\nJob `jobm' started\nJob `jobm' terminated (exit status: 1)\nNormal exit (3 jobs run)\n" +
      "Anacron 2.3 started on 2026-11-21\nNormal exit (0 jobs run)\nanacron: Can't chdir to /nosuch: No such file or directory\n",
  );
});
