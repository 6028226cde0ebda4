import { describe, expect, test } from "vitest";
import { decode, encode } from "../bytes.ts";
import { type Blocking, type NetfilterChain, POLL, type SocketAddress, type Sys, SysError } from "../sys.ts";
import { readAll, runMain, testKernel } from "../test-kernel.ts";
import type { Nic } from "../kernel.ts";
import { addressValue, canonical, formatAddress, inPrefix, linkLocalOf } from "./address.ts";
import { checksum } from "./packet.ts";
import type { Frame } from "./packet.ts";

const inet = (address: string, port: number): SocketAddress => ({ family: "inet", address, port });

function* caught(call: Blocking<unknown>): Blocking<string> {
  try {
    yield* call;
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "";
}

function errnoOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "";
}

function* serve(sys: Sys, address: string, port: number, answer: (peer: string, text: string) => string): Blocking<number> {
  const fd = sys.socket("inet", "stream");
  sys.bind(fd, inet(address, port));
  sys.listen(fd);
  for (;;) {
    const { fd: client, peer } = yield* sys.accept(fd);
    const bytes = yield* sys.read(client, 1000);
    yield* sys.write(client, encode(answer(peer.family === "inet" ? peer.address : "", decode(bytes))));
    sys.close(client);
  }
}

function* ask(sys: Sys, address: string, port: number, text: string): Blocking<string> {
  const fd = sys.socket("inet", "stream");
  try {
    yield* sys.connect(fd, inet(address, port));
    yield* sys.write(fd, encode(text));
    return yield* readAll(sys, fd);
  } catch (error) {
    return error instanceof SysError ? error.errno : String(error);
  } finally {
    sys.close(fd);
  }
}

/** "64 bytes" for an answer, "From ADDRESS type/code" for an error, "" for silence in two seconds. */
function* ping(sys: Sys, address: string, ttl?: number): Blocking<string> {
  const fd = sys.socket("inet", "raw", "icmp");
  sys.setsockopt(fd, "rcvtimeo", 5_000_000);
  if (ttl !== undefined) sys.setsockopt(fd, "ttl", ttl);
  const message = new Uint8Array(64);
  message.set([8, 0, 0, 0, 0x12, 0x34, 0, 1]);
  const sum = checksum(message);
  message.set([sum >> 8, sum & 255], 2);
  try {
    yield* sys.sendto(fd, message, inet(address, 0));
    for (;;) {
      const { bytes, from } = yield* sys.recvfrom(fd, 2000);
      const type = bytes[20] ?? 0;
      if (type === 8) continue;
      return type === 0 ? `${bytes.length - 20} bytes ttl=${bytes[8]}` : `From ${from?.family === "inet" ? from.address : ""} ${type}/${bytes[21]}`;
    }
  } catch (error) {
    return error instanceof SysError ? error.errno : String(error);
  } finally {
    sys.close(fd);
  }
}

test("addresses", () => {
  expect(canonical("2001:0DB8:0:0:1:0:0:1")).toBe("2001:db8::1:0:0:1");
  expect(canonical("::ffff:10.0.0.1")).toBe("::ffff:a00:1");
  expect(canonical("1.2.3.256")).toBeUndefined();
  expect(canonical(":::")).toBeUndefined();
  expect(formatAddress("inet6", addressValue("::") ?? 1n)).toBe("::");
  expect(inPrefix("10.1.2.3", "10.0.0.0", 8)).toBe(true);
  expect(linkLocalOf("52:54:00:12:34:56")).toBe("fe80::5054:ff:fe12:3456");
});

