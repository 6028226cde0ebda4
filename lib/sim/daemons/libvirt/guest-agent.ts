// The daemon's end of a guest's agent channel: a question, its answer (qemu-ga's JSON lines). The words of failures are those of src/qemu/qemu_agent.c.
import { type Blocking, decode, encode, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import type { Call } from "./call.ts";
import type { Domain } from "./engine.ts";
import { VirError } from "./error.ts";

export const AGENT_PORT = "org.qemu.guest_agent.0";

const syncTimeoutUs = 5_000_000;
const answerTimeoutUs = 60_000_000;
const pollUs = 100_000;

/** Where QEMU listens for a channel of the domain whose definition names no path (qemuDomainPrepareChannel). */
export function channelPath(id: number, domain: string, port: string, state = "/var/lib/libvirt/qemu"): string {
  return `${state}/channel/target/domain-${id}-${domain.slice(0, 20)}/${port}`;
}

function agentPath(domain: Domain): string | undefined {
  return domain.live?.find("devices")?.all("channel").find((one) => one.at("target", "name") === AGENT_PORT)?.at("source", "path");
}

/** Errors: VirError when the agent cannot be asked now. */
export function demandAgent(domain: Domain): void {
  if (domain.state !== "running") throw new VirError("operation-invalid", "domain is not running");
  if (domain.agentConnected) return;
  if (agentPath(domain) === undefined) throw new VirError("argument-unsupported", "QEMU guest agent is not configured");
  throw new VirError("agent", "QEMU guest agent is not connected");
}

interface Reply {
  readonly value: unknown;
  readonly error: string | undefined;
}

function replyOf(line: string): Reply | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(message));
  const failure = fields.get("error");
  if (typeof failure === "object" && failure !== null) return { value: undefined, error: "desc" in failure ? String(failure.desc) : "unknown QEMU command error" };
  return fields.has("return") ? { value: fields.get("return"), error: undefined } : undefined;
}

class Channel {
  readonly #sys: Sys;
  readonly #domain: Domain;
  readonly #fd: number;
  #buffered = "";

  constructor(sys: Sys, domain: Domain, fd: number) {
    this.#sys = sys;
    this.#domain = domain;
    this.#fd = fd;
  }

  *send(request: unknown): Blocking<void> {
    yield* this.#sys.write(this.#fd, encode(`${JSON.stringify(request)}\n`));
  }

  /** The first reply that is accepted. Undefined: the agent's end closed. Errors: VirError after the time. */
  *reply(timeoutUs: number, accepted: (reply: Reply) => boolean): Blocking<Reply | undefined> {
    const sys = this.#sys;
    const untilUs = sys.clockUs("monotonic") + timeoutUs;
    for (;;) {
      for (let end = this.#buffered.indexOf("\n"); end >= 0; end = this.#buffered.indexOf("\n")) {
        const reply = replyOf(this.#buffered.slice(0, end));
        this.#buffered = this.#buffered.slice(end + 1);
        if (reply !== undefined && accepted(reply)) return reply;
      }
      if (!this.#domain.agentConnected || this.#domain.monitor === undefined) return undefined;
      const leftUs = untilUs - sys.clockUs("monotonic");
      if (leftUs <= 0) throw new VirError("agent", "Guest agent not available for now");
      const ready = yield* sys.poll([{ fd: this.#fd, events: POLL.IN }], Math.min(leftUs, pollUs));
      if (ready.length === 0) continue;
      const bytes = yield* sys.read(this.#fd, 65_536);
      if (bytes.length === 0) return undefined;
      this.#buffered += decode(bytes);
    }
  }
}

export interface AgentRequest {
  readonly timeoutUs?: number | undefined;
  /** the guest answers by going away: an ended channel is success */
  readonly leaves?: boolean;
}

/** One question after another; the agent is found by guest-sync first, as libvirt does. Errors: VirError. */
export function* askAgent(sys: Sys, domain: Domain, command: string, given: Readonly<Record<string, unknown>> | undefined = undefined, request: AgentRequest = {}): Blocking<unknown> {
  demandAgent(domain);
  const path = agentPath(domain) ?? "";
  while (domain.agentBusy) yield* sys.sleep(1000);
  domain.agentBusy = true;
  const fd = sys.socket("unix", "stream");
  try {
    sys.setCloexec(fd, true);
    yield* sys.connect(fd, { family: "unix", path });
    const channel = new Channel(sys, domain, fd);
    const id = Math.floor(sys.clockUs("realtime") / 1000);
    yield* channel.send({ execute: "guest-sync", arguments: { id } });
    if ((yield* channel.reply(Math.min(syncTimeoutUs, request.timeoutUs ?? syncTimeoutUs), (reply) => reply.value === id)) === undefined) throw new VirError("agent", "Guest agent disappeared while executing command");
    yield* channel.send(given === undefined ? { execute: command } : { execute: command, arguments: given });
    const reply = yield* channel.reply(request.timeoutUs ?? answerTimeoutUs, () => true);
    if (reply === undefined) {
      if (request.leaves === true) return undefined;
      throw new VirError("agent", "Guest agent disappeared while executing command");
    }
    if (reply.error !== undefined) throw new VirError("internal", `unable to execute QEMU agent command '${command}': ${reply.error}`);
    return reply.value;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VirError("agent", "QEMU guest agent is not connected");
  } finally {
    domain.agentBusy = false;
    sys.close(fd);
  }
}

/** guest-shutdown of a call with `mode` (a list of acpi, agent...). True: the agent has done it. Errors: VirError when nothing else was asked for. */
export function* leaveByAgent(call: Call, domain: Domain, mode: "powerdown" | "reboot", byDefault: boolean): Blocking<boolean> {
  const modes = (call.optional("mode") ?? "").split(",").filter((one) => one !== "");
  const wanted = modes.includes("agent");
  if (!wanted && !(modes.length === 0 && byDefault && domain.agentConnected && domain.state === "running")) return false;
  try {
    yield* askAgent(call.sys, domain, "guest-shutdown", { mode }, { leaves: true });
    return true;
  } catch (error) {
    if (!(error instanceof VirError) || (wanted && !modes.includes("acpi"))) throw error;
    return false;
  }
}
