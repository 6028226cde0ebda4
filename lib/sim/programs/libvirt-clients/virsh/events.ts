// Waiting for what happens (virsh event and its kin).
import { type Blocking, dateTimeText, decode, encode, SIGNALS, type Sys, SysError } from "../../../kernel/sys.ts";
import { LibvirtClient, LibvirtError, record, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const domainKinds = ["lifecycle", "reboot", "rtc-change", "watchdog", "io-error", "graphics", "io-error-reason", "control-error", "block-job", "disk-change", "tray-change", "pm-wakeup", "pm-suspend", "balloon-change", "pm-suspend-disk", "device-removed", "block-job-2", "tunable", "agent-lifecycle", "device-added", "migration-iteration", "job-completed", "device-removal-failed", "metadata-change", "block-threshold", "memory-failure", "memory-device-size-change"];

interface Watch {
  readonly about: string;
  readonly kinds: readonly string[];
  readonly name: string | undefined;
  readonly words: (kind: string, name: string, text: string) => string;
}

const stamp = (sys: Sys): string => {
  const us = sys.clockUs("realtime");
  return `${dateTimeText(Math.floor(us / 1e6))}.${String(Math.floor((us % 1e6) / 1000)).padStart(3, "0")}+0000: `;
};

function* watch(call: VshCall, wanted: Watch): Blocking<void> {
  const { sys } = call;
  const client = yield* LibvirtClient.connect(sys, call.session.readOnly, call.session.uri);
  try {
    yield* client.call("connectEvents");
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw new VshError(error.message);
  }
  const deadlineUs = call.has("timeout") ? sys.clockUs("monotonic") + Number(call.text("timeout")) * 1_000_000 : undefined;
  const before = sys.sigaction(SIGNALS.INT, "catch");
  let received = 0;
  let how: "count" | "timeout" | "interrupt" = "count";
  let buffered = "";
  try {
    waiting: for (;;) {
      const leftUs = deadlineUs === undefined ? null : deadlineUs - sys.clockUs("monotonic");
      if (leftUs !== null && leftUs <= 0) {
        how = "timeout";
        break;
      }
      let ready: readonly unknown[];
      try {
        ready = yield* sys.poll([{ fd: client.fd, events: 1 }], leftUs);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        sys.takeSignals();
        how = "interrupt";
        break;
      }
      if (ready.length === 0) continue;
      const bytes = yield* sys.read(client.fd, 65_536);
      if (bytes.length === 0) throw new VshError("Disconnected from the hypervisor");
      buffered += decode(bytes);
      for (let end = buffered.indexOf("\n"); end >= 0; end = buffered.indexOf("\n")) {
        const event = record(JSON.parse(buffered.slice(0, end)));
        buffered = buffered.slice(end + 1);
        const kind = textAt(event, "kind");
        if (textAt(event, "about") !== wanted.about || !wanted.kinds.includes(kind) || (wanted.name !== undefined && textAt(event, "name") !== wanted.name)) continue;
        received++;
        yield* sys.write(1, encode(`${call.has("timestamp") ? stamp(sys) : ""}${wanted.words(kind, textAt(event, "name"), textAt(event, "text"))}\n`));
        if (!call.has("loop")) break waiting;
      }
    }
  } finally {
    sys.sigaction(SIGNALS.INT, before);
    client.close();
  }
  if (how === "timeout") yield* call.print("event loop timed out\n");
  else if (how === "interrupt") yield* call.print("event loop interrupted\n");
  yield* call.print(`events received: ${received}\n`);
  if (received === 0) throw new VshError();
}

function* chosen(call: VshCall, kinds: readonly string[]): Blocking<readonly string[] | undefined> {
  if (call.has("list")) {
    yield* call.print(`${kinds.join("\n")}\n`);
    return undefined;
  }
  const kind = call.get("event");
  if (kind === undefined && !call.has("all")) throw new VshError(kinds === domainKinds ? "one of --list, --all, or --event <type> is required" : "either --list or --event <type> is required");
  if (kind !== undefined && !kinds.includes(kind)) throw new VshError(`unknown event type ${kind}`);
  const timeout = call.get("timeout");
  if (timeout !== undefined && !/^[1-9]\d*$/.test(timeout)) throw new VshError(`Numeric value '${timeout}' for <timeout> option is malformed or out of range`);
  return kind === undefined ? kinds : [kind];
}

const event = verb("event", "domain", "Domain Events", "domain:string event:string all loop timeout:string list timestamp", function* (call) {
  const kinds = yield* chosen(call, domainKinds);
  if (kinds === undefined) return;
  const name = call.has("domain") ? yield* call.domain() : undefined;
  yield* watch(call, {
    about: "domain", kinds, name,
    words: (kind, domain, text) => `event '${kind}' for domain '${domain}'${text === "" ? "" : `: ${text}`}`,
  });
});

const other = (name: string, group: string, help: string, option: string, about: string, kinds: readonly string[], words: (kind: string, name: string, text: string) => string): Verb =>
  verb(name, group, help, `${option}:string event:string loop timeout:string list timestamp`, function* (call) {
    const wanted = yield* chosen(call, kinds);
    if (wanted === undefined) return;
    const one = !call.has(option) ? undefined : about === "pool" ? yield* call.pool() : about === "network" ? yield* call.network() : call.text(option);
    yield* watch(call, { about, kinds: wanted, name: one, words });
  });

export const eventVerbs: readonly Verb[] = [
  event, other("net-event", "network", "Network Events", "network", "network", ["lifecycle"], (_kind, name, text) => `event 'lifecycle' for network '${name}': ${text}`),
  other("pool-event", "pool", "Storage Pool Events", "pool", "pool", ["lifecycle", "refresh"], (kind, name, text) => (kind === "refresh" ? `event 'refresh' for storage pool ${name}` : `event 'lifecycle' for storage pool ${name}: ${text}`)),
  other("secret-event", "secret", "Secret Events", "secret", "secret", ["lifecycle", "value-changed"], (kind, name, text) => (kind === "value-changed" ? `event 'value-changed' for secret ${name}` : `event 'lifecycle' for secret ${name}: ${text}`)),
  other("nodedev-event", "nodedev", "Node Device Events", "device", "nodedev", ["lifecycle", "update"], (kind, name, text) => (kind === "update" ? `event 'update' for node device ${name}` : `event 'lifecycle' for node device ${name}: ${text}`)),
];
