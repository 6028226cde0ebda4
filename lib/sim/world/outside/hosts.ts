// Names that the simulated network knows. Addresses outside the LAN are from the ranges kept for documentation (RFC 5737).

export const outsideHosts: ReadonlyMap<string, string> = new Map([
  ["mirror.lan", "10.0.2.4"],
  ["gateway.lan", "10.0.2.2"],
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
