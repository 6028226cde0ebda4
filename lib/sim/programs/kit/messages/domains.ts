// Whose catalogue a program asks (textdomain(3)), and with which others it is linked: glibc's, PAM's, libvirt's.
import { frenchAcl } from "./french/acl.ts";
import { frenchAdduser } from "./french/adduser.ts";
import { frenchApt } from "./french/apt.ts";
import { frenchAptitude } from "./french/aptitude.ts";
import { frenchBash } from "./french/bash.ts";
import { frenchBinutils } from "./french/binutils.ts";
import { frenchCoreutils } from "./french/coreutils.ts";
import { frenchCpio } from "./french/cpio.ts";
import { frenchCryptsetup } from "./french/cryptsetup.ts";
import { frenchCups } from "./french/cups.ts";
import { frenchDebconf } from "./french/debconf.ts";
import { frenchDialog } from "./french/dialog.ts";
import { frenchDiffutils } from "./french/diffutils.ts";
import { frenchDnf } from "./french/dnf.ts";
import { frenchDpkg } from "./french/dpkg.ts";
import { frenchE2fsprogs } from "./french/e2fsprogs.ts";
import { frenchFindutils } from "./french/findutils.ts";
import { frenchGettext } from "./french/gettext.ts";
import { frenchGit } from "./french/git.ts";
import { frenchGnupg } from "./french/gnupg.ts";
import { frenchGrep } from "./french/grep.ts";
import { frenchGrub } from "./french/grub.ts";
import { frenchKbd } from "./french/kbd.ts";
import { frenchLibc } from "./french/libc.ts";
import { frenchLibvirt } from "./french/libvirt.ts";
import { frenchMake } from "./french/make.ts";
import { frenchManDb } from "./french/man-db.ts";
import { frenchNano } from "./french/nano.ts";
import { frenchNetTools } from "./french/net-tools.ts";
import { frenchNetworkManager } from "./french/network-manager.ts";
import { frenchNewt } from "./french/newt.ts";
import { frenchPam } from "./french/pam.ts";
import { frenchParted } from "./french/parted.ts";
import { frenchProcps } from "./french/procps.ts";
import { frenchPsmisc } from "./french/psmisc.ts";
import { frenchQuota } from "./french/quota.ts";
import { frenchSed } from "./french/sed.ts";
import { frenchShadow } from "./french/shadow.ts";
import { frenchSudo } from "./french/sudo.ts";
import { frenchSysstat } from "./french/sysstat.ts";
import { frenchTar } from "./french/tar.ts";
import { frenchUnattendedUpgrades } from "./french/unattended-upgrades.ts";
import { frenchUtilLinux } from "./french/util-linux.ts";
import { frenchVim } from "./french/vim.ts";
import { frenchVirtManager } from "./french/virt-manager.ts";
import { frenchWget } from "./french/wget.ts";
import { frenchWhois } from "./french/whois.ts";
import { frenchXz } from "./french/xz.ts";
import { frenchBashBuiltins } from "./french-help/bash-builtins.ts";

export type Catalogue = readonly (readonly [english: string, translated: string])[];

interface TextDomain {
  readonly catalogues: readonly Catalogue[];
  readonly programs: string;
  /** gnulib's quote(): guillemets in French */
  readonly quotes?: true;
  /** the colon behind the program's name is part of what is translated: "adduser : …" */
  readonly spacedColon?: true;
}

