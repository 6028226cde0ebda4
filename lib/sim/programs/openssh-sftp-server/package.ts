import type { DebianPackage } from "../kit/package.ts";

export default { name: "openssh-sftp-server", summary: "secure shell (SSH) sftp server module, for SFTP access from remote machines" } satisfies DebianPackage;
