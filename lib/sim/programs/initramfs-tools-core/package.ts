import type { DebianPackage } from "../kit/package.ts";

const settings = `# How the initramfs image is made (initramfs.conf(5)).

# MODULES: most (what most machines need), dep (only what this one's root file system needs), netboot, list (only /etc/initramfs-tools/modules)
MODULES=most

# BUSYBOX: y, n or auto
BUSYBOX=auto

# COMPRESS: gzip, bzip2, lz4, lzma, lzop, xz or zstd
COMPRESS=zstd

# DEVICE and NFSROOT: for a root file system on a server
DEVICE=
NFSROOT=auto

RUNSIZE=10%
FSTYPE=auto
`;

export default {
  name: "initramfs-tools-core",
  summary: "the programs that build and open an initramfs",
  files: [
    { path: "/etc/initramfs-tools/initramfs.conf", text: settings, conffile: true }, ...["conf.d", "hooks", "scripts"].map((name) => ({ path: `/etc/initramfs-tools/${name}`, directory: true as const })),
    ...["init-top", "init-premount", "init-bottom", "local-top", "local-premount", "local-bottom"].map((name) => ({ path: `/etc/initramfs-tools/scripts/${name}`, directory: true as const })),
  ],
} satisfies DebianPackage;
