// A kernel package of Debian 12: the image, its configuration and modules, and what its maintainer scripts do (those of linux-image-6.1.0-50-amd64 are the reference).
import { encode } from "../../kernel/sys.ts";
import type { DebianPackage } from "../kit/package.ts";
import { moduleFiles } from "./_modules.ts";

interface KernelBuild {
  /** what uname -r says */
  readonly release: string;
  /** of the package */
  readonly version: string;
  /** of its last change */
  readonly date: string;
  /** of vmlinuz */
  readonly imageBytes: number;
}

const OPTIONS = `CONFIG_NAMESPACES=y
CONFIG_UTS_NS=y
CONFIG_TIME_NS=y
CONFIG_IPC_NS=y
CONFIG_USER_NS=y
CONFIG_PID_NS=y
CONFIG_NET_NS=y
CONFIG_CGROUPS=y
CONFIG_MEMCG=y
CONFIG_CGROUP_PIDS=y
CONFIG_HYPERVISOR_GUEST=y
CONFIG_PARAVIRT=y
CONFIG_XEN=y
CONFIG_KVM_GUEST=y
CONFIG_KVM=m
CONFIG_KVM_INTEL=m
CONFIG_KVM_AMD=m
CONFIG_VIRTIO=m
CONFIG_VIRTIO_PCI=m
CONFIG_VIRTIO_BLK=m
CONFIG_VIRTIO_NET=m
CONFIG_VIRTIO_BALLOON=m
CONFIG_VIRTIO_CONSOLE=m
CONFIG_HW_RANDOM_VIRTIO=m
CONFIG_OVERLAY_FS=m
CONFIG_BRIDGE=m
CONFIG_VETH=m
CONFIG_TUN=m
CONFIG_VHOST_NET=m
CONFIG_SECCOMP=y
`;

/** Where the text of the version stands in an image, counted from 0x200. */
const VERSION_AT = 0x100;
const HEAD_BYTES = 1024;

/** The head of a bzImage (Documentation/arch/x86/boot.rst): its marks and the text that file(1) and a boot loader find. */
function imageHead({ release, version, date }: KernelBuild): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  head.set([0x4d, 0x5a], 0);
  // 512-byte sectors of setup; the root is mounted read-only; the usual video mode
  head.set([0x27, 0x01, 0x00, 0x20, 0xd2, 0x07, 0x00, 0x00, 0x00, 0xff, 0xff, 0x00, 0x00, 0x55, 0xaa], 0x1f1);
  head.set([0xeb, 0x6a, ...encode("HdrS"), 0x0f, 0x02], 0x200);
  head.set([VERSION_AT & 0xff, VERSION_AT >> 8, 0x00, 0x01], 0x20e);
  head.set(encode(`${release} (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian ${version} (${date})\0`), 0x200 + VERSION_AT);
  return head;
}

const hooks = (directory: string, release: string, mode: string): string =>
  `[ ! -d /etc/kernel/${directory} ] || DEB_MAINT_PARAMS="${mode}" run-parts --report --exit-on-error --arg=${release} --arg=/boot/vmlinuz-${release} /etc/kernel/${directory}`;

export function debianKernel(build: KernelBuild): DebianPackage {
  const { release, version, imageBytes } = build;
  const fresh = `/lib/modules/${release}/.fresh-install`;
  return {
    name: `linux-image-${release}`, summary: "Linux 6.1 for 64-bit PCs (signed)",
    files: [
      { path: `/boot/System.map-${release}`, text: "ffffffffffffffff B The real System.map is in the linux-image-<version>-dbg package\n" },
      { path: `/boot/config-${release}`, text: `#\n# Linux/x86 ${version.replace(/-.*/, "")} Kernel Configuration (what learners look up)\n#\n${OPTIONS}` },
      { path: `/boot/vmlinuz-${release}`, content: () => imageHead(build), paddedBytes: imageBytes },
      ...moduleFiles(release),
    ],
    preInstall: [{ run: `[ "$1" != install ] || { mkdir -p /lib/modules/${release}; touch ${fresh}; }` }, { run: hooks("preinst.d", release, "$*") }],
    postInstall: [
      { run: `depmod ${release}; change=upgrade; [ ! -f ${fresh} ] || change=install; linux-update-symlinks $change ${release} /boot/vmlinuz-${release}; rm -f ${fresh}` },
      { run: hooks("postinst.d", release, "configure $2") },
    ],
    preRemove: [{ run: `linux-check-removal ${release}` }, { run: hooks("prerm.d", release, "remove") }],
    postRemove: [{ run: `rm -f ${fresh}; ! command -v linux-update-symlinks >/dev/null || linux-update-symlinks remove ${release} /boot/vmlinuz-${release}` }, { run: hooks("postrm.d", release, "remove") }],
    postPurge: [{ run: `rm -f /lib/modules/${release}/modules.*; rmdir /lib/modules/${release} 2>/dev/null || true` }],
  };
}

/** What the index says of a kernel that the record of it leaves out. */
export function olderKernelFacts({ release, version }: KernelBuild): Omit<DebianPackage, "name" | "summary"> {
  return {
    version, section: "kernel", priority: "optional", source: `linux-signed-amd64 (${version.replace("-", "+")})`, maintainer: "Debian Kernel Team <debian-kernel@lists.debian.org>", homepage: "https://www.kernel.org/",
    depends: "kmod, linux-base (>= 4.3~), initramfs-tools (>= 0.120+deb8u2) | linux-initramfs-tool", recommends: "firmware-linux-free, apparmor",
    suggests: "linux-doc-6.1, debian-kernel-handbook, grub-pc | grub-efi-amd64 | extlinux", conflicts: `linux-image-${release}-unsigned`, replaces: `linux-image-${release}-unsigned`,
    breaks: "fwupdate (<< 12-7), initramfs-tools (<< 0.120+deb8u2), wireless-regdb (<< 2019.06.03-1~)",
  };
}
