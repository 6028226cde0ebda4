import { keyRing, type PublicKey } from "../kit/debian/release-file.ts";
import type { DebianPackage } from "../kit/package.ts";

/** The archive's keys as the package's own files name them. */
const keys: readonly (readonly [file: string, key: PublicKey])[] = [
  ["bookworm-automatic", { fingerprint: "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8", ids: ["B7C5D7D6350947F8", "6ED0E7B82643E131"], made: "rsa4096 2023-01-21 [SC] [expires: 2031-01-19]", user: "Debian Archive Automatic Signing Key (12/bookworm) <ftpmaster@debian.org>" }],
  ["bookworm-security-automatic", { fingerprint: "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0", ids: ["254CF3B5AEC0A8F0", "BDE6D2B9216EC7A8"], made: "rsa4096 2023-01-21 [SC] [expires: 2031-01-19]", user: "Debian Security Archive Automatic Signing Key (12/bookworm) <ftpmaster@debian.org>" }],
  ["bookworm-stable", { fingerprint: "4D64FEC119C2029067D6E791F8D2585B8783D481", ids: ["F8D2585B8783D481"], made: "ed25519 2023-01-23 [SC] [expires: 2031-01-21]", user: "Debian Stable Release Key (12/bookworm) <debian-release@lists.debian.org>" }],
  ["bullseye-automatic", { fingerprint: "1F89983E0081FDE018F3CC9673A4F27B8DD47936", ids: ["73A4F27B8DD47936", "0E98404D386FA1D9"], made: "rsa4096 2021-01-17 [SC] [expires: 2029-01-15]", user: "Debian Archive Automatic Signing Key (11/bullseye) <ftpmaster@debian.org>" }],
  ["bullseye-security-automatic", { fingerprint: "AC530D520F2F3269F5E98313A48449044AAD5C5D", ids: ["A48449044AAD5C5D", "54404762BBB6E853"], made: "rsa4096 2021-01-17 [SC] [expires: 2029-01-15]", user: "Debian Security Archive Automatic Signing Key (11/bullseye) <ftpmaster@debian.org>" }],
  ["bullseye-stable", { fingerprint: "A4285295FC7B1A81600062A9605C66F00D6C9793", ids: ["605C66F00D6C9793"], made: "rsa4096 2021-02-13 [SC] [expires: 2029-02-11]", user: "Debian Stable Release Key (11/bullseye) <debian-release@lists.debian.org>" }],
];

export default {
  name: "debian-archive-keyring",
  summary: "keys of Debian's archive",
  files: [
    ...keys.map(([name, key]) => ({ path: `/etc/apt/trusted.gpg.d/debian-archive-${name}.asc`, text: keyRing([key]), conffile: true }) as const),
    ...keys.map(([name, key]) => ({ path: `/usr/share/keyrings/debian-archive-${name}.gpg`, text: keyRing([key]) })),
    { path: "/usr/share/keyrings/debian-archive-keyring.gpg", text: keyRing(keys.map(([, key]) => key)) },
  ],
} satisfies DebianPackage;
