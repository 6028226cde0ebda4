import type { DebianPackage } from "../kit/package.ts";

export default { name: "openssh-sftp-server", summary: "the server's side of sftp" } satisfies DebianPackage;
