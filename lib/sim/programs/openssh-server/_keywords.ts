// The keywords of sshd_config(5) in OpenSSH 9.2: what their values must look like, what holds without them, and whether Match blocks may have them.

type Algorithms = "ciphers" | "macs" | "kex" | "keys";

export type Kind =
  | { readonly kind: "words"; readonly words: readonly string[]; /** how -T says a word */ readonly shown?: Readonly<Record<string, string>> }
  | { readonly kind: "integer" | "time" | "octal" | "text" | "rest" | "list" | "lines" | "port" | "listen" | "level" | "facility" | "algorithms" | "quality" | "rekey" | "startups" | "open" | "environment-names" | "environment" | "subsystem" | "methods" | "hash" | "tunnel" | "command" | "key-options" | "netblock" | "channel-timeout" | "user-environment"; readonly of?: Algorithms };

export interface Keyword {
  /** as -T writes it */
  readonly name: string;
  readonly kind: Kind;
  /** undefined: -T leaves it out; several words of a list stand each in a line where it is "lines" */
  readonly otherwise: string | undefined;
  readonly inMatch: boolean;
}

const yesNo: Kind = { kind: "words", words: ["yes", "no"] };
const of = (name: string, kind: Kind | Exclude<Kind["kind"], "words">, otherwise: string | undefined, inMatch = false): Keyword => ({ name, kind: typeof kind === "string" ? { kind } : kind, otherwise, inMatch });
const algorithms = (which: Algorithms): Kind => ({ kind: "algorithms", of: which });

const CIPHERS = "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com";
const MACS = "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1";
const KEX = "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";
const PLAIN_KEYS = "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256";
const KEYS = `${PLAIN_KEYS.split(",").map((name) => (name.endsWith("@openssh.com") ? name.replace("@openssh.com", "-cert-v01@openssh.com") : `${name}-cert-v01@openssh.com`)).join(",")},${PLAIN_KEYS}`;

/** Beyond the defaults, those that a list may name. */
export const KNOWN_ALGORITHMS: Readonly<Record<Algorithms, readonly string[]>> = {
  ciphers: [...CIPHERS.split(","), "3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc"],
  macs: [...MACS.split(","), "hmac-sha1-96", "hmac-md5", "hmac-md5-96", "hmac-sha1-96-etm@openssh.com", "hmac-md5-etm@openssh.com", "hmac-md5-96-etm@openssh.com"],
  kex: [...KEX.split(","), "diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1", "diffie-hellman-group-exchange-sha1"],
  keys: [...KEYS.split(","), "ssh-rsa", "ssh-dss", "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"],
};

