import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "dnf", version: "4.14.0-3+deb12u1", architecture: "all", section: "admin", maintainer: "Frédéric Pierret <frederic.pierret@qubes-os.org>", homepage: "https://github.com/rpm-software-management/dnf", installedSizeKiB: 67, downloadSizeBytes: 39_088,
  depends: "python3:any, rpm, rpm-common", summary: "package manager of Fedora and Red Hat, successor of yum",
  files: [
    { path: "/etc/dnf/dnf.conf", text: "# Settings of dnf (dnf.conf(5)).\n\n[main]\ngpgcheck=True\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=False\nskip_if_unavailable=True\n", conffile: true },
    { path: "/etc/dnf/vars", directory: true },
    { path: "/etc/dnf/protected.d/dnf.conf", text: "dnf\n", conffile: true },
    { path: "/var/lib/dnf", directory: true },
    { path: "/var/cache/dnf", directory: true },
  ],
} satisfies DebianPackage;
