// The attached client: the terminal's keys go to the server, what the server draws goes to the terminal.
import { type Blocking, decode, encode, POLL, SIGNALS, type Sys, SysError, type Termios } from "../../kernel/sys.ts";
import { KIND, MessagePort, parsed, type CommandMessage, type ReplyMessage } from "./_messages.ts";

function raw(termios: Termios): Termios {
  const off = new Set(["icrnl", "ixon", "inlcr", "igncr", "isig", "icanon", "echo", "iexten", "opost", "brkint", "istrip", "imaxbel"]);
  return { ...termios, flags: new Set([...termios.flags].filter((flag) => !off.has(flag))), min: 1, time: 0 };
}

/** Sends the command; carries the terminal while the server keeps us attached. Returns the exit status. */
export function* runClient(sys: Sys, fd: number, command: CommandMessage): Blocking<number> {
  const port = new MessagePort(sys, fd);
  yield* port.send(KIND.COMMAND, command);
  let attached = false;
  let before: Termios | undefined;
  let status = 0;
  let goodbye = "";
  sys.sigaction(SIGNALS.WINCH, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  sys.sigaction(SIGNALS.HUP, "catch");
  try {
    for (;;) {
      for (let message = port.take(); message !== undefined; message = port.take()) {
        switch (message.kind) {
          case KIND.OUTPUT: yield* sys.write(1, message.body); break;
          case KIND.REPLY: {
            const reply = parsed<ReplyMessage>(message.body);
            if (reply.out) yield* sys.write(1, encode(reply.out));
            if (reply.error) yield* sys.write(2, encode(reply.error));
            status = reply.status ?? 0;
            if (!attached) return status;
            break;
          }
          case KIND.ATTACHED:
            attached = true;
            before = sys.tcgetattr(0);
            yield* sys.tcsetattr(0, raw(before));
            yield* sys.write(1, encode("\u001b[?1049h\u001b[H\u001b[2J"));
            yield* port.send(KIND.SIZE, sys.getWindowSize(0));
            break;
          case KIND.EXIT:
            goodbye = decode(message.body);
            return status;
          default:
        }
      }
      if (port.ended) {
        if (attached) goodbye = "[server exited]";
        else status = 1;
        return status;
      }
      try {
        const ready = yield* sys.poll([{ fd, events: POLL.IN }, ...(attached ? [{ fd: 0, events: POLL.IN }] : [])], null);
        if (ready.some((one) => one.fd === fd)) yield* port.fill();
        if (ready.some((one) => one.fd === 0)) {
          const bytes = yield* sys.read(0, 4096);
          if (bytes.length === 0) return 1;
          yield* port.send(KIND.INPUT, bytes);
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        const signals = sys.takeSignals();
        if (signals.includes(SIGNALS.HUP)) return 1;
        if (signals.includes(SIGNALS.WINCH) && attached) yield* port.send(KIND.SIZE, sys.getWindowSize(0));
      }
    }
  } finally {
    if (before) {
      yield* sys.write(1, encode("\u001b[m\u001b[?25h\u001b[?1049l"));
      yield* sys.tcsetattr(0, before);
    }
    if (goodbye !== "") yield* sys.write(1, encode(`${goodbye}\n`));
  }
}
