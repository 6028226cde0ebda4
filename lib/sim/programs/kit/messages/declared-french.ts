// What commands declare (kit/command.ts) in French: for --help of programs that know French, and for the manual pages in /usr/share/man/fr.
// A catalogue for each package, or for those made of one source, in french-help: the English text of a declaration and beside it ours. A text that two catalogues share stands in the first. declared-french.test.ts
// fails for a text of these packages without French, and for French that no declaration has.
// (More than 400 lines: a table, two lines a package.)

import type { Declaration, OptionDeclaration, Support } from "../command.ts";
import type { Catalogue } from "./domains.ts";
import { frenchGenisoimageHelp } from "./french-help/genisoimage.ts";
import { frenchSysstatHelp } from "./french-help/sysstat.ts";
import { frenchAcctHelp } from "./french-help/acct.ts";
import { frenchDebootstrapHelp } from "./french-help/debootstrap.ts";
import { frenchUidmapHelp } from "./french-help/uidmap.ts";
import { frenchNeedrestartHelp } from "./french-help/needrestart.ts";
import { frenchStressHelp } from "./french-help/stress.ts";
import { frenchGroffBaseHelp } from "./french-help/groff-base.ts";
import { frenchIperf3Help } from "./french-help/iperf3.ts";
import { frenchStressNgHelp } from "./french-help/stress-ng.ts";
import { frenchDeborphanHelp } from "./french-help/deborphan.ts";
import { frenchLmSensorsHelp } from "./french-help/lm-sensors.ts";
import { frenchPvHelp } from "./french-help/pv.ts";
import { frenchMoreutilsHelp } from "./french-help/moreutils.ts";
import { frenchApache2UtilsHelp } from "./french-help/apache2-utils.ts";
import { frenchBind9Help } from "./french-help/bind9.ts";
import { frenchEjectHelp } from "./french-help/eject.ts";
import { frenchHelloHelp } from "./french-help/hello.ts";
import { frenchCowsayHelp } from "./french-help/cowsay.ts";
import { frenchDialogHelp } from "./french-help/dialog.ts";
import { frenchFigletHelp } from "./french-help/figlet.ts";
import { frenchSlHelp } from "./french-help/sl.ts";
import { frenchPamHelp } from "./french-help/libpam.ts";
import { frenchAclHelp } from "./french-help/acl.ts";
import { frenchAdduserHelp } from "./french-help/adduser.ts";
import { frenchAnacronHelp } from "./french-help/anacron.ts";
import { frenchApache2Help } from "./french-help/apache2.ts";
import { frenchAptHelp } from "./french-help/apt.ts";
import { frenchAptFileHelp } from "./french-help/apt-file.ts";
import { frenchAptitudeHelp } from "./french-help/aptitude.ts";
import { frenchAtHelp } from "./french-help/at.ts";
import { frenchAttrHelp } from "./french-help/attr.ts";
import { frenchBcHelp } from "./french-help/bc.ts";
import { frenchBind9DnsutilsHelp } from "./french-help/bind9-dnsutils.ts";
import { frenchBind9HostHelp } from "./french-help/bind9-host.ts";
import { frenchBinutilsHelp } from "./french-help/binutils.ts";
import { frenchBridgeUtilsHelp } from "./french-help/bridge-utils.ts";
import { frenchBsdMailxHelp } from "./french-help/bsd-mailx.ts";
import { frenchBtrfsProgsHelp } from "./french-help/btrfs-progs.ts";
import { frenchBusyboxStaticHelp } from "./french-help/busybox-static.ts";
import { frenchBzip2Help } from "./french-help/bzip2.ts";
import { frenchCaCertificatesHelp } from "./french-help/ca-certificates.ts";
import { frenchCgroupToolsHelp } from "./french-help/cgroup-tools.ts";
import { frenchChronyHelp } from "./french-help/chrony.ts";
import { frenchCloudGuestUtilsHelp } from "./french-help/cloud-guest-utils.ts";
import { frenchCloudImageUtilsHelp } from "./french-help/cloud-image-utils.ts";
import { frenchCloudInitHelp } from "./french-help/cloud-init.ts";
import { frenchConsoleSetupHelp } from "./french-help/console-setup.ts";
import { frenchCoreutilsHelp } from "./french-help/coreutils.ts";
import { frenchCpioHelp } from "./french-help/cpio.ts";
import { frenchCpuCheckerHelp } from "./french-help/cpu-checker.ts";
import { frenchCronHelp } from "./french-help/cron.ts";
import { frenchCryptsetupBinHelp } from "./french-help/cryptsetup-bin.ts";
import { frenchCryptsetupHelp } from "./french-help/cryptsetup.ts";
import { frenchCupsBsdHelp } from "./french-help/cups-bsd.ts";
import { frenchCupsClientHelp } from "./french-help/cups-client.ts";
import { frenchCupsDaemonHelp } from "./french-help/cups-daemon.ts";
import { frenchCurlHelp } from "./french-help/curl.ts";
import { frenchEfibootmgrHelp } from "./french-help/efibootmgr.ts";
import { frenchSystemdResolvedHelp } from "./french-help/systemd-resolved.ts";
import { frenchSystemdBootHelp } from "./french-help/systemd-boot.ts";
import { frenchDbusBinHelp } from "./french-help/dbus-bin.ts";
import { frenchDcHelp } from "./french-help/dc.ts";
import { frenchDebconfUtilsHelp } from "./french-help/debconf-utils.ts";
import { frenchDebconfHelp } from "./french-help/debconf.ts";
import { frenchDebianutilsHelp } from "./french-help/debianutils.ts";
import { frenchDebsumsHelp } from "./french-help/debsums.ts";
import { frenchDiffutilsHelp } from "./french-help/diffutils.ts";
import { frenchDmidecodeHelp } from "./french-help/dmidecode.ts";
import { frenchDmsetupHelp } from "./french-help/dmsetup.ts";
import { frenchDnfHelp } from "./french-help/dnf.ts";
import { frenchDosfstoolsHelp } from "./french-help/dosfstools.ts";
import { frenchDpkgHelp } from "./french-help/dpkg.ts";
import { frenchEdHelp } from "./french-help/ed.ts";
import { frenchUfwHelp } from "./french-help/ufw.ts";
import { frenchMakeHelp } from "./french-help/make.ts";
import { frenchFingerHelp } from "./french-help/finger.ts";
import { frenchNcatHelp } from "./french-help/ncat.ts";
import { frenchGawkHelp } from "./french-help/gawk.ts";
import { frenchGccHelp } from "./french-help/gcc.ts";
import { frenchE2fsprogsHelp } from "./french-help/e2fsprogs.ts";
import { frenchEthtoolHelp } from "./french-help/ethtool.ts";
import { frenchExim4Help } from "./french-help/exim4.ts";
import { frenchFileHelp } from "./french-help/file.ts";
import { frenchFindutilsHelp } from "./french-help/findutils.ts";
import { frenchFpingHelp } from "./french-help/fping.ts";
import { frenchGdiskHelp } from "./french-help/gdisk.ts";
import { frenchGettextBaseHelp } from "./french-help/gettext-base.ts";
import { frenchGitHelp } from "./french-help/git.ts";
import { frenchGpgAgentHelp } from "./french-help/gpg-agent.ts";
import { frenchGpgHelp } from "./french-help/gpg.ts";
import { frenchGpgconfHelp } from "./french-help/gpgconf.ts";
import { frenchGpgvHelp } from "./french-help/gpgv.ts";
import { frenchGrepHelp } from "./french-help/grep.ts";
import { frenchGrubCommonHelp } from "./french-help/grub-common.ts";
import { frenchGrub2CommonHelp } from "./french-help/grub2-common.ts";
import { frenchGuestfishHelp } from "./french-help/guestfish.ts";
import { frenchGuestfsToolsHelp } from "./french-help/guestfs-tools.ts";
import { frenchGzipHelp } from "./french-help/gzip.ts";
import { frenchHostnameHelp } from "./french-help/hostname.ts";
import { frenchHtopHelp } from "./french-help/htop.ts";
import { frenchIfupdownHelp } from "./french-help/ifupdown.ts";
import { frenchInetutilsTelnetHelp } from "./french-help/inetutils-telnet.ts";
import { frenchInitSystemHelpersHelp } from "./french-help/init-system-helpers.ts";
import { frenchInitramfsToolsCoreHelp } from "./french-help/initramfs-tools-core.ts";
import { frenchInitramfsToolsHelp } from "./french-help/initramfs-tools.ts";
import { frenchIproute2Help } from "./french-help/iproute2.ts";
import { frenchIptablesHelp } from "./french-help/iptables.ts";
import { frenchIputilsPingHelp } from "./french-help/iputils-ping.ts";
import { frenchIputilsTracepathHelp } from "./french-help/iputils-tracepath.ts";
import { frenchIscDhcpClientHelp } from "./french-help/isc-dhcp-client.ts";
import { frenchJqHelp } from "./french-help/jq.ts";
import { frenchKmodHelp } from "./french-help/kmod.ts";
import { frenchKbdHelp } from "./french-help/kbd.ts";
import { frenchLessHelp } from "./french-help/less.ts";
import { frenchLibcBinHelp } from "./french-help/libc-bin.ts";
import { frenchLibcap2BinHelp } from "./french-help/libcap2-bin.ts";
import { frenchLibosinfoBinHelp } from "./french-help/libosinfo-bin.ts";
import { frenchLibvirtClientsHelp } from "./french-help/libvirt-clients.ts";
import { frenchLibvirtDaemonHelp } from "./french-help/libvirt-daemon.ts";
import { frenchLocalesHelp } from "./french-help/locales.ts";
import { frenchLoginHelp } from "./french-help/login.ts";
import { frenchLinuxBaseHelp } from "./french-help/linux-base.ts";
import { frenchLogrotateHelp } from "./french-help/logrotate.ts";
import { frenchLsbReleaseHelp } from "./french-help/lsb-release.ts";
import { frenchLshwHelp } from "./french-help/lshw.ts";
import { frenchLsofHelp } from "./french-help/lsof.ts";
import { frenchLvm2Help } from "./french-help/lvm2.ts";
import { frenchManDbHelp } from "./french-help/man-db.ts";
import { frenchMawkHelp } from "./french-help/mawk.ts";
import { frenchMdadmHelp } from "./french-help/mdadm.ts";
import { frenchMtrTinyHelp } from "./french-help/mtr-tiny.ts";
import { frenchNanoHelp } from "./french-help/nano.ts";
import { frenchNcalHelp } from "./french-help/ncal.ts";
import { frenchNcursesBinHelp } from "./french-help/ncurses-bin.ts";
import { frenchNetToolsHelp } from "./french-help/net-tools.ts";
import { frenchNetcatOpenbsdHelp } from "./french-help/netcat-openbsd.ts";
import { frenchNetworkManagerHelp } from "./french-help/network-manager.ts";
import { frenchNftablesHelp } from "./french-help/nftables.ts";
import { frenchNginxHelp } from "./french-help/nginx.ts";
import { frenchHdparmHelp } from "./french-help/hdparm.ts";
import { frenchNmapHelp } from "./french-help/nmap.ts";
import { frenchNvmeCliHelp } from "./french-help/nvme-cli.ts";
import { frenchSmartmontoolsHelp } from "./french-help/smartmontools.ts";
import { frenchNtpsecHelp } from "./french-help/ntpsec.ts";
import { frenchNtpsecNtpdateHelp } from "./french-help/ntpsec-ntpdate.ts";
import { frenchNtpsecNtpdigHelp } from "./french-help/ntpsec-ntpdig.ts";
import { frenchOpenVmToolsHelp } from "./french-help/open-vm-tools.ts";
import { frenchOpenbsdInetdHelp } from "./french-help/openbsd-inetd.ts";
import { frenchOpensshClientHelp } from "./french-help/openssh-client.ts";
import { frenchOpensshServerHelp } from "./french-help/openssh-server.ts";
import { frenchOpensshSftpServerHelp } from "./french-help/openssh-sftp-server.ts";
import { frenchOpensslHelp } from "./french-help/openssl.ts";
import { frenchPartedHelp } from "./french-help/parted.ts";
import { frenchPasswdHelp } from "./french-help/passwd.ts";
import { frenchPatchHelp } from "./french-help/patch.ts";
import { frenchPciutilsHelp } from "./french-help/pciutils.ts";
import { frenchPerlBaseHelp } from "./french-help/perl-base.ts";
import { frenchPlocateHelp } from "./french-help/plocate.ts";
import { frenchPostfixHelp } from "./french-help/postfix.ts";
import { frenchProcpsHelp } from "./french-help/procps.ts";
import { frenchPsmiscHelp } from "./french-help/psmisc.ts";
import { frenchPython311MinimalHelp } from "./french-help/python3.11-minimal.ts";
import { frenchQemuGuestAgentHelp } from "./french-help/qemu-guest-agent.ts";
import { frenchQemuSystemX86Help } from "./french-help/qemu-system-x86.ts";
import { frenchQemuUtilsHelp } from "./french-help/qemu-utils.ts";
import { frenchQuotaHelp } from "./french-help/quota.ts";
import { frenchRedisServerHelp } from "./french-help/redis-server.ts";
import { frenchRedisToolsHelp } from "./french-help/redis-tools.ts";
import { frenchRenameHelp } from "./french-help/rename.ts";
import { frenchRpmHelp } from "./french-help/rpm.ts";
import { frenchRpm2cpioHelp } from "./french-help/rpm2cpio.ts";
import { frenchRsyncHelp } from "./french-help/rsync.ts";
import { frenchRsyslogHelp } from "./french-help/rsyslog.ts";
import { frenchScreenHelp } from "./french-help/screen.ts";
import { frenchSedHelp } from "./french-help/sed.ts";
import { frenchSensibleUtilsHelp } from "./french-help/sensible-utils.ts";
import { frenchSocatHelp } from "./french-help/socat.ts";
import { frenchStraceHelp } from "./french-help/strace.ts";
import { frenchSudoHelp } from "./french-help/sudo.ts";
import { frenchSystemdHelp } from "./french-help/systemd.ts";
import { frenchSysvinitUtilsHelp } from "./french-help/sysvinit-utils.ts";
import { frenchTarHelp } from "./french-help/tar.ts";
import { frenchTcpdHelp } from "./french-help/tcpd.ts";
import { frenchTcpdumpHelp } from "./french-help/tcpdump.ts";
import { frenchTimeHelp } from "./french-help/time.ts";
import { frenchTmuxHelp } from "./french-help/tmux.ts";
import { frenchTracerouteHelp } from "./french-help/traceroute.ts";
import { frenchTreeHelp } from "./french-help/tree.ts";
import { frenchUdevHelp } from "./french-help/udev.ts";
import { frenchUnattendedUpgradesHelp } from "./french-help/unattended-upgrades.ts";
import { frenchUnzipHelp } from "./french-help/unzip.ts";
import { frenchUpdateInetdHelp } from "./french-help/update-inetd.ts";
import { frenchUsbutilsHelp } from "./french-help/usbutils.ts";
import { frenchUtilLinuxHelp } from "./french-help/util-linux.ts";
import { frenchVimTinyHelp } from "./french-help/vim-tiny.ts";
import { frenchVirtViewerHelp } from "./french-help/virt-viewer.ts";
import { frenchVirtinstHelp } from "./french-help/virtinst.ts";
import { frenchVirtualboxGuestUtilsHelp } from "./french-help/virtualbox-guest-utils.ts";
import { frenchWgetHelp } from "./french-help/wget.ts";
import { frenchWhiptailHelp } from "./french-help/whiptail.ts";
import { frenchWhoisHelp } from "./french-help/whois.ts";
import { frenchX11AppsHelp } from "./french-help/x11-apps.ts";
import { frenchX11UtilsHelp } from "./french-help/x11-utils.ts";
import { frenchX11XkbUtilsHelp } from "./french-help/x11-xkb-utils.ts";
import { frenchX11XserverUtilsHelp } from "./french-help/x11-xserver-utils.ts";
import { frenchXauthHelp } from "./french-help/xauth.ts";
import { frenchXfsprogsHelp } from "./french-help/xfsprogs.ts";
import { frenchXinetdHelp } from "./french-help/xinetd.ts";
import { frenchXinitHelp } from "./french-help/xinit.ts";
import { frenchXxdHelp } from "./french-help/xxd.ts";
import { frenchXzUtilsHelp } from "./french-help/xz-utils.ts";
import { frenchZipHelp } from "./french-help/zip.ts";
import { frenchZstdHelp } from "./french-help/zstd.ts";
import { frenchPlaceholder, frenchSynopsis } from "./placeholders.ts";

