// The PAM stacks that every service includes, and the profiles they are made of.
import type { DebianPackage } from "../kit/package.ts";
import { blocksOf, commonFile, parseProfile, savedState, TYPES, UNIX_PROFILE } from "./_profiles.ts";

const profiles = [parseProfile("unix", UNIX_PROFILE)];

const libpamRuntime: DebianPackage = {
  name: "libpam-runtime",
  summary: "how programs ask for passwords: the shared stacks of PAM",
  files: [
    { path: "/etc/pam.conf", text: "# Not read while /etc/pam.d exists.\n", conffile: true },
    { path: "/etc/pam.d", directory: true },
    { path: "/etc/pam.d/other", text: "# For services without a file of their own.\n@include common-auth\n@include common-account\n@include common-password\n@include common-session\n", conffile: true },
    ...TYPES.map((type) => ({ path: `/etc/pam.d/common-${type}`, text: commonFile(type, blocksOf(profiles, type)) })),
    ...TYPES.map((type) => ({ path: `/usr/share/pam/common-${type}`, text: commonFile(type, { primary: [`$${type.replace(/-.*/, "")}_primary`], additional: [`$${type.replace(/-.*/, "")}_additional`] }) })),
    ...TYPES.map((type) => ({ path: `/var/lib/pam/${type}`, text: savedState(profiles, type) })),
    { path: "/var/lib/pam/seen", text: "unix\nmkhomedir\n" },
    { path: "/usr/share/pam-configs/unix", text: UNIX_PROFILE },
  ],
};

export default libpamRuntime;
