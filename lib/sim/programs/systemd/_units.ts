// The units that systemd 252 and udev bring: a line each, UNIT|SETTING=VALUE|...; the sections follow from the settings. Facts of Debian 12's units,
// reduced to the settings that the simulation acts on or shows.
import type { PackageFile } from "../kit/package.ts";

const table = `basic.target|Description=Basic System|Requires=sysinit.target|Wants=sockets.target timers.target paths.target slices.target tmp.mount|After=sysinit.target sockets.target paths.target slices.target tmp.mount
blockdev@.target|Description=Block Device Preparation for %f|StopWhenUnneeded=yes
bluetooth.target|Description=Bluetooth Support|StopWhenUnneeded=yes
boot-complete.target|Description=Boot Completion Check|Requires=sysinit.target|After=sysinit.target
configure-printer@.service|Description=Configure Plugged-In Printer|Requires=cups.socket|After=cups.socket|ExecStart=/lib/udev/udev-configure-printer add "%i"
console-getty.service|Description=Console Getty|After=systemd-user-sessions.service plymouth-quit-wait.service rc-local.service getty-pre.target|Before=getty.target|ConditionPathExists=/dev/console|Type=idle|ExecStart=-/sbin/agetty -o '-p -- \\\\u' --noclear --keep-baud - 115200,38400,9600 $TERM|Restart=always|StandardInput=tty|TTYPath=/dev/console|IgnoreSIGPIPE=no|SendSIGHUP=yes|WantedBy=getty.target
container-getty@.service|Description=Container Getty on /dev/pts/%I|After=systemd-user-sessions.service plymouth-quit-wait.service rc-local.service getty-pre.target|Before=getty.target rescue.service|Conflicts=rescue.service|ConditionPathExists=/dev/pts/%I|Type=idle|ExecStart=-/sbin/agetty -o '-p -- \\\\u' --noclear - $TERM|Restart=always|StandardInput=tty|TTYPath=/dev/pts/%I|IgnoreSIGPIPE=no|SendSIGHUP=yes
cryptsetup-pre.target|Description=Local Encrypted Volumes (Pre)|Before=cryptsetup.target|RefuseManualStart=yes
cryptsetup.target|Description=Local Encrypted Volumes
debug-shell.service|Description=Early root shell on /dev/tty9 FOR DEBUGGING ONLY|DefaultDependencies=no|ConditionPathExists=/dev/tty9|ExecStart=/bin/bash|Restart=always|StandardInput=tty|TTYPath=/dev/tty9|WantedBy=sysinit.target
dev-hugepages.mount|Description=Huge Pages File System|DefaultDependencies=no|Before=sysinit.target|ConditionPathExists=/sys/kernel/mm/hugepages|Type=hugetlbfs|What=hugetlbfs|Where=/dev/hugepages
dev-mqueue.mount|Description=POSIX Message Queue File System|DefaultDependencies=no|Before=sysinit.target|ConditionPathExists=/proc/sys/fs/mqueue|Type=mqueue|What=mqueue|Where=/dev/mqueue
emergency.service|Description=Emergency Shell|Documentation=man:sulogin(8)|DefaultDependencies=no|Before=shutdown.target rescue.service|Conflicts=shutdown.target rescue.service|Type=idle|ExecStart=-/lib/systemd/systemd-sulogin-shell emergency|StandardInput=tty-force
emergency.target|Description=Emergency Mode|Requires=emergency.service|After=emergency.service|AllowIsolate=yes
exit.target|Description=Exit the Container|DefaultDependencies=no|Requires=systemd-exit.service|After=systemd-exit.service|AllowIsolate=yes|Alias=ctrl-alt-del.target
factory-reset.target|Description=Factory Reset
final.target|Description=Late Shutdown Services|DefaultDependencies=no|After=shutdown.target umount.target|RefuseManualStart=yes
first-boot-complete.target|Description=First Boot Complete|RefuseManualStart=yes|ConditionFirstBoot=yes
getty-pre.target|Description=Preparation for Logins
getty-static.service|Description=getty on tty2-tty6 if dbus and logind are not available|ConditionPathExists=/dev/tty0|ConditionPathExists=!/usr/bin/dbus-daemon|ConditionPathExists=!/usr/bin/dbus-broker|Type=oneshot|ExecStart=systemctl --no-block start getty@tty2.service getty@tty3.service getty@tty4.service getty@tty5.service getty@tty6.service|RemainAfterExit=true
getty.target|Description=Login Prompts
getty@.service|Description=Getty on %I|After=systemd-user-sessions.service plymouth-quit-wait.service getty-pre.target rc-local.service|Before=getty.target rescue.service|Conflicts=rescue.service|ConditionPathExists=/dev/tty0|Type=idle|ExecStart=-/sbin/agetty -o '-p -- \\\\u' --noclear - $TERM|Restart=always|StandardInput=tty|TTYPath=/dev/%I|IgnoreSIGPIPE=no|SendSIGHUP=yes|WantedBy=getty.target|DefaultInstance=tty1
graphical.target|Description=Graphical Interface|Requires=multi-user.target|Wants=display-manager.service|After=multi-user.target rescue.service rescue.target display-manager.service|Conflicts=rescue.service rescue.target|AllowIsolate=yes
halt.target|Description=System Halt|DefaultDependencies=no|Requires=systemd-halt.service|After=systemd-halt.service|AllowIsolate=yes|Alias=ctrl-alt-del.target
hibernate.target|Description=System Hibernation|DefaultDependencies=no|Requires=systemd-hibernate.service|After=systemd-hibernate.service|StopWhenUnneeded=yes
hybrid-sleep.target|Description=Hybrid Suspend+Hibernate|DefaultDependencies=no|Requires=systemd-hybrid-sleep.service|After=systemd-hybrid-sleep.service|StopWhenUnneeded=yes
initrd-cleanup.service|Description=Cleaning Up and Shutting Down Daemons|DefaultDependencies=no|After=initrd-root-fs.target initrd-fs.target initrd.target|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=systemctl --no-block isolate initrd-switch-root.target
initrd-fs.target|Description=Initrd File Systems|DefaultDependencies=no|After=initrd-parse-etc.service|Conflicts=shutdown.target|AssertPathExists=/etc/initrd-release
initrd-parse-etc.service|Description=Mountpoints Configured in the Real Root|DefaultDependencies=no|Requires=initrd-root-fs.target|After=initrd-root-fs.target|Conflicts=emergency.target|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=@/lib/systemd/system-generators/systemd-fstab-generator systemd-sysroot-fstab-check|ExecStart=systemctl --no-block start initrd-cleanup.service
initrd-root-device.target|Description=Initrd Root Device|DefaultDependencies=no|Conflicts=shutdown.target|AssertPathExists=/etc/initrd-release
initrd-root-fs.target|Description=Initrd Root File System|DefaultDependencies=no|Conflicts=shutdown.target|AssertPathExists=/etc/initrd-release
initrd-switch-root.service|Description=Switch Root|DefaultDependencies=no|Wants=initrd-switch-root.target|AllowIsolate=yes|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=systemctl --no-block switch-root /sysroot
initrd-switch-root.target|Description=Switch Root|DefaultDependencies=no|Wants=initrd-switch-root.service initrd-udevadm-cleanup-db.service initrd-root-fs.target initrd-fs.target systemd-journald.service initrd-cleanup.service|After=initrd-udevadm-cleanup-db.service initrd-root-fs.target initrd-fs.target emergency.service emergency.target initrd-cleanup.service|Before=initrd-switch-root.service|AllowIsolate=yes|AssertPathExists=/etc/initrd-release
initrd-udevadm-cleanup-db.service|Description=Cleanup udev Database|DefaultDependencies=no|After=systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-udev-settle.service|Before=initrd-switch-root.target|Conflicts=systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-udev-settle.service|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=-udevadm info --cleanup-db
initrd-usr-fs.target|Description=Initrd /usr File System|DefaultDependencies=no|Conflicts=shutdown.target|AssertPathExists=/etc/initrd-release
initrd.target|Description=Initrd Default Target|Requires=basic.target|Wants=initrd-root-fs.target initrd-root-device.target initrd-fs.target initrd-usr-fs.target initrd-parse-etc.service|After=initrd-root-fs.target initrd-root-device.target initrd-fs.target initrd-usr-fs.target basic.target rescue.service rescue.target|AllowIsolate=yes|AssertPathExists=/etc/initrd-release
integritysetup-pre.target|Description=Local Integrity Protected Volumes (Pre)|Before=integritysetup.target|RefuseManualStart=yes
integritysetup.target|Description=Local Integrity Protected Volumes
kexec.target|Description=Reboot via kexec|DefaultDependencies=no|Requires=systemd-kexec.service|After=systemd-kexec.service|AllowIsolate=yes|Alias=ctrl-alt-del.target
kmod-static-nodes.service|Description=Create List of Static Device Nodes|DefaultDependencies=no|Before=sysinit.target systemd-tmpfiles-setup-dev.service|Type=oneshot|ExecStart=/bin/kmod static-nodes --format=tmpfiles --output=/run/tmpfiles.d/static-nodes.conf|RemainAfterExit=yes
local-fs-pre.target|Description=Preparation for Local File Systems|RefuseManualStart=yes
local-fs.target|Description=Local File Systems|DefaultDependencies=no|OnFailure=emergency.target|OnFailureJobMode=replace-irreversibly|After=local-fs-pre.target|Conflicts=shutdown.target
machine.slice|Description=Virtual Machine and Container Slice|Before=slices.target
modprobe@.service|Description=Load Kernel Module %i|DefaultDependencies=no|Before=sysinit.target|Type=oneshot|ExecStart=-/sbin/modprobe -abq %i
multi-user.target|Description=Multi-User System|Requires=basic.target|After=basic.target rescue.service rescue.target|Conflicts=rescue.service rescue.target|AllowIsolate=yes
network-online.target|Description=Network is Online|After=network.target
network-pre.target|Description=Preparation for Network|RefuseManualStart=yes
network.target|Description=Network|After=network-pre.target|RefuseManualStart=yes
nss-lookup.target|Description=Host and Network Name Lookups|RefuseManualStart=yes
nss-user-lookup.target|Description=User and Group Name Lookups|RefuseManualStart=yes
paths.target|Description=Path Units
poweroff.target|Description=System Power Off|DefaultDependencies=no|Requires=systemd-poweroff.service|After=systemd-poweroff.service|AllowIsolate=yes|Alias=ctrl-alt-del.target
printer.target|Description=Printer Support|StopWhenUnneeded=yes
proc-sys-fs-binfmt_misc.automount|Description=Arbitrary Executable File Formats File System Automount Point|DefaultDependencies=no|Before=sysinit.target|Conflicts=shutdown.target|ConditionPathExists=/proc/sys/fs/binfmt_misc/|Where=/proc/sys/fs/binfmt_misc
proc-sys-fs-binfmt_misc.mount|Description=Arbitrary Executable File Formats File System|DefaultDependencies=no|Type=binfmt_misc|What=binfmt_misc|Where=/proc/sys/fs/binfmt_misc|WantedBy=sysinit.target
quotaon.service|Description=Enable File System Quotas|DefaultDependencies=no|After=systemd-quotacheck.service|Before=remote-fs.target shutdown.target|ConditionPathExists=/sbin/quotaon|Type=oneshot|ExecStart=/sbin/quotaon -aug|RemainAfterExit=yes
rc-local.service|Description=/etc/rc.local Compatibility|After=network.target|ConditionFileIsExecutable=/etc/rc.local|Type=forking|ExecStart=/etc/rc.local start|RemainAfterExit=yes
reboot.target|Description=System Reboot|DefaultDependencies=no|Requires=systemd-reboot.service|After=systemd-reboot.service|AllowIsolate=yes|Alias=ctrl-alt-del.target
remote-cryptsetup.target|Description=Remote Encrypted Volumes|DefaultDependencies=no|After=remote-fs-pre.target cryptsetup-pre.target|Conflicts=shutdown.target|WantedBy=multi-user.target
remote-fs-pre.target|Description=Preparation for Remote File Systems|RefuseManualStart=yes
remote-fs.target|Description=Remote File Systems|DefaultDependencies=no|After=remote-fs-pre.target|Conflicts=shutdown.target|WantedBy=multi-user.target
remote-veritysetup.target|Description=Remote Verity Protected Volumes|DefaultDependencies=no|After=remote-fs-pre.target veritysetup-pre.target|Conflicts=shutdown.target|WantedBy=multi-user.target
rescue.service|Description=Rescue Shell|Documentation=man:sulogin(8)|DefaultDependencies=no|After=sysinit.target plymouth-start.service|Before=shutdown.target|Conflicts=shutdown.target|Type=idle|ExecStart=-/lib/systemd/systemd-sulogin-shell rescue|StandardInput=tty-force
rescue.target|Description=Rescue Mode|Requires=sysinit.target rescue.service|After=sysinit.target rescue.service|AllowIsolate=yes
rpcbind.target|Description=RPC Port Mapper|RefuseManualStart=yes
serial-getty@.service|Description=Serial Getty on %I|BindsTo=dev-%i.device|After=dev-%i.device systemd-user-sessions.service plymouth-quit-wait.service getty-pre.target rc-local.service|Before=getty.target rescue.service|Conflicts=rescue.service|Type=idle|ExecStart=-/sbin/agetty -o '-p -- \\\\u' --keep-baud 115200,57600,38400,9600 - $TERM|Restart=always|StandardInput=tty|TTYPath=/dev/%I|IgnoreSIGPIPE=no|SendSIGHUP=yes|WantedBy=getty.target
shutdown.target|Description=System Shutdown|DefaultDependencies=no|RefuseManualStart=yes
sigpwr.target|Description=Power Failure
sleep.target|Description=Sleep|DefaultDependencies=no|RefuseManualStart=yes|StopWhenUnneeded=yes
slices.target|Description=Slice Units|Wants=-.slice system.slice|After=-.slice system.slice
smartcard.target|Description=Smart Card|StopWhenUnneeded=yes
sockets.target|Description=Socket Units
sound.target|Description=Sound Card|StopWhenUnneeded=yes
suspend-then-hibernate.target|Description=Suspend; Hibernate if not used for a period of time|DefaultDependencies=no|Requires=systemd-suspend-then-hibernate.service|After=systemd-suspend-then-hibernate.service|StopWhenUnneeded=yes
suspend.target|Description=Suspend|DefaultDependencies=no|Requires=systemd-suspend.service|After=systemd-suspend.service|StopWhenUnneeded=yes
swap.target|Description=Swaps
sys-fs-fuse-connections.mount|Description=FUSE Control File System|DefaultDependencies=no|Requires=modprobe@fuse.service|After=modprobe@fuse.service|Before=sysinit.target|ConditionPathExists=/sys/fs/fuse/connections|Type=fusectl|What=fusectl|Where=/sys/fs/fuse/connections
sys-kernel-config.mount|Description=Kernel Configuration File System|DefaultDependencies=no|Requires=modprobe@configfs.service|After=modprobe@configfs.service|Before=sysinit.target|ConditionPathExists=/sys/kernel/config|Type=configfs|What=configfs|Where=/sys/kernel/config
sys-kernel-debug.mount|Description=Kernel Debug File System|DefaultDependencies=no|Before=sysinit.target|ConditionPathExists=/sys/kernel/debug|Type=debugfs|What=debugfs|Where=/sys/kernel/debug
sys-kernel-tracing.mount|Description=Kernel Trace File System|DefaultDependencies=no|Before=sysinit.target|ConditionPathExists=/sys/kernel/tracing|Type=tracefs|What=tracefs|Where=/sys/kernel/tracing
sysinit.target|Description=System Initialization|Wants=local-fs.target swap.target|After=local-fs.target swap.target|Before=emergency.service emergency.target|Conflicts=emergency.service emergency.target
syslog.socket|Description=Syslog Socket|DefaultDependencies=no|Before=sockets.target shutdown.target emergency.service|Conflicts=shutdown.target emergency.service|ListenDatagram=/run/systemd/journal/syslog
system-update-cleanup.service|Description=Remove the Offline System Updates Symlink|DefaultDependencies=no|After=system-update.target|Before=shutdown.target|Conflicts=shutdown.target|ConditionPathExists=|ConditionPathExists=|/system-update|ConditionPathIsSymbolicLink=|/system-update|/system-update|Type=oneshot|ExecStart=rm -fv /system-update
system-update-pre.target|Description=Offline System Update (Pre)|After=sysinit.target|RefuseManualStart=yes
system-update.target|Description=Offline System Update|Requires=sysinit.target|Wants=system-update-cleanup.service|After=sysinit.target system-update-pre.target|AllowIsolate=yes
systemd-ask-password-console.path|Description=Dispatch Password Requests to Console Directory Watch|DefaultDependencies=no|After=plymouth-start.service|Before=paths.target cryptsetup.target emergency.service shutdown.target|Conflicts=emergency.service shutdown.target|ConditionPathExists=!/run/plymouth/pid|DirectoryNotEmpty=/run/systemd/ask-password
systemd-ask-password-console.service|Description=Dispatch Password Requests to Console|DefaultDependencies=no|After=plymouth-start.service systemd-vconsole-setup.service|Before=emergency.service shutdown.target initrd-switch-root.target|Conflicts=emergency.service shutdown.target initrd-switch-root.target|ConditionPathExists=!/run/plymouth/pid|ExecStart=systemd-tty-ask-password-agent --watch --console
systemd-ask-password-wall.path|Description=Forward Password Requests to Wall Directory Watch|DefaultDependencies=no|Before=paths.target cryptsetup.target emergency.service shutdown.target|Conflicts=emergency.service shutdown.target|DirectoryNotEmpty=/run/systemd/ask-password
systemd-ask-password-wall.service|Description=Forward Password Requests to Wall|After=systemd-user-sessions.service|ExecStart=systemd-tty-ask-password-agent --wall
systemd-backlight@.service|Description=Load/Save Screen Backlight Brightness of %i|DefaultDependencies=no|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-backlight load %i|RemainAfterExit=yes
systemd-binfmt.service|Description=Set Up Additional Binary Formats|DefaultDependencies=no|After=proc-sys-fs-binfmt_misc.automount proc-sys-fs-binfmt_misc.mount local-fs.target|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-binfmt|RemainAfterExit=yes
systemd-boot-check-no-failures.service|Description=Check if Any System Units Failed|After=default.target graphical.target multi-user.target|Before=boot-complete.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-boot-check-no-failures|RemainAfterExit=yes
systemd-exit.service|Description=Exit the Container|DefaultDependencies=no|Requires=shutdown.target umount.target final.target|After=shutdown.target umount.target final.target
systemd-firstboot.service|Description=First Boot Wizard|DefaultDependencies=no|Wants=first-boot-complete.target|After=systemd-remount-fs.service|Before=systemd-sysusers.service systemd-vconsole-setup.service sysinit.target first-boot-complete.target shutdown.target|Conflicts=shutdown.target|ConditionPathIsReadWrite=/etc|ConditionFirstBoot=yes|Type=oneshot|ExecStart=systemd-firstboot --prompt-locale --prompt-timezone --prompt-root-password|RemainAfterExit=yes|StandardInput=tty
systemd-fsck-root.service|Description=File System Check on Root Device|DefaultDependencies=no|Wants=systemd-fsckd.socket|After=systemd-fsckd.socket|Before=local-fs.target shutdown.target|Conflicts=shutdown.target|ConditionPathExists=!/run/initramfs/fsck-root|Type=oneshot|ExecStart=/lib/systemd/systemd-fsck|RemainAfterExit=yes
systemd-fsck@.service|Description=File System Check on %f|DefaultDependencies=no|Wants=systemd-fsckd.socket|BindsTo=%i.device|After=%i.device systemd-fsck-root.service local-fs-pre.target systemd-fsckd.socket|Before=systemd-quotacheck.service shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-fsck %f|RemainAfterExit=yes
systemd-fsckd.service|Description=File System Check Daemon to report status|DefaultDependencies=no|Requires=systemd-fsckd.socket|Before=shutdown.target|ExecStart=/lib/systemd/systemd-fsckd
systemd-fsckd.socket|Description=fsck to fsckd communication Socket|DefaultDependencies=no|ListenStream=/run/systemd/fsck.progress
systemd-halt.service|Description=System Halt|Documentation=man:systemd-halt.service(8)|DefaultDependencies=no|Requires=shutdown.target umount.target final.target|After=shutdown.target umount.target final.target|Type=oneshot|ExecStart=systemctl --force halt
systemd-hibernate-resume@.service|Description=Resume from hibernation using device %f|DefaultDependencies=no|Wants=local-fs-pre.target|BindsTo=%i.device|After=%i.device|Before=local-fs-pre.target|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=/lib/systemd/systemd-hibernate-resume %f
systemd-hibernate.service|Description=System Hibernate|DefaultDependencies=no|Requires=sleep.target|After=sleep.target|Type=oneshot|ExecStart=/lib/systemd/systemd-sleep hibernate
systemd-hostnamed.service|Description=Hostname Service|ExecStart=/lib/systemd/systemd-hostnamed|BusName=org.freedesktop.hostname1
systemd-hybrid-sleep.service|Description=System Hybrid Suspend+Hibernate|DefaultDependencies=no|Requires=sleep.target|After=sleep.target|Type=oneshot|ExecStart=/lib/systemd/systemd-sleep hybrid-sleep
systemd-initctl.service|Description=initctl Compatibility Daemon|DefaultDependencies=no|ExecStart=/lib/systemd/systemd-initctl
systemd-initctl.socket|Description=initctl Compatibility Named Pipe|DefaultDependencies=no|Before=sockets.target|ListenFIFO=/run/initctl
systemd-journal-flush.service|Description=Flush Journal to Persistent Storage|DefaultDependencies=no|Wants=systemd-journald.service|After=systemd-journald.service systemd-remount-fs.service|Before=systemd-tmpfiles-setup.service|ConditionPathExists=!/etc/initrd-release|Type=oneshot|ExecStart=journalctl --flush|RemainAfterExit=yes
systemd-journald-audit.socket|Description=Journal Audit Socket|DefaultDependencies=no|Before=sockets.target|ConditionSecurity=audit|ConditionCapability=CAP_AUDIT_READ|ListenNetlink=audit 1
systemd-journald-dev-log.socket|Description=Journal Socket (/dev/log)|DefaultDependencies=no|Before=sockets.target|ListenDatagram=/run/systemd/journal/dev-log
systemd-journald-varlink@.socket|Description=Journal Varlink Socket for Namespace %i|StopWhenUnneeded=yes|ListenStream=/run/systemd/journal.%i/io.systemd.journal
systemd-journald.service|Description=Journal Service|DefaultDependencies=no|Requires=systemd-journald.socket|After=systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket syslog.socket|Before=sysinit.target|Type=notify|ExecStart=/lib/systemd/systemd-journald|Restart=always|StandardOutput=null
systemd-journald.socket|Description=Journal Socket|DefaultDependencies=no|Before=sockets.target|ListenStream=/run/systemd/journal/stdout|ListenDatagram=/run/systemd/journal/socket
systemd-journald@.service|Description=Journal Service for Namespace %i|Requires=systemd-journald@%i.socket systemd-journald-varlink@%i.socket|After=systemd-journald@%i.socket systemd-journald-varlink@%i.socket|Type=notify|ExecStart=/lib/systemd/systemd-journald %i
systemd-journald@.socket|Description=Journal Socket for Namespace %i|StopWhenUnneeded=yes|ListenStream=/run/systemd/journal.%i/stdout|ListenDatagram=/run/systemd/journal.%i/socket|ListenDatagram=/run/systemd/journal.%i/dev-log
systemd-kexec.service|Description=Reboot via kexec|DefaultDependencies=no|Requires=shutdown.target umount.target final.target|After=shutdown.target umount.target final.target|Type=oneshot|ExecStart=systemctl --force kexec
systemd-localed.service|Description=Locale Service|ExecStart=/lib/systemd/systemd-localed|BusName=org.freedesktop.locale1
systemd-logind.service|Description=User Login Management|Wants=user.slice modprobe@drm.service dbus.socket|After=nss-user-lookup.target user.slice modprobe@drm.service dbus.socket|ConditionPathExists=|/lib/systemd/system/dbus.service|ConditionPathExists=|/lib/systemd/system/dbus-broker.service|ExecStart=/lib/systemd/systemd-logind|Restart=always|BusName=org.freedesktop.login1
systemd-machine-id-commit.service|Description=Commit a transient machine-id on disk|DefaultDependencies=no|After=local-fs.target first-boot-complete.target|Before=shutdown.target|Conflicts=shutdown.target|ConditionPathIsReadWrite=/etc|ConditionPathIsMountPoint=/etc/machine-id|Type=oneshot|ExecStart=systemd-machine-id-setup --commit|RemainAfterExit=yes
systemd-modules-load.service|Description=Load Kernel Modules|DefaultDependencies=no|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-modules-load|RemainAfterExit=yes
systemd-network-generator.service|Description=Generate network units from Kernel command line|DefaultDependencies=no|Wants=network-pre.target|Before=network-pre.target systemd-udevd.service shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|Type=oneshot|ExecStart=/lib/systemd/systemd-network-generator|RemainAfterExit=yes|WantedBy=sysinit.target
systemd-networkd-wait-online.service|Description=Wait for Network to be Configured|DefaultDependencies=no|BindsTo=systemd-networkd.service|After=systemd-networkd.service|Before=network-online.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-networkd-wait-online|RemainAfterExit=yes|WantedBy=network-online.target
systemd-networkd-wait-online@.service|Description=Wait for Network Interface %i to be Configured|DefaultDependencies=no|BindsTo=systemd-networkd.service|After=systemd-networkd.service|Before=network-online.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-networkd-wait-online -i %i|RemainAfterExit=yes|WantedBy=network-online.target
systemd-networkd.service|Description=Network Configuration|DefaultDependencies=no|Wants=systemd-networkd.socket network.target|After=systemd-networkd.socket systemd-udevd.service network-pre.target systemd-sysusers.service systemd-sysctl.service|Before=network.target multi-user.target shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|Type=notify|ExecStart=!!/lib/systemd/systemd-networkd|User=systemd-network|Restart=on-failure|BusName=org.freedesktop.network1|WantedBy=multi-user.target|Also=systemd-networkd.socket systemd-network-generator.service systemd-networkd-wait-online.service|Alias=dbus-org.freedesktop.network1.service
systemd-networkd.socket|Description=Network Service Netlink Socket|DefaultDependencies=no|Before=sockets.target shutdown.target|Conflicts=shutdown.target|ListenNetlink=route 1361|WantedBy=sockets.target
systemd-pcrphase-initrd.service|Description=TPM2 PCR Barrier (initrd)|DefaultDependencies=no|Before=sysinit.target cryptsetup-pre.target cryptsetup.target shutdown.target initrd-switch-root.target systemd-sysext.service|Conflicts=shutdown.target initrd-switch-root.target|ConditionPathExists=/etc/initrd-release|ConditionPathExists=/sys/firmware/efi/efivars/StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f|ConditionSecurity=tpm2|Type=oneshot|ExecStart=/lib/systemd/systemd-pcrphase --graceful enter-initrd|RemainAfterExit=yes
systemd-pcrphase-sysinit.service|Description=TPM2 PCR Barrier (Initialization)|DefaultDependencies=no|After=sysinit.target|Before=basic.target shutdown.target|Conflicts=shutdown.target|ConditionPathExists=!/etc/initrd-release|ConditionPathExists=/sys/firmware/efi/efivars/StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f|ConditionSecurity=tpm2|Type=oneshot|ExecStart=/lib/systemd/systemd-pcrphase --graceful sysinit|RemainAfterExit=yes
systemd-pcrphase.service|Description=TPM2 PCR Barrier (User)|After=remote-fs.target remote-cryptsetup.target|Before=systemd-user-sessions.service|ConditionPathExists=!/etc/initrd-release|ConditionPathExists=/sys/firmware/efi/efivars/StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f|ConditionSecurity=tpm2|Type=oneshot|ExecStart=/lib/systemd/systemd-pcrphase --graceful ready|RemainAfterExit=yes
systemd-poweroff.service|Description=System Power Off|Documentation=man:systemd-poweroff.service(8)|DefaultDependencies=no|Requires=shutdown.target umount.target final.target|After=shutdown.target umount.target final.target|SuccessAction=poweroff-force
systemd-pstore.service|Description=Platform Persistent Storage Archival|DefaultDependencies=no|Wants=modprobe@efi_pstore.service|After=modprobe@efi_pstore.service|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|ConditionDirectoryNotEmpty=/sys/fs/pstore|ConditionVirtualization=!container|Type=oneshot|ExecStart=/lib/systemd/systemd-pstore|RemainAfterExit=yes|WantedBy=sysinit.target
systemd-quotacheck.service|Description=File System Quota Check|DefaultDependencies=no|After=systemd-remount-fs.service|Before=remote-fs.target shutdown.target|ConditionPathExists=/sbin/quotacheck|Type=oneshot|ExecStart=/lib/systemd/systemd-quotacheck|RemainAfterExit=yes
systemd-random-seed.service|Description=Load/Save Random Seed|DefaultDependencies=no|Wants=first-boot-complete.target|After=systemd-remount-fs.service|Before=first-boot-complete.target shutdown.target|Conflicts=shutdown.target|ConditionPathExists=!/etc/initrd-release|ConditionVirtualization=!container|Type=oneshot|ExecStart=/lib/systemd/systemd-random-seed load|RemainAfterExit=yes
systemd-reboot.service|Description=System Reboot|Documentation=man:systemd-reboot.service(8)|DefaultDependencies=no|Requires=shutdown.target umount.target final.target|After=shutdown.target umount.target final.target|SuccessAction=reboot-force
systemd-remount-fs.service|Description=Remount Root and Kernel File Systems|DefaultDependencies=no|Wants=local-fs-pre.target|After=systemd-fsck-root.service|Before=local-fs-pre.target local-fs.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-remount-fs|RemainAfterExit=yes
systemd-repart.service|Description=Repartition Root Disk|DefaultDependencies=no|Wants=modprobe@loop.service modprobe@dm_mod.service|After=initrd-usr-fs.target modprobe@loop.service modprobe@dm_mod.service|Before=initrd-root-fs.target shutdown.target|Conflicts=shutdown.target|ConditionVirtualization=!container|ConditionDirectoryNotEmpty=|/usr/lib/repart.d|ConditionDirectoryNotEmpty=|/usr/local/lib/repart.d|ConditionDirectoryNotEmpty=|/etc/repart.d|ConditionDirectoryNotEmpty=|/run/repart.d|ConditionDirectoryNotEmpty=|/sysroot/usr/lib/repart.d|ConditionDirectoryNotEmpty=|/sysroot/usr/local/lib/repart.d|ConditionDirectoryNotEmpty=|/sysroot/etc/repart.d|ConditionDirectoryNotEmpty=|/sysusr/usr/lib/repart.d|ConditionDirectoryNotEmpty=|/sysusr/usr/local/lib/repart.d|Type=oneshot|ExecStart=/bin/systemd-repart --dry-run=no|RemainAfterExit=yes
systemd-rfkill.service|Description=Load/Save RF Kill Switch Status|DefaultDependencies=no|BindsTo=sys-devices-virtual-misc-rfkill.device|After=sys-devices-virtual-misc-rfkill.device|Before=shutdown.target|Conflicts=shutdown.target|Type=notify|ExecStart=/lib/systemd/systemd-rfkill
systemd-rfkill.socket|Description=Load/Save RF Kill Switch Status /dev/rfkill Watch|DefaultDependencies=no|BindsTo=sys-devices-virtual-misc-rfkill.device|After=sys-devices-virtual-misc-rfkill.device systemd-remount-fs.service|Before=shutdown.target|Conflicts=shutdown.target
systemd-suspend-then-hibernate.service|Description=System Suspend then Hibernate|DefaultDependencies=no|Requires=sleep.target|After=sleep.target|Type=oneshot|ExecStart=/lib/systemd/systemd-sleep suspend-then-hibernate
systemd-suspend.service|Description=System Suspend|DefaultDependencies=no|Requires=sleep.target|After=sleep.target|Type=oneshot|ExecStart=/lib/systemd/systemd-sleep suspend
systemd-sysctl.service|Description=Apply Kernel Variables|DefaultDependencies=no|After=systemd-modules-load.service|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|ConditionPathIsReadWrite=/proc/sys/net/|Type=oneshot|ExecStart=/lib/systemd/systemd-sysctl|RemainAfterExit=yes
systemd-sysext.service|Description=Merge System Extension Images into /usr/ and /opt/|DefaultDependencies=no|After=local-fs.target|Before=sysinit.target systemd-tmpfiles-setup.service shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|ConditionCapability=CAP_SYS_ADMIN|ConditionDirectoryNotEmpty=|/etc/extensions|ConditionDirectoryNotEmpty=|/run/extensions|ConditionDirectoryNotEmpty=|/var/lib/extensions|ConditionDirectoryNotEmpty=|/usr/local/lib/extensions|ConditionDirectoryNotEmpty=|/usr/lib/extensions|Type=oneshot|ExecStart=systemd-sysext merge|RemainAfterExit=yes|WantedBy=sysinit.target
systemd-sysusers.service|Description=Create System Users|DefaultDependencies=no|After=systemd-remount-fs.service|Before=sysinit.target systemd-update-done.service shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|Type=oneshot|ExecStart=systemd-sysusers|RemainAfterExit=yes
systemd-time-wait-sync.service|Description=Wait Until Kernel Time Synchronized|DefaultDependencies=no|Wants=time-sync.target|Before=time-sync.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-time-wait-sync|RemainAfterExit=yes|WantedBy=sysinit.target
systemd-timedated.service|Description=Time & Date Service|ExecStart=/lib/systemd/systemd-timedated|BusName=org.freedesktop.timedate1
systemd-tmpfiles-clean.service|Description=Cleanup of Temporary Directories|DefaultDependencies=no|After=local-fs.target time-set.target|Before=shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|Type=oneshot|ExecStart=systemd-tmpfiles --clean
systemd-tmpfiles-clean.timer|Description=Daily Cleanup of Temporary Directories|ConditionPathExists=!/etc/initrd-release|OnBootSec=15min|OnUnitActiveSec=1d
systemd-tmpfiles-setup-dev.service|Description=Create Static Device Nodes in /dev|DefaultDependencies=no|After=systemd-sysusers.service|Before=sysinit.target local-fs-pre.target systemd-udevd.service shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|Type=oneshot|ExecStart=systemd-tmpfiles --prefix=/dev --create --boot|RemainAfterExit=yes
systemd-tmpfiles-setup.service|Description=Create System Files and Directories|DefaultDependencies=no|After=local-fs.target systemd-sysusers.service systemd-journald.service|Before=sysinit.target shutdown.target initrd-switch-root.target|Conflicts=shutdown.target initrd-switch-root.target|RefuseManualStop=yes|Type=oneshot|ExecStart=systemd-tmpfiles --create --remove --boot --exclude-prefix=/dev|RemainAfterExit=yes
systemd-udev-settle.service|Description=Wait for udev To Complete Device Initialization|DefaultDependencies=no|Wants=systemd-udevd.service|After=systemd-udev-trigger.service|Before=sysinit.target|Type=oneshot|ExecStart=udevadm settle|RemainAfterExit=yes
systemd-udev-trigger.service|Description=Coldplug All udev Devices|DefaultDependencies=no|Wants=systemd-udevd.service|After=systemd-udevd-kernel.socket systemd-udevd-control.socket|Before=sysinit.target|Type=oneshot|ExecStart=-udevadm trigger --type=all --action=add --prioritized-subsystem=module,block,tpmrm,net,tty,input|RemainAfterExit=yes
systemd-udevd-control.socket|Description=udev Control Socket|DefaultDependencies=no|Before=sockets.target
systemd-udevd-kernel.socket|Description=udev Kernel Socket|DefaultDependencies=no|Before=sockets.target|ListenNetlink=kobject-uevent 1
systemd-udevd.service|Description=Rule-based Manager for Device Events and Files|DefaultDependencies=no|After=systemd-sysusers.service systemd-hwdb-update.service|Before=sysinit.target|Type=notify|ExecStart=/lib/systemd/systemd-udevd|Restart=always
systemd-update-utmp-runlevel.service|Description=Record Runlevel Change in UTMP|DefaultDependencies=no|After=systemd-update-utmp.service runlevel1.target runlevel2.target runlevel3.target runlevel4.target runlevel5.target|Before=shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-update-utmp runlevel
systemd-update-utmp.service|Description=Record System Boot/Shutdown in UTMP|DefaultDependencies=no|After=systemd-remount-fs.service systemd-tmpfiles-setup.service auditd.service|Before=sysinit.target shutdown.target|Conflicts=shutdown.target|Type=oneshot|ExecStart=/lib/systemd/systemd-update-utmp reboot|RemainAfterExit=yes
systemd-user-sessions.service|Description=Permit User Sessions|After=remote-fs.target nss-user-lookup.target network.target home.mount|Type=oneshot|ExecStart=/lib/systemd/systemd-user-sessions start|RemainAfterExit=yes
systemd-volatile-root.service|Description=Enforce Volatile Root File Systems|DefaultDependencies=no|After=sysroot.mount sysroot-usr.mount systemd-repart.service|Before=initrd-root-fs.target shutdown.target|Conflicts=shutdown.target|AssertPathExists=/etc/initrd-release|Type=oneshot|ExecStart=/lib/systemd/systemd-volatile-root yes /sysroot|RemainAfterExit=yes
time-set.target|Description=System Time Set|RefuseManualStart=yes
time-sync.target|Description=System Time Synchronized|Wants=time-set.target|After=time-set.target|RefuseManualStart=yes
timers.target|Description=Timer Units|DefaultDependencies=no|Conflicts=shutdown.target
umount.target|Description=Unmount All Filesystems|DefaultDependencies=no|RefuseManualStart=yes
usb-gadget.target|Description=Hardware activated USB gadget
user-runtime-dir@.service|Description=User Runtime Directory /run/user/%i|After=dbus.service|StopWhenUnneeded=yes|Type=oneshot|ExecStart=/lib/systemd/systemd-user-runtime-dir start %i|RemainAfterExit=yes
user.slice|Description=User and Session Slice|Before=slices.target
user@.service|Description=User Manager for UID %i|Requires=user-runtime-dir@%i.service|After=user-runtime-dir@%i.service dbus.service systemd-oomd.service|Type=notify|ExecStart=/lib/systemd/systemd --user|User=%i
veritysetup-pre.target|Description=Local Verity Protected Volumes (Pre)|Before=veritysetup.target|RefuseManualStart=yes
veritysetup.target|Description=Local Verity Protected Volumes`;

