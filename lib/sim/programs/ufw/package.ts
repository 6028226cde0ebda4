import type { DebianPackage } from "../kit/package.ts";
import { files } from "./_files.ts";

export default {
  name: "ufw", summary: "a firewall that is easy to set up", files,
  postInstall: [
    { run: "[ -e /etc/default/ufw ] || install -m 644 /usr/share/ufw/default /etc/default/ufw; [ -e /etc/ufw/ufw.conf ] || install -m 644 /usr/share/ufw/ufw.conf /etc/ufw/ufw.conf; for f in before before6 after after6 user user6; do [ -e /etc/ufw/$f.rules ] || install -m 640 /usr/share/ufw/iptables/$f.rules /etc/ufw/$f.rules; done" },
    { enable: "ufw.service" }, { start: "ufw.service" },
  ],
  preRemove: [{ run: "/lib/ufw/ufw-init force-stop" }],
  postPurge: [{ run: "rm -rf /etc/ufw /etc/default/ufw" }],
} satisfies DebianPackage;
