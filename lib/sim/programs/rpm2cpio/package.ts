import type { DebianPackage } from "../kit/package.ts";

export default { name: "rpm2cpio", depends: "libc6 (>= 2.34), libpopt0 (>= 1.14), rpm-common (= 4.18.0+dfsg-1+deb12u1)", summary: "takes the files out of packages of rpm" } satisfies DebianPackage;