describe("one machine", () => {
  test("a stream over the loopback, refusal, half-close, big transfer", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      sys.fork((child) => serve(child, "127.0.0.1", 8080, (peer, text) => `${peer} said ${text}`));
      const sink = sys.fork(function* (child) {
        const fd = child.socket("inet6", "stream");
        child.bind(fd, { family: "inet6", address: "::", port: 9000 });
        child.listen(fd);
        const { fd: client, peer } = yield* child.accept(fd);
        seen.push(peer.family === "inet6" ? peer.address : peer);
        let total = 0;
        for (;;) {
          const bytes = yield* child.read(client, 65536);
          if (bytes.length === 0) break;
          total += bytes.length;
        }
        yield* child.write(client, encode(String(total)));
        return 0;
      });
      yield* sys.sleep(1000);
      seen.push(yield* ask(sys, "127.0.0.1", 8080, "hello"), yield* ask(sys, "127.0.0.1", 8081, "x"), yield* ask(sys, "203.0.113.1", 80, "x"));
      const fd = sys.socket("inet", "stream");
      yield* sys.connect(fd, inet("127.0.0.1", 9000));
      const block = new Uint8Array(100_000);
      for (let i = 0; i < 50; i++) yield* sys.write(fd, block);
      sys.shutdown(fd, "write");
      seen.push(yield* readAll(sys, fd));
      yield* sys.waitpid(sink);
      seen.push(errnoOf(() => sys.bind(sys.socket("inet", "stream"), inet("0.0.0.0", 8080))), errnoOf(() => sys.bind(sys.socket("inet", "stream"), inet("192.0.2.1", 1))));
      seen.push(sys.rtnetlink({ op: "socket-list" }).filter((one) => one.state === "LISTEN").map((one) => one.local));
      return 0;
    });
    expect(seen).toEqual(["127.0.0.1 said hello", "ECONNREFUSED", "ENETUNREACH", "::ffff:127.0.0.1", "5000000", "EADDRINUSE", "EADDRNOTAVAIL", [inet("127.0.0.1", 8080)]]);
  });

  test("datagrams, ping, unix sockets", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const server = sys.socket("inet", "dgram");
      sys.bind(server, inet("0.0.0.0", 53));
      const client = sys.socket("inet", "dgram");
      yield* sys.connect(client, inet("127.0.0.1", 53));
      yield* sys.write(client, encode("query"));
      const { bytes, from } = yield* sys.recvfrom(server, 100);
      seen.push(decode(bytes));
      if (from) yield* sys.sendto(server, encode("answer"), from);
      seen.push(decode(yield* sys.read(client, 100)));
      const nobody = sys.socket("inet", "dgram");
      yield* sys.connect(nobody, inet("127.0.0.1", 99));
      yield* sys.write(nobody, encode("x"));
      seen.push(yield* caught(sys.read(nobody, 10)));
      seen.push(yield* ping(sys, "127.0.0.1"));
      const listener = sys.socket("unix", "stream");
      sys.bind(listener, { family: "unix", path: "/daemon.sock" });
      sys.chmod("/daemon.sock", 0o660);
      sys.listen(listener);
      sys.fork(function* (child) {
        child.setresgid(1000, 1000, 1000);
        child.setresuid(1000, 1000, 1000);
        const fd = child.socket("unix", "stream");
        seen.push(yield* caught(child.connect(fd, { family: "unix", path: "/daemon.sock" })), yield* caught(child.connect(fd, { family: "unix", path: "/none" })));
        return 0;
      });
      yield* sys.waitpid(-1);
      const fd = sys.socket("unix", "stream");
      yield* sys.connect(fd, { family: "unix", path: "/daemon.sock" });
      const { fd: accepted } = yield* sys.accept(listener);
      yield* sys.write(fd, encode("hi"));
      seen.push(decode(yield* sys.read(accepted, 10)), sys.getPeerCredentials(accepted).uid);
      sys.close(fd);
      seen.push((yield* sys.read(accepted, 10)).length, yield* sys.poll([{ fd: accepted, events: POLL.IN }], 0));
      sys.close(listener);
      seen.push(yield* caught(sys.connect(sys.socket("unix", "stream"), { family: "unix", path: "/daemon.sock" })));
      return 0;
    });
    expect(seen).toEqual(["query", "answer", "ECONNREFUSED", "64 bytes ttl=64", "EACCES", "ENOENT", "hi", 0, 0, [{ fd: 5, revents: POLL.IN | POLL.HUP }], "ECONNREFUSED"]);
  });
});

