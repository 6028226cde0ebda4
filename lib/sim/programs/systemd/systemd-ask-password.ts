// systemd-ask-password: asks for a secret at the terminal and prints it (systemd-ask-password(1)).
import { SIGNALS } from "../../kernel/sys.ts";
import { parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { flag, optionalText, text } from "../kit/gnu.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { complain, systemdTool } from "./_systemd.ts";

const USUAL_TIMEOUT = "90";

export default systemdTool({
  name: "systemd-ask-password", path: "/bin/systemd-ask-password", summary: "ask the user for a passphrase of the system", synopsis: ["[OPTIONS...] MESSAGE"], operands: "none",
  options: {
    icon: text(["--icon"], "NAME", "name of an icon"), id: text(["--id"], "ID", "identifier of the question"), keyname: text(["--keyname"], "NAME", "key of the kernel that keeps the answer"), credential: text(["--credential"], "NAME", "a credential that may answer"), timeout: text(["--timeout"], "SEC", "how long to wait"),
    echo: optionalText(["-e", "--echo"], "yes|no|masked", "whether the answer is shown"), emoji: text(["--emoji"], "yes|no|auto", "show a lock and a key"), noTty: flag(["--no-tty"], "ask through an agent, also at a terminal"), cached: flag(["--accept-cached"], "take an answer that is kept"), multiple: flag(["--multiple"], "print several answers"), noOutput: flag(["--no-output"], "print nothing"), noNewline: flag(["-n"], "no line end behind the answer"),
  },
  *run({ options, operands, sys }, io) {
    const timeoutUs = parseTimeSpan(options.timeout ?? USUAL_TIMEOUT);
    if (timeoutUs === undefined) {
      yield* complain(io, `Failed to parse --timeout= parameter: ${options.timeout ?? ""}`);
      return 1;
    }
    const deadline = timeoutUs === 0 ? Number.POSITIVE_INFINITY : sys.clockUs("monotonic") + timeoutUs;
    if (options.noTty || !sys.isatty(0)) {
      // nobody answers an agent's question
      if (Number.isFinite(deadline)) yield* sys.sleep(timeoutUs);
      else yield* sys.pause();
      yield* complain(io, "Failed to query password: Timer expired");
      return 1;
    }
    let shown = options.echo === undefined || options.echo === "masked" ? "masked" : /^(no|false|0|off|n|f)$/i.test(options.echo === true ? "yes" : options.echo) ? "no" : "yes";
    const emoji = io.utf8 && !/^(no|false|0|off|n|f)$/i.test(options.emoji ?? "auto");
    sys.sigaction(SIGNALS.INT, "catch");
    const terminal = yield* RawTerminal.open(sys, 2);
    yield* terminal.enter();
    const hint = "(press TAB for no echo) ";
    yield* terminal.write(`${emoji ? "🔐 " : ""}${operands.length === 0 ? "Password:" : operands.join(" ")} ${shown === "masked" ? hint : ""}`);
    let hinted = shown === "masked";
    let answer = "";
    let failure: string | undefined;
    for (;;) {
      const event = yield* terminal.next(Number.isFinite(deadline) ? Math.max(1, deadline - sys.clockUs("monotonic")) : null);
      if (event?.kind !== "key") {
        failure = event === undefined ? "Timer expired" : "Interrupted system call";
        break;
      }
      const { key } = event;
      if (key === "\r" || key === "\n" || key === "\u0004") break;
      if (hinted) {
        yield* terminal.write("\b \b".repeat(hint.length));
        hinted = false;
      }
      if (key === "\t" && answer === "" && shown === "masked") {
        shown = "no";
        yield* terminal.write("(no echo) ");
      } else if (key === "\u007f" || key === "\b") {
        if (answer !== "" && shown !== "no") yield* terminal.write("\b \b");
        answer = answer.slice(0, -1);
      } else if (key === "\u0015") {
        if (shown !== "no") yield* terminal.write("\b \b".repeat(answer.length));
        answer = "";
      } else if (key >= " ") {
        answer += key;
        if (shown !== "no") yield* terminal.write(shown === "yes" ? key : "*");
      }
    }
    yield* terminal.write("\n");
    yield* terminal.leave();
    if (failure !== undefined) {
      yield* complain(io, `Failed to query password: ${failure}`);
      return 1;
    }
    if (!options.noOutput) io.out.put(`${answer}${options.noNewline ? "" : "\n"}`);
    return 0;
  },
});
