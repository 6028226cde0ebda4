// Names that the simulated network knows. None of its servers is in 10.0.2.0/24 beside the gateway: that is the network of user-mode guests too, who would look for it there.
// Other addresses are from the ranges kept for documentation (RFC 5737).

import type { TimeServer } from "./time-server.ts";

export const outsideHosts: ReadonlyMap<string, string> = new Map([
  ["mirror.lan", "198.51.100.4"],
  ["gateway.lan", "10.0.2.2"],
  ["ntp.lan", "198.51.100.5"],
  ["ntp1.example.net", "203.0.113.121"],
  ["ntp2.example.net", "203.0.113.122"],
  ["ntp3.example.net", "203.0.113.123"],
  ["ntp4.example.net", "203.0.113.124"],
  ["registry-1.docker.io", "203.0.113.10"],
  ["index.docker.io", "203.0.113.11"],
  ["auth.docker.io", "203.0.113.12"],
  ["hub.docker.com", "203.0.113.13"],
  ["example.com", "198.51.100.20"],
  ["www.example.com", "198.51.100.20"],
  ["example.org", "198.51.100.21"],
  ["debian.org", "198.51.100.30"],
  ["www.debian.org", "198.51.100.30"],
]);

export const timeServers: readonly TimeServer[] = [
  { address: "198.51.100.5", stratum: 2, reference: "203.0.113.121", rootDelaySeconds: 0.0042, rootDispersionSeconds: 0.0006, offsetUs: 12 },
  { address: "203.0.113.121", stratum: 1, reference: "GPS", rootDelaySeconds: 0, rootDispersionSeconds: 0.00002, offsetUs: 0 },
  { address: "203.0.113.122", stratum: 2, reference: "203.0.113.121", rootDelaySeconds: 0.0061, rootDispersionSeconds: 0.0008, offsetUs: 184 },
  { address: "203.0.113.123", stratum: 2, reference: "203.0.113.121", rootDelaySeconds: 0.0127, rootDispersionSeconds: 0.0021, offsetUs: -327 },
  { address: "203.0.113.124", stratum: 3, reference: "203.0.113.122", rootDelaySeconds: 0.0184, rootDispersionSeconds: 0.0035, offsetUs: 541 },
];

/** Names with several addresses: the pools of NTP servers, and the names of providers. */
export function poolAddresses(name: string): readonly string[] | undefined {
  if (!/^(?:[0-3]\.)?(?:[a-z-]+\.)*pool\.ntp\.org$|^(?:ntp\.ubuntu|time\.google|time\.cloudflare)\.com$/.test(name)) return undefined;
  const addresses = timeServers.slice(1).map((server) => server.address);
  const first = Number(/^[0-3]/.exec(name)?.[0] ?? 0);
  return [...addresses.slice(first), ...addresses.slice(0, first)];
}
