// dbus-monitor: the messages that go over the bus, as they come (dbus-monitor(1) of D-Bus 1.14).
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import type { BusMessage } from "../../daemons/dbus/api.ts";
import type { Command } from "../kit/command.ts";
import { openBus } from "../systemd/_bus-call.ts";
import { passesRule } from "../systemd/_bus-match.ts";
import { bodyText, headText, stamp } from "./_dbus-text.ts";

const usage = "Usage: dbus-monitor [--system | --session | --address ADDRESS] [--monitor | --profile | --pcap | --binary ] [watch expressions]\n";

const letters: ReadonlyMap<BusMessage["type"], string> = new Map([["method_call", "mc"], ["method_return", "mr"], ["error", "err"], ["signal", "sig"]]);

/** A line of --profile: fields between tabs. */
function profileLine(message: BusMessage): string {
  const head = [letters.get(message.type) ?? "", stamp(message.atUs), String(message.serial), message.sender, message.destination ?? "<none>"];
  const rest = message.replySerial !== undefined ? [String(message.replySerial)] : [message.path ?? "", message.interface ?? "<none>", message.member ?? ""];
  return `${[...head, ...rest].join("\t")}\n`;
}

function* run(sys: Sys, argv: readonly string[]): Blocking<number> {
  const say = function* (fd: number, text: string): Blocking<void> {
    yield* sys.write(fd, encode(text));
  };
  let session = true;
  let profile = false;
  const rules: string[] = [];
  for (const word of argv.slice(1)) {
    if (word === "--system") session = false;
    else if (word === "--session") session = true;
    else if (word === "--monitor") profile = false;
    else if (word === "--profile") profile = true;
    else if (word.startsWith("-")) {
      yield* say(word === "--help" ? 1 : 2, usage);
      return word === "--help" ? 0 : 1;
    } else rules.push(word);
  }
  if (session) {
    yield* say(2, "Failed to open connection to session bus: Unable to autolaunch a dbus-daemon without a $DISPLAY for X11\n");
    return 1;
  }
  const bus = yield* openBus(sys);
  if (bus instanceof SysError) {
    yield* say(2, `Failed to open connection to system bus: Failed to connect to socket /run/dbus/system_bus_socket: ${bus.message}\n`);
    return 1;
  }
  if (profile) yield* say(1, "#type\ttimestamp\tserial\tsender\tdestination\tpath\tinterface\tmember\n#\t\t\t\t\tin_reply_to\n");
  yield* bus.ask<"monitor">({ op: "monitor" });
  for (;;) {
    const message = yield* bus.next();
    if (message === undefined) return 0;
    if (rules.length > 0 && !rules.some((rule) => passesRule(message, rule))) continue;
    yield* say(1, profile ? profileLine(message) : headText(message) + bodyText(message.signature, message.body));
  }
}

const command: Command = {
  name: "dbus-monitor",
  declaration: {
    name: "dbus-monitor", summary: "show the messages on the message bus", synopsis: ["[--system | --session] [--monitor | --profile] [watch expressions]"], operands: "none",
    options: [
      { names: ["--system"], argument: undefined, argumentOptional: false, help: "the bus of the system", support: "simulated" },
      { names: ["--session"], argument: undefined, argumentOptional: false, help: "the bus of a session", support: "simulated" },
      { names: ["--monitor"], argument: undefined, argumentOptional: false, help: "messages with their contents (default)", support: "simulated" },
      { names: ["--profile"], argument: undefined, argumentOptional: false, help: "a line for each message", support: "simulated" },
    ],
  },
  program: run,
};

export default command;