/** LINK TARGET, below /lib/systemd/system */
const linkTable = `autovt@.service getty@.service
cryptdisks-early.service /dev/null
cryptdisks.service /dev/null
ctrl-alt-del.target reboot.target
dbus-org.freedesktop.hostname1.service systemd-hostnamed.service
dbus-org.freedesktop.locale1.service systemd-localed.service
dbus-org.freedesktop.login1.service systemd-logind.service
dbus-org.freedesktop.timedate1.service systemd-timedated.service
default.target graphical.target
getty.target.wants/getty-static.service ../getty-static.service
graphical.target.wants/systemd-update-utmp-runlevel.service ../systemd-update-utmp-runlevel.service
hwclock.service /dev/null
initrd-root-device.target.wants/remote-cryptsetup.target ../remote-cryptsetup.target
initrd-root-device.target.wants/remote-veritysetup.target ../remote-veritysetup.target
initrd-root-fs.target.wants/systemd-repart.service ../systemd-repart.service
initrd.target.wants/systemd-pcrphase-initrd.service ../systemd-pcrphase-initrd.service
kmod.service systemd-modules-load.service
multi-user.target.wants/getty.target ../getty.target
multi-user.target.wants/systemd-ask-password-wall.path ../systemd-ask-password-wall.path
multi-user.target.wants/systemd-logind.service ../systemd-logind.service
multi-user.target.wants/systemd-update-utmp-runlevel.service ../systemd-update-utmp-runlevel.service
multi-user.target.wants/systemd-user-sessions.service ../systemd-user-sessions.service
procps.service systemd-sysctl.service
rc.service /dev/null
rcS.service /dev/null
rescue.target.wants/systemd-update-utmp-runlevel.service ../systemd-update-utmp-runlevel.service
runlevel0.target poweroff.target
runlevel1.target rescue.target
runlevel2.target multi-user.target
runlevel3.target multi-user.target
runlevel4.target multi-user.target
runlevel5.target graphical.target
runlevel6.target reboot.target
sockets.target.wants/systemd-initctl.socket ../systemd-initctl.socket
sockets.target.wants/systemd-journald-audit.socket ../systemd-journald-audit.socket
sockets.target.wants/systemd-journald-dev-log.socket ../systemd-journald-dev-log.socket
sockets.target.wants/systemd-journald.socket ../systemd-journald.socket
sockets.target.wants/systemd-udevd-control.socket ../systemd-udevd-control.socket
sockets.target.wants/systemd-udevd-kernel.socket ../systemd-udevd-kernel.socket
sysinit.target.wants/cryptsetup.target ../cryptsetup.target
sysinit.target.wants/dev-hugepages.mount ../dev-hugepages.mount
sysinit.target.wants/dev-mqueue.mount ../dev-mqueue.mount
sysinit.target.wants/integritysetup.target ../integritysetup.target
sysinit.target.wants/kmod-static-nodes.service ../kmod-static-nodes.service
sysinit.target.wants/proc-sys-fs-binfmt_misc.automount ../proc-sys-fs-binfmt_misc.automount
sysinit.target.wants/sys-fs-fuse-connections.mount ../sys-fs-fuse-connections.mount
sysinit.target.wants/sys-kernel-config.mount ../sys-kernel-config.mount
sysinit.target.wants/sys-kernel-debug.mount ../sys-kernel-debug.mount
sysinit.target.wants/sys-kernel-tracing.mount ../sys-kernel-tracing.mount
sysinit.target.wants/systemd-ask-password-console.path ../systemd-ask-password-console.path
sysinit.target.wants/systemd-binfmt.service ../systemd-binfmt.service
sysinit.target.wants/systemd-firstboot.service ../systemd-firstboot.service
sysinit.target.wants/systemd-journal-flush.service ../systemd-journal-flush.service
sysinit.target.wants/systemd-journald.service ../systemd-journald.service
sysinit.target.wants/systemd-machine-id-commit.service ../systemd-machine-id-commit.service
sysinit.target.wants/systemd-modules-load.service ../systemd-modules-load.service
sysinit.target.wants/systemd-pcrphase-sysinit.service ../systemd-pcrphase-sysinit.service
sysinit.target.wants/systemd-pcrphase.service ../systemd-pcrphase.service
sysinit.target.wants/systemd-random-seed.service ../systemd-random-seed.service
sysinit.target.wants/systemd-repart.service ../systemd-repart.service
sysinit.target.wants/systemd-sysctl.service ../systemd-sysctl.service
sysinit.target.wants/systemd-sysusers.service ../systemd-sysusers.service
sysinit.target.wants/systemd-tmpfiles-setup-dev.service ../systemd-tmpfiles-setup-dev.service
sysinit.target.wants/systemd-tmpfiles-setup.service ../systemd-tmpfiles-setup.service
sysinit.target.wants/systemd-udev-trigger.service ../systemd-udev-trigger.service
sysinit.target.wants/systemd-udevd.service ../systemd-udevd.service
sysinit.target.wants/systemd-update-utmp.service ../systemd-update-utmp.service
sysinit.target.wants/veritysetup.target ../veritysetup.target
timers.target.wants/systemd-tmpfiles-clean.timer ../systemd-tmpfiles-clean.timer
udev.service systemd-udevd.service`;

