import type { DebianPackage } from "../kit/package.ts";

const configuration = `# Directories, names and file systems that updatedb leaves out (updatedb.conf(5)).
PRUNE_BIND_MOUNTS="yes"
# PRUNENAMES=".git .bzr .hg .svn"
PRUNEPATHS="/tmp /var/spool /media /var/lib/os-prober /var/lib/ceph /home/.ecryptfs /var/lib/schroot"
PRUNEFS="NFS afs autofs binfmt_misc ceph cgroup cgroup2 cifs coda configfs curlftpfs debugfs devfs devpts devtmpfs ecryptfs ftpfs fuse.ceph fuse.cryfs fuse.encfs fuse.glusterfs fuse.gocryptfs fuse.gvfsd-fuse fuse.mfs fuse.rclone fuse.rozofs fuse.sshfs fusectl fusesmb hugetlbfs iso9660 lustre lustre_lite mfs mqueue ncpfs nfs nfs4 ocfs ocfs2 proc pstore rpc_pipefs securityfs shfs smbfs sysfs tmpfs tracefs udev udf usbfs"
`;

const plocate: DebianPackage = {
  name: "plocate",
  version: "1.1.18-1",
  architecture: "amd64",
  section: "utils",
  priority: "optional",
  maintainer: "Steinar H. Gunderson <sesse@debian.org>",
  homepage: "https://plocate.sesse.net/",
  installedSizeKiB: 522,
  downloadSizeBytes: 125_272,
  depends: "libc6 (>= 2.34), libgcc-s1 (>= 3.0), libstdc++6 (>= 12), liburing2 (>= 2.3), libzstd1 (>= 1.5.2), adduser",
  summary: "finds files by their names, from a list made beforehand",
  files: [
    { path: "/etc/updatedb.conf", text: configuration, conffile: true },
    { path: "/var/lib/plocate", directory: true },
    { path: "/var/lib/plocate/CACHEDIR.TAG", text: "Signature: 8a477f597d28d172789f06886806bc55\n# What is here can be made again (updatedb).\n" },
    { path: "/lib/systemd/system/plocate-updatedb.service", text: "[Unit]\nDescription=Update the plocate database\nConditionACPower=true\n\n[Service]\nType=oneshot\nExecStart=/usr/sbin/updatedb.plocate\nLimitNOFILE=131072\nIOSchedulingClass=idle\n\nPrivateTmp=true\nPrivateDevices=true\nPrivateNetwork=true\n" },
    { path: "/lib/systemd/system/plocate-updatedb.timer", text: "[Unit]\nDescription=Update the plocate database daily\n\n[Timer]\nOnCalendar=daily\nRandomizedDelaySec=12h\nAccuracySec=20min\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n" },
  ],
  postInstall: [
    { alternative: "locate", link: "/usr/bin/locate", path: "/usr/bin/plocate", priority: 90, slaves: [{ link: "/usr/bin/updatedb", name: "updatedb", path: "/usr/sbin/updatedb.plocate" }] },
    { addGroup: "plocate", system: true },
    { run: "chgrp plocate /usr/bin/plocate; chmod 2755 /usr/bin/plocate" },
    { enable: "plocate-updatedb.timer" },
    { start: "plocate-updatedb.timer" },
  ],
};

export default plocate;
