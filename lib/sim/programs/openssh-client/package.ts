import type { DebianPackage } from "../kit/package.ts";

const opensshClient: DebianPackage = { name: "openssh-client", summary: "ssh, scp, sftp: log in to other machines and copy files, encrypted" };

export default opensshClient;
