// What the tools of shadow 4.13 make of the same files.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function output(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  const done = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 });
  return decode(done.stdout);
}

const files = `mkdir -p r/etc; cd r/etc; printf 'root:x:0:0:root:/root:/bin/bash\\na:$6$aa$bb:1000:1000::/home/a:/bin/sh\\nb:x:1001:1001::/home/b:/bin/sh\\nd::1003:1003::/home/d:/bin/sh\\n' > passwd; printf 'root:*:19000:0:99999:7:::\\nc:!:19000:0:99999:7:::\\n' > shadow; printf 'root:x:0:\\ng::1000:a,b\\nh:x:1001:a\\nk:xx:1002:\\n' > group; printf 'root:*::\\nh:!:a:b\\nz:!::\\n' > gshadow;`;

test("pwconv, grpconv and back", () => {
  expect(output(`${files} pwconv -R /root/r; echo $?; grpconv -R /root/r; echo $?; head passwd shadow group gshadow`)).toBe(
    "0\n0\n==> passwd <==\nroot:x:0:0:root:/root:/bin/bash\na:x:1000:1000::/home/a:/bin/sh\nb:x:1001:1001::/home/b:/bin/sh\nd:x:1003:1003::/home/d:/bin/sh\n\n==> shadow <==\nroot:*:19000:0:99999:7:::\na:$6$aa$bb:20778:0:99999:7:::\nb:x:20778:0:99999:7:::\nd::20778:0:99999:7:::\n\n==> group <==\nroot:x:0:\ng:x:1000:a,b\nh:x:1001:a\nk:x:1002:\n\n==> gshadow <==\nroot:*::\nh:!:a:a\ng:::a,b\nk:xx::\n",
  );
  expect(output(`${files} pwconv -R /root/r; grpconv -R /root/r; pwunconv -R /root/r; echo $?; grpunconv -R /root/r; echo $?; ls; head passwd group`)).toBe(
    "0\n0\ngroup\ngroup-\ngshadow-\npasswd\npasswd-\nshadow-\n==> passwd <==\nroot:*:0:0:root:/root:/bin/bash\na:$6$aa$bb:1000:1000::/home/a:/bin/sh\nb:x:1001:1001::/home/b:/bin/sh\nd::1003:1003::/home/d:/bin/sh\n\n==> group <==\nroot:*:0:\ng::1000:a,b\nh:!:1001:a\nk:xx:1002:\n",
  );
});

test("newusers", () => {
  expect(output(`printf 'bad:line\\n' | newusers; echo $?; printf 'bob:secret:1105::Bob:/home/bob:/bin/bash\\nal:x:::Al:/home/al:/bin/sh\\ncy:x:bob:staff:Cy:/home/cy/x:/bin/sh\\ny2:abc:7000:7500::/home/y2:\\n' | newusers; echo $?; tail -n 4 /etc/passwd; tail -n 3 /etc/group; tail -n 3 /etc/gshadow; tail -n 4 /etc/subuid; stat -c '%A %U %G' /home/al /home/y2; cut -d: -f1,3- /etc/shadow | tail -n 4`)).toBe(
    "newusers: line 1: invalid line\nnewusers: error detected, changes ignored\n1\nnewusers: line 3: mkdir /home/cy/x failed: No such file or directory\n0\nbob:x:1105:1105:Bob:/home/bob:/bin/bash\nal:x:1106:1106:Al:/home/al:/bin/sh\ncy:x:1105:50:Cy:/home/cy/x:/bin/sh\ny2:x:7000:7500::/home/y2:\nbob:x:1105:\nal:x:1106:\ny2:x:7500:\nbob:*::\nal:*::\ny2:*::\nbob:165536:65536\nal:231072:65536\ncy:296608:65536\ny2:362144:65536\ndrwxr-xr-x al al\ndrwxr-xr-x y2 y2\nbob:20778:0:99999:7:::\nal:20778:0:99999:7:::\ncy:20778:0:99999:7:::\ny2:20778:0:99999:7:::\n",
  );
});
