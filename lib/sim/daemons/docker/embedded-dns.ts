// The name server of user-defined networks at 127.0.0.11 (libnetwork's resolver): names of the containers on the networks that this one is
// on, everything else asked of the servers outside. Its sockets live in the container's network namespace, its thread in the daemon.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { DNS_PORT, type DnsQuestion, type DnsRecord, encodeAnswer, parseQuery } from "../resolver/api.ts";
import { closeQuietly } from "./container-io.ts";
import type { StoredContainer } from "./container.ts";
import type { Engine, Runtime } from "./engine.ts";
import { inNetworkOf, isUserNetwork, namesOn, NetworkError } from "./networks.ts";

const EMBEDDED_SERVER = "127.0.0.11";
const TTL_SECONDS = 600;
const SERVER_FAILURE = 2;
const MOST_FORWARDED = 100;
const [A, PTR, AAAA] = [1, 12, 28];

interface Neighbour {
  readonly container: StoredContainer;
  readonly network: string;
  readonly names: readonly string[];
  readonly address: string;
}

function neighbours(engine: Engine, container: StoredContainer): Neighbour[] {
  const own = new Set(Object.entries(container.Networks).filter(([name, endpoint]) => isUserNetwork(name) && endpoint.IPAddress !== "").map(([, endpoint]) => endpoint.NetworkID));
  const found: Neighbour[] = [];
  for (const other of engine.containers.values()) {
    for (const endpoint of Object.values(other.Networks)) {
      if (endpoint.IPAddress === "" || !own.has(endpoint.NetworkID)) continue;
      found.push({ container: other, network: engine.networks.networks.get(endpoint.NetworkID)?.Name ?? "", names: namesOn(other, endpoint).map((name) => name.toLowerCase()), address: endpoint.IPAddress });
    }
  }
  return found;
}

/** Undefined: none of the networks' names. */
function answerOf(engine: Engine, container: StoredContainer, question: DnsQuestion, random: (count: number) => Uint8Array): readonly DnsRecord[] | undefined {
  const near = neighbours(engine, container);
  if (question.type === PTR) {
    const address = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/i.exec(question.name)?.slice(1).reverse().join(".");
    const owner = near.find((one) => one.address === address);
    return owner && [{ name: question.name, type: PTR, ttlSeconds: TTL_SECONDS, data: `${owner.container.Name}.${owner.network}` }];
  }
  if (question.type !== A && question.type !== AAAA) return undefined;
  const wanted = question.name.toLowerCase().replace(/\.$/, "");
  const link = (container.HostConfig.Links ?? []).map((entry) => entry.split(":")).find(([, alias]) => alias?.toLowerCase() === wanted)?.[0];
  const owners = near.filter((one) => one.names.some((name) => name === wanted || `${name}.${one.network.toLowerCase()}` === wanted) || (link !== undefined && one.container.Name === link));
  if (owners.length === 0) return undefined;
  if (question.type === AAAA) return [];
  const addresses = owners.map((one) => one.address);
  // one name, several containers: another order each time
  const turns = addresses.length > 1 ? (random(1)[0] ?? 0) % addresses.length : 0;
  return [...addresses.slice(turns), ...addresses.slice(0, turns)].map((address) => ({ name: question.name, type: A, ttlSeconds: TTL_SECONDS, data: address }));
}

function failed(question: DnsQuestion): Uint8Array {
  const answer = encodeAnswer(question, []);
  answer[3] = 0x80 | SERVER_FAILURE;
  return answer;
}

