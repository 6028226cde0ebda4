import type { DebianPackage } from "../kit/package.ts";
import { ROOT_NAMES, rootCertificateBytes, rootCertificatePem } from "./_roots.ts";

const caCertificates: DebianPackage = {
  name: "ca-certificates",
  summary: "certificates of authorities, and the tool that installs one's own",
  files: [
    { path: "/etc/ssl", directory: true }, { path: "/etc/ssl/certs", directory: true }, { path: "/etc/ca-certificates", directory: true }, { path: "/etc/ca-certificates/update.d", directory: true },
    { path: "/usr/local/share/ca-certificates", directory: true }, { path: "/usr/share/ca-certificates", directory: true }, { path: "/usr/share/ca-certificates/mozilla", directory: true },
    { path: "/etc/ca-certificates.conf", text: `# Certificates that update-ca-certificates(8) installs, below /usr/share/ca-certificates; ! before a name leaves it out.\n${ROOT_NAMES.map((name) => `mozilla/${name}.crt\n`).join("")}` },
    ...ROOT_NAMES.map((name) => ({ path: `/usr/share/ca-certificates/mozilla/${name}.crt`, content: () => rootCertificatePem(name), contentBytes: rootCertificateBytes(name) })),
  ],
  postInstall: [{ run: "update-ca-certificates" }],
};

export default caCertificates;
