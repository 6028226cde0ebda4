// groupmems and chgpasswd as those of Debian 12's passwd 4.13 answered.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("groupmems and chgpasswd", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("groupmems -g games -l; groupmems -g games -a root; groupmems -g games -a student; groupmems -g games -l; getent group games; grep games /etc/gshadow; groupmems -g games -a root; echo $?; groupmems -g games -a nosuch; echo $?; groupmems -g nosuch -a root; echo $?; groupmems -g games -d daemon; echo $?; groupmems -g games -d root; groupmems -g games -p; getent group games; su student -c 'groupmems -l'; groupmems -l; groupmems 2>&1 | head -1 | cut -c1-16")).toBe(
    "root  student \ngames:x:60:root,student\ngames:*::root,student\ngroupmems: user 'root' is already a member of 'games'\n7\ngroupmems: user 'nosuch' does not exist\n8\ngroupmems: group 'nosuch' does not exist in /etc/group\n9\ngroupmems: user 'daemon' is not a member of 'games'\n6\ngames:x:60:\ngroupmems: cannot open /etc/gshadow\nUsage: groupmems\n",
  );
  expect(output("echo games:pw | chgpasswd; echo $?; cut -d: -f2 /etc/gshadow | grep -c '^[$]y[$]'; su student -c 'newgrp games <<< \"pw\nid -gn\" 2>/dev/null'; printf 'games:a\nbad\nnosuch:b\n' | chgpasswd; echo $?; echo games:xx | chgpasswd -e; grep games /etc/gshadow; echo games:x | chgpasswd -c FOO |& head -1; chgpasswd -m -e </dev/null |& head -1; su student -c chgpasswd")).toBe(
    "0\n1\ngames\nchgpasswd: line 2: missing new password\nchgpasswd: line 3: group 'nosuch' does not exist\nchgpasswd: error detected, changes ignored\n1\ngames:xx::\nchgpasswd: unsupported crypt method: FOO\nchgpasswd: the -c, -e, and -m flags are exclusive\nchgpasswd: Permission denied.\nchgpasswd: cannot lock /etc/group; try again later.\n",
  );
});