/** Serves until `runtime.resolver` is closed. `servers`: who is asked for everything else. */
export function* startEmbeddedDns(engine: Engine, sys: Sys, container: StoredContainer, runtime: Runtime, pid: number, servers: readonly string[]): Blocking<void> {
  let listener = -1;
  let upstream = -1;
  yield* inNetworkOf(sys, pid, (inside) => {
    listener = inside.socket("inet", "dgram");
    inside.bind(listener, { family: "inet", address: EMBEDDED_SERVER, port: DNS_PORT });
    upstream = inside.socket("inet", "dgram");
  });
  if (listener < 0) throw new NetworkError(500, "failed to start the resolver");
  const [stop, stopSignal] = sys.pipe();
  runtime.resolver = stopSignal;
  sys.fork(
    function* (thread) {
      const asked = new Map<number, { readonly address: string; readonly port: number }>();
      const send = function* (fd: number, bytes: Uint8Array, to: { readonly address: string; readonly port: number }): Blocking<boolean> {
        try {
          yield* thread.sendto(fd, bytes, { family: "inet", ...to });
          return true;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return false;
        }
      };
      for (;;) {
        const ready = yield* thread.poll([{ fd: stop, events: 1 }, { fd: listener, events: 1 }, { fd: upstream, events: 1 }], null);
        if (ready.some((one) => one.fd === stop)) break;
        for (const { fd } of ready) {
          let bytes: Uint8Array;
          let from: { readonly address: string; readonly port: number } | undefined;
          try {
            const received = yield* thread.recvfrom(fd, 4096);
            bytes = received.bytes;
            from = received.from && received.from.family !== "unix" ? received.from : undefined;
          } catch (error) {
            // a server refused the question
            if (!(error instanceof SysError)) throw error;
            continue;
          }
          const question = parseQuery(bytes);
          if (!question || !from) continue;
          if (fd === upstream) {
            const asker = asked.get(question.id);
            asked.delete(question.id);
            if (asker) yield* send(listener, bytes, asker);
            continue;
          }
          const known = answerOf(engine, container, question, (count) => thread.random(count));
          if (known) {
            yield* send(listener, encodeAnswer(question, known), from);
            continue;
          }
          let sent = false;
          for (const server of servers) {
            sent = yield* send(upstream, bytes, { address: server, port: DNS_PORT });
            if (sent) break;
          }
          if (!sent) yield* send(listener, failed(question), from);
          else {
            asked.set(question.id, from);
            for (const old of asked.keys()) {
              if (asked.size <= MOST_FORWARDED) break;
              asked.delete(old);
            }
          }
        }
      }
      for (const fd of [stop, listener, upstream]) closeQuietly(thread, fd);
      return 0;
    },
    { thread: true },
  );
}

export function stopEmbeddedDns(sys: Sys, runtime: Runtime): void {
  if (runtime.resolver !== undefined) closeQuietly(sys, runtime.resolver);
  runtime.resolver = undefined;
}

/** resolvconf.Build of libnetwork: the host's file as it is on the default bridge, else made anew. */
export function resolvConf(host: string, own: { readonly Dns: readonly string[]; readonly DnsSearch: readonly string[]; readonly DnsOptions: readonly string[] }, embedded: boolean): string {
  const lines = (word: string) => host.split("\n").filter((line) => line.startsWith(`${word} `)).flatMap((line) => line.slice(word.length + 1).trim().split(/\s+/));
  if (!embedded && own.Dns.length === 0 && own.DnsSearch.length === 0 && own.DnsOptions.length === 0) return host;
  const search = own.DnsSearch.length > 0 ? own.DnsSearch : lines("search");
  const servers = embedded ? [EMBEDDED_SERVER] : own.Dns.length > 0 ? own.Dns : lines("nameserver");
  const options = own.DnsOptions.length > 0 ? [...own.DnsOptions] : lines("options");
  if (embedded && !options.some((option) => option.startsWith("ndots:"))) options.push("ndots:0");
  return [...(search.length > 0 && !(search.length === 1 && search[0] === ".") ? [`search ${search.join(" ")}`] : []), ...servers.map((server) => `nameserver ${server}`), ...(options.length > 0 ? [`options ${options.join(" ")}`] : [])].map((line) => `${line}\n`).join("");
}

/** Who is asked outside: --dns, or the host's servers. */
export function upstreamServers(host: string, dns: readonly string[]): readonly string[] {
  return dns.length > 0 ? dns : [...host.matchAll(/^nameserver\s+(\d+\.\d+\.\d+\.\d+)/gm)].map((match) => match[1] ?? "");
}
