import type { DebianPackage } from "../kit/package.ts";

const gpgconf: DebianPackage = { name: "gpgconf", summary: "where GnuPG keeps what, and its daemons", files: [{ path: "/etc/gnupg", directory: true }] };

export default gpgconf;
