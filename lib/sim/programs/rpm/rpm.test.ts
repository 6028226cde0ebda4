// What rpm 4.18 and rpm2cpio said of the same package.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", packages: ["rpm"], seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; h=hello-2.12-1.x86_64.rpm; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
const debian = "rpm: RPM should not be used directly install RPM packages, use Alien instead!\nrpm: However assuming you know what you are doing...\n";

test("a package that is a file", () => {
  expect(output("wget -q http://mirror.lan/rpm/$h; rpm -qp $h; rpm -qpi $h; rpm -qpl $h; rpm -qpR $h; rpm -qp --provides $h; rpm -qp --scripts $h; rpm -qp --changelog $h; rpm -qpc $h; rpm -qpd $h; rpm -qplv $h")).toBe(
    "hello-2.12-1.x86_64\nName        : hello\nVersion     : 2.12\nRelease     : 1\nArchitecture: x86_64\nInstall Date: (not installed)\nGroup       : Applications/Text\nSize        : 54\nLicense     : GPLv3+\nSignature   : (none)\nSource RPM  : hello-2.12-1.src.rpm\nBuild Date  : Sat Nov 21 00:00:00 2026\nBuild Host  : build.lan\nPackager    : Ann <ann@example.org>\nVendor      : mirror.lan\nURL         : https://www.gnu.org/software/hello/\nSummary     : Says hello\nDescription :\nA script that says hello.\nTwo lines.\n" +
      "/etc/hello.conf\n/usr/bin/hello\n/usr/share/doc/hello/README\n/bin/sh\n/bin/sh\n/bin/sh\nconfig(hello) = 2.12-1\nrpmlib(CompressedFileNames) <= 3.0.4-1\nrpmlib(FileDigests) <= 4.6.0-1\nrpmlib(PayloadFilesHavePrefix) <= 4.0-1\nconfig(hello) = 2.12-1\nhello = 2.12-1\nhello(x86-64) = 2.12-1\npostinstall scriptlet (using /bin/sh):\necho installed\n* Sat Nov 21 2026 Ann <ann@example.org> - 2.12-1\n- First\n\n/etc/hello.conf\n/usr/share/doc/hello/README\n" +
      "-rw-r--r--    1 root     root                       15 Nov 21 00:00 /etc/hello.conf\n-rwxr-xr-x    1 root     root                       31 Nov 21 00:00 /usr/bin/hello\n-rw-r--r--    1 root     root                        8 Nov 21 00:00 /usr/share/doc/hello/README\n",
  );
  expect(output("rpm -K $h; rpmkeys -Kv $h; rpm -qp --qf '%-10{NAME}|%5{SIZE}\\n[%{FILENAMES}\\n]' $h; rpm -qp --qf '%{FOO}' $h; rpm -qpi nosuch.rpm; rpm -qp /etc/passwd; head -c 3000 $h > bad.rpm; rpm -K bad.rpm; rpm -q bash; echo $?; rpm -qa; rpm -qf /bin/ls; rpm -qf /nosuch; rpm -q; rpm -Z; rpm --eval %_dbpath; rpm --version; rpm2cpio nosuch; rpm2cpio /etc/passwd; rpm2cpio $h | head -c 110")).toBe(
    "hello-2.12-1.x86_64.rpm: digests OK\nhello-2.12-1.x86_64.rpm:\n    Header SHA256 digest: OK\n    Header SHA1 digest: OK\n    Payload SHA256 digest: OK\n    MD5 digest: OK\nhello     |   54\n/etc/hello.conf\n/usr/bin/hello\n/usr/share/doc/hello/README\nerror: incorrect format: unknown tag: \"FOO\"\nerror: open of nosuch.rpm failed: No such file or directory\nerror: /etc/passwd: not an rpm package (or package manifest)\nerror: bad.rpm: not an rpm package\npackage bash is not installed\n1\nfile /bin/ls is not owned by any package\nerror: file /nosuch: No such file or directory\nrpm: no arguments given for query\nrpm: -Z: unknown option\n/root/.rpmdb\nRPM version 4.18.0\nrpm2cpio: nosuch: No such file or directory\nargument is not an RPM package\n07070100000001000081a40000000000000000000000016b00df000000000f000000000000000000000000000000000000001100000000",
  );
});

test("installing and erasing", () => {
  expect(output("rpm -e foo; rpm -ivh $h; echo $?; rpm -ivh --nodeps $h; rpm -ivh --nodeps $h; rpm -q hello; rpm -qf /usr/bin/hello; hello; rpm -V hello; echo x >> /etc/hello.conf; echo x >> /usr/bin/hello; rm /usr/share/doc/hello/README; chmod 700 /usr/bin/hello; rpm -V --nodeps hello; rpm -qa 'hel*'; rpm -evh hello; ls /etc/hello*; rpm -qa")).toBe(
    `${debian}error: package foo is not installed\n${debian}error: Failed dependencies:\n\t/bin/sh is needed by hello-2.12-1.x86_64\n1\n${debian}Verifying...                          ########################################\nPreparing...                          ########################################\nUpdating / installing...\nhello-2.12-1                          ########################################\ninstalled\n${debian}Verifying...                          ########################################\nPreparing...                          ########################################\n\tpackage hello-2.12-1.x86_64 is already installed\n` +
      "hello-2.12-1.x86_64\nhello-2.12-1.x86_64\nHello, world!\nUnsatisfied dependencies for hello-2.12-1.x86_64:\n\t/bin/sh is needed by (installed) hello-2.12-1.x86_64\nS.5....T.  c /etc/hello.conf\nSM5....T.    /usr/bin/hello\nmissing   d /usr/share/doc/hello/README\nhello-2.12-1.x86_64\n" +
      `${debian}Preparing...                          ########################################\nCleaning up / removing...\nwarning: file README: remove failed: No such file or directory\nwarning: /etc/hello.conf saved as /etc/hello.conf.rpmsave\nhello-2.12-1                          ########################################\n/etc/hello.conf.rpmsave\n`,
  );
});
