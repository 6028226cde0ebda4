// Published ports: which host port a container's port gets, and the docker-proxy process that listens there.

import { type Blocking, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { closeQuietly } from "./container-io.ts";
import type { PortBinding, StoredContainer } from "./container.ts";
import { type Engine, EngineError, type Runtime } from "./engine.ts";
import { closePorts, openPorts } from "./firewall.ts";
import { bridgeName } from "./networks.ts";

/** docker-proxy forgets a client that is silent for so long (UDPConnTrackTimeout). */
const CONVERSATION_US = 90_000_000;
const MOST_CLIENTS = 256;

/** Every exposed port with its bindings (null: exposed only). Errors: EngineError when a port is taken by another container. */
export function choosePorts(engine: Engine, _sys: Sys, container: StoredContainer): Record<string, PortBinding[] | null> {
  const { HostConfig: host, Config: config } = container;
  const ports: Record<string, PortBinding[] | null> = {};
  if (host.NetworkMode === "host" || host.NetworkMode === "none") return ports;
  const wanted = new Map<string, PortBinding[]>(Object.entries(host.PortBindings));
  if (host.PublishAllPorts) for (const port of Object.keys(config.ExposedPorts ?? {})) if (!wanted.has(port)) wanted.set(port, [{ HostIp: "", HostPort: "" }]);
  for (const port of Object.keys(config.ExposedPorts ?? {})) ports[port] = null;
  for (const [port, bindings] of wanted) {
    ports[port] = bindings.flatMap((binding) => {
      const hostPort = binding.HostPort === "" || binding.HostPort === "0" ? String(engine.nextPort++) : binding.HostPort;
      if (binding.HostIp === "") return [{ HostIp: "0.0.0.0", HostPort: hostPort }, { HostIp: "::", HostPort: hostPort }];
      return [{ HostIp: binding.HostIp, HostPort: hostPort }];
    });
  }
  return ports;
}

function taken(engine: Engine, container: StoredContainer, binding: PortBinding): boolean {
  for (const other of engine.containers.values()) {
    if (other === container || !other.State.Running) continue;
    for (const bindings of Object.values(other.Ports)) for (const used of bindings ?? []) if (used.HostPort === binding.HostPort && (used.HostIp === binding.HostIp || used.HostIp === "0.0.0.0" || binding.HostIp === "0.0.0.0") && !used.HostIp.includes(":")) return true;
  }
  return false;
}

/** Errors: EngineError "driver failed programming external connectivity …". */
export function* startProxies(engine: Engine, sys: Sys, container: StoredContainer, runtime: Runtime): Blocking<void> {
  // libnetwork maps ports on the endpoint with the default route: never an internal network's
  const endpoint = Object.values(container.Networks).find((one) => one.IPAddress !== "" && one.Gateway !== "");
  if (!endpoint) return;
  const failed = (reason: string) => new EngineError(500, `driver failed programming external connectivity on endpoint ${container.Name} (${endpoint.EndpointID}): ${reason}`);
  for (const [port, bindings] of Object.entries(container.Ports)) {
    const [containerPort = "", protocol = "tcp"] = port.split("/");
    for (const binding of bindings ?? []) {
      const v6 = binding.HostIp.includes(":");
      if (!v6 && taken(engine, container, binding)) throw failed(`Bind for ${binding.HostIp}:${binding.HostPort} failed: port is already allocated`);
      if (!v6) runtime.published.push({ bridge: bridgeName(engine.networks.find(endpoint.NetworkID)), protocol, hostAddress: binding.HostIp, hostPort: binding.HostPort, address: endpoint.IPAddress, port: containerPort });
      if (protocol !== "tcp" && protocol !== "udp") continue;
      const datagrams = protocol === "udp";
      const listener = sys.socket(v6 ? "inet6" : "inet", datagrams ? "dgram" : "stream");
      try {
        if (v6) {
          sys.setsockopt(listener, "v6only", 1);
          sys.bind(listener, { family: "inet6", address: binding.HostIp, port: Number(binding.HostPort) });
        } else sys.bind(listener, { family: "inet", address: binding.HostIp, port: Number(binding.HostPort) });
        if (!datagrams) sys.listen(listener, 128);
      } catch (error) {
        sys.close(listener);
        if (!(error instanceof SysError)) throw error;
        if (v6) continue;
        if (error.errno === "EADDRINUSE") throw failed(`Error starting userland proxy: listen ${protocol}4 ${binding.HostIp}:${binding.HostPort}: bind: address already in use`);
        throw failed(`Error starting userland proxy: listen ${protocol}4 ${binding.HostIp}:${binding.HostPort}: bind: ${error.message.toLowerCase()}`);
      }
      const target = { family: "inet" as const, address: endpoint.IPAddress, port: Number(containerPort) };
      runtime.proxies.push(sys.fork((own) => proxy(own, protocol, listener, binding, target)));
      sys.close(listener);
    }
  }
  openPorts(sys, runtime.published);
}

function* proxy(sys: Sys, protocol: "tcp" | "udp", listener: number, binding: PortBinding, target: { family: "inet"; address: string; port: number }): Blocking<number> {
  sys.prctl("parent-death-signal", SIGNALS.TERM);
  sys.setTitle("docker-proxy", ["/usr/sbin/docker-proxy", "-proto", protocol, "-host-ip", binding.HostIp, "-host-port", binding.HostPort, "-container-ip", target.address, "-container-port", String(target.port)]);
  for (const fd of sys.descriptors()) if (fd !== listener) closeQuietly(sys, fd);
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "default");
  if (protocol === "udp") return yield* passDatagrams(sys, listener, target);
  for (;;) {
    const { fd } = yield* sys.accept(listener);
    sys.fork((thread) => carry(thread, fd, target), { thread: true });
  }
}