/** The packages whose declarations are all in French, and what they add to those before. */
export const FRENCH_HELP: readonly { readonly packages: readonly string[]; readonly catalogue: Catalogue }[] = [
  { packages: ["coreutils"], catalogue: frenchCoreutilsHelp },
  { packages: ["kbd"], catalogue: frenchKbdHelp },
  { packages: ["console-setup"], catalogue: frenchConsoleSetupHelp },
  { packages: ["util-linux", "mount", "bsdutils", "bsdextrautils", "fdisk", "util-linux-extra", "uuid-runtime"], catalogue: frenchUtilLinuxHelp },
  { packages: ["grep"], catalogue: frenchGrepHelp },
  { packages: ["sed"], catalogue: frenchSedHelp },
  { packages: ["findutils"], catalogue: frenchFindutilsHelp },
  { packages: ["tar"], catalogue: frenchTarHelp },
  { packages: ["gzip"], catalogue: frenchGzipHelp },
  { packages: ["xz-utils"], catalogue: frenchXzUtilsHelp },
  { packages: ["bzip2"], catalogue: frenchBzip2Help },
  { packages: ["zstd"], catalogue: frenchZstdHelp },
  { packages: ["diffutils"], catalogue: frenchDiffutilsHelp },
  { packages: ["procps"], catalogue: frenchProcpsHelp },
  { packages: ["psmisc"], catalogue: frenchPsmiscHelp },
  { packages: ["patch"], catalogue: frenchPatchHelp },
  { packages: ["file"], catalogue: frenchFileHelp },
  { packages: ["passwd"], catalogue: frenchPasswdHelp },
  { packages: ["login"], catalogue: frenchLoginHelp },
  { packages: ["adduser"], catalogue: frenchAdduserHelp },
  { packages: ["apt"], catalogue: frenchAptHelp },
  { packages: ["dpkg"], catalogue: frenchDpkgHelp },
  { packages: ["debconf"], catalogue: frenchDebconfHelp },
  { packages: ["debianutils"], catalogue: frenchDebianutilsHelp },
  { packages: ["cron"], catalogue: frenchCronHelp },
  { packages: ["at"], catalogue: frenchAtHelp },
  { packages: ["man-db"], catalogue: frenchManDbHelp },
  { packages: ["less"], catalogue: frenchLessHelp },
  { packages: ["hostname"], catalogue: frenchHostnameHelp },
  { packages: ["sudo"], catalogue: frenchSudoHelp },
  { packages: ["libc-bin"], catalogue: frenchLibcBinHelp },
  { packages: ["locales"], catalogue: frenchLocalesHelp },
  { packages: ["init-system-helpers"], catalogue: frenchInitSystemHelpersHelp },
  { packages: ["sysvinit-utils"], catalogue: frenchSysvinitUtilsHelp },
  { packages: ["sensible-utils"], catalogue: frenchSensibleUtilsHelp },
  { packages: ["time"], catalogue: frenchTimeHelp },
  { packages: ["tree"], catalogue: frenchTreeHelp },
  { packages: ["systemd"], catalogue: frenchSystemdHelp },
  { packages: ["udev"], catalogue: frenchUdevHelp },
  { packages: ["iproute2"], catalogue: frenchIproute2Help },
  { packages: ["iputils-ping"], catalogue: frenchIputilsPingHelp },
  { packages: ["net-tools"], catalogue: frenchNetToolsHelp },
  { packages: ["ed"], catalogue: frenchEdHelp },
  { packages: ["ufw"], catalogue: frenchUfwHelp },
  { packages: ["make"], catalogue: frenchMakeHelp },
  { packages: ["gcc"], catalogue: frenchGccHelp },
  { packages: ["e2fsprogs"], catalogue: frenchE2fsprogsHelp },
  { packages: ["kmod"], catalogue: frenchKmodHelp },
  { packages: ["pciutils"], catalogue: frenchPciutilsHelp },
  { packages: ["usbutils"], catalogue: frenchUsbutilsHelp },
  { packages: ["openssh-client"], catalogue: frenchOpensshClientHelp },
  { packages: ["openssh-server"], catalogue: frenchOpensshServerHelp },
  { packages: ["openssh-sftp-server"], catalogue: frenchOpensshSftpServerHelp },
  { packages: ["qemu-utils"], catalogue: frenchQemuUtilsHelp },
  { packages: ["traceroute"], catalogue: frenchTracerouteHelp },
  { packages: ["netcat-openbsd"], catalogue: frenchNetcatOpenbsdHelp },
  { packages: ["bind9-dnsutils"], catalogue: frenchBind9DnsutilsHelp },
  { packages: ["bind9-host"], catalogue: frenchBind9HostHelp },
  { packages: ["mtr-tiny"], catalogue: frenchMtrTinyHelp },
  { packages: ["tcpdump"], catalogue: frenchTcpdumpHelp },
  { packages: ["iptables"], catalogue: frenchIptablesHelp },
  { packages: ["nftables"], catalogue: frenchNftablesHelp },
  { packages: ["ethtool"], catalogue: frenchEthtoolHelp },
  { packages: ["bridge-utils"], catalogue: frenchBridgeUtilsHelp },
  { packages: ["linux-base"], catalogue: frenchLinuxBaseHelp },
  { packages: ["acl"], catalogue: frenchAclHelp },
  { packages: ["base-passwd", "libpam-modules-bin", "libpam-runtime"], catalogue: frenchPamHelp },
  { packages: ["attr"], catalogue: frenchAttrHelp },
  { packages: ["bc"], catalogue: frenchBcHelp },
  { packages: ["dc"], catalogue: frenchDcHelp },
  { packages: ["bsd-mailx"], catalogue: frenchBsdMailxHelp },
  { packages: ["busybox-static"], catalogue: frenchBusyboxStaticHelp },
  { packages: ["cgroup-tools"], catalogue: frenchCgroupToolsHelp },
  { packages: ["chrony"], catalogue: frenchChronyHelp },
  { packages: ["cloud-guest-utils"], catalogue: frenchCloudGuestUtilsHelp },
  { packages: ["cloud-image-utils"], catalogue: frenchCloudImageUtilsHelp },
  { packages: ["cloud-init"], catalogue: frenchCloudInitHelp },
  { packages: ["cpu-checker"], catalogue: frenchCpuCheckerHelp },
  { packages: ["curl"], catalogue: frenchCurlHelp },
  { packages: ["dbus-bin"], catalogue: frenchDbusBinHelp },
  { packages: ["efibootmgr"], catalogue: frenchEfibootmgrHelp },
  { packages: ["systemd-resolved"], catalogue: frenchSystemdResolvedHelp },
  { packages: ["systemd-boot"], catalogue: frenchSystemdBootHelp },
  { packages: ["debconf-utils"], catalogue: frenchDebconfUtilsHelp },
  { packages: ["dmidecode"], catalogue: frenchDmidecodeHelp },
  { packages: ["gettext-base"], catalogue: frenchGettextBaseHelp },
  { packages: ["guestfish"], catalogue: frenchGuestfishHelp },
  { packages: ["guestfs-tools"], catalogue: frenchGuestfsToolsHelp },
  { packages: ["htop"], catalogue: frenchHtopHelp },
  { packages: ["initramfs-tools"], catalogue: frenchInitramfsToolsHelp },
  { packages: ["initramfs-tools-core"], catalogue: frenchInitramfsToolsCoreHelp },
  { packages: ["jq"], catalogue: frenchJqHelp },
  { packages: ["libcap2-bin"], catalogue: frenchLibcap2BinHelp },
  { packages: ["libosinfo-bin"], catalogue: frenchLibosinfoBinHelp },
  { packages: ["logrotate"], catalogue: frenchLogrotateHelp },
  { packages: ["lshw"], catalogue: frenchLshwHelp },
  { packages: ["lsof"], catalogue: frenchLsofHelp },
  { packages: ["mawk"], catalogue: frenchMawkHelp },
  { packages: ["finger", "fingerd"], catalogue: frenchFingerHelp },
  { packages: ["ncat"], catalogue: frenchNcatHelp },
  { packages: ["gawk"], catalogue: frenchGawkHelp },
  { packages: ["nano"], catalogue: frenchNanoHelp },
  { packages: ["ncal"], catalogue: frenchNcalHelp },
  { packages: ["ncurses-bin"], catalogue: frenchNcursesBinHelp },
  { packages: ["nginx"], catalogue: frenchNginxHelp },
  { packages: ["open-vm-tools"], catalogue: frenchOpenVmToolsHelp },
  { packages: ["parted"], catalogue: frenchPartedHelp },
  { packages: ["plocate"], catalogue: frenchPlocateHelp },
  { packages: ["postfix"], catalogue: frenchPostfixHelp },
  { packages: ["python3.11-minimal"], catalogue: frenchPython311MinimalHelp },
  { packages: ["qemu-guest-agent"], catalogue: frenchQemuGuestAgentHelp },
  { packages: ["qemu-system-x86"], catalogue: frenchQemuSystemX86Help },
  { packages: ["redis-server"], catalogue: frenchRedisServerHelp },
  { packages: ["redis-tools"], catalogue: frenchRedisToolsHelp },
  { packages: ["rsync"], catalogue: frenchRsyncHelp },
  { packages: ["rsyslog"], catalogue: frenchRsyslogHelp },
  { packages: ["screen"], catalogue: frenchScreenHelp },
  { packages: ["strace"], catalogue: frenchStraceHelp },
  { packages: ["tmux"], catalogue: frenchTmuxHelp },
  { packages: ["unattended-upgrades"], catalogue: frenchUnattendedUpgradesHelp },
  { packages: ["vim-tiny", "vim"], catalogue: frenchVimTinyHelp },
  { packages: ["virt-viewer"], catalogue: frenchVirtViewerHelp },
  { packages: ["virtinst"], catalogue: frenchVirtinstHelp },
  { packages: ["virtualbox-guest-utils"], catalogue: frenchVirtualboxGuestUtilsHelp },
  { packages: ["wget"], catalogue: frenchWgetHelp },
  { packages: ["whiptail"], catalogue: frenchWhiptailHelp },
  { packages: ["xxd"], catalogue: frenchXxdHelp },
  { packages: ["apache2"], catalogue: frenchApache2Help },
  { packages: ["libvirt-daemon"], catalogue: frenchLibvirtDaemonHelp },
  { packages: ["libvirt-clients"], catalogue: frenchLibvirtClientsHelp },
  { packages: ["anacron"], catalogue: frenchAnacronHelp },
  { packages: ["btrfs-progs"], catalogue: frenchBtrfsProgsHelp },
  { packages: ["dmsetup"], catalogue: frenchDmsetupHelp },
  { packages: ["dosfstools"], catalogue: frenchDosfstoolsHelp },
  { packages: ["fping"], catalogue: frenchFpingHelp },
  { packages: ["gpg"], catalogue: frenchGpgHelp },
  { packages: ["gpg-agent"], catalogue: frenchGpgAgentHelp },
  { packages: ["gpgconf"], catalogue: frenchGpgconfHelp },
  { packages: ["gpgv"], catalogue: frenchGpgvHelp },
  { packages: ["ifupdown"], catalogue: frenchIfupdownHelp },
  { packages: ["inetutils-telnet"], catalogue: frenchInetutilsTelnetHelp },
  { packages: ["iputils-tracepath"], catalogue: frenchIputilsTracepathHelp },
  { packages: ["isc-dhcp-client"], catalogue: frenchIscDhcpClientHelp },
  { packages: ["lvm2"], catalogue: frenchLvm2Help },
  { packages: ["openbsd-inetd"], catalogue: frenchOpenbsdInetdHelp },
  { packages: ["tcpd"], catalogue: frenchTcpdHelp },
  { packages: ["update-inetd"], catalogue: frenchUpdateInetdHelp },
  { packages: ["whois"], catalogue: frenchWhoisHelp },
  { packages: ["xfsprogs"], catalogue: frenchXfsprogsHelp },
  { packages: ["xinetd"], catalogue: frenchXinetdHelp },
  { packages: ["git", "git-man"], catalogue: frenchGitHelp },
  { packages: ["cups-bsd"], catalogue: frenchCupsBsdHelp },
  { packages: ["cups-client"], catalogue: frenchCupsClientHelp },
  { packages: ["cups-daemon"], catalogue: frenchCupsDaemonHelp },
  { packages: ["openssl"], catalogue: frenchOpensslHelp },
  { packages: ["lsb-release"], catalogue: frenchLsbReleaseHelp },
  { packages: ["mdadm"], catalogue: frenchMdadmHelp },
  { packages: ["network-manager"], catalogue: frenchNetworkManagerHelp },
  { packages: ["unzip"], catalogue: frenchUnzipHelp },
  { packages: ["zip"], catalogue: frenchZipHelp },
  { packages: ["nmap"], catalogue: frenchNmapHelp },
  { packages: ["hdparm"], catalogue: frenchHdparmHelp },
  { packages: ["nvme-cli"], catalogue: frenchNvmeCliHelp },
  { packages: ["smartmontools"], catalogue: frenchSmartmontoolsHelp },
  { packages: ["binutils"], catalogue: frenchBinutilsHelp },
  { packages: ["cpio"], catalogue: frenchCpioHelp },
  { packages: ["cryptsetup"], catalogue: frenchCryptsetupHelp },
  { packages: ["cryptsetup-bin"], catalogue: frenchCryptsetupBinHelp },
  { packages: ["rename"], catalogue: frenchRenameHelp },
  { packages: ["rpm"], catalogue: frenchRpmHelp },
  { packages: ["rpm2cpio"], catalogue: frenchRpm2cpioHelp },
  { packages: ["socat"], catalogue: frenchSocatHelp },
  { packages: ["ca-certificates"], catalogue: frenchCaCertificatesHelp },
  { packages: ["quota"], catalogue: frenchQuotaHelp },
  { packages: ["x11-apps"], catalogue: frenchX11AppsHelp },
  { packages: ["x11-utils"], catalogue: frenchX11UtilsHelp },
  { packages: ["x11-xkb-utils"], catalogue: frenchX11XkbUtilsHelp },
  { packages: ["x11-xserver-utils"], catalogue: frenchX11XserverUtilsHelp },
  { packages: ["xauth"], catalogue: frenchXauthHelp },
  { packages: ["xinit"], catalogue: frenchXinitHelp },
  { packages: ["perl-base"], catalogue: frenchPerlBaseHelp },
  { packages: ["grub-common"], catalogue: frenchGrubCommonHelp },
  { packages: ["grub2-common"], catalogue: frenchGrub2CommonHelp },
  { packages: ["gdisk"], catalogue: frenchGdiskHelp },
  { packages: ["ntpsec-ntpdate"], catalogue: frenchNtpsecNtpdateHelp },
  { packages: ["ntpsec-ntpdig"], catalogue: frenchNtpsecNtpdigHelp },
  { packages: ["aptitude"], catalogue: frenchAptitudeHelp },
  { packages: ["apt-file"], catalogue: frenchAptFileHelp },
  { packages: ["debsums"], catalogue: frenchDebsumsHelp },
  { packages: ["exim4-daemon-light", "exim4-config"], catalogue: frenchExim4Help },
  { packages: ["ntpsec"], catalogue: frenchNtpsecHelp },
  { packages: ["dnf"], catalogue: frenchDnfHelp },
  { packages: ["pv"], catalogue: frenchPvHelp },
  { packages: ["uidmap"], catalogue: frenchUidmapHelp },
  { packages: ["lm-sensors"], catalogue: frenchLmSensorsHelp },
  { packages: ["deborphan"], catalogue: frenchDeborphanHelp },
  { packages: ["stress"], catalogue: frenchStressHelp },
  { packages: ["groff-base"], catalogue: frenchGroffBaseHelp },
  { packages: ["iperf3"], catalogue: frenchIperf3Help },
  { packages: ["stress-ng"], catalogue: frenchStressNgHelp },
  { packages: ["needrestart"], catalogue: frenchNeedrestartHelp },
  { packages: ["acct"], catalogue: frenchAcctHelp },
  { packages: ["debootstrap"], catalogue: frenchDebootstrapHelp },
  { packages: ["genisoimage"], catalogue: frenchGenisoimageHelp },
  { packages: ["sysstat"], catalogue: frenchSysstatHelp },
  { packages: ["moreutils"], catalogue: frenchMoreutilsHelp },
  { packages: ["apache2-utils"], catalogue: frenchApache2UtilsHelp },
  { packages: ["bind9", "bind9-utils"], catalogue: frenchBind9Help },
  { packages: ["eject"], catalogue: frenchEjectHelp },
  { packages: ["hello"], catalogue: frenchHelloHelp },
  { packages: ["cowsay"], catalogue: frenchCowsayHelp },
  { packages: ["dialog"], catalogue: frenchDialogHelp },
  { packages: ["figlet"], catalogue: frenchFigletHelp },
  { packages: ["sl"], catalogue: frenchSlHelp },
];

