// Whose catalogue a program asks (textdomain(3)), and with which others it is linked: glibc's, PAM's, libvirt's.
import { frenchAcl } from "./french/acl.ts";
import { frenchAdduser } from "./french/adduser.ts";
import { frenchApt } from "./french/apt.ts";
import { frenchBash } from "./french/bash.ts";
import { frenchCoreutils } from "./french/coreutils.ts";
import { frenchDiffutils } from "./french/diffutils.ts";
import { frenchDpkg } from "./french/dpkg.ts";
import { frenchE2fsprogs } from "./french/e2fsprogs.ts";
import { frenchFindutils } from "./french/findutils.ts";
import { frenchGit } from "./french/git.ts";
import { frenchGrep } from "./french/grep.ts";
import { frenchLibc } from "./french/libc.ts";
import { frenchLibvirt } from "./french/libvirt.ts";
import { frenchManDb } from "./french/man-db.ts";
import { frenchNano } from "./french/nano.ts";
import { frenchPam } from "./french/pam.ts";
import { frenchParted } from "./french/parted.ts";
import { frenchProcps } from "./french/procps.ts";
import { frenchPsmisc } from "./french/psmisc.ts";
import { frenchSed } from "./french/sed.ts";
import { frenchShadow } from "./french/shadow.ts";
import { frenchSudo } from "./french/sudo.ts";
import { frenchTar } from "./french/tar.ts";
import { frenchUtilLinux } from "./french/util-linux.ts";
import { frenchVirtManager } from "./french/virt-manager.ts";
import { frenchWget } from "./french/wget.ts";
import { frenchXz } from "./french/xz.ts";
import { frenchBashBuiltins } from "./french-help/bash-builtins.ts";

export type Catalogue = readonly (readonly [english: string, translated: string])[];

interface TextDomain {
  readonly catalogues: readonly Catalogue[];
  readonly programs: string;
  /** gnulib's quote(): guillemets in French */
  readonly quotes?: true;
}

const DOMAINS = {
  coreutils: {
    catalogues: [frenchLibc, frenchCoreutils], quotes: true,
    programs: "arch b2sum base32 base64 basename basenc [ cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes",
  },
  bash: { catalogues: [frenchBash, frenchBashBuiltins, frenchLibc], programs: "bash" },
  grep: { catalogues: [frenchLibc, frenchGrep], programs: "grep egrep fgrep rgrep", quotes: true },
  sed: { catalogues: [frenchLibc, frenchSed], programs: "sed", quotes: true },
  // find quotes names as in English
  findutils: { catalogues: [frenchLibc, frenchFindutils], programs: "find xargs" },
  diffutils: { catalogues: [frenchLibc, frenchDiffutils], programs: "diff cmp diff3 sdiff", quotes: true },
  git: { catalogues: [frenchLibc, frenchGit], programs: "git" },
  tar: { catalogues: [frenchLibc, frenchTar], programs: "tar", quotes: true },
  apt: { catalogues: [frenchLibc, frenchApt], programs: "apt apt-get apt-cache apt-mark apt-config" },
  dpkg: { catalogues: [frenchLibc, frenchDpkg], programs: "dpkg dpkg-query dpkg-deb update-alternatives dpkg-divert dpkg-statoverride dpkg-split" },
  "util-linux": {
    catalogues: [frenchLibc, frenchPam, frenchUtilLinux],
    programs: "agetty blkid blockdev cal choom chrt col colcrt colrm column dmesg fallocate fdisk findfs findmnt flock fsck fstrim getopt hd hexdump hwclock ionice ipcmk ipcrm ipcs last lastb logger look losetup lsblk lscpu lsipc lsirq lslocks lslogins lsmem lsns mesg mkfs mkswap more mount mountpoint namei ncal nsenter partx pivot_root prlimit renice rev runuser script scriptlive scriptreplay setpriv setsid setterm sfdisk su swaplabel swapoff swapon taskset uclampset ul umount unshare wall wdctl whereis wipefs write zramctl cfdisk mcookie rename blkdiscard rfkill rtcwake sulogin",
  },
  procps: { catalogues: [frenchLibc, frenchProcps], programs: "free kill pgrep pidwait pkill pmap ps pwdx slabtop sysctl tload top uptime vmstat w watch" },
  psmisc: { catalogues: [frenchLibc, frenchPsmisc], programs: "fuser killall pstree prtstat peekfd" },
  shadow: { catalogues: [frenchLibc, frenchPam, frenchShadow], programs: "chage chfn chpasswd chsh expiry gpasswd groupadd groupdel groupmod grpck passwd pwck useradd userdel usermod vipw vigr lastlog login newgrp sg nologin newusers pwconv pwunconv faillog" },
  sudo: { catalogues: [frenchLibc, frenchSudo, frenchPam], programs: "sudo sudoedit visudo" },
  nano: { catalogues: [frenchLibc, frenchNano], programs: "nano rnano" },
  "man-db": { catalogues: [frenchLibc, frenchManDb], programs: "apropos man mandb manpath whatis", quotes: true },
  adduser: { catalogues: [frenchLibc, frenchAdduser], programs: "adduser addgroup deluser delgroup" },
  e2fsprogs: { catalogues: [frenchLibc, frenchE2fsprogs], programs: "badblocks chattr debugfs dumpe2fs e2fsck e2image e2label e4defrag fsck.ext2 fsck.ext3 fsck.ext4 lsattr mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4 resize2fs tune2fs" },
  parted: { catalogues: [frenchLibc, frenchParted], programs: "parted partprobe" },
  wget: { catalogues: [frenchLibc, frenchWget], programs: "wget", quotes: true },
  xz: { catalogues: [frenchLibc, frenchXz], programs: "xz unxz xzcat lzma unlzma lzcat" },
  libvirt: { catalogues: [frenchLibc, frenchLibvirt], programs: "virsh virt-admin virt-host-validate" },
  "virt-manager": { catalogues: [frenchLibc, frenchVirtManager, frenchLibvirt], programs: "virt-install virt-clone virt-xml" },
  acl: { catalogues: [frenchLibc, frenchAcl], programs: "getfacl setfacl chacl getfattr setfattr attr" },
  /** programs with setlocale(3) and without words of their own in French: strerror(3) and getopt(3) are glibc's */
  libc: { catalogues: [frenchLibc], programs: "iconv locale localedef getent ldd zdump catchsegv pldd" },
} satisfies Record<string, TextDomain>;