/** A socket for each client, so that the container's answers find their way back. */
function* passDatagrams(sys: Sys, listener: number, target: { readonly family: "inet"; readonly address: string; readonly port: number }): Blocking<number> {
  const clients = new Map<string, number>();
  for (;;) {
    const { bytes, from } = yield* sys.recvfrom(listener, 65_507);
    if (from === undefined) continue;
    const key = JSON.stringify(from);
    let fd = clients.get(key);
    if (fd === undefined) {
      if (clients.size >= MOST_CLIENTS) continue;
      const own = sys.socket("inet", "dgram");
      clients.set(key, fd = own);
      sys.fork(function* back(thread) {
        for (;;) {
          const [ready] = yield* thread.poll([{ fd: own, events: POLL.IN }], CONVERSATION_US);
          if (ready === undefined) break;
          yield* thread.sendto(listener, (yield* thread.recvfrom(own, 65_507)).bytes, from);
        }
        clients.delete(key);
        closeQuietly(thread, own);
        return 0;
      }, { thread: true });
    }
    yield* sys.sendto(fd, bytes, target);
  }
}

/** Both ways between a client and the container, until both have ended. */
export function* carry(sys: Sys, client: number, target: { family: "inet"; address: string; port: number }): Blocking<number> {
  const server = sys.socket("inet", "stream");
  try {
    yield* sys.connect(server, target);
  } catch {
    closeQuietly(sys, server);
    closeQuietly(sys, client);
    return 1;
  }
  let open = 2;
  const copy = function* (own: Sys, from: number, to: number): Blocking<number> {
    try {
      for (;;) {
        const bytes = yield* own.read(from, 65_536);
        if (bytes.length === 0) break;
        yield* own.write(to, bytes);
      }
      own.shutdown(to, "write");
    } catch {
      // one side is gone
    }
    if (--open === 0) {
      closeQuietly(own, client);
      closeQuietly(own, server);
    }
    return 0;
  };
  sys.fork((thread) => copy(thread, server, client), { thread: true });
  return yield* copy(sys, client, server);
}

export function* stopProxies(sys: Sys, runtime: Runtime): Blocking<void> {
  closePorts(sys, runtime.published.splice(0));
  for (const pid of runtime.proxies.splice(0)) {
    try {
      sys.kill(pid, SIGNALS.TERM);
      yield* sys.waitpid(pid);
    } catch {
      // it has ended
    }
  }
}
