// dbus-send: one message to the bus, with --print-reply its answer (dbus-send(1) of D-Bus 1.14).
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import type { DbusValue } from "../../daemons/dbus/api.ts";
import type { Command } from "../kit/command.ts";
import { variant } from "../kit/dbus/values.ts";
import { callMethod, openBus } from "../systemd/_bus-call.ts";
import { DbusError } from "../systemd/_bus-service.ts";
import { bodyText, headText } from "./_dbus-text.ts";

const usage = "Usage: dbus-send [--help] [--system | --session | --bus=ADDRESS | --peer=ADDRESS] [--sender=NAME] [--dest=NAME] [--type=TYPE] [--print-reply[=literal]] [--reply-timeout=MSEC] <destination object path> <message name> [contents ...]\n";

const codes: ReadonlyMap<string, string> = new Map([["string", "s"], ["int16", "n"], ["uint16", "q"], ["int32", "i"], ["uint32", "u"], ["int64", "x"], ["uint64", "t"], ["double", "d"], ["byte", "y"], ["boolean", "b"], ["objpath", "o"]]);

class BadItem extends Error {}

function basic(type: string, text: string): readonly [string, DbusValue] {
  const code = codes.get(type);
  if (code === undefined) throw new BadItem(`Unknown type "${type}"`);
  if (code === "b") {
    if (text !== "true" && text !== "false") throw new BadItem(`Expected "true" or "false" instead of "${text}"`);
    return [code, text === "true"];
  }
  if (code === "s" || code === "o") return [code, text];
  // as strtol(3): what is no number is 0
  const number = code === "d" ? Number.parseFloat(text) || 0 : Number.parseInt(text, /^[+-]?0x/i.test(text) ? 16 : 10) || 0;
  return [code, code === "x" || code === "t" ? String(number) : number];
}

/** One word of the contents: TYPE:VALUE, array:TYPE:A,B, dict:KEY:VALUE:k,v, variant:TYPE:VALUE. Errors: BadItem. */
function contents(word: string): readonly [signature: string, value: DbusValue] {
  const colon = word.indexOf(":");
  if (colon < 0) throw new BadItem(`Data item "${word}" is badly formed`);
  const kind = word.slice(0, colon);
  const rest = word.slice(colon + 1);
  const split = (text: string): readonly [string, string] => {
    const at = text.indexOf(":");
    if (at < 0) throw new BadItem(`Data item "${word}" is badly formed`);
    return [text.slice(0, at), text.slice(at + 1)];
  };
  if (kind === "variant") {
    const [code, value] = basic(...split(rest));
    return ["v", variant(code, value)];
  }
  if (kind === "array") {
    const [type, list] = split(rest);
    const values = list.split(",").map((one) => basic(type, one)[1]);
    return [`a${codes.get(type) ?? ""}`, values];
  }
  if (kind === "dict") {
    const [keyType, more] = split(rest);
    const [valueType, list] = split(more);
    const words = list.split(",");
    if (words.length % 2 !== 0) throw new BadItem("Dict must have an even number of items");
    const entries = Array.from({ length: words.length / 2 }, (_, index) => [basic(keyType, words[index * 2] ?? "")[1], basic(valueType, words[index * 2 + 1] ?? "")[1]]);
    return [`a{${codes.get(keyType) ?? ""}${codes.get(valueType) ?? ""}}`, entries];
  }
  return basic(kind, rest);
}