const DOMAINS = {
  coreutils: {
    catalogues: [frenchCoreutils, frenchLibc], quotes: true,
    programs: "arch b2sum base32 base64 basename basenc [ cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes",
  },
  bash: { catalogues: [frenchBash, frenchBashBuiltins, frenchLibc], programs: "bash" },
  grep: { catalogues: [frenchGrep, frenchLibc], programs: "grep egrep fgrep rgrep", quotes: true },
  sed: { catalogues: [frenchSed, frenchLibc], programs: "sed", quotes: true },
  // find quotes names as in English
  findutils: { catalogues: [frenchFindutils, frenchLibc], programs: "find xargs" },
  diffutils: { catalogues: [frenchDiffutils, frenchLibc], programs: "diff cmp diff3 sdiff", quotes: true },
  git: { catalogues: [frenchGit, frenchLibc], programs: "git" },
  sysstat: { catalogues: [frenchSysstat, frenchLibc], programs: "cifsiostat iostat mpstat pidstat sadc sadf sar sar.sysstat tapestat" },
  tar: { catalogues: [frenchTar, frenchLibc], programs: "tar", quotes: true },
  apt: { catalogues: [frenchApt, frenchLibc], programs: "apt apt-get apt-cache apt-mark apt-config" },
  dpkg: { catalogues: [frenchDpkg, frenchLibc], programs: "dpkg dpkg-query dpkg-deb update-alternatives dpkg-divert dpkg-statoverride dpkg-split dpkg-trigger" },
  "util-linux": {
    catalogues: [frenchPam, frenchUtilLinux, frenchLibc],
    programs: "agetty blkid blockdev cal choom chrt col colcrt colrm column dmesg fallocate fdisk findfs findmnt flock fsck fstrim getopt hd hexdump hwclock ionice ipcmk ipcrm ipcs last lastb logger look losetup lsblk lscpu lsipc lsirq lslocks lslogins lsmem lsns mesg mkfs mkswap more mount mountpoint namei ncal nsenter partx pivot_root prlimit renice rev runuser script scriptlive scriptreplay setpriv setsid setterm sfdisk su swaplabel swapoff swapon taskset uclampset ul umount unshare wall wdctl whereis wipefs write zramctl cfdisk mcookie rename blkdiscard rfkill rtcwake sulogin addpart delpart resizepart chmem lsmem isosize fsfreeze hardlink uuidgen uuidparse rename.ul setarch linux32 linux64 i386 x86_64 chcpu setterm utmpdump zramctl eject wdctl ldattach ctrlaltdel blkzone readprofile fincore lsfd",
  },
  procps: { catalogues: [frenchProcps, frenchLibc], programs: "free kill pgrep pidwait pkill pmap ps pwdx slabtop sysctl tload top uptime vmstat w watch" },
  psmisc: { catalogues: [frenchPsmisc, frenchLibc], programs: "fuser killall pstree prtstat peekfd" },
  shadow: { catalogues: [frenchPam, frenchShadow, frenchLibc], programs: "chage chfn chgpasswd chpasswd chsh expiry gpasswd groupadd groupdel groupmems groupmod grpck passwd pwck useradd userdel usermod vipw vigr lastlog login newgrp sg nologin newusers pwconv pwunconv faillog" },
  sudo: { catalogues: [frenchSudo, frenchPam, frenchLibc], programs: "sudo sudoedit visudo" },
  nano: { catalogues: [frenchNano, frenchLibc], programs: "nano rnano" },
  "man-db": { catalogues: [frenchManDb, frenchLibc], programs: "accessdb apropos catman lexgrog man man-recode mandb manpath whatis", quotes: true },
  adduser: { catalogues: [frenchAdduser, frenchLibc], spacedColon: true, programs: "adduser addgroup deluser delgroup" },
  e2fsprogs: { catalogues: [frenchE2fsprogs, frenchLibc], programs: "badblocks chattr debugfs dumpe2fs e2fsck e2image e2label e4defrag fsck.ext2 fsck.ext3 fsck.ext4 lsattr mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4 resize2fs tune2fs" },
  parted: { catalogues: [frenchParted, frenchLibc], programs: "parted partprobe" },
  wget: { catalogues: [frenchWget, frenchLibc], programs: "wget", quotes: true },
  gettext: { catalogues: [frenchGettext, frenchLibc], programs: "gettext ngettext envsubst" },
  cpio: { catalogues: [frenchCpio, frenchLibc], programs: "cpio" },
  cryptsetup: { catalogues: [frenchCryptsetup, frenchLibc], programs: "cryptsetup integritysetup veritysetup" },
  debconf: { catalogues: [frenchDebconf, frenchLibc], programs: "dpkg-reconfigure debconf debconf-communicate debconf-show debconf-set-selections debconf-apt-progress" },
  gnupg: { catalogues: [frenchGnupg, frenchLibc], programs: "gpg gpg2 gpgv gpg-agent gpgconf gpg-connect-agent" },
  "net-tools": { catalogues: [frenchNetTools, frenchLibc], programs: "arp ifconfig ipmaddr iptunnel mii-tool nameif netstat plipconfig rarp route slattach" },
  dialog: { catalogues: [frenchDialog, frenchLibc], programs: "dialog" },
  newt: { catalogues: [frenchNewt, frenchLibc], programs: "whiptail" },
  quota: { catalogues: [frenchQuota, frenchLibc], programs: "convertquota edquota quota quotacheck quotaoff quotaon quotastats quotasync repquota setquota warnquota xqmstats" },
  vim: { catalogues: [frenchVim, frenchLibc], programs: "vim vim.basic" },
  xz: { catalogues: [frenchXz, frenchLibc], spacedColon: true, programs: "xz unxz xzcat lzma unlzma lzcat" },
  libvirt: { catalogues: [frenchLibvirt, frenchLibc], programs: "virsh virt-admin virt-host-validate" },
  "virt-manager": { catalogues: [frenchVirtManager, frenchLibvirt, frenchLibc], programs: "virt-install virt-clone virt-xml" },
  acl: { catalogues: [frenchAcl, frenchLibc], programs: "getfacl setfacl chacl getfattr setfattr attr" },
  aptitude: { catalogues: [frenchAptitude, frenchApt, frenchLibc], programs: "aptitude aptitude-curses" },
  binutils: { catalogues: [frenchBinutils, frenchLibc], programs: "strings" },
  cups: { catalogues: [frenchCups, frenchLibc], spacedColon: true, programs: "cancel cupsaccept cupsreject cupsdisable cupsenable lp lpadmin lpc lpinfo lpmove lpoptions lpq lpr lprm lpstat" },
  dnf: { catalogues: [frenchDnf, frenchLibc], programs: "dnf yum" },
  grub: { catalogues: [frenchGrub, frenchLibc], programs: "grub-editenv grub-file grub-install grub-mkconfig grub-mkpasswd-pbkdf2 grub-mkrelpath grub-probe grub-reboot grub-script-check grub-set-default update-grub" },
  kbd: { catalogues: [frenchKbd, frenchLibc], programs: "chvt deallocvt dumpkeys fgconsole getkeycodes kbd_mode kbdinfo kbdrate loadkeys openvt psfxtable setfont setkeycodes setleds setmetamode setvtrgb showconsolefont showkey" },
  make: { catalogues: [frenchMake, frenchLibc], programs: "make gmake" },
  "network-manager": { catalogues: [frenchNetworkManager, frenchLibc], programs: "nmcli" },
  "unattended-upgrades": { catalogues: [frenchUnattendedUpgrades, frenchLibc], programs: "unattended-upgrade unattended-upgrades" },
  whois: { catalogues: [frenchWhois, frenchLibc], programs: "mkpasswd whois" },
  /** programs with setlocale(3) and without words of their own in French: strerror(3) and getopt(3) are glibc's */
  libc: { catalogues: [frenchLibc], programs: "iconv locale localedef getent ldd zdump catchsegv pldd" },
} satisfies Record<string, TextDomain>;

