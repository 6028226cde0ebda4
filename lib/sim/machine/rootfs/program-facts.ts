// Sizes and direct libraries of the real programs, and the libraries themselves: what ls -l, ldd and file show. Recorded from Debian 12's packages; facts only.
// (More than 400 lines: a table.)

/** PATH SIZE LIBRARY,... a line */
export const programTable = `
/usr/bin/[ 68496 libc.so.6
/usr/bin/addpart 31040 libc.so.6
/usr/bin/apt 18752 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/apt-cache 88456 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/apt-cdrom 22920 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/apt-config 26944 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/apt-get 51592 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/apt-mark 59784 libapt-private.so.0.0,libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/arch 43888 libc.so.6
/usr/bin/b2sum 60400 libc.so.6
/usr/bin/base32 48016 libc.so.6
/usr/bin/base64 48016 libc.so.6
/usr/bin/basename 43856 libc.so.6
/usr/bin/basenc 56208 libc.so.6
/usr/bin/bash 1265648 libtinfo.so.6,libc.so.6
/usr/bin/bc 96968 libreadline.so.8,libc.so.6
/usr/bin/bunzip2 39224 libbz2.so.1.0,libc.so.6
/usr/bin/busctl 92672 libsystemd-shared-252.so,libc.so.6
/usr/bin/bzcat 39224 libbz2.so.1.0,libc.so.6
/usr/bin/bzip2 39224 libbz2.so.1.0,libc.so.6
/usr/bin/bzip2recover 14568 libc.so.6
/usr/bin/cat 44016 libc.so.6
/usr/bin/catman 43792 libmandb-2.11.2.so,libman-2.11.2.so,libgdbm.so.6,libpipeline.so.1,libc.so.6
/usr/bin/chage 80376 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/bin/chattr 14584 libe2p.so.2,libcom_err.so.2,libc.so.6
/usr/bin/chcon 68720 libselinux.so.1,libc.so.6
/usr/bin/chfn 62672 libpam.so.0,libpam_misc.so.0,libaudit.so.1,libselinux.so.1,libc.so.6
/usr/bin/chgrp 68656 libc.so.6
/usr/bin/chmod 64496 libc.so.6
/usr/bin/choom 55616 libc.so.6
/usr/bin/chown 72752 libc.so.6
/usr/bin/chrt 67904 libc.so.6
/usr/bin/chsh 52880 libpam.so.0,libpam_misc.so.0,libaudit.so.1,libselinux.so.1,libc.so.6
/usr/bin/cksum 142384 libc.so.6
/usr/bin/clear 14584 libtinfo.so.6,libc.so.6
/usr/bin/clear_console 14488 libtinfo.so.6,libc.so.6
/usr/bin/cmp 52176 libc.so.6
/usr/bin/col 35136 libc.so.6
/usr/bin/colcrt 14656 libc.so.6
/usr/bin/colrm 31040 libc.so.6
/usr/bin/column 55616 libsmartcols.so.1,libc.so.6
/usr/bin/comm 48048 libc.so.6
/usr/bin/cp 151152 libselinux.so.1,libacl.so.1,libattr.so.1,libc.so.6
/usr/bin/csplit 122032 libc.so.6
/usr/bin/curl 280800 libcurl.so.4,libz.so.1,libc.so.6
/usr/bin/cut 48112 libc.so.6
/usr/bin/dash 125640 libc.so.6
/usr/bin/date 121904 libc.so.6
/usr/bin/dbus-cleanup-sockets 14560 libc.so.6
/usr/bin/dbus-daemon 244288 libdbus-1.so.3,libsystemd.so.0,libexpat.so.1,libselinux.so.1,libaudit.so.1,libcap-ng.so.0,libapparmor.so.1,libc.so.6
/usr/bin/dbus-monitor 26856 libdbus-1.so.3,libc.so.6
/usr/bin/dbus-run-session 14568 libdbus-1.so.3,libsystemd.so.0,libc.so.6
/usr/bin/dbus-send 30944 libdbus-1.so.3,libc.so.6
/usr/bin/dbus-update-activation-environment 14560 libdbus-1.so.3,libc.so.6
/usr/bin/dbus-uuidgen 14560 libdbus-1.so.3,libc.so.6
/usr/bin/dd 89240 libc.so.6
/usr/bin/delpart 31040 libc.so.6
/usr/bin/df 102200 libc.so.6
/usr/bin/diff 155216 libc.so.6
/usr/bin/diff3 68752 libc.so.6
/usr/bin/dir 151344 libselinux.so.1,libc.so.6
/usr/bin/dircolors 52144 libc.so.6
/usr/bin/dirname 39760 libc.so.6
/usr/bin/dmesg 88656 libtinfo.so.6,libc.so.6
/usr/bin/dpkg 318096 libmd.so.0,libselinux.so.1,libc.so.6
/usr/bin/dpkg-deb 170512 libmd.so.0,libz.so.1,liblzma.so.5,libzstd.so.1,libbz2.so.1.0,libc.so.6
/usr/bin/dpkg-divert 158264 libmd.so.0,libc.so.6
/usr/bin/dpkg-query 162384 libmd.so.0,libc.so.6
/usr/bin/dpkg-split 129520 libmd.so.0,libc.so.6
/usr/bin/dpkg-statoverride 63824 libselinux.so.1,libc.so.6
/usr/bin/dpkg-trigger 88560 libmd.so.0,libc.so.6
/usr/bin/du 175440 libc.so.6
/usr/bin/echo 43856 libc.so.6
/usr/bin/env 48536 libc.so.6
/usr/bin/envsubst 35136 libc.so.6
/usr/bin/eqn 210352 libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/expand 43952 libc.so.6
/usr/bin/expiry 31184 libc.so.6
/usr/bin/expr 117808 libgmp.so.10,libc.so.6
/usr/bin/factor 85200 libgmp.so.10,libc.so.6
/usr/bin/faillog 23072 libc.so.6
/usr/bin/fallocate 35136 libc.so.6
/usr/bin/false 35664 libc.so.6
/usr/bin/file 27120 libmagic.so.1,libc.so.6
/usr/bin/fincore 35184 libsmartcols.so.1,libc.so.6
/usr/bin/find 224848 libselinux.so.1,libm.so.6,libc.so.6
/usr/bin/findmnt 85600 libmount.so.1,libsmartcols.so.1,libblkid.so.1,libudev.so.1,libc.so.6
/usr/bin/flock 35216 libc.so.6
/usr/bin/fmt 48016 libc.so.6
/usr/bin/fold 43920 libc.so.6
/usr/bin/free 26936 libproc2.so.0,libc.so.6
/usr/bin/fuser 40784 libc.so.6
/usr/bin/getconf 27136 libc.so.6
/usr/bin/getent 36320 libc.so.6
/usr/bin/getopt 35136 libc.so.6
/usr/bin/gettext 35136 libc.so.6
/usr/bin/gpasswd 88496 libaudit.so.1,libselinux.so.1,libcrypt.so.1,libc.so.6
/usr/bin/gpgv 474112 libz.so.1,libbz2.so.1.0,libgcrypt.so.20,libgpg-error.so.0,libc.so.6
/usr/bin/grep 203152 libpcre2-8.so.0,libc.so.6
/usr/bin/groff 128464 libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/grops 190320 libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/grotty 140784 libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/groups 43920 libc.so.6
/usr/bin/gzip 98136 libc.so.6
/usr/bin/hardlink 51600 libc.so.6
/usr/bin/head 48080 libc.so.6
/usr/bin/hexdump 59720 libtinfo.so.6,libc.so.6
/usr/bin/hostid 39760 libc.so.6
/usr/bin/hostname 22680 libc.so.6
/usr/bin/hostnamectl 31104 libsystemd-shared-252.so,libc.so.6
/usr/bin/iconv 64648 libc.so.6
/usr/bin/id 48144 libselinux.so.1,libc.so.6
/usr/bin/infocmp 63808 libtic.so.6,libtinfo.so.6,libc.so.6
/usr/bin/install 159544 libselinux.so.1,libacl.so.1,libattr.so.1,libc.so.6
/usr/bin/ionice 35136 libc.so.6
/usr/bin/ip 691016 libbpf.so.1,libelf.so.1,libmnl.so.0,libbsd.so.0,libcap.so.2,libc.so.6
/usr/bin/ipcmk 35200 libc.so.6,ld-linux-x86-64.so.2
/usr/bin/ipcrm 35136 libc.so.6
/usr/bin/ipcs 76096 libc.so.6
/usr/bin/ischroot 14664 libc.so.6
/usr/bin/join 56304 libc.so.6
/usr/bin/journalctl 76432 libsystemd-shared-252.so,libc.so.6
/usr/bin/jq 30800 libjq.so.1,libc.so.6
/usr/bin/kill 22840 libc.so.6
/usr/bin/killall 32720 libc.so.6
/usr/bin/last 51520 libc.so.6
/usr/bin/lastlog 32512 libaudit.so.1,libc.so.6
/usr/bin/less 198960 libtinfo.so.6,libc.so.6
/usr/bin/lessecho 14584 libc.so.6
/usr/bin/lesskey 24200 libc.so.6
/usr/bin/lexgrog 110056 libman-2.11.2.so,libz.so.1,libpipeline.so.1,libc.so.6
/usr/bin/link 39760 libc.so.6
/usr/bin/ln 72824 libc.so.6
/usr/bin/lnstat 27224 libc.so.6
/usr/bin/locale 47272 libc.so.6
/usr/bin/localectl 27008 libsystemd-shared-252.so,libc.so.6
/usr/bin/localedef 298912 libc.so.6
/usr/bin/logger 56216 libsystemd.so.0,libc.so.6
/usr/bin/login 53024 libpam.so.0,libpam_misc.so.0,libaudit.so.1,libc.so.6
/usr/bin/loginctl 59888 libsystemd-shared-252.so,libc.so.6
/usr/bin/logname 39760 libc.so.6
/usr/bin/look 18752 libc.so.6
/usr/bin/ls 151344 libselinux.so.1,libc.so.6
/usr/bin/lsattr 14584 libe2p.so.2,libcom_err.so.2,libc.so.6
/usr/bin/lsblk 207168 libblkid.so.1,libmount.so.1,libsmartcols.so.1,libudev.so.1,libc.so.6
/usr/bin/lscpu 129344 libsmartcols.so.1,libc.so.6
/usr/bin/lsfd 123192 libsmartcols.so.1,libc.so.6
/usr/bin/lsipc 100672 libsmartcols.so.1,libc.so.6
/usr/bin/lsirq 35312 libsmartcols.so.1,libc.so.6
/usr/bin/lslocks 72400 libmount.so.1,libsmartcols.so.1,libc.so.6
/usr/bin/lslogins 96576 libsmartcols.so.1,libselinux.so.1,libsystemd.so.0,libc.so.6
/usr/bin/lsmem 67904 libsmartcols.so.1,libc.so.6
/usr/bin/lsns 84288 libsmartcols.so.1,libmount.so.1,libc.so.6
/usr/bin/lsof 179824 libtirpc.so.3,libselinux.so.1,libc.so.6
/usr/bin/lzmainfo 14648 liblzma.so.5,libc.so.6
/usr/bin/man 124272 libmandb-2.11.2.so,libman-2.11.2.so,libz.so.1,libpipeline.so.1,libc.so.6
/usr/bin/man-recode 36232 libman-2.11.2.so,libz.so.1,libpipeline.so.1,libc.so.6
/usr/bin/mandb 151152 libmandb-2.11.2.so,libman-2.11.2.so,libgdbm.so.6,libz.so.1,libpipeline.so.1,libc.so.6
/usr/bin/manpath 35616 libman-2.11.2.so,libc.so.6
/usr/bin/mawk 158376 libm.so.6,libc.so.6
/usr/bin/mcookie 35200 libc.so.6,ld-linux-x86-64.so.2
/usr/bin/md5sum 52176 libc.so.6
/usr/bin/mesg 18744 libc.so.6
/usr/bin/mkdir 97552 libselinux.so.1,libc.so.6
/usr/bin/mkfifo 68784 libselinux.so.1,libc.so.6
/usr/bin/mknod 72912 libselinux.so.1,libc.so.6
/usr/bin/mktemp 43952 libc.so.6
/usr/bin/more 59712 libtinfo.so.6,libc.so.6
/usr/bin/mount 59704 libmount.so.1,libselinux.so.1,libc.so.6
/usr/bin/mountpoint 18744 libmount.so.1,libc.so.6
/usr/bin/mv 142968 libselinux.so.1,libacl.so.1,libattr.so.1,libc.so.6
/usr/bin/namei 35136 libc.so.6
/usr/bin/networkctl 108936 libsystemd-shared-252.so,libc.so.6
/usr/bin/newgrp 48896 libaudit.so.1,libcrypt.so.1,libc.so.6
/usr/bin/ngettext 35136 libc.so.6
/usr/bin/nice 43888 libc.so.6
/usr/bin/nl 113776 libc.so.6
/usr/bin/nohup 43920 libc.so.6
/usr/bin/nproc 43920 libc.so.6
/usr/bin/nsenter 35368 libselinux.so.1,libc.so.6
/usr/bin/nstat 106952 libbsd.so.0,libmnl.so.0,libcap.so.2,libm.so.6,libc.so.6
/usr/bin/numfmt 68624 libc.so.6
/usr/bin/od 80912 libc.so.6
/usr/bin/openssl 976136 libssl.so.3,libcrypto.so.3,libc.so.6
/usr/bin/partx 121152 libblkid.so.1,libsmartcols.so.1,libc.so.6
/usr/bin/passwd 68248 libpam.so.0,libpam_misc.so.0,libaudit.so.1,libselinux.so.1,libc.so.6
/usr/bin/paste 43920 libc.so.6
/usr/bin/pathchk 43888 libc.so.6
/usr/bin/peekfd 14848 libc.so.6
/usr/bin/perl 3808560 libm.so.6,libc.so.6,libcrypt.so.1
/usr/bin/perl5.36.0 3808560 libm.so.6,libc.so.6,libcrypt.so.1
/usr/bin/pgrep 35248 libproc2.so.0,libc.so.6
/usr/bin/pic 225552 libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/pidwait 35248 libproc2.so.0,libc.so.6
/usr/bin/pinky 48176 libc.so.6
/usr/bin/pldd 23232 libc.so.6
/usr/bin/pmap 35160 libproc2.so.0,libc.so.6
/usr/bin/pr 81008 libc.so.6
/usr/bin/preconv 68024 libuchardet.so.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/printenv 35664 libc.so.6
/usr/bin/printf 64432 libc.so.6
/usr/bin/prlimit 39760 libsmartcols.so.1,libc.so.6
/usr/bin/prtstat 19016 libc.so.6
/usr/bin/ps 146360 libproc2.so.0,libc.so.6
/usr/bin/pslog 14792 libc.so.6
/usr/bin/pstree 36640 libtinfo.so.6,libc.so.6
/usr/bin/ptx 138480 libc.so.6
/usr/bin/pwd 43952 libc.so.6
/usr/bin/pwdx 14648 libc.so.6
/usr/bin/python3.11 6831736 libm.so.6,libz.so.1,libexpat.so.1,libc.so.6
/usr/bin/pzstd 760200 libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/rdma 184936 libmnl.so.0,libbsd.so.0,libcap.so.2,libc.so.6
/usr/bin/readlink 52112 libc.so.6
/usr/bin/realpath 52144 libc.so.6
/usr/bin/rename.ul 22840 libc.so.6
/usr/bin/renice 14648 libc.so.6
/usr/bin/resizepart 72000 libc.so.6
/usr/bin/rev 14648 libc.so.6
/usr/bin/rm 72752 libc.so.6
/usr/bin/rmdir 56240 libc.so.6
/usr/bin/run-parts 27560 libc.so.6
/usr/bin/runcon 43984 libselinux.so.1,libc.so.6
/usr/bin/scp 273024 libc.so.6
/usr/bin/script 71992 libc.so.6
/usr/bin/scriptlive 55608 libc.so.6
/usr/bin/scriptreplay 47416 libc.so.6
/usr/bin/sdiff 56400 libc.so.6
/usr/bin/sed 126424 libacl.so.1,libselinux.so.1,libc.so.6
/usr/bin/seq 60336 libc.so.6
/usr/bin/setarch 27216 libc.so.6
/usr/bin/setpriv 80192 libcap-ng.so.0,libc.so.6
/usr/bin/setsid 14648 libc.so.6
/usr/bin/setterm 47424 libtinfo.so.6,libc.so.6
/usr/bin/sftp 289376 libedit.so.2,libc.so.6
/usr/bin/sha1sum 56272 libc.so.6
/usr/bin/sha224sum 60368 libc.so.6
/usr/bin/sha256sum 60368 libc.so.6
/usr/bin/sha384sum 64464 libc.so.6
/usr/bin/sha512sum 64464 libc.so.6
/usr/bin/shred 64656 libc.so.6
/usr/bin/shuf 60400 libc.so.6
/usr/bin/skill 31056 libproc2.so.0,libc.so.6
/usr/bin/slabtop 22904 libproc2.so.0,libncursesw.so.6,libtinfo.so.6,libc.so.6
/usr/bin/sleep 43888 libc.so.6
/usr/bin/soelim 51640 libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/sort 118456 libc.so.6
/usr/bin/split 60984 libc.so.6
/usr/bin/ss 193680 libselinux.so.1,libtirpc.so.3,libbsd.so.0,libmnl.so.0,libcap.so.2,libc.so.6
/usr/bin/ssh 1125408 libselinux.so.1,libgssapi_krb5.so.2,libcrypto.so.3,libz.so.1,libc.so.6
/usr/bin/ssh-add 530880 libselinux.so.1,libcrypto.so.3,libc.so.6
/usr/bin/ssh-agent 485760 libcrypto.so.3,libc.so.6
/usr/bin/ssh-keygen 661952 libselinux.so.1,libcrypto.so.3,libc.so.6
/usr/bin/ssh-keyscan 637408 libselinux.so.1,libcrypto.so.3,libz.so.1,libc.so.6
/usr/bin/stat 97488 libselinux.so.1,libc.so.6
/usr/bin/stdbuf 60336 libc.so.6
/usr/bin/stty 85008 libc.so.6
/usr/bin/su 72000 libpam.so.0,libpam_misc.so.0,libc.so.6
/usr/bin/sum 52184 libc.so.6
/usr/bin/sync 39824 libc.so.6
/usr/bin/systemctl 1353368 libcap.so.2,libselinux.so.1,liblzma.so.5,liblz4.so.1,libzstd.so.1,libm.so.6,libblkid.so.1,libgcrypt.so.20,libmount.so.1,libcrypto.so.3,libc.so.6,ld-linux-x86-64.so.2
/usr/bin/systemd-analyze 186992 libsystemd-core-252.so,libsystemd-shared-252.so,libseccomp.so.2,libc.so.6
/usr/bin/systemd-ask-password 18928 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-cat 18816 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-cgls 23016 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-cgtop 39320 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-creds 43632 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-cryptenroll 60008 libsystemd-shared-252.so,libcryptsetup.so.12,libcrypto.so.3,libc.so.6
/usr/bin/systemd-delta 27008 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-detect-virt 18808 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-escape 18808 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-firstboot 51800 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-hwdb 129704 libselinux.so.1,libc.so.6,ld-linux-x86-64.so.2
/usr/bin/systemd-id128 22904 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-inhibit 22928 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-machine-id-setup 18928 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-mount 51808 libsystemd-shared-252.so,libmount.so.1,libc.so.6
/usr/bin/systemd-notify 18816 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-path 18808 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-repart 154304 libsystemd-shared-252.so,libblkid.so.1,libfdisk.so.1,libcrypto.so.3,libc.so.6
/usr/bin/systemd-run 59976 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-socket-activate 27008 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-stdio-bridge 18816 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-sysext 43512 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-sysusers 64184 libsystemd-shared-252.so,libc.so.6
/usr/bin/systemd-tmpfiles 113224 libsystemd-shared-252.so,libacl.so.1,libc.so.6
/usr/bin/systemd-tty-ask-password-agent 35200 libsystemd-shared-252.so,libc.so.6
/usr/bin/tabs 18672 libtinfo.so.6,libc.so.6
/usr/bin/tac 113712 libc.so.6
/usr/bin/tail 76944 libc.so.6
/usr/bin/tar 531984 libacl.so.1,libselinux.so.1,libc.so.6
/usr/bin/taskset 63808 libc.so.6
/usr/bin/tbl 149944 libstdc++.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/tee 43984 libc.so.6
/usr/bin/tempfile 14520 libc.so.6
/usr/bin/test 60304 libc.so.6
/usr/bin/tic 92512 libtic.so.6,libtinfo.so.6,libc.so.6
/usr/bin/time 27384 libc.so.6
/usr/bin/timedatectl 43384 libsystemd-shared-252.so,libm.so.6,libc.so.6
/usr/bin/timeout 48632 libc.so.6
/usr/bin/tload 18760 libproc2.so.0,libc.so.6
/usr/bin/toe 22768 libtic.so.6,libtinfo.so.6,libc.so.6
/usr/bin/top 134736 libproc2.so.0,libtinfo.so.6,libc.so.6
/usr/bin/touch 109616 libc.so.6
/usr/bin/tput 26896 libtinfo.so.6,libc.so.6
/usr/bin/tr 56208 libc.so.6
/usr/bin/troff 773968 libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
/usr/bin/true 35664 libc.so.6
/usr/bin/truncate 43920 libc.so.6
/usr/bin/tset 30968 libtinfo.so.6,libc.so.6
/usr/bin/tsort 56208 libc.so.6
/usr/bin/tty 35696 libc.so.6
/usr/bin/uclampset 63808 libc.so.6
/usr/bin/udevadm 1353288 libkmod.so.2,libacl.so.1,libblkid.so.1,libcap.so.2,libselinux.so.1,libc.so.6,ld-linux-x86-64.so.2
/usr/bin/ul 22848 libtinfo.so.6,libc.so.6
/usr/bin/umount 35128 libmount.so.1,libc.so.6
/usr/bin/uname 43888 libc.so.6
/usr/bin/unexpand 43952 libc.so.6
/usr/bin/uniq 48080 libc.so.6
/usr/bin/unlink 39760 libc.so.6
/usr/bin/unshare 84520 libc.so.6
/usr/bin/update-alternatives 59712 libc.so.6
/usr/bin/update-mime-database 60696 libglib-2.0.so.0,libxml2.so.2,libc.so.6
/usr/bin/uptime 14648 libproc2.so.0,libc.so.6
/usr/bin/users 39824 libc.so.6
/usr/bin/utmpdump 31032 libc.so.6
/usr/bin/vdir 151344 libselinux.so.1,libc.so.6
/usr/bin/vmstat 35552 libproc2.so.0,libc.so.6
/usr/bin/w 22840 libproc2.so.0,libc.so.6
/usr/bin/wall 39224 libc.so.6
/usr/bin/watch 27352 libncursesw.so.6,libtinfo.so.6,libc.so.6
/usr/bin/wc 52280 libc.so.6
/usr/bin/wdctl 72024 libsmartcols.so.1,libc.so.6
/usr/bin/wget 470384 libpcre2-8.so.0,libuuid.so.1,libidn2.so.0,libnettle.so.8,libgnutls.so.30,libz.so.1,libpsl.so.5,libc.so.6
/usr/bin/whatis 52520 libmandb-2.11.2.so,libman-2.11.2.so,libgdbm.so.6,libpipeline.so.1,libc.so.6
/usr/bin/whereis 31504 libc.so.6
/usr/bin/who 60432 libc.so.6
/usr/bin/whoami 39792 libc.so.6
/usr/bin/write 22848 libc.so.6
/usr/bin/xargs 72136 libc.so.6
/usr/bin/xdg-user-dirs-update 26784 libc.so.6
/usr/bin/xz 84680 liblzma.so.5,libc.so.6
/usr/bin/yes 39760 libc.so.6
/usr/bin/zdump 23064 libc.so.6
/usr/bin/zstd 1276544 libz.so.1,liblzma.so.5,liblz4.so.1,libc.so.6
/usr/sbin/accessdb 14808 libmandb-2.11.2.so,libman-2.11.2.so,libgdbm.so.6,libc.so.6
/usr/sbin/agetty 69112 libc.so.6
/usr/sbin/arpd 106984 libmnl.so.0,libcap.so.2,libdb-5.3.so,libc.so.6
/usr/sbin/badblocks 35072 libext2fs.so.2,libcom_err.so.2,libc.so.6
/usr/sbin/blkdiscard 35136 libblkid.so.1,libc.so.6
/usr/sbin/blkid 125280 libblkid.so.1,libc.so.6
/usr/sbin/blkzone 80192 libc.so.6
/usr/sbin/blockdev 80192 libc.so.6
/usr/sbin/bridge 156200 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/capsh 54568 libcap.so.2,libc.so.6
/usr/sbin/chcpu 47416 libc.so.6
/usr/sbin/chgpasswd 67880 libaudit.so.1,libselinux.so.1,libcrypt.so.1,libc.so.6
/usr/sbin/chmem 67904 libc.so.6
/usr/sbin/chpasswd 63856 libpam.so.0,libaudit.so.1,libselinux.so.1,libcrypt.so.1,libc.so.6
/usr/sbin/chroot 48112 libc.so.6
/usr/sbin/cppw 61880 libselinux.so.1,libaudit.so.1,libc.so.6
/usr/sbin/ctrlaltdel 39224 libc.so.6
/usr/sbin/dcb 148072 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/debugfs 239440 libext2fs.so.2,libe2p.so.2,libss.so.2,libcom_err.so.2,libblkid.so.1,libuuid.so.1,libc.so.6
/usr/sbin/devlink 226280 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/dmsetup 170984 libdevmapper.so.1.02.1,libc.so.6
/usr/sbin/dumpe2fs 31040 libext2fs.so.2,libcom_err.so.2,libe2p.so.2,libblkid.so.1,libc.so.6
/usr/sbin/e2freefrag 14648 libext2fs.so.2,libcom_err.so.2,libc.so.6
/usr/sbin/e2fsck 356624 libext2fs.so.2,libcom_err.so.2,libblkid.so.1,libuuid.so.1,libe2p.so.2,libc.so.6
/usr/sbin/e2image 55760 libext2fs.so.2,libcom_err.so.2,libblkid.so.1,libc.so.6
/usr/sbin/e2undo 22840 libext2fs.so.2,libcom_err.so.2,libc.so.6
/usr/sbin/e4crypt 26936 libuuid.so.1,libext2fs.so.2,libc.so.6
/usr/sbin/e4defrag 30960 libext2fs.so.2,libcom_err.so.2,libc.so.6
/usr/sbin/faillock 14584 libpam.so.0,libaudit.so.1,libc.so.6
/usr/sbin/filefrag 18696 libc.so.6
/usr/sbin/findfs 14648 libblkid.so.1,libc.so.6
/usr/sbin/fsck 55664 libmount.so.1,libblkid.so.1,libc.so.6
/usr/sbin/fsck.cramfs 43384 libz.so.1,libc.so.6
/usr/sbin/fsck.minix 125272 libc.so.6
/usr/sbin/fsfreeze 14648 libc.so.6
/usr/sbin/fstab-decode 14576 libc.so.6
/usr/sbin/fstrim 76096 libmount.so.1,libc.so.6
/usr/sbin/genl 119304 libmnl.so.0,libbsd.so.0,libcap.so.2,libc.so.6
/usr/sbin/getcap 14576 libcap.so.2,libc.so.6
/usr/sbin/getpcaps 14576 libcap.so.2,libc.so.6
/usr/sbin/groupadd 101416 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/groupdel 88936 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/groupmems 67920 libpam.so.0,libpam_misc.so.0,libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/groupmod 101384 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/grpck 67888 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/grpconv 59536 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/grpunconv 59536 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/hwclock 88512 libm.so.6,libaudit.so.1,libc.so.6
/usr/sbin/iconvconfig 31584 libc.so.6
/usr/sbin/isosize 31040 libc.so.6
/usr/sbin/killall5 26944 libc.so.6
/usr/sbin/ldattach 35136 libc.so.6
/usr/sbin/ldconfig 982880 -
/usr/sbin/logsave 14424 libc.so.6
/usr/sbin/losetup 117168 libsmartcols.so.1,libc.so.6
/usr/sbin/mke2fs 141904 libext2fs.so.2,libcom_err.so.2,libblkid.so.1,libuuid.so.1,libe2p.so.2,libc.so.6
/usr/sbin/mkfs 14648 libc.so.6
/usr/sbin/mkfs.bfs 35136 libc.so.6
/usr/sbin/mkfs.cramfs 43256 libz.so.1,libc.so.6
/usr/sbin/mkfs.minix 112968 libc.so.6
/usr/sbin/mkhomedir_helper 22800 libpam.so.0,libc.so.6
/usr/sbin/mklost+found 14576 libc.so.6
/usr/sbin/mkswap 117056 libuuid.so.1,libblkid.so.1,libselinux.so.1,libc.so.6
/usr/sbin/newusers 105392 libpam.so.0,libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/nologin 14568 libc.so.6
/usr/sbin/pam_timestamp_check 14584 libpam.so.0,libc.so.6
/usr/sbin/pivot_root 14648 libc.so.6
/usr/sbin/pwck 59656 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/pwconv 55432 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/pwhistory_helper 18680 libcrypt.so.1,libc.so.6
/usr/sbin/pwunconv 55472 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/readprofile 35168 libc.so.6
/usr/sbin/resize2fs 63800 libe2p.so.2,libext2fs.so.2,libcom_err.so.2,libc.so.6
/usr/sbin/rmt-tar 60432 libc.so.6
/usr/sbin/rtacct 45432 libm.so.6,libc.so.6
/usr/sbin/rtcwake 47424 libc.so.6
/usr/sbin/rtmon 115144 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/runuser 72000 libpam.so.0,libpam_misc.so.0,libc.so.6
/usr/sbin/setcap 14576 libcap.so.2,libc.so.6
/usr/sbin/start-stop-daemon 44464 libc.so.6
/usr/sbin/sulogin 55616 libcrypt.so.1,libselinux.so.1,libc.so.6
/usr/sbin/swaplabel 18744 libblkid.so.1,libuuid.so.1,libc.so.6
/usr/sbin/swapoff 22840 libmount.so.1,libblkid.so.1,libc.so.6
/usr/sbin/swapon 51512 libblkid.so.1,libmount.so.1,libsmartcols.so.1,libc.so.6
/usr/sbin/switch_root 18744 libc.so.6
/usr/sbin/sysctl 31040 libc.so.6
/usr/sbin/tc 587776 libbpf.so.1,libelf.so.1,libmnl.so.0,libbsd.so.0,libcap.so.2,libm.so.6,libxtables.so.12,libc.so.6
/usr/sbin/tipc 156264 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/tune2fs 117264 libext2fs.so.2,libcom_err.so.2,libblkid.so.1,libuuid.so.1,libe2p.so.2,libc.so.6
/usr/sbin/unix_chkpwd 39160 libcrypt.so.1,libselinux.so.1,libaudit.so.1,libc.so.6
/usr/sbin/unix_update 39160 libcrypt.so.1,libselinux.so.1,libc.so.6
/usr/sbin/update-passwd 39416 libdebconfclient.so.0,libselinux.so.1,libc.so.6
/usr/sbin/useradd 159536 libaudit.so.1,libselinux.so.1,libsemanage.so.2,libc.so.6
/usr/sbin/userdel 113608 libaudit.so.1,libselinux.so.1,libsemanage.so.2,libc.so.6
/usr/sbin/usermod 147056 libaudit.so.1,libselinux.so.1,libsemanage.so.2,libc.so.6
/usr/sbin/vdpa 119464 libmnl.so.0,libcap.so.2,libc.so.6
/usr/sbin/vipw 74384 libaudit.so.1,libselinux.so.1,libc.so.6
/usr/sbin/wipefs 47424 libblkid.so.1,libsmartcols.so.1,libc.so.6
/usr/sbin/zic 60136 libc.so.6
/usr/sbin/zramctl 117168 libsmartcols.so.1,libc.so.6
`;