export type Domain = keyof typeof DOMAINS;

/** Programs that never call setlocale(3): even the reasons of errors stay English (nm -D of Debian 12's binaries; Go's and Python's). */
const ENGLISH = "ip bridge ss tc rtacct lnstat nstat dcb devlink rdma tipc vdpa genl dash sh gzip gunzip zcat bzip2 bunzip2 bzcat zstd unzstd zstdcat bc dc time at atq atrm hostname dnsdomainname domainname pidof networkctl busctl systemd-detect-virt systemd-run systemd-cgls systemd-cgtop systemd-delta systemd-escape systemd-notify systemd-cat systemd-inhibit systemd-tmpfiles systemd-sysusers capsh getcap setcap getpcaps ldconfig ldd start-stop-daemon pam_timestamp_check docker dockerd containerd ctr runc buildx compose python3 python3.11 qemu-img qemu-nbd qemu-io ssh scp sftp ssh-keygen ssh-agent ssh-add ssh-keyscan ssh-copy-id sshd iptables iptables-save iptables-restore ip6tables nft tcpdump ping traceroute dig nslookup host nc redis-cli redis-server nginx busybox xxd ethtool lsmod modprobe rmmod insmod depmod modinfo kmod strace";

const domains = new Map<string, Domain | undefined>();
for (const [domain, { programs }] of Object.entries(DOMAINS) as [Domain, TextDomain][]) for (const name of programs.split(" ")) domains.set(name, domain);
for (const name of ENGLISH.split(" ")) domains.set(name, undefined);

/** undefined: the program knows no language. */
export function domainOf(program: string): Domain | undefined {
  return domains.has(program) ? domains.get(program) : "libc";
}

export function catalogues(domain: Domain): readonly Catalogue[] {
  return DOMAINS[domain].catalogues;
}

export function programsOf(domain: Domain): ReadonlySet<string> {
  return new Set(DOMAINS[domain].programs.split(" "));
}

export function quotesAsGnulib(domain: Domain): boolean {
  return "quotes" in DOMAINS[domain];
}