export type Domain = keyof typeof DOMAINS;

/** Programs that never call setlocale(3): even the reasons of errors stay English (nm -D of Debian 12's binaries; Go's and Python's). */
const ENGLISH = "switch_root ip bridge ss tc rtacct lnstat nstat dcb devlink rdma tipc vdpa genl dash sh gzip gunzip zcat bzip2 bunzip2 bzcat zstd unzstd zstdcat bc dc time at atq atrm hostname dnsdomainname domainname pidof networkctl busctl systemd-detect-virt systemd-run systemd-cgls systemd-cgtop systemd-delta systemd-escape systemd-notify systemd-cat systemd-inhibit systemd-tmpfiles systemd-sysusers capsh getcap setcap getpcaps ldconfig ldd start-stop-daemon pam_timestamp_check docker dockerd containerd ctr runc buildx compose python3 python3.11 qemu-img qemu-nbd qemu-io ssh scp sftp ssh-keygen ssh-agent ssh-add ssh-keyscan ssh-copy-id sshd iptables iptables-save iptables-restore ip6tables nft tcpdump traceroute dig nslookup host nc redis-cli redis-server nginx busybox xxd ethtool lsmod modprobe rmmod insmod depmod modinfo kmod strace";

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

export function colonOf(domain: Domain): string {
  return "spacedColon" in DOMAINS[domain] ? "\u00a0: " : ": ";
}

export function quotesAsGnulib(domain: Domain): boolean {
  return "quotes" in DOMAINS[domain];
}
