// virt-ssh-helper: joins its standard streams with libvirtd's socket, at the far end of qemu+ssh://HOST/system (virt-ssh-helper(8)).
import { type Blocking, encode, POLL, type Sys } from "../../kernel/sys.ts";
import { connectDaemon, LIBVIRT_SOCKET, LibvirtError } from "../../daemons/libvirt/api.ts";
import { withHelp } from "../kit/program.ts";

function* relay(sys: Sys, argv: readonly string[]): Blocking<number> {
  const uri = argv.slice(1).find((word) => !word.startsWith("-"));
  if (uri === undefined) {
    yield* sys.write(2, encode("virt-ssh-helper: expected a URI to connect to\n"));
    return 1;
  }
  const fd = sys.socket("unix", "stream");
  try {
    yield* connectDaemon(sys, fd, uri);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    yield* sys.write(2, encode(`virt-ssh-helper: cannot connect to '${LIBVIRT_SOCKET}': ${error.message.replace("'/var/run", "'/run")}\n`));
    return 1;
  }
  for (;;) {
    for (const ready of yield* sys.poll([{ fd: 0, events: POLL.IN }, { fd, events: POLL.IN }], null)) {
      const bytes = yield* sys.read(ready.fd, 65_536);
      if (bytes.length === 0) return 0;
      const to = ready.fd === 0 ? fd : 1;
      for (let done = 0; done < bytes.length;) done += yield* sys.write(to, bytes.subarray(done));
    }
  }
}

export default withHelp({
  name: "virt-ssh-helper",
  declaration: { name: "virt-ssh-helper", summary: "join standard streams with libvirtd's socket", synopsis: ["[OPTION]... URI"], operands: "none", options: [] },
  program: relay,
});