let texts: ReadonlyMap<string, string> | undefined;

function translations(): ReadonlyMap<string, string> {
  texts ??= new Map(FRENCH_HELP.flatMap(({ catalogue }) => catalogue));
  return texts;
}

/** A text that is declared. */
export function inFrench(english: string): string {
  return translations().get(english) ?? english;
}

function frenchSupport(support: Support): Support {
  if (typeof support === "string") return support;
  return "partly" in support ? { partly: inFrench(support.partly) } : { refused: inFrench(support.refused) };
}

export function frenchOption(option: OptionDeclaration): OptionDeclaration {
  return { ...option, help: inFrench(option.help), support: frenchSupport(option.support), argument: option.argument === undefined ? undefined : frenchPlaceholder(option.argument) };
}

/** undefined: nobody has translated it. */
export function frenchDeclaration(declaration: Declaration): Declaration | undefined {
  const summary = inFrench(declaration.summary);
  if (summary === declaration.summary) return undefined;
  return {
    ...declaration,
    summary,
    synopsis: declaration.synopsis.map((line) => translations().get(line) ?? frenchSynopsis(line)),
    ...(declaration.description && { description: declaration.description.map(inFrench) }),
    options: declaration.options.map(frenchOption),
    ...(declaration.subcommands && { subcommands: declaration.subcommands.map((one) => ({ ...one, summary: inFrench(one.summary) })) }),
    ...(declaration.exitStatuses && { exitStatuses: declaration.exitStatuses.map(([status, meaning]) => [status, inFrench(meaning)] as const) }),
    ...(declaration.lists && { lists: declaration.lists.map((list) => ({ ...list, heading: inFrench(list.heading), words: list.words.map(([word, meaning]) => [word, meaning === "" ? "" : inFrench(meaning)] as const) })) }),
  };
}
