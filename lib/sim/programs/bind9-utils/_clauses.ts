// Which options stand where in named.conf and what follows them (named.conf(5) of BIND 9.18): the common ones.

/**
 * What an option takes. "list": [port N] { address [port N] [key K]; … }, "acl": { element; … }, "portAcl": [port N] { element; … }, "policy": update-policy's rules.
 * A string of words: one of them.
 */
export type Kind =
  | "bool" | "number" | "size" | "string" | "stringOrNone" | "acl" | "portAcl" | "portAclOptional" | "list" | "policy" | "sourceAddress" | "duration" | "channelFile" | "syslog" | "none" | "severity" | "word" | "inet"
  | { readonly words: readonly string[]; readonly what: string };

const boolOr = (...words: readonly string[]): Kind => ({ words: ["yes", "no", "true", "false", "0", "1", ...words], what: "boolean" });
const of = (what: string, ...words: readonly string[]): Kind => ({ words, what });

/** Options of a zone that may stand in options and view too. */
const zoneDefaults: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["allow-notify", "acl"], ["allow-query", "acl"], ["allow-query-on", "acl"], ["allow-transfer", "portAclOptional"], ["allow-update", "acl"], ["allow-update-forwarding", "acl"], ["also-notify", "list"], ["auto-dnssec", of("auto-dnssec", "allow", "maintain", "off")],
  ["check-dup-records", of("word", "fail", "warn", "ignore")], ["check-integrity", "bool"], ["check-mx", of("word", "fail", "warn", "ignore")], ["check-mx-cname", of("word", "fail", "warn", "ignore")], ["check-sibling", "bool"], ["check-spf", of("word", "warn", "ignore")], ["check-srv-cname", of("word", "fail", "warn", "ignore")], ["check-wildcard", "bool"],
  ["dnssec-dnskey-kskonly", "bool"], ["dnssec-policy", "string"], ["dnssec-secure-to-insecure", "bool"], ["forward", of("word", "first", "only")], ["forwarders", "list"], ["inline-signing", "bool"], ["ixfr-from-differences", boolOr("primary", "master", "secondary", "slave")], ["key-directory", "string"],
  ["masterfile-format", of("word", "raw", "text")], ["masterfile-style", of("word", "full", "relative")], ["max-journal-size", "size"], ["max-records", "number"], ["max-refresh-time", "number"], ["max-retry-time", "number"], ["max-transfer-time-in", "number"], ["max-zone-ttl", "duration"], ["min-refresh-time", "number"], ["min-retry-time", "number"], ["multi-master", "bool"],
  ["notify", boolOr("explicit", "master-only", "primary-only")], ["notify-delay", "number"], ["notify-source", "sourceAddress"], ["request-ixfr", "bool"], ["serial-update-method", of("word", "increment", "unixtime", "date")], ["transfer-source", "sourceAddress"], ["try-tcp-refresh", "bool"], ["zero-no-soa-ttl", "bool"], ["zone-statistics", boolOr("full", "terse", "none")],
]);

const viewOptions: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["allow-new-zones", "bool"], ["allow-query-cache", "acl"], ["allow-query-cache-on", "acl"], ["allow-recursion", "acl"], ["allow-recursion-on", "acl"], ["attach-cache", "string"], ["auth-nxdomain", "bool"], ["check-names", "word"], ["cleaning-interval", "number"], ["dnssec-accept-expired", "bool"], ["dnssec-validation", boolOr("auto")], ["empty-contact", "string"], ["empty-server", "string"], ["empty-zones-enable", "bool"],
  ["lame-ttl", "duration"], ["max-cache-size", "size"], ["max-cache-ttl", "duration"], ["max-ncache-ttl", "duration"], ["max-recursion-depth", "number"], ["max-recursion-queries", "number"], ["max-stale-ttl", "duration"], ["max-udp-size", "number"], ["min-cache-ttl", "duration"], ["min-ncache-ttl", "duration"], ["minimal-any", "bool"], ["minimal-responses", boolOr("no-auth", "no-auth-recursive")], ["prefetch", "number"], ["provide-ixfr", "bool"], ["qname-minimization", of("word", "strict", "relaxed", "disabled", "off")],
  ["query-source", "sourceAddress"], ["recursion", "bool"], ["request-nsid", "bool"], ["resolver-query-timeout", "number"], ["root-key-sentinel", "bool"], ["servfail-ttl", "duration"], ["stale-answer-enable", "bool"], ["stale-answer-ttl", "duration"], ["stale-cache-enable", "bool"], ["synth-from-dnssec", "bool"], ["transfer-format", of("word", "many-answers", "one-answer")], ["v6-bias", "number"],
]);

