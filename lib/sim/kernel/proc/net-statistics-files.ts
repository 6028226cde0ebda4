// /proc/net/snmp, netstat and snmp6 (proc(5)): the counters of the process's network namespace, fields and order as net/ipv4/proc.c, net/ipv6/proc.c and
// net/mptcp/mib.c of Linux 6.1 write them. What the simulation never does stays 0.

import type { Family } from "../net/address.ts";
import type { NetNamespace } from "../net/net-namespace.ts";

type Values = Readonly<Record<string, number | undefined>>;

const IP = "Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates";
const IP_EXT = "InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps";
const TCP = "RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors";
const UDP = "InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors";
const TCP_EXT = "SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab DelayedACKs DelayedACKLocked DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder TCPRenoReorder TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit TCPRenoFailures TCPSackFailures TCPLossFailures TCPFastRetrans TCPSlowStartRetrans TCPTimeouts TCPLossProbes TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail TCPRcvCollapsed TCPBacklogCoalesce TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv TCPAbortOnData TCPAbortOnClose TCPAbortOnMemory TCPAbortOnTimeout TCPAbortOnLinger TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard TCPDSACKIgnoredOld TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure TCPSackShifted TCPSackMerged TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce TCPOFOQueue TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail TCPFastOpenListenOverflow TCPFastOpenCookieReqd TCPFastOpenBlackhole TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking TCPFromZeroWindowAdv TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd TCPACKSkippedSynRecv TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2 TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess TCPMigrateReqFailure";
const MPTCP_EXT = "MPCapableSYNRX MPCapableSYNTX MPCapableSYNACKRX MPCapableACKRX MPCapableFallbackACK MPCapableFallbackSYNACK MPFallbackTokenInit MPTCPRetrans MPJoinNoTokenFound MPJoinSynRx MPJoinSynBackupRx MPJoinSynAckRx MPJoinSynAckBackupRx MPJoinSynAckHMacFailure MPJoinAckRx MPJoinAckHMacFailure DSSNotMatching InfiniteMapTx InfiniteMapRx DSSNoMatchTCP DataCsumErr OFOQueueTail OFOQueue OFOMerge NoDSSInWindow DuplicateData AddAddr EchoAdd PortAdd AddAddrDrop MPJoinPortSynRx MPJoinPortSynAckRx MPJoinPortAckRx MismatchPortSynRx MismatchPortAckRx RmAddr RmAddrDrop RmSubflow MPPrioTx MPPrioRx MPFailTx MPFailRx MPFastcloseTx MPFastcloseRx MPRstTx MPRstRx RcvPruned SubflowStale SubflowRecover SndWndShared RcvWndShared RcvWndConflictUpdate RcvWndConflict";
const IP6 = "InReceives InHdrErrors InTooBigErrors InNoRoutes InAddrErrors InUnknownProtos InTruncatedPkts InDiscards InDelivers OutForwDatagrams OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates InMcastPkts OutMcastPkts InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts";
const UDP_LITE6 = "InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors MemErrors";
/** by the numbers of the messages (RFC 792) */
const ICMP_NAMES: readonly (readonly [name: string, type: number])[] = [
  ["DestUnreachs", 3], ["TimeExcds", 11], ["ParmProbs", 12], ["SrcQuenchs", 4], ["Redirects", 5], ["Echos", 8], ["EchoReps", 0], ["Timestamps", 13], ["TimestampReps", 14], ["AddrMasks", 17], ["AddrMaskReps", 18],
];
/** by the numbers of the messages (RFC 4443, 4861, 3810) */
const ICMP6_NAMES: readonly (readonly [name: string, type: number])[] = [
  ["DestUnreachs", 1], ["PktTooBigs", 2], ["TimeExcds", 3], ["ParmProblems", 4], ["Echos", 128], ["EchoReplies", 129], ["GroupMembQueries", 130], ["GroupMembResponses", 131], ["GroupMembReductions", 132], ["RouterSolicits", 133], ["RouterAdvertisements", 134], ["NeighborSolicits", 135], ["NeighborAdvertisements", 136], ["Redirects", 137], ["MLDv2Reports", 143],
];
const TYPES_IN_A_LINE = 16;

function pair(title: string, names: readonly string[], valueOf: (name: string) => number): string {
  return `${title}: ${names.join(" ")}\n${title}: ${names.map(valueOf).join(" ")}\n`;
}

function table(title: string, names: string, values: Values): string {
  return pair(title, names.split(" "), (name) => values[name] ?? 0);
}

/** Counters by the names of the files: an upper case letter begins them there. */
function named(counters: object): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(counters)) if (typeof value === "number") values[name.slice(0, 1).toUpperCase() + name.slice(1)] = value;
  return values;
}

