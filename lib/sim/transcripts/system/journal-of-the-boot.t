What systemd says of a boot, in the kernel's log before journald runs and in the journal then; the network's card and its DHCP client.
host: debian-12

  $ journalctl -b -o cat SYSLOG_IDENTIFIER=systemd --no-pager | sed -n '/Queued start job/,/Started systemd-journald/p'
  Queued start job for default target graphical.target.
  Created slice system-getty.slice - Slice /system/getty.
  Created slice system-modprobe.slice - Slice /system/modprobe.
  Created slice system-serial\x2dgetty.slice - Slice /system/serial-getty.
  Listening on systemd-fsckd.socket - fsck to fsckd communication Socket.
  Reached target swap.target - Swaps.
  Listening on systemd-journald.socket - Journal Socket.
  Mounting dev-hugepages.mount - Huge Pages File System...
  Mounting dev-mqueue.mount - POSIX Message Queue File System...
  Set up automount proc-sys-fs-binfmt_misc.automount - Arbitrary Executable File Formats File System Automount Point.
  Mounting sys-kernel-debug.mount - Kernel Debug File System...
  Mounting sys-kernel-tracing.mount - Kernel Trace File System...
  Listening on systemd-journald-dev-log.socket - Journal Socket (/dev/log).
  Listening on systemd-journald-audit.socket - Journal Audit Socket.
  Listening on systemd-udevd-kernel.socket - udev Kernel Socket.
  Listening on systemd-udevd-control.socket - udev Control Socket.
  Started systemd-ask-password-wall.path - Forward Password Requests to Wall Directory Watch.
  Started systemd-ask-password-console.path - Dispatch Password Requests to Console Directory Watch.
  Reached target cryptsetup.target - Local Encrypted Volumes.
  Reached target integritysetup.target - Local Integrity Protected Volumes.
  Reached target veritysetup.target - Local Verity Protected Volumes.
  Listening on systemd-initctl.socket - initctl Compatibility Named Pipe.
  Reached target paths.target - Path Units.
  Created slice user.slice - User and Session Slice.
  Reached target slices.target - Slice Units.
  Reached target remote-fs-pre.target - Preparation for Remote File Systems.
  Reached target remote-fs.target - Remote File Systems.
  Reached target network-pre.target - Preparation for Network.
  Starting systemd-journald.service - Journal Service...
  Started systemd-journald.service - Journal Service.

  $ dmesg | grep -c 'systemd\[1\]: \(Reached target\|Listening on\|Created slice\|Mounting\)'
  24

  $ journalctl -b -o cat SYSLOG_IDENTIFIER=systemd --no-pager | grep -e 'Reached target [smbgn]' -e 'Startup finished' -e 'remount-fs' -e 'Mounted dev-' -e 'ifup@' -e 'Started ssh'
  Reached target swap.target - Swaps.
  Reached target slices.target - Slice Units.
  Reached target network-pre.target - Preparation for Network.
  Starting systemd-remount-fs.service - Remount Root and Kernel File Systems...
  Finished systemd-remount-fs.service - Remount Root and Kernel File Systems.
  Mounted dev-hugepages.mount - Huge Pages File System.
  Mounted dev-mqueue.mount - POSIX Message Queue File System.
  Reached target sysinit.target - System Initialization.
  Reached target sockets.target - Socket Units.
  Reached target basic.target - Basic System.
  Reached target network.target - Network.
  Started ifup@enp1s0.service - ifup for enp1s0.
  Started ssh.service - OpenBSD Secure Shell server.
  Reached target getty.target - Login Prompts.
  Reached target multi-user.target - Multi-User System.
  Reached target graphical.target - Graphical Interface.
  Startup finished in 2.986s (kernel) + 5.124s (userspace) = 8.110s.

  $ journalctl -b -o cat --no-pager | grep 'skipped because' | cut -c1-150
  systemd-fsck-root.service - File System Check on Root Device was skipped because of an unmet condition check (ConditionPathExists=!/run/initramfs/fsck
  systemd-firstboot.service - First Boot Wizard was skipped because of an unmet condition check (ConditionFirstBoot=yes).
  systemd-pstore.service - Platform Persistent Storage Archival was skipped because of an unmet condition check (ConditionDirectoryNotEmpty=/sys/fs/psto
  systemd-pcrphase-sysinit.service - TPM2 PCR Barrier (Initialization) was skipped because of an unmet condition check (ConditionPathExists=/sys/firmwar
  vgauth.service - Authentication service for virtual machines hosted on VMware was skipped because of an unmet condition check (ConditionVirtualization
  open-vm-tools.service - Service for virtual machines hosted on VMware was skipped because of an unmet condition check (ConditionVirtualization=vmware)
  first-boot-complete.target - First Boot Complete was skipped because of an unmet condition check (ConditionFirstBoot=yes).
  systemd-machine-id-commit.service - Commit a transient machine-id on disk was skipped because of an unmet condition check (ConditionPathIsMountPoint=/
  systemd-repart.service - Repartition Root Disk was skipped because no trigger condition checks were met.
  systemd-pcrphase.service - TPM2 PCR Barrier (User) was skipped because of an unmet condition check (ConditionPathExists=/sys/firmware/efi/efivars/Stub
  getty-static.service - getty on tty2-tty6 if dbus and logind are not available was skipped because of an unmet condition check (ConditionPathExists=!/

  $ journalctl -b -t dhclient -o cat --no-pager | tail -3
  DHCPREQUEST for 10.0.2.15 on enp1s0 to 255.255.255.255 port 67
  DHCPACK of 10.0.2.15 from 10.0.2.2
  bound to 10.0.2.15 -- renewal in 43200 seconds.

  $ journalctl -b -u ifup@enp1s0 --no-pager -o cat | tail -1
  bound to 10.0.2.15 -- renewal in 43200 seconds.

  $ systemctl status ifup@enp1s0 --no-pager -n 0 | grep -v -e CPU -e Memory -e since
  ● ifup@enp1s0.service - ifup for enp1s0
       Loaded: loaded (/lib/systemd/system/ifup@.service; static)
        Tasks: 1 (limit: 2916)
       CGroup: /system.slice/ifup@enp1s0.service
               └─319 dhclient -4 -v -i -pf /run/dhclient.enp1s0.pid -lf /var/lib/dhcp/dhclient.enp1s0.leases -I -df /var/lib/dhcp/dhclient6.enp1s0.leases enp1s0

  $ systemctl stop ifup@enp1s0; ip -br a show enp1s0; systemctl start ifup@enp1s0; sleep 2; ip -br -4 a show enp1s0; systemctl is-active ifup@enp1s0
  enp1s0           DOWN           
  enp1s0           UP             10.0.2.15/24 
  active

  $ systemctl list-units --no-legend --no-pager 'systemd-[fmprs]*.service' | cut -c1-60
    systemd-modules-load.service loaded active exited Load Ker
    systemd-random-seed.service  loaded active exited Load/Sav
    systemd-remount-fs.service   loaded active exited Remount 
    systemd-sysctl.service       loaded active exited Apply Ke
    systemd-sysusers.service     loaded active exited Create S

  $ systemctl status systemd-repart --no-pager -n 0 | grep -e Active -e met
       Active: inactive (dead)
               ├─ ConditionDirectoryNotEmpty=|/usr/lib/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/usr/local/lib/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/etc/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/run/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/sysroot/usr/lib/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/sysroot/usr/local/lib/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/sysroot/etc/repart.d was not met
               ├─ ConditionDirectoryNotEmpty=|/sysusr/usr/lib/repart.d was not met
               └─ ConditionDirectoryNotEmpty=|/sysusr/usr/local/lib/repart.d was not met
  $ systemctl status rescue.service | sed -n 3p
       Active: inactive (dead)