const serverOptions: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["answer-cookie", "bool"], ["avoid-v4-udp-ports", "acl"], ["bindkeys-file", "string"], ["blackhole", "acl"], ["cookie-algorithm", of("word", "siphash24", "aes")], ["cookie-secret", "string"], ["coresize", "size"], ["datasize", "size"], ["directory", "string"], ["dump-file", "string"], ["edns-udp-size", "number"], ["files", "size"], ["flush-zones-on-shutdown", "bool"], ["heartbeat-interval", "number"], ["hostname", "stringOrNone"],
  ["interface-interval", "duration"], ["listen-on", "portAcl"], ["listen-on-v6", "portAcl"], ["lock-file", "stringOrNone"], ["managed-keys-directory", "string"], ["match-mapped-addresses", "bool"], ["memstatistics", "bool"], ["memstatistics-file", "string"], ["notify-rate", "number"], ["pid-file", "stringOrNone"], ["port", "number"], ["querylog", "bool"], ["recursing-file", "string"], ["recursive-clients", "number"], ["reserved-sockets", "number"], ["secroots-file", "string"],
  ["serial-query-rate", "number"], ["server-id", "stringOrNone"], ["session-keyalg", "string"], ["session-keyfile", "stringOrNone"], ["session-keyname", "string"], ["stacksize", "size"], ["startup-notify-rate", "number"], ["statistics-file", "string"], ["tcp-clients", "number"], ["tcp-idle-timeout", "number"], ["tcp-listen-queue", "number"], ["tkey-domain", "string"], ["transfer-message-size", "number"], ["transfers-in", "number"], ["transfers-out", "number"], ["transfers-per-ns", "number"], ["use-v4-udp-ports", "acl"], ["version", "stringOrNone"],
]);

const zoneOnly: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["type", of("word", "primary", "master", "secondary", "slave", "mirror", "delegation-only", "forward", "hint", "redirect", "static-stub", "stub")], ["check-names", of("word", "fail", "warn", "ignore")], ["database", "string"], ["file", "string"], ["in-view", "string"], ["journal", "string"], ["masters", "list"], ["primaries", "list"], ["server-addresses", "list"], ["update-policy", "policy"],
]);

/** Groups in the order in which named-checkconf -p writes them, each in the order of its letters but for `type`. */
export const CLAUSES = {
  options: [serverOptions, viewOptions, zoneDefaults],
  view: [new Map<string, Kind>([["match-clients", "acl"], ["match-destinations", "acl"], ["match-recursive-only", "bool"]]), viewOptions, zoneDefaults],
  zone: [zoneOnly, zoneDefaults],
  key: [new Map<string, Kind>([["algorithm", "string"], ["secret", "string"]])],
  server: [new Map<string, Kind>([["bogus", "bool"], ["edns", "bool"], ["keys", "string"], ["provide-ixfr", "bool"], ["request-ixfr", "bool"], ["transfers", "number"]])],
  channel: [new Map<string, Kind>([["file", "channelFile"], ["syslog", "syslog"], ["null", "none"], ["stderr", "none"], ["severity", "severity"], ["print-time", boolOr("iso8601", "iso8601-utc", "local")], ["print-severity", "bool"], ["print-category", "bool"], ["buffered", "bool"]])],
  controls: [new Map<string, Kind>([["inet", "inet"]])],
  // what rndc.conf has, where options means another thing
  rndcOptions: [new Map<string, Kind>([["default-server", "string"], ["default-key", "string"], ["default-port", "number"]])],
} satisfies Record<string, readonly ReadonlyMap<string, Kind>[]>;

export type ClauseName = keyof typeof CLAUSES;

/** Taken out of BIND 9.18: named does not start with them. */
export const GONE: ReadonlySet<string> = new Set(["dnssec-enable", "dnssec-lookaside", "additional-from-auth", "additional-from-cache", "fetch-glue", "has-old-clients", "host-statistics", "maintain-ixfr-base", "nosit-udp-size", "rfc2308-type1", "treat-cr-as-space", "use-id-pool", "use-ixfr", "filter-aaaa-on-v4", "queryport-pool-ports", "request-sit", "support-ixfr", "topology"]);
