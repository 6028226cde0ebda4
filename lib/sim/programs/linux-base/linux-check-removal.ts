// linux-check-removal(1): asks before the kernel that runs is removed.
import { SysError } from "../../kernel/sys.ts";
import { DebconfDatabase } from "../debconf/_database.ts";
import { chooseFrontend } from "../debconf/_frontend.ts";
import { removingRunningKernel } from "../debconf/_templates.ts";
import { readTextFile } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";
import { exists } from "../kit/presence.ts";

const declaration = { name: "linux-check-removal", manSection: 1, summary: "warn before the running kernel is removed", synopsis: ["VERSION"], options: [], operands: "none" as const };

export default program(declaration, function* (sys, argv, io: Io) {
  const [release, extra] = argv.slice(1);
  if (release === "help" || argv.includes("--help")) {
    io.out.put(helpText(declaration, "linux-check-removal", io.helpDomain));
    return 0;
  }
  if (release === undefined || extra !== undefined) {
    yield* io.stderr(helpText(declaration, "linux-check-removal", io.helpDomain));
    return 2;
  }
  const inContainer = exists(sys, "/run/systemd/container") || ((yield* readTextFile(sys, "/proc/1/environ")) ?? "").split("\0").some((one) => one.startsWith("container="));
  const isElsewhere = (): boolean => {
    try {
      const own = sys.stat("/");
      const first = sys.stat("/proc/1/root");
      return own.dev !== first.dev || own.ino !== first.ino;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  };
  if (sys.uname().release !== release || inContainer || isElsewhere()) return 0;
  if (sys.environment.get("DEBIAN_FRONTEND") !== "noninteractive") {
    const database = yield* DebconfDatabase.read(sys);
    const frontend = yield* chooseFrontend(sys, sys.environment.get("DEBIAN_FRONTEND") ?? database.value("debconf/frontend"));
    const template = removingRunningKernel(release);
    const answer = yield* frontend.ask(sys, sys.environment.get("DPKG_MAINTSCRIPT_PACKAGE") ?? "", { template, choices: [], value: template.otherwise });
    if ((answer ?? template.otherwise) === "true") {
      yield* io.stderr("E: Aborting removal of the running kernel\n");
      return 1;
    }
  }
  yield* io.stderr("W: Removing the running kernel\n");
  return 0;
});
