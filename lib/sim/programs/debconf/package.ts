import type { DebianPackage } from "../kit/package.ts";

const debconf: DebianPackage = {
  name: "debconf",
  summary: "asks the questions of packages and keeps the answers",
  files: [{ path: "/etc/apt/apt.conf.d/70debconf", text: '// Packages ask their questions before they are installed (dpkg-preconfigure(8)).\nDPkg::Pre-Install-Pkgs {"/usr/sbin/dpkg-preconfigure --apt || true";};\n', conffile: true }],
};

export default debconf;
