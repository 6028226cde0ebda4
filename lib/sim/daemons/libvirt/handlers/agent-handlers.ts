// What is asked of the agent inside a guest.
import type { Blocking } from "../../../kernel/sys.ts";
import { tryReadFile } from "../../systemd/api/files.ts";
import { record, rows, textAt } from "../api.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, disksOf } from "../domain-xml.ts";
import type { Domain } from "../engine.ts";
import { VirError } from "../error.ts";
import { askAgent, demandAgent } from "../guest-agent.ts";

const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);

/** The domain's disk behind a device of the guest: /dev/vda1 is on vda. */
function diskOf(domain: Domain, device: string): string {
  const targets = domain.live === undefined ? [] : disksOf(domain.live).map((disk) => disk.at("target", "dev") ?? "");
  return targets.find((target) => target !== "" && device.replace("/dev/", "").replace(/\d+$/, "") === target) ?? "";
}

function* fileSystems(call: Call, domain: Domain): Blocking<readonly Readonly<Record<string, unknown>>[]> {
  return rows(yield* askAgent(call.sys, domain, "guest-get-fsinfo")).map((one) => ({
    mountpoint: textAt(one, "mountpoint"), name: textAt(one, "name"), type: textAt(one, "type"), total: one.get("total-bytes"), used: one.get("used-bytes"),
    disks: rows(one.get("disk")).map((disk) => ({ device: textAt(disk, "dev"), target: diskOf(domain, textAt(disk, "dev")) })),
  }));
}

function* interfaces(call: Call, domain: Domain): Blocking<readonly Readonly<Record<string, unknown>>[]> {
  return rows(yield* askAgent(call.sys, domain, "guest-network-get-interfaces")).map((one) => ({
    name: textAt(one, "name"), mac: textAt(one, "hardware-address"), addresses: rows(one.get("ip-addresses")).map((address) => `${textAt(address, "ip-address")}/${textAt(address, "prefix")}`),
  }));
}

/** A host name as the networks' leases tell it. */
function* leaseName(call: Call, domain: Domain): Blocking<string | undefined> {
  for (const card of domain.live === undefined ? [] : cardsOf(domain.live)) {
    const bridge = call.engine.networks.get(card.at("source", "network") ?? "")?.xml.at("bridge", "name");
    const text = bridge === undefined ? "" : ((yield* tryReadFile(call.sys, `/var/lib/libvirt/dnsmasq/${bridge}.status`)) ?? "");
    const leases: unknown = JSON.parse(text === "" ? "[]" : text);
    const lease = rows(leases).find((one) => textAt(one, "mac-address") === card.at("mac", "address") && textAt(one, "hostname") !== "");
    if (lease !== undefined) return textAt(lease, "hostname");
  }
  return undefined;
}

const guestQuestions: readonly (readonly [kind: string, ask: (call: Call, domain: Domain) => Blocking<unknown>])[] = [
  ["user", (call, domain) => askAgent(call.sys, domain, "guest-get-users")],
  ["os", (call, domain) => askAgent(call.sys, domain, "guest-get-osinfo")],
  ["timezone", (call, domain) => askAgent(call.sys, domain, "guest-get-timezone")],
  ["hostname", (call, domain) => askAgent(call.sys, domain, "guest-get-host-name")],
  ["filesystem", fileSystems],
  ["disk", function* (call, domain) {
    return rows(yield* askAgent(call.sys, domain, "guest-get-disks")).map((one) => ({ name: textAt(one, "name"), partition: one.get("partition") === true, dependencies: one.get("dependencies") ?? [], alias: one.get("partition") === true ? "" : diskOf(domain, textAt(one, "name")) }));
  }],
  ["interface", interfaces],
];

/** The call's list of mount points, undefined when it gave none. */
const mountPoints = (call: Call): readonly string[] | undefined => call.optional("mountpoints")?.split("\n");

