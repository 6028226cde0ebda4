import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { type AlternativeGroup, bestChoice, formatAlternatives, parseAlternatives, withChoice } from "../kit/debian/alternatives.ts";
import { keyRing, keysOf, mailDate, openSigned, parseMailDate, signedText } from "../kit/debian/release-file.ts";

/** What a script prints, standard error in its place. */
function run(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(10_000_000, 50_000_000);
  const done = world.runProgram({
    argv: ["bash", "-c", `cd /root; { ${script}\n} > out 2>&1; cat out`], user: "root", directory: "/tmp", environment: new Map([["LC_ALL", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 600_000_000, maxSteps: 200_000_000,
  });
  return decode(done.stdout).replace(/\(Reading database \.\.\. \d+/g, "(Reading database ... N");
}

/** build NAME VERSION DEPENDS makes NAME_VERSION.deb, with a configuration file that holds the version. */
const build = `build() { rm -rf p; mkdir -p p/DEBIAN p/etc; printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Me <me@x>\n%sDescription: test\n' $1 $2 "\${3:+Depends: $3
}" > p/DEBIAN/control; echo v=$2 > p/etc/$1.conf; echo /etc/$1.conf > p/DEBIAN/conffiles; [ -z "$4" ] || { printf '#!/bin/sh\n%s\n' "$4" > p/DEBIAN/postinst; chmod 755 p/DEBIAN/postinst; }; dpkg-deb -b p $1_$2.deb > /dev/null; }\n`;

const QUESTION = "\nConfiguration file '/etc/a.conf'\n ==> Modified (by you or by a script) since installation.\n ==> Package distributor has shipped an updated version.\n   What would you like to do about it ?  Your options are:\n    Y or I  : install the package maintainer's version\n    N or O  : keep your currently-installed version\n      D     : show the differences between the versions\n      Z     : start a shell to examine the situation\n The default action is to keep your current version.\n*** a.conf (Y/I/N/O/D/Z) [default=N] ? ";
const quiet = "> /dev/null 2>&1";

test.each([
  ["a configuration file that both changed", "build a 1; build a 2; dpkg -i a_1.deb > /dev/null; echo mine >> /etc/a.conf; dpkg -i a_2.deb < /dev/null; echo $?; dpkg -l a | tail -1; echo N | dpkg --configure -a; ls /etc/a.conf*; cat /etc/a.conf", `(Reading database ... N files and directories currently installed.)\nPreparing to unpack a_2.deb ...\nUnpacking a (2) over (1) ...\nSetting up a (2) ...\n${QUESTION}dpkg: error processing package a (--install):\n end of file on stdin at conffile prompt\nErrors were encountered while processing:\n a\n1\niU  a              2            all          test\nSetting up a (2) ...\n${QUESTION}/etc/a.conf\n/etc/a.conf.dpkg-dist\nv=1\nmine\n`],
  ["forced answers", `build a 1; build a 2; build a 3; build a 4; dpkg -i a_1.deb ${quiet}; echo m >> /etc/a.conf; dpkg --force-confold -i a_2.deb 2>&1 | grep ==; dpkg --force-confnew -i a_3.deb 2>&1 | grep -e == -e Inst; ls /etc/a.conf*; rm /etc/a.conf*; dpkg --force-confmiss -i a_3.deb 2>&1 | tail -2; cat /etc/a.conf`, " ==> Modified (by you or by a script) since installation.\n ==> Package distributor has shipped an updated version.\n ==> Using current old file as you requested.\n ==> Modified (by you or by a script) since installation.\n ==> Package distributor has shipped an updated version.\n ==> Using new file as you requested.\nInstalling new version of config file /etc/a.conf ...\n/etc/a.conf\n/etc/a.conf.dpkg-old\nConfiguration file '/etc/a.conf', does not exist on system.\nInstalling new config file as you requested.\nv=3\n"],
  ["a file that nobody touched is replaced, one that the package left alone stays", `build a 1; build a 2; dpkg -i a_1.deb ${quiet}; dpkg -i a_2.deb | tail -1; echo m >> /etc/a.conf; sed -i s/2/3/ p/DEBIAN/control; dpkg-deb -b p a_3.deb > /dev/null; dpkg -i a_3.deb | tail -1; cat /etc/a.conf; dpkg -V a`, "Installing new version of config file /etc/a.conf ...\nSetting up a (3) ...\nv=2\nm\n??5?????? c /etc/a.conf\n"],
  ["dependencies that are not there", "build a 1 'nosuch (>= 2), tree (>> 9), x | y'; dpkg -i a_1.deb; dpkg --audit; apt-get install -y sl; apt-get -q -y -f install | tail -1; dpkg -r a", "Selecting previously unselected package a.\n(Reading database ... N files and directories currently installed.)\nPreparing to unpack a_1.deb ...\nUnpacking a (1) ...\ndpkg: dependency problems prevent configuration of a:\n a depends on nosuch (>= 2); however:\n  Package nosuch is not installed.\n a depends on tree (>> 9); however:\n  Version of tree on system is 2.1.0-1.\n a depends on x | y; however:\n  Package x is not installed.\n  Package y is not installed.\n\ndpkg: error processing package a (--install):\n dependency problems - leaving unconfigured\nErrors were encountered while processing:\n a\nThe following packages have been unpacked but not yet configured.\nThey must be configured using dpkg --configure or the configure\nmenu option in dselect for them to work:\n a                    test\n\nReading package lists...\nBuilding dependency tree...\nReading state information...\nYou might want to run 'apt --fix-broken install' to correct these.\nThe following packages have unmet dependencies:\n a : Depends: nosuch (>= 2) but it is not installable\n     Depends: tree (>> 9) but 2.1.0-1 is installed\n     Depends: x but it is not installable or\n              y but it is not installable\nE: Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution).\nRemoving a (1) ...\ndpkg: warning: ignoring request to remove a, only the config\n files of which are on the system; use --purge to remove them too\n"],
  ["a script that fails", "build a 1 '' 'echo $1 $2; exit 3'; dpkg -i a_1.deb 2>&1 | tail -5; dpkg -l a | tail -1; dpkg -s a | sed -n 2p; printf '#!/bin/sh\nexit 0\n' > /var/lib/dpkg/info/a.postinst; dpkg --configure -a; dpkg -s a | sed -n 2p", "configure\ndpkg: error processing package a (--install):\n installed a package post-installation script subprocess returned error exit status 3\nErrors were encountered while processing:\n a\niF  a              1            all          test\nStatus: install ok half-configured\nSetting up a (1) ...\nStatus: install ok installed\n"],
  ["who needs it, whose file it is", `build a 1; build b 1 a; dpkg -i a_1.deb b_1.deb ${quiet}; dpkg -r a; sed -i 's/Package: b/Package: c/' p/DEBIAN/control; dpkg-deb -b p c.deb ${quiet}; dpkg -i c.deb 2>&1 | tail -4; dpkg -P a b | tail -4; dpkg -r libc6 2>&1 | sed -n '$p'`, "dpkg: dependency problems prevent removal of a:\n b depends on a.\n\ndpkg: error processing package a (--remove):\n dependency problems - not removing\nErrors were encountered while processing:\n a\ndpkg: error processing archive c.deb (--install):\n trying to overwrite '/etc/b.conf', which is also in package b 1\nErrors were encountered while processing:\n c.deb\nRemoving a (1) ...\nPurging configuration files for a (1) ...\nRemoving b (1) ...\nPurging configuration files for b (1) ...\n libc6\n"],
  ["an interrupted run", `build a 1 '' 'sleep 60'; (dpkg -i a_1.deb ${quiet} & sleep 1; kill -9 $!; wait) 2> /dev/null; dpkg -l a | tail -1; apt-get install -y sl; pkill sleep; sed -i s/60/0/ /var/lib/dpkg/info/a.postinst; dpkg --configure -a; dpkg -l a | tail -1; ls /var/lib/dpkg/updates`, "iF  a              1            all          test\nE: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. \nSetting up a (1) ...\nii  a              1            all          test\n"],
  ["logs", "build a 1; dpkg -i a_1.deb > /dev/null; dpkg -P a > /dev/null; cut -d' ' -f3- /var/log/dpkg.log; apt-get -qq -y install tree=2.1.0-1 --reinstall > /dev/null; sed 's/  .*//' /var/log/apt/history.log", "startup archives install\ninstall a:all <none> 1\nstatus half-installed a:all 1\nstatus unpacked a:all 1\nconfigure a:all 1 <none>\nstatus half-configured a:all 1\nstatus installed a:all 1\nstartup packages remove\nremove a:all 1 <none>\nstatus half-configured a:all 1\nstatus half-installed a:all 1\nstatus config-files a:all 1\npurge a:all 1 <none>\nstatus not-installed a:all <none>\n\nStart-Date: 2026-11-21\nCommandline: apt-get -qq -y install tree=2.1.0-1 --reinstall\nReinstall: tree:amd64 (2.1.0-1)\nEnd-Date: 2026-11-21\n"],
  ["a fresh host is as it was installed", "dpkg --audit; dpkg -V; echo $?; rm /usr/bin/tree; echo x >> /etc/nanorc; dpkg -V tree nano", "0\nmissing     /usr/bin/tree\n??5?????? c /etc/nanorc\n"],
  ["archives that are not right", "dpkg-deb -b nodir; mkdir -p e/DEBIAN; printf 'Package: ab\nVersion: x\n' > e/DEBIAN/control; dpkg-deb -b e; printf 'Package: ab\nVersion: 1\nArchitecture: all\nMaintainer: m\nDescription: d\n' > e/DEBIAN/control; chmod 700 e/DEBIAN; dpkg-deb -b e; echo no > j.deb; dpkg -i j.deb; dpkg --compare-versions 1~rc1 lt 1 && echo older", "dpkg-deb: error: failed to open package info file 'nodir/DEBIAN/control' for reading: No such file or directory\ndpkg-deb: error: parsing file 'e/DEBIAN/control' near line 2 package 'ab':\n 'Version' field value 'x': version number does not start with digit\ndpkg-deb: error: control directory has bad permissions 700 (must be >=0755 and <=0775)\ndpkg-deb: error: 'j.deb' is not a Debian format archive\ndpkg: error processing archive j.deb (--install):\n dpkg-deb --control subprocess returned error exit status 2\nErrors were encountered while processing:\n j.deb\nolder\n"],
  ["diversions and overrides", `build a 1; dpkg -i a_1.deb ${quiet}; dpkg-divert --add --rename --divert /usr/bin/tree.real /usr/bin/tree; ls /usr/bin/tree*; dpkg -S /usr/bin/tree; apt-get -qq -y install --reinstall tree ${quiet}; ls /usr/bin/tree*; dpkg-divert --remove --rename /usr/bin/tree; dpkg-statoverride --update --add root root 700 /usr/bin/tree; apt-get -qq -y install --reinstall tree ${quiet}; stat -c %a /usr/bin/tree; dpkg-statoverride --list; dpkg-statoverride --remove /nope; echo $?`, "Adding 'local diversion of /usr/bin/tree to /usr/bin/tree.real'\n/usr/bin/tree.real\nlocal diversion from: /usr/bin/tree\nlocal diversion to: /usr/bin/tree.real\ntree: /usr/bin/tree\n/usr/bin/tree.real\nRemoving 'local diversion of /usr/bin/tree to /usr/bin/tree.real'\n700\nroot root 700 /usr/bin/tree\ndpkg-statoverride: warning: no override present\n2\n"],
  ["alternatives", "update-alternatives --display editor; printf '7\\n2\\n' | update-alternatives --config editor | tail -2; readlink /etc/alternatives/editor; update-alternatives --query editor | sed -n '/Status/,/Value/p'; update-alternatives --set editor /bin/ed; apt-get -qq -y purge vim-tiny > /dev/null; update-alternatives --config editor; update-alternatives --install /usr/bin/hi hi /bin/true 5; hi; echo $?; update-alternatives --remove hi /bin/true; ls /usr/bin/hi", "editor - auto mode\n  link best version is /bin/nano\n  link currently points to /bin/nano\n  link editor is /usr/bin/editor\n  slave editor.1.gz is /usr/share/man/man1/editor.1.gz\n/bin/nano - priority 40\n  slave editor.1.gz: /usr/share/man/man1/nano.1.gz\n/usr/bin/vim.tiny - priority 15\n\nPress <enter> to keep the current choice[*], or type selection number: update-alternatives: using /usr/bin/vim.tiny to provide /usr/bin/editor (editor) in manual mode\n/usr/bin/vim.tiny\nStatus: manual\nBest: /bin/nano\nValue: /usr/bin/vim.tiny\nupdate-alternatives: error: alternative /bin/ed for editor not registered; not setting\nupdate-alternatives: removing manually selected alternative - switching editor to auto mode\nThere is 1 choice for the alternative editor (providing /usr/bin/editor).\n\n  Selection    Path            Priority   Status\n------------------------------------------------------------\n* 0            /bin/nano        40        auto mode\n  1            /bin/nano        40        manual mode\n\nPress <enter> to keep the current choice[*], or type selection number: update-alternatives: using /bin/true to provide /usr/bin/hi (hi) in auto mode\n0\nls: cannot access '/usr/bin/hi': No such file or directory\n"],
])("%s", (_what, script, output) => {
  expect(run(`${build}${script}`)).toBe(output);
});

describe("files of the databases", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
  const path = word.map((name) => `/usr/bin/${name}`);

  test("a link group is read as it was written, and its best choice has the highest priority", () => {
    fc.assert(fc.property(word, fc.uniqueArray(fc.tuple(path, fc.integer({ min: -200, max: 200 })), { minLength: 1, maxLength: 5, selector: ([one]) => one }), fc.boolean(), (name, choices, slave) => {
      let group: AlternativeGroup | undefined;
      for (const [target, priority] of choices) group = withChoice(group, name, `/usr/bin/${name}`, target, priority, slave ? [{ link: `/usr/share/man/${name}`, name: `${name}.1`, path: `${target}.1` }] : []);
      if (!group) return;
      expect(parseAlternatives(name, formatAlternatives(group))).toEqual(group);
      expect(bestChoice(group)?.priority).toBe(Math.max(...choices.map(([, priority]) => priority)));
    }));
  });

  test("a signature holds for its text and its key alone", () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom("A1", "B2"), (text, key) => {
      const opened = openSigned(signedText(`${text}\n`, [key]));
      expect(opened).toEqual({ text: `${text}\n`, signatures: [{ key, good: true }] });
      expect(openSigned(signedText(`${text}\n`, [key]).replace("Hash: SHA256\n\n", "Hash: SHA256\n\nX")).signatures?.[0]?.good).toBe(false);
    }));
    const key = { ids: ["A1", "B2"], fingerprint: "FF", made: "rsa", user: "é" };
    expect(keysOf(keyRing([key]))).toEqual([key]);
    expect(keysOf("nothing")).toEqual([]);
  });

  test("dates of mails", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      expect(parseMailDate(mailDate(seconds * 1_000_000))).toBe(seconds * 1_000_000);
    }));
    expect(mailDate(1_783_764_997_000_000)).toBe("Sat, 11 Jul 2026 10:16:37 UTC");
  });
});