/** PACKAGE FILE SIZE LINKS LIBRARY,... a line, below /lib/x86_64-linux-gnu ("-" for none) */
export const libraryTable = `
libc6 ld-linux-x86-64.so.2 215000 - -
libc6 libBrokenLocale.so.1 14640 - libc.so.6
libacl1 libacl.so.1.1.2301 38832 libacl.so.1 libc.so.6
libc6 libanl.so.1 14480 - libc.so.6
libapparmor1 libapparmor.so.1.8.4 80600 libapparmor.so.1 libc.so.6
libapt-pkg6.0 libapt-pkg.so.6.0.0 2067760 - libz.so.1,libbz2.so.1.0,liblzma.so.5,liblz4.so.1,libzstd.so.1,libudev.so.1,libsystemd.so.0,libgcrypt.so.20,libxxhash.so.0,libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6,ld-linux-x86-64.so.2
apt libapt-private.so.0.0.0 497904 - libapt-pkg.so.6.0,libstdc++.so.6,libgcc_s.so.1,libc.so.6
libargon2-1 libargon2.so.1 34880 - libc.so.6
libattr1 libattr.so.1.1.2501 26544 libattr.so.1 libc.so.6
libaudit1 libaudit.so.1.0.0 128952 libaudit.so.1 libcap-ng.so.0,libc.so.6
libblkid1 libblkid.so.1.1.0 355328 libblkid.so.1 libc.so.6,ld-linux-x86-64.so.2
libboost-iostreams1.74.0 libboost_iostreams.so.1.74.0 92176 - libz.so.1,libbz2.so.1.0,liblzma.so.5,libzstd.so.1,libstdc++.so.6,libgcc_s.so.1,libc.so.6
libbpf1 libbpf.so.1.1.2 358880 libbpf.so.1 libelf.so.1,libz.so.1,libc.so.6
libbrotli1 libbrotlicommon.so.1.0.9 137376 libbrotlicommon.so.1 libc.so.6
libbrotli1 libbrotlidec.so.1.0.9 47264 libbrotlidec.so.1 libbrotlicommon.so.1,libc.so.6
libbrotli1 libbrotlienc.so.1.0.9 591920 libbrotlienc.so.1 libm.so.6,libbrotlicommon.so.1,libc.so.6
libbsd0 libbsd.so.0.11.7 84840 libbsd.so.0 libmd.so.0,libc.so.6
libbz2-1.0 libbz2.so.1.0.4 74688 libbz2.so.1 libc.so.6
libc6 libc.so.6 1926232 - ld-linux-x86-64.so.2
libc6 libc_malloc_debug.so.0 50200 - libc.so.6,ld-linux-x86-64.so.2
libcap-ng0 libcap-ng.so.0.0.0 30704 libcap-ng.so.0 libc.so.6,ld-linux-x86-64.so.2
libcap2 libcap.so.2.66 47288 libcap.so.2 libc.so.6
libcbor0.8 libcbor.so.0.8.0 69192 - libc.so.6
libcom-err2 libcom_err.so.2.1 18344 libcom_err.so.2 libc.so.6,ld-linux-x86-64.so.2
libcrypt1 libcrypt.so.1.1.0 206776 libcrypt.so.1 libc.so.6
libssl3 libcrypto.so.3 4734232 - libc.so.6
libcryptsetup12 libcryptsetup.so.12.9.0 525488 libcryptsetup.so.12 libuuid.so.1,libdevmapper.so.1.02.1,libcrypto.so.3,libargon2.so.1,libjson-c.so.5,libblkid.so.1,libc.so.6
libcurl3-gnutls libcurl-gnutls.so.4.8.0 695736 libcurl-gnutls.so.3,libcurl-gnutls.so.4 libnghttp2.so.14,libidn2.so.0,librtmp.so.1,libssh2.so.1,libpsl.so.5,libnettle.so.8,libgnutls.so.30,libgssapi_krb5.so.2,libldap-2.5.so.0,liblber-2.5.so.0,libzstd.so.1,libbrotlidec.so.1,libz.so.1,libc.so.6
libcurl4 libcurl.so.4.8.0 712120 libcurl.so.4 libnghttp2.so.14,libidn2.so.0,librtmp.so.1,libssh2.so.1,libpsl.so.5,libssl.so.3,libcrypto.so.3,libgssapi_krb5.so.2,libldap-2.5.so.0,liblber-2.5.so.0,libzstd.so.1,libbrotlidec.so.1,libz.so.1,libc.so.6
libdb5.3 libdb-5.3.so 1843792 - libc.so.6
libdbus-1-3 libdbus-1.so.3.32.4 346264 libdbus-1.so.3 libsystemd.so.0,libc.so.6
libdebconfclient0 libdebconfclient.so.0.0.0 14376 libdebconfclient.so.0 libc.so.6
libdevmapper1.02.1 libdevmapper.so.1.02.1 442696 - libselinux.so.1,libudev.so.1,libm.so.6,libc.so.6
libc6 libdl.so.2 14480 - libc.so.6
libdrm2 libdrm.so.2.4.0 84688 libdrm.so.2 libc.so.6
libcap-ng0 libdrop_ambient.so.0.0.0 14256 libdrop_ambient.so.0 libc.so.6
libext2fs2 libe2p.so.2.3 45008 libe2p.so.2 libc.so.6
libedit2 libedit.so.2.0.70 216640 libedit.so.2 libtinfo.so.6,libbsd.so.0,libc.so.6
libelf1 libelf-0.188.so 109088 libelf.so.1 libz.so.1,libc.so.6,ld-linux-x86-64.so.2
libexpat1 libexpat.so.1.8.10 174176 libexpat.so.1 libc.so.6
libexpat1 libexpatw.so.1.8.10 174168 libexpatw.so.1 libc.so.6
libxslt1.1 libexslt.so.0.8.20 96256 libexslt.so.0 libxslt.so.1,libxml2.so.2,libgcrypt.so.20,libm.so.6,libc.so.6
libext2fs2 libext2fs.so.2.4 438608 libext2fs.so.2 libcom_err.so.2,libc.so.6
libfdisk1 libfdisk.so.1.1.0 484640 libfdisk.so.1 libuuid.so.1,libblkid.so.1,libc.so.6,ld-linux-x86-64.so.2
libffi8 libffi.so.8.1.2 43480 libffi.so.8 libc.so.6
libfido2-1 libfido2.so.1.12.0 219040 libfido2.so.1 libcbor.so.0.8,libcrypto.so.3,libudev.so.1,libz.so.1,libc.so.6,ld-linux-x86-64.so.2
libncursesw6 libformw.so.6.4 77200 libformw.so.6 libncursesw.so.6,libtinfo.so.6,libc.so.6
libfreetype6 libfreetype.so.6.18.3 821160 libfreetype.so.6 libz.so.1,libpng16.so.16,libbrotlidec.so.1,libc.so.6
libgcc-s1 libgcc_s.so.1 125312 - libc.so.6
libgcrypt20 libgcrypt.so.20.4.1 1332480 libgcrypt.so.20 libgpg-error.so.0,libc.so.6
libgdbm6 libgdbm.so.6.0.0 71704 libgdbm.so.6 libc.so.6,ld-linux-x86-64.so.2
libglib2.0-0 libgio-2.0.so.0.7400.6 1953008 libgio-2.0.so.0 libglib-2.0.so.0,libgobject-2.0.so.0,libgmodule-2.0.so.0,libz.so.1,libmount.so.1,libselinux.so.1,libc.so.6
libglib2.0-0 libglib-2.0.so.0.7400.6 1273360 libglib-2.0.so.0 libpcre2-8.so.0,libm.so.6,libc.so.6
libglib2.0-0 libgmodule-2.0.so.0.7400.6 18480 libgmodule-2.0.so.0 libglib-2.0.so.0,libc.so.6
libgmp10 libgmp.so.10.4.1 529216 libgmp.so.10 libc.so.6
libgnutls30 libgnutls.so.30.34.3 2205432 libgnutls.so.30 libp11-kit.so.0,libidn2.so.0,libunistring.so.2,libtasn1.so.6,libnettle.so.8,libhogweed.so.6,libgmp.so.10,libc.so.6,ld-linux-x86-64.so.2
libglib2.0-0 libgobject-2.0.so.0.7400.6 387288 libgobject-2.0.so.0 libglib-2.0.so.0,libffi.so.8,libc.so.6
libgpg-error0 libgpg-error.so.0.33.1 157768 libgpg-error.so.0 libc.so.6
libgssapi-krb5-2 libgssapi_krb5.so.2.2 338680 libgssapi_krb5.so.2 libkrb5.so.3,libk5crypto.so.3,libcom_err.so.2,libkrb5support.so.0,libc.so.6
libglib2.0-0 libgthread-2.0.so.0.7400.6 14328 libgthread-2.0.so.0 libglib-2.0.so.0,libc.so.6
libreadline8 libhistory.so.8.2 51648 libhistory.so.8 libc.so.6
libhogweed6 libhogweed.so.6.6 292856 libhogweed.so.6 libnettle.so.8,libgmp.so.10,libc.so.6
libicu72 libicudata.so.72.1 31262256 libicudata.so.72 -
libicu72 libicui18n.so.72.1 3307688 libicui18n.so.72 libicuuc.so.72,libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6
libicu72 libicuio.so.72.1 59552 libicuio.so.72 libicuuc.so.72,libicui18n.so.72,libstdc++.so.6,libgcc_s.so.1,libc.so.6
libicu72 libicutest.so.72.1 81400 libicutest.so.72 libicutu.so.72,libicuuc.so.72,libstdc++.so.6,libgcc_s.so.1,libc.so.6
libicu72 libicutu.so.72.1 220072 libicutu.so.72 libicui18n.so.72,libicuuc.so.72,libstdc++.so.6,libgcc_s.so.1,libc.so.6
libicu72 libicuuc.so.72.1 2078888 libicuuc.so.72 libicudata.so.72,libstdc++.so.6,libm.so.6,libgcc_s.so.1,libc.so.6,ld-linux-x86-64.so.2
libidn2-0 libidn2.so.0.3.8 198776 libidn2.so.0 libunistring.so.2,libc.so.6
libip4tc2 libip4tc.so.2.0.0 35280 libip4tc.so.2 libc.so.6
libjansson4 libjansson.so.4.14.0 59784 libjansson.so.4 libc.so.6
libjq1 libjq.so.1.0.4 317536 libjq.so.1 libm.so.6,libonig.so.5,libc.so.6,ld-linux-x86-64.so.2
libjson-c5 libjson-c.so.5.2.0 71896 libjson-c.so.5 libc.so.6,ld-linux-x86-64.so.2
libk5crypto3 libk5crypto.so.3.1 183048 libk5crypto.so.3 libkrb5support.so.0,libc.so.6
libkeyutils1 libkeyutils.so.1.10 22448 libkeyutils.so.1 libc.so.6
libkmod2 libkmod.so.2.4.0 112696 libkmod.so.2 libzstd.so.1,liblzma.so.5,libcrypto.so.3,libc.so.6
libkrb5-3 libkrb5.so.3.3 888080 libkrb5.so.3 libk5crypto.so.3,libcom_err.so.2,libkrb5support.so.0,libkeyutils.so.1,libresolv.so.2,libc.so.6
libkrb5support0 libkrb5support.so.0.1 52224 libkrb5support.so.0 libc.so.6
libldap-2.5-0 liblber-2.5.so.0.1.8 63832 liblber-2.5.so.0 libc.so.6
libldap-2.5-0 libldap-2.5.so.0.1.8 380432 libldap-2.5.so.0 liblber-2.5.so.0,libsasl2.so.2,libgnutls.so.30,libc.so.6
liblz4-1 liblz4.so.1.9.4 149952 liblz4.so.1 libc.so.6
liblzma5 liblzma.so.5.4.1 190456 liblzma.so.5 libc.so.6
libc6 libm.so.6 911904 - libc.so.6,ld-linux-x86-64.so.2
libmagic1 libmagic.so.1.0.0 174344 libmagic.so.1 liblzma.so.5,libbz2.so.1.0,libz.so.1,libc.so.6
libmd0 libmd.so.0.0.5 47312 libmd.so.0 libc.so.6
libc6 libmemusage.so 18880 - libc.so.6,ld-linux-x86-64.so.2
libncursesw6 libmenuw.so.6.4 43416 libmenuw.so.6 libncursesw.so.6,libtinfo.so.6,libc.so.6
libmnl0 libmnl.so.0.2.0 26616 libmnl.so.0 libc.so.6
libmount1 libmount.so.1.1.0 404096 libmount.so.1 libblkid.so.1,libselinux.so.1,libc.so.6,ld-linux-x86-64.so.2
libc6 libmvec.so.1 1019408 - libm.so.6,ld-linux-x86-64.so.2,libc.so.6
libncursesw6 libncursesw.so.6.4 231344 libncursesw.so.6 libtinfo.so.6,libc.so.6
libnettle8 libnettle.so.8.6 317544 libnettle.so.8 libc.so.6
libnghttp2-14 libnghttp2.so.14.24.1 190928 libnghttp2.so.14 libc.so.6
libc6 libnsl.so.1 93248 - libc.so.6
libnsl2 libnsl.so.2.0.1 97560 libnsl.so.2 libtirpc.so.3,libc.so.6,ld-linux-x86-64.so.2
libc6 libnss_compat.so.2 39896 - libc.so.6
libc6 libnss_dns.so.2 14400 - libc.so.6
libc6 libnss_files.so.2 14400 - libc.so.6
libc6 libnss_hesiod.so.2 27136 - libresolv.so.2,libc.so.6
libnuma1 libnuma.so.1.0.0 52312 libnuma.so.1 libc.so.6,ld-linux-x86-64.so.2
libonig5 libonig.so.5.3.0 614016 libonig.so.5 libc.so.6
libp11-kit0 libp11-kit.so.0.3.0 1261376 libp11-kit.so.0 libffi.so.8,libc.so.6,ld-linux-x86-64.so.2
libpam0g libpam.so.0.85.1 67584 libpam.so.0 libaudit.so.1,libc.so.6
libpam0g libpam_misc.so.0.82.1 14432 libpam_misc.so.0 libpam.so.0,libc.so.6
libpam0g libpamc.so.0.82.1 18504 libpamc.so.0 libc.so.6
libpam-modules security/pam_access.so 18432 - libpam.so.0,libc.so.6
libpam-modules security/pam_debug.so 14416 - libpam.so.0,libc.so.6
libpam-modules security/pam_deny.so 14040 - -
libpam-modules security/pam_echo.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_env.so 18432 - libpam.so.0,libc.so.6
libpam-modules security/pam_exec.so 18512 - libpam.so.0,libc.so.6
libpam-modules security/pam_faildelay.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_faillock.so 22528 - libpam.so.0,libaudit.so.1,libc.so.6
libpam-modules security/pam_filter.so 18432 - libpam.so.0,libc.so.6
libpam-modules security/pam_ftp.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_group.so 18512 - libpam.so.0,libc.so.6
libpam-modules security/pam_issue.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_keyinit.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_lastlog.so 18456 - libpam.so.0,libc.so.6
libpam-modules security/pam_limits.so 30800 - libpam.so.0,libc.so.6
libpam-modules security/pam_listfile.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_localuser.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_loginuid.so 14336 - libpam.so.0,libaudit.so.1,libc.so.6
libpam-modules security/pam_mail.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_mkhomedir.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_motd.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_namespace.so 43120 - libpam.so.0,libselinux.so.1,libc.so.6
libpam-modules security/pam_nologin.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_permit.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_pwhistory.so 22528 - libpam.so.0,libcrypt.so.1,libselinux.so.1,libc.so.6
libpam-modules security/pam_rhosts.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_rootok.so 14336 - libpam.so.0,libselinux.so.1,libaudit.so.1,libc.so.6
libpam-modules security/pam_securetty.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_selinux.so 22528 - libpam.so.0,libselinux.so.1,libaudit.so.1,libc.so.6
libpam-modules security/pam_sepermit.so 18432 - libpam.so.0,libselinux.so.1,libc.so.6
libpam-modules security/pam_setquota.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_shells.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_stress.so 18432 - libpam.so.0,libc.so.6
libpam-modules security/pam_succeed_if.so 18432 - libpam.so.0,libc.so.6
libpam-modules security/pam_time.so 18512 - libpam.so.0,libc.so.6
libpam-modules security/pam_timestamp.so 22616 - libpam.so.0,libc.so.6
libpam-modules security/pam_tty_audit.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_umask.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_unix.so 55376 - libpam.so.0,libcrypt.so.1,libselinux.so.1,libc.so.6
libpam-modules security/pam_userdb.so 14336 - libdb-5.3.so,libcrypt.so.1,libpam.so.0,libc.so.6
libpam-modules security/pam_usertype.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_warn.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_wheel.so 14336 - libpam.so.0,libc.so.6
libpam-modules security/pam_xauth.so 22528 - libpam.so.0,libselinux.so.1,libc.so.6
libncursesw6 libpanelw.so.6.4 22528 libpanelw.so.6 libncursesw.so.6,libtinfo.so.6,libc.so.6
libc6 libpcprofile.so 14592 - libc.so.6
libpcre2-8-0 libpcre2-8.so.0.11.2 629384 libpcre2-8.so.0 libc.so.6
libpipeline1 libpipeline.so.1.5.7 67504 libpipeline.so.1 libc.so.6
libpng16-16 libpng16.so.16.39.0 219056 libpng16.so.16 libz.so.1,libm.so.6,libc.so.6
libpopt0 libpopt.so.0.0.2 55784 libpopt.so.0 libc.so.6
libproc2-0 libproc2.so.0.0.1 203272 libproc2.so.0 libsystemd.so.0,libc.so.6,ld-linux-x86-64.so.2
libpsl5 libpsl.so.5.3.4 75616 libpsl.so.5 libunistring.so.2,libidn2.so.0,libc.so.6
libcap2 libpsx.so.2.66 22592 libpsx.so.2 libc.so.6
libc6 libpthread.so.0 14480 - libc.so.6
libreadline8 libreadline.so.8.2 354536 libreadline.so.8 libtinfo.so.6,libc.so.6
libc6 libresolv.so.2 60328 - libc.so.6
libc6 librt.so.1 14640 - libc.so.6
librtmp1 librtmp.so.1 122280 - libgnutls.so.30,libhogweed.so.6,libnettle.so.8,libgmp.so.10,libz.so.1,libc.so.6
libsasl2-2 libsasl2.so.2.0.25 113392 libsasl2.so.2 libc.so.6
libseccomp2 libseccomp.so.2.5.4 129312 libseccomp.so.2 libc.so.6
libselinux1 libselinux.so.1 174312 - libpcre2-8.so.0,libc.so.6,ld-linux-x86-64.so.2
libsemanage2 libsemanage.so.2 270424 - libsepol.so.2,libaudit.so.1,libselinux.so.1,libbz2.so.1.0,libc.so.6
libsepol2 libsepol.so.2 764192 - libc.so.6
libslang2 libslang.so.2.3.3 2168672 libslang.so.2 libm.so.6,libc.so.6
libsmartcols1 libsmartcols.so.1.1.0 239744 libsmartcols.so.1 libc.so.6,ld-linux-x86-64.so.2
libsqlite3-0 libsqlite3.so.0.8.6 1437848 libsqlite3.so.0 libm.so.6,libc.so.6
libss2 libss.so.2.0 34736 libss.so.2 libcom_err.so.2,libc.so.6
libssh2-1 libssh2.so.1.0.1 260552 libssh2.so.1 libcrypto.so.3,libz.so.1,libc.so.6
libssl3 libssl.so.3 688160 - libcrypto.so.3,libc.so.6
libstdc++6 libstdc++.so.6.0.30 2190440 libstdc++.so.6 libm.so.6,libc.so.6,ld-linux-x86-64.so.2,libgcc_s.so.1
libsystemd0 libsystemd.so.0.35.0 844736 libsystemd.so.0 libcap.so.2,libgcrypt.so.20,liblzma.so.5,libzstd.so.1,liblz4.so.1,libc.so.6,ld-linux-x86-64.so.2
libtasn1-6 libtasn1.so.6.6.3 83968 libtasn1.so.6 libc.so.6
libc6 libthread_db.so.1 35752 - libc.so.6
libtinfo6 libtic.so.6.4 71840 libtic.so.6 libtinfo.so.6,libc.so.6
libtinfo6 libtinfo.so.6.4 204088 libtinfo.so.6 libc.so.6
libtirpc3 libtirpc.so.3.0.0 186832 libtirpc.so.3 libgssapi_krb5.so.2,libc.so.6
libuchardet0 libuchardet.so.0.0.7 194568 libuchardet.so.0 libstdc++.so.6,libgcc_s.so.1,libc.so.6
libudev1 libudev.so.1.7.5 182544 libudev.so.1 libc.so.6,ld-linux-x86-64.so.2
libunistring2 libunistring.so.2.2.0 1792040 libunistring.so.2 libc.so.6
libusb-1.0-0 libusb-1.0.so.0.3.0 121936 libusb-1.0.so.0 libudev.so.1,libpthread.so.0,libc.so.6,ld-linux-x86-64.so.2
libc6 libutil.so.1 14480 - libc.so.6
libuuid1 libuuid.so.1.3.0 34872 libuuid.so.1 libc.so.6,ld-linux-x86-64.so.2
libxml2 libxml2.so.2.9.14 1750104 libxml2.so.2 libicuuc.so.72,libz.so.1,liblzma.so.5,libm.so.6,libc.so.6
libxmlsec1-openssl libxmlsec1-openssl.so.1.2.37 299656 libxmlsec1-openssl.so.1 libcrypto.so.3,libxml2.so.2,libxmlsec1.so.1,libc.so.6
libxmlsec1 libxmlsec1.so.1.2.37 484848 libxmlsec1.so.1 libxslt.so.1,libxml2.so.2,libc.so.6
libxslt1.1 libxslt.so.1.1.35 268576 libxslt.so.1 libxml2.so.2,libm.so.6,libc.so.6
libxtables12 libxtables.so.12.7.0 67504 libxtables.so.12 libc.so.6
libxxhash0 libxxhash.so.0.8.1 80008 libxxhash.so.0 libc.so.6
libyaml-0-2 libyaml-0.so.2.0.9 132960 libyaml-0.so.2 libc.so.6
zlib1g libz.so.1.2.13 121280 libz.so.1 libc.so.6
libzstd1 libzstd.so.1.5.4 763816 libzstd.so.1 libc.so.6
`;
