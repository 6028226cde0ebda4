// busybox's main: which applet is called, by argv[0] or by the first argument. What applets have in common with programs of other packages is
// given by the machine (`shared`), which also gives the shell; the rest is in applets/.

import { type Blocking, type Program, type Sys, encode } from "../../kernel/sys.ts";
import { speakingBusybox } from "./_messages.ts";
import { BANNER, usageText } from "./_usage.ts";
import { ownApplets } from "./applets/own-applets.ts";

export interface BusyboxParts {
  /** The program of another package that does an applet's work. */
  readonly shared: (applet: string) => Program | undefined;
  readonly shell: Program | undefined;
}

/** Every name that Debian's busybox-static lists. */
export const APPLET_NAMES: readonly string[] = ("[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blkid blockdev brctl bunzip2 busybox bzcat bzip2 cal cat chgrp chmod chown chpasswd chroot chvt clear cmp " +
  "cp cpio crc32 crond crontab cttyhack cut date dc dd deallocvt depmod devmem df diff dirname dmesg dnsdomainname dos2unix du dumpkmap dumpleases echo egrep env expand expr factor fallocate false fatattr fdisk fgrep " +
  "find findfs fold free freeramdisk fsfreeze fstrim ftpget ftpput getfattr getopt getty grep groups gunzip gzip halt head hexdump hostid hostname httpd hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig " +
  "ifdown ifup init insmod install ionice ip ipcalc ipneigh kill killall klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup ls lsmod lsscsi lzcat lzma lzop md5sum mdev " +
  "microcom mim mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp modinfo modprobe more mount mt mv nameif nbd-client nc netstat nl nologin nproc nsenter nslookup nuke od openvt partprobe paste patch pidof ping " +
  "ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot renice reset resume rev rm rmdir rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh sha1sum sha256sum sha3sum " +
  "sha512sum shred shuf sleep sort ssl_client start-stop-daemon stat strings stty svc svok swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tee telnet test tftp time timeout top touch tr traceroute " +
  "traceroute6 true truncate ts tty ubirename udhcpc udhcpd uevent umount uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode vconfig vi w watch watchdog wc wget which who " +
  "whoami xargs xxd xz xzcat yes zcat").split(" ");

const known: ReadonlySet<string> = new Set([...APPLET_NAMES, "nslookup", "pgrep", "pkill", "pstree", "users", "comm", "install", "sum", "nohup", "nice", "adduser", "addgroup", "deluser", "delgroup", "su", "netcat", "nologin", "usleep"]);

/** Exit statuses of the GNU programs that busybox has as 1; these keep theirs. */
const KEEPS_STATUS: ReadonlySet<string> = new Set(["grep", "egrep", "fgrep", "cmp", "diff", "test", "[", "[[", "expr", "env", "timeout", "nice", "nohup", "xargs", "find", "awk", "sh", "ash", "time", "setsid", "chroot", "watch", "printf", "bc", "dc"]);

/** These take --help for an operand (their usage shows nothing of it). */
const OWN_HELP: ReadonlySet<string> = new Set(["echo", "true", "false", "test", "[", "[["]);

export const isApplet = (name: string): boolean => known.has(name);

export function makeBusybox(parts: BusyboxParts): Program {
  const own = new Map<string, Program>(ownApplets);

  /** `busybox vi --help`: before the applet itself sees it. */
  function* runApplet(sys: Sys, argv: readonly string[]): Blocking<number> {
    const name = argv[0] ?? "";
    sys.setTitle(name);
    if (name === "sh" || name === "ash" || name === "bash") return parts.shell ? yield* parts.shell(sys, argv) : 127;
    const mine = own.get(name);
    if (mine) return yield* mine(sys, argv);
    if (argv[1] === "--help" && !OWN_HELP.has(name)) {
      yield* sys.write(2, encode(usageText(name)));
      return 0;
    }
    const shared = parts.shared(name);
    if (shared) {
      const status = yield* shared(speakingBusybox(sys, name), argv);
      return status === 2 && !KEEPS_STATUS.has(name) ? 1 : status;
    }
    sys.observe({ kind: "unsimulated", command: "busybox", detail: name });
    yield* sys.write(2, encode(`${name}: this applet of busybox is not simulated here\n`));
    return 1;
  }

  return function* (sys, argv) {
    const called = (argv[0] ?? "busybox").split("/").at(-1)?.replace(/^-/, "") ?? "busybox";
    if (!called.startsWith("busybox")) {
      // a login shell keeps its dash
      if ((called === "sh" || called === "ash") && parts.shell) return yield* parts.shell(sys, argv);
      if (!known.has(called)) return yield* notFound(sys, called);
      return yield* runApplet(sys, [called, ...argv.slice(1)]);
    }
    const [first, ...rest] = argv.slice(1);
    if (first === undefined || first === "--help") {
      const target = rest[0];
      if (first === "--help" && target !== undefined && known.has(target)) {
        yield* sys.write(2, encode(usageText(target)));
        return 0;
      }
      yield* sys.write(1, encode(overview()));
      return 0;
    }
    if (first === "--list" || first === "--list-full") {
      yield* sys.write(1, encode(APPLET_NAMES.map((name) => `${first === "--list" ? "" : "bin/"}${name}\n`).join("")));
      return 0;
    }
    if (first === "--install") return yield* install(sys, rest);
    if (!known.has(first)) return yield* notFound(sys, first);
    return yield* runApplet(sys, [first, ...rest]);
  };
}

function* notFound(sys: Sys, name: string): Blocking<number> {
  yield* sys.write(2, encode(`${name}: applet not found\n`));
  return 127;
}

function* install(sys: Sys, args: readonly string[]): Blocking<number> {
  const symbolic = args.includes("-s");
  const directory = args.find((arg) => !arg.startsWith("-")) ?? "/bin";
  const self = sys.readlink("/proc/self/exe");
  let status = 0;
  for (const name of APPLET_NAMES) {
    if (sys.charge(10)) yield* sys.preempt();
    try {
      if (symbolic) sys.symlink(self, `${directory}/${name}`);
      else sys.link(self, `${directory}/${name}`);
    } catch (error) {
      status = 1;
      yield* sys.write(2, encode(`busybox: ${directory}/${name}: ${error instanceof Error ? error.message : ""}\n`));
    }
  }
  return status;
}

function overview(): string {
  let list = "";
  let line = "\t";
  for (const [index, name] of APPLET_NAMES.entries()) {
    const word = index === APPLET_NAMES.length - 1 ? name : `${name}, `;
    if (line.length + 7 + word.trimEnd().length > 79) {
      list += `${line.trimEnd()}\n`;
      line = "\t";
    }
    line += word;
  }
  return `${BANNER}
BusyBox is copyrighted by its authors; see its source for the licence (GPLv2).
What runs here is a simulation with the same applets.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	One executable with many small Unix tools. A link named as one of
	them is all that is needed to call it; busybox then acts as that tool.

Currently defined functions:
${list}${line}
`;
}
