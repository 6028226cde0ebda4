// ssh -Q: the names of what OpenSSH 9.2 of Debian 12 can do (ssh(1); recorded from that program).

const CERTIFICATE = /-cert-v01@openssh\.com$/;

const CIPHERS = ["3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc", "aes128-ctr", "aes192-ctr", "aes256-ctr", "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"];
const MACS = ["hmac-sha1", "hmac-sha1-96", "hmac-sha2-256", "hmac-sha2-512", "hmac-md5", "hmac-md5-96", "umac-64@openssh.com", "umac-128@openssh.com", "hmac-sha1-etm@openssh.com", "hmac-sha1-96-etm@openssh.com", "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-md5-etm@openssh.com", "hmac-md5-96-etm@openssh.com", "umac-64-etm@openssh.com", "umac-128-etm@openssh.com"];
const KEX = ["diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group14-sha256", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group-exchange-sha256", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "curve25519-sha256", "curve25519-sha256@libssh.org", "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com"];
const KEYS = ["ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "ssh-dss", "ssh-dss-cert-v01@openssh.com", "ssh-rsa", "ssh-rsa-cert-v01@openssh.com"];
const SIGNATURES = ["ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "ssh-dss", "ssh-dss-cert-v01@openssh.com", "ssh-rsa", "ssh-rsa-cert-v01@openssh.com", "rsa-sha2-256", "rsa-sha2-256-cert-v01@openssh.com", "rsa-sha2-512", "rsa-sha2-512-cert-v01@openssh.com"];

const LISTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["cipher", CIPHERS], ["cipher-auth", CIPHERS.filter((one) => /gcm|poly1305/.test(one))], ["compression", ["none", "zlib@openssh.com", "zlib"]], ["kex", KEX],
  ["kex-gss", ["gss-gex-sha1-", "gss-group1-sha1-", "gss-group14-sha1-", "gss-group14-sha256-", "gss-group16-sha512-", "gss-nistp256-sha256-", "gss-curve25519-sha256-"]],
  ["key", KEYS], ["key-cert", KEYS.filter((one) => CERTIFICATE.test(one))], ["key-plain", KEYS.filter((one) => !CERTIFICATE.test(one))], ["key-sig", SIGNATURES], ["mac", MACS], ["protocol-version", ["2"]],
  ["sig", SIGNATURES.filter((one) => !CERTIFICATE.test(one))],
]);
/** words of ssh_config(5) that stand for a list */
const KEYWORDS: ReadonlyMap<string, string> = new Map([["ciphers", "cipher"], ["macs", "mac"], ["kexalgorithms", "kex"], ["hostkeyalgorithms", "key-sig"], ["pubkeyacceptedalgorithms", "key-sig"], ["hostbasedacceptedalgorithms", "key-sig"], ["hostbasedkeytypes", "key-sig"], ["pubkeyacceptedkeytypes", "key-sig"]]);

/** Undefined: nobody asks that. */
export function queried(query: string): readonly string[] | undefined {
  if (query === "help") return [...LISTS.keys()];
  return LISTS.get(query) ?? LISTS.get(KEYWORDS.get(query.toLowerCase()) ?? "");
}
