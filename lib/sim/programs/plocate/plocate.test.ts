// What plocate 1.1.18 says of the same files.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("updatedb and locate", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("apt-get install -y plocate > log 2>&1; echo $?; stat -c '%A %U %G' /usr/bin/plocate; readlink -f /usr/bin/locate /usr/bin/updatedb; systemctl is-enabled plocate-updatedb.timer; locate x; echo $?; locate; echo $?")).toBe(
    "0\n-rwxr-sr-x root plocate\n/usr/bin/plocate\n/usr/sbin/updatedb.plocate\nenabled\n/var/lib/plocate/plocate.db: No such file or directory\n1\nplocate: no pattern to search for specified\n1\n",
  );
  expect(output("mkdir -p /var/lib/zz/.git '/var/lib/zz/a b' /tmp/zz; touch '/var/lib/zz/a b/Foo.txt' /var/lib/zz/foo.c /var/lib/zz/- /root/zzz; updatedb; echo $?; stat -c '%A %U %G' /var/lib/plocate/plocate.db; locate zz; echo - c; locate -c zz; locate -i FOO lib/zz; locate '*zz/f*'; locate -b '\\foo.c'; locate -l 1 zz; locate -r 'zz/foo\\.c$'; locate --regex 'zz/(foo|bar)'; locate nosuchthing; echo $?; setpriv --reuid 1000 --regid 1000 --clear-groups locate zzz; echo $?")).toBe(
    "0\n-rw-r----- root plocate\n/etc/kernel/postinst.d/zz-update-grub\n/etc/kernel/postrm.d/zz-update-grub\n/root/zzz\n/usr/share/zoneinfo/Africa/Brazzaville\n/var/lib/zz\n/var/lib/zz/-\n/var/lib/zz/.git\n/var/lib/zz/a b\n/var/lib/zz/foo.c\n/var/lib/zz/a b/Foo.txt\n- c\n10\n/var/lib/zz/foo.c\n/var/lib/zz/a b/Foo.txt\n/var/lib/zz/foo.c\n/var/lib/zz/foo.c\n/etc/kernel/postinst.d/zz-update-grub\n/var/lib/zz/foo.c\n/var/lib/zz/foo.c\n1\n1\n",
  );
  expect(output("rm /var/lib/zz/foo.c; locate zz/foo; locate -e zz/foo; updatedb -v -U /var/lib/zz; updatedb -U /nosuch; echo $?; sed -i '/PRUNEPATHS/s,/media,/media /var/lib/zz,' /etc/updatedb.conf; updatedb; locate zz/; echo $?")).toBe(
    "/var/lib/zz/foo.c\n/var/lib/zz/-\n/var/lib/zz/.git\n/var/lib/zz/a b\n/var/lib/zz/a b/Foo.txt\nupdatedb: No such file or directory: invalid value `/nosuch' of --database-root\n1\n1\n",
  );
});
