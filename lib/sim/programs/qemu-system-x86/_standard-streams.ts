// QEMU's standard streams: the guest's serial line, the monitor, or both, between which Ctrl-a c switches (qemu(1), keys in the character backend multiplexer).
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { banner, humanCommand, type MonitorTarget, prompt } from "./_human-monitor.ts";

export interface StreamUses {
  readonly serial: boolean;
  readonly monitor: boolean;
}

const escapeKey = 1;
const muxHelp = "\nC-a h    show this help\nC-a x    end QEMU\nC-a s    with -snapshot, write the changes to the image\nC-a t    time stamps on or off\nC-a b    send a break\nC-a c    go to the monitor, or back\nC-a C-a  type C-a itself\n";

export class StandardStreams {
  readonly #sys: Sys;
  readonly #uses: StreamUses;
  #focus: "serial" | "monitor";
  #escaped = false;
  #line = "";
  #greeted = false;
  #before: ReturnType<Sys["tcgetattr"]> | undefined;
  /** of the terminal's input, once it has ended */
  closed = false;

  constructor(sys: Sys, uses: StreamUses) {
    this.#sys = sys;
    this.#uses = uses;
    this.#focus = uses.serial ? "serial" : "monitor";
  }

  /** Keys come as they are typed; only a monitor without a serial line leaves Ctrl-C its meaning. */
  *open(keepSignals: boolean): Blocking<void> {
    const sys = this.#sys;
    if (sys.isatty(0)) {
      this.#before = sys.tcgetattr(0);
      const off = ["icanon", "echo", "iexten", "icrnl", ...(keepSignals ? [] : ["isig"])];
      yield* sys.tcsetattr(0, { ...this.#before, flags: new Set([...this.#before.flags].filter((flag) => !off.includes(flag))) });
    }
    if (this.#focus === "monitor") yield* this.#greet();
  }

  *close(): Blocking<void> {
    if (this.#before !== undefined) yield* this.#sys.tcsetattr(0, this.#before);
  }

  *#say(text: string): Blocking<void> {
    try {
      yield* this.#sys.write(1, encode(text));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#greet(): Blocking<void> {
    yield* this.#say(this.#greeted ? prompt : banner + prompt);
    this.#greeted = true;
  }

  /** What the serial line gets; "quit": the emulator ends. */
  *input(target: MonitorTarget): Blocking<Uint8Array | "quit"> {
    const bytes = yield* this.#sys.read(0, 4096);
    if (bytes.length === 0) {
      this.closed = true;
      return bytes;
    }
    const serial: number[] = [];
    for (const byte of bytes) {
      if (this.#escaped) {
        this.#escaped = false;
        if (byte === 0x78) {
          yield* this.#say("QEMU: Terminated\n");
          return "quit";
        }
        if (byte === 0x63 && this.#uses.monitor && this.#uses.serial) {
          this.#focus = this.#focus === "serial" ? "monitor" : "serial";
          if (this.#focus === "monitor") yield* this.#greet();
        } else if (byte === 0x68) yield* this.#say(muxHelp);
        else if (byte === escapeKey) serial.push(escapeKey);
        continue;
      }
      if (byte === escapeKey && this.#uses.serial && this.#uses.monitor) this.#escaped = true;
      else if (this.#focus === "serial") serial.push(byte);
      else if ((yield* this.#monitorKey(byte, target)) === "quit") return "quit";
    }
    return Uint8Array.from(serial);
  }

  *#monitorKey(byte: number, target: MonitorTarget): Blocking<"quit" | undefined> {
    if (byte === 13 || byte === 10) {
      const line = this.#line;
      this.#line = "";
      yield* this.#say("\n");
      if (/^\s*(?:q|quit)\s*$/.test(line)) return "quit";
      yield* this.#say((yield* humanCommand(target, line)) + prompt);
    } else if (byte === 8 || byte === 127) {
      if (this.#line !== "") yield* this.#say("\b \b");
      this.#line = this.#line.slice(0, -1);
    } else if (byte === 21) {
      yield* this.#say("\b \b".repeat(this.#line.length));
      this.#line = "";
    } else if (byte >= 32) {
      this.#line += decode(Uint8Array.of(byte));
      yield* this.#say(decode(Uint8Array.of(byte)));
    }
    return undefined;
  }
}