function* run(sys: Sys, argv: readonly string[]): Blocking<number> {
  const say = function* (fd: number, text: string): Blocking<void> {
    yield* sys.write(fd, encode(text));
  };
  const fail = function* (text: string): Blocking<number> {
    yield* say(2, text);
    return 1;
  };
  let kind = "signal";
  let reply: "none" | "full" | "literal" = "none";
  let destination: string | undefined;
  let session = true;
  const words: string[] = [];
  for (const word of argv.slice(1)) {
    const [name = "", value] = word.includes("=") && word.startsWith("--") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word, undefined];
    if (!word.startsWith("-") || words.length > 0) words.push(word);
    else if (word === "--system") session = false;
    else if (word === "--session" || name === "--bus" || name === "--peer" || name === "--address") session = true;
    else if (name === "--print-reply") {
      reply = value === "literal" ? "literal" : "full";
      kind = "method_call";
    } else if (name === "--dest" && value !== undefined) destination = value;
    else if (name === "--type" && value !== undefined) kind = value;
    else if ((name === "--reply-timeout" || name === "--sender") && value !== undefined) continue;
    else {
      yield* say(word === "--help" ? 1 : 2, usage);
      return word === "--help" ? 0 : 1;
    }
  }
  const [path = "", member = "", ...rest] = words;
  if (words.length < 2) return yield* fail(usage);
  if (kind !== "signal" && kind !== "method_call") return yield* fail(`Message type "${kind}" is not supported\n`);
  if (session) return yield* fail(`Failed to open connection to "session" message bus: Unable to autolaunch a dbus-daemon without a $DISPLAY for X11\n`);
  const bus = yield* openBus(sys);
  if (bus instanceof SysError) return yield* fail(`Failed to open connection to "system" message bus: Failed to connect to socket /run/dbus/system_bus_socket: ${bus.message}\n`);
  const dot = member.lastIndexOf(".");
  if (dot < 0) return yield* fail(`Must use org.mydomain.Interface.${kind === "signal" ? "Signal" : "Method"} notation, no dot in "${member}"\n`);
  const face = member.slice(0, dot);
  const name = member.slice(dot + 1);
  if (!/^\/(?:\w+(?:\/\w+)*)?$/.test(path)) return yield* fail(`Object path was not valid: '${path}'\n`);
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(face)) return yield* fail(`Interface name was not valid: '${face}'\n`);
  if (!/^[A-Za-z_]\w*$/.test(name)) return yield* fail(`${kind === "signal" ? "Signal" : "Method"} name was not valid: '${name}'\n`);
  try {
    const given = rest.map(contents);
    const signature = given.map(([type]) => type).join("");
    const body = given.map(([, value]) => value);
    if (kind === "signal") {
      yield* bus.ask<"post">({ op: "post", message: { type: "signal", ...(destination === undefined ? {} : { destination }), path, interface: face, member: name, flags: 1, signature, body } });
      return 0;
    }
    if (destination === undefined) throw new DbusError("UnknownMethod", `Method "${name}" with signature "${signature}" on interface "${face}" doesn't exist\n`);
    const done = yield* callMethod(bus, { destination, path, face, method: name, signature, body, noReply: reply === "none" });
    if (reply === "full") yield* say(1, headText({ type: "method_return", sender: done.sender, destination: bus.unique, serial: done.serial, replySerial: done.replySerial, atUs: done.atUs }));
    if (reply !== "none") yield* say(1, bodyText(done.signature, done.body, reply === "literal"));
    return 0;
  } catch (error) {
    if (error instanceof BadItem) return yield* fail(`dbus-send: ${error.message}\n`);
    if (!(error instanceof DbusError)) throw error;
    return reply === "none" ? 0 : yield* fail(`Error ${error.errorName}: ${error.message}\n`);
  }
}

const command: Command = {
  name: "dbus-send",
  declaration: {
    name: "dbus-send", summary: "call a method or send a signal on D-Bus", synopsis: ["[--system | --session] [--dest=NAME] [--print-reply[=literal]] [--type=TYPE] <object path> <interface.member> [contents ...]"], operands: "none",
    options: [
      { names: ["--system"], argument: undefined, argumentOptional: false, help: "the bus of the system", support: "simulated" },
      { names: ["--session"], argument: undefined, argumentOptional: false, help: "the bus of a session", support: "simulated" },
      { names: ["--dest"], argument: "NAME", argumentOptional: false, help: "whom the message is for", support: "simulated" },
      { names: ["--print-reply"], argument: "literal", argumentOptional: true, help: "wait for the answer and print it", support: "simulated" },
      { names: ["--reply-timeout"], argument: "MSEC", argumentOptional: false, help: "milliseconds until the answer must have come", support: "simulated" },
      { names: ["--type"], argument: "TYPE", argumentOptional: false, help: "signal or method_call", support: "simulated" },
    ],
  },
  program: run,
};

export default command;
