import type { DebianPackage } from "../kit/package.ts";

const opensshClient: DebianPackage = { name: "openssh-client", summary: "secure shell (SSH) client, for secure access to remote machines" };

export default opensshClient;
