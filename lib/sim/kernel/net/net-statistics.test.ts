import { expect, test } from "vitest";
import { encode } from "../bytes.ts";
import { type SocketAddress, SysError } from "../sys.ts";
import { readAll, runMain, testKernel } from "../test-kernel.ts";
import { netstatText, snmp6Text, snmpText } from "../proc/net-statistics-files.ts";
import { checksum } from "./packet.ts";

const inet = (address: string, port: number): SocketAddress => ({ family: "inet", address, port });

/** Header and values, without the values that are 0. */
function counted(text: string): string {
  const lines = text.trimEnd().split("\n");
  let shown = "";
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const values = (lines[at + 1] ?? "").split(" ");
    shown += `${(lines[at] ?? "").split(" ").map((name, index) => (index === 0 ? name : values[index] === "0" ? "" : ` ${name}=${values[index]}`)).join("")}\n`;
  }
  return shown;
}

test("three pings, a refused connection, a served one, two datagrams", () => {
  const t = testKernel();
  runMain(t, function* (sys) {
    const raw = sys.socket("inet", "raw", "icmp");
    const message = new Uint8Array(64);
    message.set([8, 0, 0, 0, 0x12, 0x34, 0, 1]);
    const sum = checksum(message);
    message.set([sum >> 8, sum & 255], 2);
    for (let i = 0; i < 3; i++) yield* sys.sendto(raw, message, inet("127.0.0.1", 0));
    sys.close(raw);
    const refused = sys.socket("inet", "stream");
    try {
      yield* sys.connect(refused, inet("127.0.0.1", 8081));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(refused);
    const listener = sys.socket("inet", "stream");
    sys.bind(listener, inet("127.0.0.1", 8080));
    sys.listen(listener);
    const client = sys.socket("inet", "stream");
    yield* sys.connect(client, inet("127.0.0.1", 8080));
    const { fd: served } = yield* sys.accept(listener);
    yield* sys.write(client, encode("hello"));
    sys.shutdown(client, "write");
    yield* readAll(sys, served);
    sys.close(served);
    sys.close(client);
    const receiver = sys.socket("inet", "dgram");
    sys.bind(receiver, inet("127.0.0.1", 5000));
    const sender = sys.socket("inet", "dgram");
    yield* sys.sendto(sender, encode("one"), inet("127.0.0.1", 5000));
    yield* sys.recvfrom(receiver, 100);
    yield* sys.sendto(sender, encode("two"), inet("127.0.0.1", 5001));
    // the loopback delivers after the call
    yield* sys.sleep(1000);
    return 0;
  });
  const { net } = t.kernel.initialNamespaces;
  expect(counted(snmpText(net))).toBe(`Ip: Forwarding=2 DefaultTTL=64 InReceives=20 InDelivers=20 OutRequests=20
Icmp: InMsgs=7 InDestUnreachs=1 InEchos=3 InEchoReps=3 OutMsgs=7 OutDestUnreachs=1 OutEchos=3 OutEchoReps=3
IcmpMsg: InType0=3 InType3=1 InType8=3 OutType0=3 OutType3=1 OutType8=3
Tcp: RtoAlgorithm=1 RtoMin=200 RtoMax=120000 MaxConn=-1 ActiveOpens=2 PassiveOpens=1 AttemptFails=1 InSegs=11 OutSegs=11 OutRsts=1
Udp: InDatagrams=1 NoPorts=1 OutDatagrams=2
UdpLite:
`);
  expect(counted(netstatText(net))).toBe("TcpExt: TCPOrigDataSent=3\nIpExt: InOctets=1199 OutOctets=1199 InNoECTPkts=20\nMPTcpExt:\n");
  expect(snmp6Text(net).replace(/^.*\t0\n/gm, "")).toBe("");
  expect(snmp6Text(net).slice(0, 66)).toBe(`Ip6InReceives${" ".repeat(19)}\t0\nIp6InHdrErrors${" ".repeat(17)}`);
});
