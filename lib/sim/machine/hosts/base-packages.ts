// The packages that a fresh host has: debootstrap's required and important ones plus the usual administration tools.

export const basePackages: readonly string[] = `
acl adduser apt apt-utils attr base-files base-passwd bash bash-completion bc bridge-utils bsdextrautils bsdutils busybox-static bzip2 ca-certificates
cgroup-tools cloud-guest-utils cloud-image-utils cloud-init coreutils cpio cron cron-daemon-common curl dash dbus dbus-bin dbus-daemon
dbus-session-bus-common dbus-system-bus-common debconf debconf-i18n debian-archive-keyring debianutils diffutils distro-info distro-info-data
dmidecode dmsetup dpkg e2fsprogs eatmydata eject fdisk file findutils gcc-12-base gdisk genisoimage gettext-base gpgv grep groff-base grub-common
grub-pc-bin grub2-common gzip hostname ibverbs-providers ifupdown init init-system-helpers initramfs-tools initramfs-tools-core iproute2 iptables
iputils-ping isc-dhcp-client isc-dhcp-common jq klibc-utils kmod less libacl1 libaio1 libapparmor1 libapt-pkg6.0 libargon2-1 libattr1 libaudit-common
libaudit1 libblkid1 libboost-iostreams1.74.0 libboost-thread1.74.0 libbpf1 libbrotli1 libbsd0 libbz2-1.0 libc-bin libc-l10n libc6 libcap-ng0 libcap2
libcap2-bin libcbor0.8 libcgroup2 libcom-err2 libcrypt1 libcryptsetup12 libcurl3-gnutls libcurl4 libdb5.3 libdbus-1-3 libdebconfclient0
libdevmapper1.02.1 libdrm-common libdrm2 libeatmydata1 libedit2 libefiboot1 libefivar1 libelf1 libexpat1 libext2fs2 libfdisk1 libffi8 libfido2-1
libfmt9 libfreetype6 libfuse2 libfuse3-3 libgcc-s1 libgcrypt20 libgdbm6 libgfapi0 libgfrpc0 libgfxdr0 libglib2.0-0 libglib2.0-data libglusterfs0
libgmp10 libgnutls30 libgpg-error0 libgssapi-krb5-2 libhogweed6 libibverbs1 libicu72 libidn2-0 libip4tc2 libip6tc2 libiscsi7 libjansson4 libjq1
libjson-c5 libk5crypto3 libkeyutils1 libklibc libkmod2 libkrb5-3 libkrb5support0 libldap-2.5-0 libldap-common liblocale-gettext-perl liblz4-1 liblzma5
libmagic-mgc libmagic1 libmd0 libmnl0 libmount1 libmspack0 libncursesw6 libnetfilter-conntrack3 libnettle8 libnewt0.52 libnfnetlink0 libnfs13
libnftables1 libnftnl11 libnghttp2-14 libnl-3-200 libnl-route-3-200 libnsl2 libnuma1 libonig5 libp11-kit0 libpam-modules libpam-modules-bin
libpam-runtime libpam0g libparted2 libpci3 libpcre2-8-0 libpipeline1 libpng16-16 libpopt0 libproc2-0 libpsl5 libpython3-stdlib libpython3.11-minimal
libpython3.11-stdlib librados2 librbd1 librdmacm1 libreadline8 librtmp1 libsasl2-2 libsasl2-modules libsasl2-modules-db libseccomp2 libselinux1
libsemanage-common libsemanage2 libsepol2 libslang2 libsmartcols1 libsqlite3-0 libss2 libssh-4 libssh2-1 libssl3 libstdc++6 libsystemd-shared
libsystemd0 libtasn1-6 libtext-charwidth-perl libtext-iconv-perl libtext-wrapi18n-perl libtinfo6 libtirpc-common libtirpc3 libuchardet0 libudev1
libunistring2 liburing2 libusb-1.0-0 libuuid1 libwrap0 libxml2 libxmlsec1 libxmlsec1-openssl libxslt1.1 libxtables12 libxxhash0 libyaml-0-2 libzstd1
linux-base linux-image-6.1.0-56-amd64 linux-image-amd64 locales login logrotate logsave lsb-base lsb-release lsof man-db mawk media-types mount nano
ncal ncurses-base ncurses-bin netbase nftables open-vm-tools openssh-client openssh-server openssh-sftp-server openssl parted passwd pci.ids pciutils
perl-base procps psmisc publicsuffix python-babel-localedata python3 python3-attr python3-babel python3-blinker python3-certifi python3-cffi-backend
python3-chardet python3-charset-normalizer python3-configobj python3-cryptography python3-idna python3-jinja2 python3-json-pointer python3-jsonpatch
python3-jsonschema python3-jwt python3-markupsafe python3-minimal python3-netifaces python3-oauthlib python3-pkg-resources python3-pyrsistent
python3-requests python3-rfc3987 python3-serial python3-six python3-tz python3-uritemplate python3-urllib3 python3-webcolors python3-yaml python3.11
python3.11-minimal qemu-block-extra qemu-guest-agent qemu-utils readline-common rsync runit-helper sed sensible-utils shared-mime-info sudo systemd
systemd-sysv sysvinit-utils tar tasksel tasksel-data time tree tzdata ucf udev usbutils usr-is-merged util-linux util-linux-extra vim-common vim-tiny
wget whiptail xdg-user-dirs xxd xz-utils zlib1g zstd
`
  .trim()
  .split(/\s+/);