export const agentHandlers = handlers({
  *agentReady(call) {
    const domain = call.engine.running(call.text("domain"));
    yield* call.sys.preempt();
    demandAgent(domain);
    return undefined;
  },
  *agentInterfaces(call) {
    return yield* interfaces(call, call.engine.running(call.text("domain")));
  },
  *agentHostName(call) {
    const domain = call.engine.running(call.text("domain"));
    if (call.optional("source") === "lease") {
      const found = yield* leaseName(call, domain);
      if (found === undefined) throw new VirError("plain", `no hostname available: no hostname found for domain ${domain.name}`);
      return found;
    }
    return textAt(record(yield* askAgent(call.sys, domain, "guest-get-host-name")), "host-name");
  },
  *agentFileSystems(call) {
    return yield* fileSystems(call, call.engine.running(call.text("domain")));
  },
  /** `kinds`: names of guestQuestions; none: all that the agent knows */
  *agentGuestInfo(call) {
    const domain = call.engine.running(call.text("domain"));
    const kinds = call.text("kinds").split(" ").filter((kind) => kind !== "");
    demandAgent(domain);
    const answers: Record<string, unknown> = {};
    for (const [kind, ask] of guestQuestions) {
      if (kinds.length > 0 && !kinds.includes(kind)) continue;
      try {
        answers[kind] = yield* ask(call, domain);
      } catch (error) {
        if (!(error instanceof VirError) || kinds.length > 0 || !error.message.endsWith("has not been found")) throw error;
      }
    }
    return answers;
  },
  *agentTime(call) {
    return Math.floor(Number(yield* askAgent(call.sys, call.engine.running(call.text("domain")), "guest-get-time")) / 1e9);
  },
  *agentVcpus(call) {
    const found = rows(yield* askAgent(call.sys, call.engine.running(call.text("domain")), "guest-get-vcpus"));
    const ids = (kept: (one: ReadonlyMap<string, unknown>) => boolean): number[] => found.filter(kept).map((one) => Number(one.get("logical-id")));
    return { vcpus: ids(() => true), online: ids((one) => one.get("online") === true), offlinable: ids((one) => one.get("can-offline") === true) };
  },
}, {
  *agentSetTime(call) {
    const domain = call.engine.running(call.text("domain"));
    yield* askAgent(call.sys, domain, "guest-set-time", call.flag("sync") ? undefined : { time: call.number("seconds") * 1e9 });
    return undefined;
  },
  *agentFreeze(call) {
    const points = mountPoints(call);
    return Number(yield* askAgent(call.sys, call.engine.running(call.text("domain")), points === undefined ? "guest-fsfreeze-freeze" : "guest-fsfreeze-freeze-list", points === undefined ? undefined : { mountpoints: points }));
  },
  *agentThaw(call) {
    const domain = call.engine.running(call.text("domain"));
    if (mountPoints(call) !== undefined) throw new VirError("argument-unsupported", "specifying mountpoints is not supported");
    return Number(yield* askAgent(call.sys, domain, "guest-fsfreeze-thaw"));
  },
  *agentTrim(call) {
    const domain = call.engine.running(call.text("domain"));
    if (call.optional("mountpoint") !== undefined) throw new VirError("argument-unsupported", "Specifying mount point is not supported for now");
    yield* askAgent(call.sys, domain, "guest-fstrim", { minimum: call.number("minimum") });
    return undefined;
  },
  *agentSetVcpus(call) {
    const domain = call.engine.running(call.text("domain"));
    const known = rows(yield* askAgent(call.sys, domain, "guest-get-vcpus"));
    const wanted = numbers(JSON.parse(call.text("vcpus")));
    const on = call.flag("on");
    for (const id of wanted) {
      const one = known.find((vcpu) => vcpu.get("logical-id") === id);
      if (one === undefined) throw new VirError("argument", `vCPU '${id}' is not present in domain`);
      if (!on && one.get("can-offline") !== true) throw new VirError("argument", `vCPU '${id}' is not offlinable`);
    }
    yield* askAgent(call.sys, domain, "guest-set-vcpus", { vcpus: wanted.map((id) => ({ "logical-id": id, online: on })) });
    return undefined;
  },
  *agentPassword(call) {
    yield* askAgent(call.sys, call.engine.running(call.text("domain")), "guest-set-user-password", { username: call.text("user"), password: call.text("password"), crypted: call.flag("crypted") });
    return undefined;
  },
  /** The whole reply as text. */
  *agentCommand(call) {
    const domain = call.engine.running(call.text("domain"));
    demandAgent(domain);
    let fields: ReadonlyMap<string, unknown>;
    try {
      fields = record(JSON.parse(call.text("command")));
    } catch {
      throw new VirError("internal", `cannot parse json ${call.text("command")}: lexical error: invalid char in json text.`);
    }
    const execute = textAt(fields, "execute");
    const seconds = call.number("timeoutSeconds");
    const given = fields.get("arguments");
    const value = yield* askAgent(call.sys, domain, execute, given === undefined ? undefined : Object.fromEntries(record(given)), seconds > 0 ? { timeoutUs: seconds * 1e6 } : {});
    return JSON.stringify({ return: value });
  },
});