/** In the order of `sshd -T`; below the line those that it does not print. */
export const KEYWORDS: readonly Keyword[] = [
  of("port", "port", "22"),
  of("addressfamily", { kind: "words", words: ["any", "inet", "inet6"] }, "any"),
  of("listenaddress", "listen", ""),
  of("usepam", yesNo, "no"),
  of("logingracetime", "time", "120"),
  of("x11displayoffset", "integer", "10", true),
  of("maxauthtries", "integer", "6", true),
  of("maxsessions", "integer", "10", true),
  of("clientaliveinterval", "time", "0", true),
  of("clientalivecountmax", "integer", "3", true),
  of("requiredrsasize", "integer", "1024", true),
  of("streamlocalbindmask", "octal", "0177", true),
  of("unusedconnectiontimeout", "time", "none", true),
  of("permitrootlogin", { kind: "words", words: ["without-password", "prohibit-password", "forced-commands-only", "yes", "no"], shown: { "prohibit-password": "without-password" } }, "without-password", true),
  of("ignorerhosts", { kind: "words", words: ["yes", "no", "shosts-only"] }, "yes", true),
  of("ignoreuserknownhosts", yesNo, "no"),
  of("hostbasedauthentication", yesNo, "no", true),
  of("hostbasedusesnamefrompacketonly", yesNo, "no", true),
  of("pubkeyauthentication", yesNo, "yes", true),
  of("kerberosauthentication", yesNo, "no", true),
  of("kerberosorlocalpasswd", yesNo, "yes"),
  of("kerberosticketcleanup", yesNo, "yes"),
  of("gssapiauthentication", yesNo, "no", true),
  of("gssapicleanupcredentials", yesNo, "yes"),
  of("gssapikeyexchange", yesNo, "no"),
  of("gssapistrictacceptorcheck", yesNo, "yes"),
  of("gssapistorecredentialsonrekey", yesNo, "no"),
  of("gssapikexalgorithms", "text", "gss-group14-sha256-,gss-group16-sha512-,gss-nistp256-sha256-,gss-curve25519-sha256-,gss-group14-sha1-,gss-gex-sha1-"),
  of("passwordauthentication", yesNo, "yes", true),
  of("kbdinteractiveauthentication", yesNo, "yes", true),
  of("printmotd", yesNo, "yes"),
  of("printlastlog", yesNo, "yes"),
  of("x11forwarding", yesNo, "no", true),
  of("x11uselocalhost", yesNo, "yes", true),
  of("permittty", yesNo, "yes", true),
  of("permituserrc", yesNo, "yes", true),
  of("strictmodes", yesNo, "yes"),
  of("tcpkeepalive", yesNo, "yes"),
  of("permitemptypasswords", yesNo, "no", true),
  of("compression", { kind: "words", words: ["yes", "no", "delayed"], shown: { delayed: "yes" } }, "yes"),
  of("gatewayports", { kind: "words", words: ["yes", "no", "clientspecified"] }, "no", true),
  of("usedns", yesNo, "no"),
  of("allowtcpforwarding", { kind: "words", words: ["yes", "no", "all", "local", "remote"], shown: { all: "yes" } }, "yes", true),
  of("allowagentforwarding", yesNo, "yes", true),
  of("disableforwarding", yesNo, "no", true),
  of("allowstreamlocalforwarding", { kind: "words", words: ["yes", "no", "all", "local", "remote"], shown: { all: "yes" } }, "yes", true),
  of("streamlocalbindunlink", yesNo, "no", true),
  of("fingerprinthash", "hash", "SHA256"),
  of("exposeauthinfo", yesNo, "no", true),
  of("pidfile", "text", "/run/sshd.pid"),
  of("modulifile", "text", "/etc/ssh/moduli"),
  of("xauthlocation", "text", "/usr/bin/xauth"),
  of("ciphers", algorithms("ciphers"), CIPHERS),
  of("macs", algorithms("macs"), MACS),
  of("banner", "text", "none", true),
  of("forcecommand", "rest", "none", true),
  of("chrootdirectory", "text", "none", true),
  of("trustedusercakeys", "text", "none", true),
  of("revokedkeys", "text", "none", true),
  of("securitykeyprovider", "text", "internal"),
  of("authorizedprincipalsfile", "text", "none", true),
  of("versionaddendum", "rest", "none"),
  of("authorizedkeyscommand", "command", "none", true),
  of("authorizedkeyscommanduser", "text", "none", true),
  of("authorizedprincipalscommand", "command", "none", true),
  of("authorizedprincipalscommanduser", "text", "none", true),
  of("hostkeyagent", "text", "none"),
  of("kexalgorithms", algorithms("kex"), KEX),
  of("casignaturealgorithms", algorithms("keys"), PLAIN_KEYS, true),
  of("hostbasedacceptedalgorithms", algorithms("keys"), KEYS, true),
  of("hostkeyalgorithms", algorithms("keys"), KEYS),
  of("pubkeyacceptedalgorithms", algorithms("keys"), KEYS, true),
  of("loglevel", "level", "INFO", true),
  of("syslogfacility", "facility", "AUTH"),
  of("authorizedkeysfile", "list", ".ssh/authorized_keys .ssh/authorized_keys2", true),
  of("hostkey", "lines", "/etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ed25519_key"),
  of("hostcertificate", "lines", ""),
  of("allowusers", "lines", "", true),
  of("denyusers", "lines", "", true),
  of("allowgroups", "lines", "", true),
  of("denygroups", "lines", "", true),
  of("acceptenv", "environment-names", "", true),
  of("setenv", "environment", "", true),
  of("authenticationmethods", "methods", "any", true),
  of("logverbose", "list", undefined),
  of("channeltimeout", "channel-timeout", undefined, true),
  of("subsystem", "subsystem", ""),
  of("maxstartups", "startups", "10:30:100"),
  of("persourcemaxstartups", "integer", "none"),
  of("persourcenetblocksize", "netblock", "32:128"),
  of("permittunnel", "tunnel", "no", true),
  of("ipqos", "quality", "lowdelay throughput", true),
  of("rekeylimit", "rekey", "0 0", true),
  of("permitopen", "open", "any", true),
  of("permitlisten", "open", "any", true),
  of("permituserenvironment", "user-environment", "no"),
  of("pubkeyauthoptions", "key-options", "none", true),
  // Debian's own
  of("debianbanner", yesNo, undefined),
];

export const KEYWORD_BY_NAME: ReadonlyMap<string, Keyword> = new Map([
  ...KEYWORDS.map((keyword) => [keyword.name, keyword] as const),
  ...([["challengeresponseauthentication", "kbdinteractiveauthentication"], ["skeyauthentication", "kbdinteractiveauthentication"], ["dsaauthentication", "pubkeyauthentication"], ["keepalive", "tcpkeepalive"], ["pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms"], ["hostbasedacceptedkeytypes", "hostbasedacceptedalgorithms"]] as const).flatMap(([alias, name]) => {
    const keyword = KEYWORDS.find((one) => one.name === name);
    return keyword ? [[alias, keyword] as const] : [];
  }),
]);

export const DEPRECATED: ReadonlySet<string> = new Set("authorizedkeysfile2 checkmail keyregenerationinterval pamauthenticationviakbdint randomseed reversemappingcheck rhostsauthentication rhostsrsaauthentication rsaauthentication serverkeybits uselogin useprivilegeseparation verifyreversemapping".split(" "));
/** Taken without a word. */
export const IGNORED: ReadonlySet<string> = new Set(["protocol"]);
export const LOG_LEVELS = ["quiet", "fatal", "error", "info", "verbose", "debug", "debug1", "debug2", "debug3"] as const;
export const FACILITIES = ["daemon", "user", "auth", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7", "authpriv"] as const;