interface TypeCount {
  readonly name: string;
  readonly count: number;
}

function typeCounts({ statistics }: NetNamespace, family: Family): TypeCount[] {
  const icmp = statistics.icmp[family];
  const found: TypeCount[] = [];
  for (const [direction, counts] of [["In", icmp.inTypes], ["Out", icmp.outTypes]] as const) counts.forEach((count, type) => found.push({ name: `${direction}Type${type}`, count }));
  return found;
}

function icmpPairs(namespace: NetNamespace): string {
  const icmp = namespace.statistics.icmp.inet;
  const values: Record<string, number> = { InMsgs: icmp.inMsgs, InErrors: icmp.inErrors, OutMsgs: icmp.outMsgs };
  for (const [name, type] of ICMP_NAMES) {
    values[`In${name}`] = icmp.inTypes[type] ?? 0;
    values[`Out${name}`] = icmp.outTypes[type] ?? 0;
  }
  const kinds = ICMP_NAMES.map(([name]) => name);
  let text = table("Icmp", ["InMsgs", "InErrors", "InCsumErrors", ...kinds.map((kind) => `In${kind}`), "OutMsgs", "OutErrors", ...kinds.map((kind) => `Out${kind}`)].join(" "), values);
  const types = typeCounts(namespace, "inet");
  for (let at = 0; at < types.length; at += TYPES_IN_A_LINE) {
    const line = types.slice(at, at + TYPES_IN_A_LINE);
    text += `IcmpMsg: ${line.map(({ name }) => name).join(" ")}\nIcmpMsg: ${line.map(({ count }) => count).join(" ")}\n`;
  }
  return text;
}

export function snmpText(namespace: NetNamespace): string {
  const { statistics, sysctl } = namespace;
  const ip = { ...named(statistics.ip.inet), Forwarding: sysctl.get("ipv4.ip_forward") === "1" ? 1 : 2, DefaultTTL: namespace.defaultTtl() };
  const tcp = { ...named(statistics.tcp), RtoAlgorithm: 1, RtoMin: 200, RtoMax: 120_000, MaxConn: -1, CurrEstab: namespace.sockets.established };
  return `${table("Ip", IP, ip)}${icmpPairs(namespace)}${table("Tcp", TCP, tcp)}${table("Udp", UDP, named(statistics.udp.inet))}${table("UdpLite", UDP, {})}`;
}

export function netstatText({ statistics }: NetNamespace): string {
  const { tcpExt } = statistics;
  const ip = statistics.ip.inet;
  const extended: Values = {
    EmbryonicRsts: tcpExt.embryonicRsts, TW: tcpExt.timeWaited, ListenOverflows: tcpExt.listenOverflows, ListenDrops: tcpExt.listenDrops, TCPTimeouts: tcpExt.timeouts, TCPAbortOnData: tcpExt.abortOnData, TCPAbortOnClose: tcpExt.abortOnClose, TCPAbortOnTimeout: tcpExt.abortOnTimeout, TCPSynRetrans: tcpExt.synRetrans, TCPOrigDataSent: tcpExt.origDataSent,
  };
  return `${table("TcpExt", TCP_EXT, extended)}${table("IpExt", IP_EXT, { ...named(ip), InNoECTPkts: ip.inReceives })}${table("MPTcpExt", MPTCP_EXT, {})}`;
}

export function snmp6Text(namespace: NetNamespace): string {
  const { statistics } = namespace;
  const ip = statistics.ip.inet6;
  const icmp = statistics.icmp.inet6;
  let text = "";
  const line = (name: string, value: number): void => {
    text += `${name.padEnd(32)}\t${value}\n`;
  };
  const lines = (prefix: string, names: string, values: Values): void => {
    for (const name of names.split(" ")) line(`${prefix}${name}`, values[name] ?? 0);
  };
  lines("Ip6", IP6, { ...named(ip), OutForwDatagrams: ip.forwDatagrams, InNoECTPkts: ip.inReceives });
  lines("Icmp6", "InMsgs InErrors OutMsgs OutErrors InCsumErrors", { InMsgs: icmp.inMsgs, InErrors: icmp.inErrors, OutMsgs: icmp.outMsgs });
  for (const [name, type] of ICMP6_NAMES) line(`Icmp6In${name}`, icmp.inTypes[type] ?? 0);
  for (const [name, type] of ICMP6_NAMES) line(`Icmp6Out${name}`, icmp.outTypes[type] ?? 0);
  for (const { name, count } of typeCounts(namespace, "inet6")) line(`Icmp6${name}`, count);
  lines("Udp6", UDP, named(statistics.udp.inet6));
  lines("UdpLite6", UDP_LITE6, {});
  return text;
}