/** A bridge 172.17.0.1/16 with two containers .2 and .3, as docker makes it. */
function* containers(sys: Sys): Blocking<readonly number[]> {
  const bridge = sys.rtnetlink({ op: "link-add", name: "docker0", kind: "bridge" });
  sys.rtnetlink({ op: "address-add", linkIndex: bridge, address: "172.17.0.1", prefixLength: 16, broadcast: "172.17.255.255" });
  sys.rtnetlink({ op: "link-set", index: bridge, up: true });
  const pids: number[] = [];
  for (const number of [2, 3]) {
    const pid = sys.fork(function* (child) {
      while (child.rtnetlink({ op: "link-list" }).length < 2) yield* child.sleep(100);
      const [lo, eth] = child.rtnetlink({ op: "link-list" });
      if (!lo || !eth) return 1;
      child.rtnetlink({ op: "link-set", index: lo.index, up: true });
      child.rtnetlink({ op: "link-set", index: eth.index, name: "eth0" });
      child.rtnetlink({ op: "address-add", linkIndex: eth.index, address: `172.17.0.${number}`, prefixLength: 16 });
      child.rtnetlink({ op: "link-set", index: eth.index, up: true });
      child.rtnetlink({ op: "route-add", destination: "default", gateway: "172.17.0.1" });
      return yield* serve(child, "0.0.0.0", 80, (peer, text) => `container ${number} to ${peer}: ${text}`);
    }, { newNamespaces: ["net"] });
    const veth = sys.rtnetlink({ op: "link-add", name: `veth${number}`, kind: "veth", peer: { name: "tmp", namespacePid: pid } });
    sys.rtnetlink({ op: "link-set", index: veth, master: bridge, up: true });
    pids.push(pid);
  }
  yield* sys.sleep(100_000);
  return pids;
}

const accept = (name: string): NetfilterChain => ({ name, policy: "ACCEPT", rules: [], packets: 0, bytes: 0 });

