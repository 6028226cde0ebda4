// sftp-server: the other end of sftp. What it says is not the SFTP protocol: it does what sftp of the simulation asks (rsync's _side.ts).
import { program } from "../kit/program.ts";
import { serve } from "../rsync/_side.ts";

export default program(
  { name: "sftp-server", path: "/usr/lib/openssh/sftp-server", links: ["/usr/lib/sftp-server"], summary: "OpenSSH SFTP server subsystem", synopsis: [""], options: [], operands: "none", manSection: 8, seeAlso: ["sftp(1)", "sshd(8)"] },
  function* (sys) {
    return yield* serve(sys);
  },
);
