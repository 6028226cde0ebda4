import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "tcpd", version: "7.6.q-32", architecture: "amd64", section: "net", priority: "optional", source: "tcp-wrappers", maintainer: "Marco d'Itri <md@linux.it>", installedSizeKiB: 117, downloadSizeBytes: 23_704,
  depends: "libc6 (>= 2.34), libwrap0 (= 7.6.q-32)", summary: "asks /etc/hosts.allow and /etc/hosts.deny before a service starts",
} satisfies DebianPackage;