describe("containers", () => {
  test("a bridge connects them; an absent neighbour is unreachable; the end of a namespace removes the veth", () => {
    const t = testKernel();
    const seen: unknown[] = [];
    runMain(t, function* (sys) {
      const [first = 0] = yield* containers(sys);
      seen.push(yield* ask(sys, "172.17.0.2", 80, "a"), yield* ask(sys, "172.17.0.3", 80, "b"), yield* ask(sys, "172.17.0.3", 81, "c"));
      const before = sys.clockUs("monotonic");
      seen.push(yield* ask(sys, "172.17.0.9", 80, "d"), Math.round((sys.clockUs("monotonic") - before) / 1e6), yield* ping(sys, "172.17.0.8"), yield* ping(sys, "172.17.0.2"));
      seen.push(sys.rtnetlink({ op: "neighbour-list" }).map((one) => `${one.address} ${one.state}`));
      seen.push(sys.rtnetlink({ op: "link-list" }).map((one) => `${one.name} ${one.carrier} ${one.peerIndex}@${one.peerNamespace}`));
      sys.kill(first, 9);
      yield* sys.waitpid(first);
      seen.push(sys.rtnetlink({ op: "link-list" }).map((one) => one.name), yield* ask(sys, "172.17.0.3", 80, "still"));
      return 0;
    });
    expect(seen).toEqual([
      "container 2 to 172.17.0.1: a", "container 3 to 172.17.0.1: b", "ECONNREFUSED", "EHOSTUNREACH", 3, "From 172.17.0.1 3/1", "64 bytes ttl=64",
      ["172.17.0.2 REACHABLE", "172.17.0.3 REACHABLE", "172.17.0.9 FAILED", "172.17.0.8 FAILED"], ["lo true undefined@undefined", "docker0 true undefined@undefined", "veth2 true 2@0", "veth3 true 2@1"],
      ["lo", "docker0", "veth3"], "container 3 to 172.17.0.1: still",
    ]);
  });

  test("two machines on a wire: forwarding, masquerade, published ports, rules", () => {
    const inside = testKernel({ hostname: "inside" });
    const outside = testKernel({ hostname: "outside", seed: 2 });
    const wire: { at: number; to: () => Nic; frame: Frame }[] = [];
    const nicA: Nic = inside.kernel.addNic({ name: "eth0", mac: "52:54:00:00:00:01", send: (frame) => wire.push({ at: inside.kernel.nowUs + 100, to: () => nicB, frame }) });
    const nicB: Nic = outside.kernel.addNic({ name: "eth0", mac: "52:54:00:00:00:02", send: (frame) => wire.push({ at: outside.kernel.nowUs + 100, to: () => nicA, frame }) });
    nicA.setCarrier(true);
    nicB.setCarrier(true);
    const setUp = (sys: Sys, address: string): void => {
      const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === "eth0");
      sys.rtnetlink({ op: "address-add", linkIndex: link?.index ?? 0, address, prefixLength: 24 });
      sys.rtnetlink({ op: "link-set", index: link?.index ?? 0, up: true });
    };
    const results: unknown[] = [];
    inside.kernel.spawn({
      argv: ["a"],
      entry: function* (sys) {
        setUp(sys, "192.0.2.1");
        yield* containers(sys);
        inside.kernel.initialNamespaces.net.sysctl.set("ipv4.ip_forward", "1");
        sys.netfilter({ op: "replace", table: "nat", chains: [
          { ...accept("PREROUTING"), rules: [{ protocol: "tcp", destinationPort: "8080", addressType: { destination: "LOCAL" }, target: "DNAT", targetOptions: { toDestination: "172.17.0.2:80" }, packets: 0, bytes: 0 }] },
          accept("INPUT"), { ...accept("OUTPUT"), rules: [{ protocol: "tcp", destinationPort: "8080", addressType: { destination: "LOCAL" }, target: "DNAT", targetOptions: { toDestination: "172.17.0.2:80" }, packets: 0, bytes: 0 }] },
          { ...accept("POSTROUTING"), rules: [{ source: "172.17.0.0/16", outInterface: "docker0", negated: ["outInterface"], target: "MASQUERADE", packets: 0, bytes: 0 }] },
        ] });
        results.push(yield* ask(sys, "192.0.2.1", 8080, "from the host"));
        yield* sys.sleep(200_000);
        sys.netfilter({ op: "replace", table: "filter", chains: [
          { ...accept("INPUT"), rules: [{ protocol: "tcp", destinationPort: "7000", target: "DROP", packets: 0, bytes: 0 }, { protocol: "tcp", destinationPort: "7001", target: "REJECT", packets: 0, bytes: 0 }] }, accept("FORWARD"), accept("OUTPUT"),
        ] });
        yield* sys.sleep(300_000_000);
        results.push(sys.netfilter({ op: "list", table: "nat" }).flatMap((chain) => chain.rules.map((rule) => `${chain.name} ${rule.target} ${rule.packets}`)));
        return 0;
      },
    });
    outside.kernel.spawn({
      argv: ["b"],
      entry: function* (sys) {
        setUp(sys, "192.0.2.2");
        sys.fork((child) => serve(child, "0.0.0.0", 80, (peer, text) => `outside to ${peer}: ${text}`));
        yield* sys.sleep(150_000);
        results.push(yield* ask(sys, "192.0.2.1", 8080, "published"), yield* ping(sys, "192.0.2.1"), yield* ping(sys, "192.0.2.77"));
        yield* sys.sleep(200_000);
        results.push(yield* ask(sys, "192.0.2.1", 7001, ""));
        const before = sys.clockUs("monotonic");
        results.push(yield* ask(sys, "192.0.2.1", 7000, ""), Math.round((sys.clockUs("monotonic") - before) / 1e6));
        return 0;
      },
    });
    const endUs = 400_000_000;
    while (inside.kernel.nowUs < endUs) {
      const nextUs = Math.min(endUs, inside.kernel.nowUs + (wire.length > 0 || inside.kernel.nowUs < 10_000_000 ? 100 : 10_000));
      inside.kernel.step(nextUs, 1e9);
      outside.kernel.step(nextUs, 1e9);
      for (const item of wire.splice(0)) item.to().receive(item.frame);
    }
    expect(inside.faults.concat(outside.faults)).toEqual([]);
    expect(results).toEqual([
      "container 2 to 192.0.2.1: from the host", "container 2 to 192.0.2.2: published", "64 bytes ttl=64", "From 192.0.2.2 3/1", "ECONNREFUSED", "ETIMEDOUT", 127,
      ["PREROUTING DNAT 1", "OUTPUT DNAT 1", "POSTROUTING MASQUERADE 0"],
    ]);
  });
});
