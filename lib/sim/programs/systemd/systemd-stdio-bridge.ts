// systemd-stdio-bridge: the bus on standard input and output, for systemctl -H (systemd-stdio-bridge(1)). No bus protocol is spoken here.
import { text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-stdio-bridge", path: "/bin/systemd-stdio-bridge", summary: "connect standard input and output to the bus", synopsis: ["[OPTIONS...]"], operands: "none",
  description: ["The machine has no bus that speaks D-Bus over a socket: the bridge says so and ends."],
  options: { path: text(["-p", "--bus-path"], "PATH", "the socket of the bus"), machine: text(["-M", "--machine"], "CONTAINER", "a container") },
  *run({ options }, io) {
    yield* complain(io, `Failed to start bus client: ${options.path === undefined ? "Connection refused" : "No such file or directory"}`);
    return 1;
  },
});
