import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "rpm-common", depends: "libc6 (>= 2.33), libselinux1 (>= 3.1~)", summary: "what the programs of rpm share",
  files: [
    { path: "/usr/lib/rpm", directory: true },
    { path: "/usr/lib/rpm/rpmrc", text: "# Architectures and what they can run (rpmrc).\narch_canon:\tx86_64:\tx86_64\t1\nbuildarchtranslate: x86_64: x86_64\narch_compat: x86_64: noarch\n" },
    { path: "/usr/lib/rpm/macros", text: "# Macros of rpm. Debian keeps the database in the person's home, as rpm is not its package manager.\n%_dbpath\t\t%{getenv:HOME}/.rpmdb\n%_arch\t\t\tx86_64\n%_bindir\t\t/usr/bin\n%_sysconfdir\t\t/etc\n" },
  ],
} satisfies DebianPackage;
