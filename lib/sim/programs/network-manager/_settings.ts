// Settings and their properties in the order in which nmcli 1.42.4 shows them, with what they are when nobody set them.

/** "" where every profile has a value of its own. */
export const SETTINGS: ReadonlyMap<string, readonly (readonly [property: string, usual: string])[]> = new Map([
  ["connection", [
    ["id", ""], ["uuid", ""], ["stable-id", "--"], ["type", ""], ["interface-name", "--"], ["autoconnect", "yes"], ["autoconnect-priority", "0"], ["autoconnect-retries", "-1 (default)"], ["multi-connect", "0 (default)"], ["auth-retries", "-1"], ["timestamp", "0"], ["read-only", "no"], ["permissions", "--"], ["zone", "--"], ["master", "--"], ["slave-type", "--"], ["autoconnect-slaves", "-1 (default)"], ["secondaries", "--"], ["gateway-ping-timeout", "0"], ["metered", "unknown"], ["lldp", "default"], ["mdns", "-1 (default)"], ["llmnr", "-1 (default)"], ["dns-over-tls", "-1 (default)"], ["mptcp-flags", "0x0 (default)"], ["wait-device-timeout", "-1"], ["wait-activation-delay", "-1"],
  ]],
  ["802-3-ethernet", [
    ["port", "--"], ["speed", "0"], ["duplex", "--"], ["auto-negotiate", "no"], ["mac-address", "--"], ["cloned-mac-address", "--"], ["generate-mac-address-mask", "--"], ["mac-address-blacklist", "--"], ["mtu", "auto"], ["s390-subchannels", "--"], ["s390-nettype", "--"], ["s390-options", "--"], ["wake-on-lan", "default"], ["wake-on-lan-password", "--"], ["accept-all-mac-addresses", "-1 (default)"],
  ]],
  ["ipv4", [
    ["method", "auto"], ["dns", "--"], ["dns-search", "--"], ["dns-options", "--"], ["dns-priority", "0"], ["addresses", "--"], ["gateway", "--"], ["routes", "--"], ["route-metric", "-1"], ["route-table", "0 (unspec)"], ["routing-rules", "--"], ["replace-local-rule", "-1 (default)"], ["ignore-auto-routes", "no"], ["ignore-auto-dns", "no"], ["dhcp-client-id", "--"], ["dhcp-iaid", "--"], ["dhcp-timeout", "0 (default)"], ["dhcp-send-hostname", "yes"], ["dhcp-hostname", "--"], ["dhcp-fqdn", "--"], ["dhcp-hostname-flags", "0x0 (none)"], ["never-default", "no"], ["may-fail", "yes"], ["required-timeout", "-1 (default)"], ["dad-timeout", "-1 (default)"], ["dhcp-vendor-class-identifier", "--"], ["link-local", "0 (default)"], ["dhcp-reject-servers", "--"], ["auto-route-ext-gw", "-1 (default)"],
  ]],
  ["ipv6", [
    ["method", "auto"], ["dns", "--"], ["dns-search", "--"], ["dns-options", "--"], ["dns-priority", "0"], ["addresses", "--"], ["gateway", "--"], ["routes", "--"], ["route-metric", "-1"], ["route-table", "0 (unspec)"], ["routing-rules", "--"], ["replace-local-rule", "-1 (default)"], ["ignore-auto-routes", "no"], ["ignore-auto-dns", "no"], ["never-default", "no"], ["may-fail", "yes"], ["required-timeout", "-1 (default)"], ["ip6-privacy", "-1 (unknown)"], ["addr-gen-mode", "default"], ["ra-timeout", "0 (default)"], ["mtu", "auto"], ["dhcp-duid", "--"], ["dhcp-iaid", "--"], ["dhcp-timeout", "0 (default)"], ["dhcp-send-hostname", "yes"], ["dhcp-hostname", "--"], ["dhcp-hostname-flags", "0x0 (none)"], ["auto-route-ext-gw", "-1 (default)"], ["token", "--"],
  ]],
  ["proxy", [
    ["method", "none"], ["browser-only", "no"], ["pac-url", "--"], ["pac-script", "--"],
  ]],
  ["bridge", [["mac-address", "--"], ["stp", "yes"], ["priority", "32768"], ["forward-delay", "15"], ["hello-time", "2"], ["max-age", "20"], ["ageing-time", "300"]]],
  ["vlan", [["parent", "--"], ["id", "0"], ["flags", "1 (REORDER_HEADERS)"], ["ingress-priority-map", "--"], ["egress-priority-map", "--"]]],
  ["bridge-port", [["priority", "32"], ["path-cost", "100"], ["hairpin-mode", "no"]]],
  ["dummy", []],
  ["loopback", [["mtu", "auto"]]],
]);
