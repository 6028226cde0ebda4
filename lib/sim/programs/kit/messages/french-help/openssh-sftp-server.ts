// What the declarations of openssh-sftp-server say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchOpensshSftpServerHelp: Catalogue = [
  ["OpenSSH SFTP server subsystem", "sous-système serveur SFTP d'OpenSSH"],
];