const unitSettings = new Set("Description Documentation DefaultDependencies Requires Wants BindsTo After Before Conflicts ConditionPathExists AllowIsolate RefuseManualStart RefuseManualStop StopWhenUnneeded SuccessAction FailureAction OnFailure OnFailureJobMode".split(" "));
const installSettings = new Set(["WantedBy", "Also", "Alias", "DefaultInstance"]);

export function unitText(name: string, settings: readonly string[]): string {
  const own: string[] = [];
  const unit: string[] = [];
  const install: string[] = [];
  for (const setting of settings) {
    const key = setting.slice(0, setting.indexOf("="));
    (unitSettings.has(key) || /^(?:Condition|Assert)/.test(key) ? unit : installSettings.has(key) ? install : own).push(setting);
  }
  const kind = name.slice(name.lastIndexOf(".") + 1);
  const section = kind.charAt(0).toUpperCase() + kind.slice(1);
  let text = `[Unit]\n${unit.join("\n")}\n`;
  if (own.length > 0 && kind !== "target") text += `\n[${section}]\n${own.join("\n")}\n`;
  if (install.length > 0) text += `\n[Install]\n${install.join("\n")}\n`;
  return text;
}

export function systemdUnitFiles(): readonly PackageFile[] {
  const files: PackageFile[] = [];
  for (const line of table.split("\n")) {
    // a value that begins with | is a triggering condition
    const [name = "", ...settings] = line.split(/(?<!=)\|/);
    files.push({ path: `/lib/systemd/system/${name}`, text: unitText(name, settings) });
  }
  for (const line of linkTable.split("\n")) {
    const [name = "", symlink = ""] = line.split(" ");
    files.push({ path: `/lib/systemd/system/${name}`, symlink });
  }
  return files;
}
