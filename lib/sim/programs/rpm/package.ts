import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "rpm", depends: "libc6 (>= 2.34), libpopt0 (>= 1.14), libreadline8 (>= 6.0), rpm2cpio, rpm-common (= 4.18.0+dfsg-1+deb12u1)", summary: "the package manager of Red Hat, SUSE and others",
} satisfies DebianPackage;
