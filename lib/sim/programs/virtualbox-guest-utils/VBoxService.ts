// VBoxService: the additions' daemon; without VirtualBox under it, it ends at once.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { withHelp } from "../kit/program.ts";
import { guestDevice, version } from "./_host.ts";

function* service(sys: Sys, argv: readonly string[]): Blocking<number> {
  if (argv.includes("-V") || argv.includes("--version")) {
    yield* sys.write(1, encode(`${version}\n`));
    return 0;
  }
  const fail = function* (text: string): Blocking<number> {
    yield* sys.write(2, encode(`VBoxService: error: ${text}\n`));
    return 1;
  };
  if (!(yield* guestDevice(sys))) return yield* fail("VbglR3Init failed with rc=VERR_FILE_NOT_FOUND");
  return yield* fail("VirtualBox itself is not simulated");
}

export default withHelp({
  name: "VBoxService", path: "/usr/sbin/VBoxService",
  declaration: { name: "VBoxService", summary: "VirtualBox guest additions daemon", synopsis: ["[-f|--foreground] [-v|--verbose]"], operands: "none", options: [{ names: ["-f", "--foreground"], argument: undefined, argumentOptional: false, help: "stay in the foreground", support: "simulated" }, { names: ["-V", "--version"], argument: undefined, argumentOptional: false, help: "show the number of the version", support: "simulated" }] },
  program: service,
});
