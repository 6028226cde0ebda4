import type { DebianPackage } from "../kit/package.ts";

const unit = `[Unit]
Description=QEMU Guest Agent
BindsTo=dev-virtio\\x2dports-org.qemu.guest_agent.0.device
After=dev-virtio\\x2dports-org.qemu.guest_agent.0.device

[Service]
ExecStart=-/usr/sbin/qemu-ga
Restart=always
RestartSec=0

[Install]
`;

const rule = `SUBSYSTEM=="virtio-ports", ATTR{name}=="org.qemu.guest_agent.0", \\
  TAG+="systemd", ENV{SYSTEMD_WANTS}="qemu-guest-agent.service"
`;

const qemuGuestAgent: DebianPackage = {
  name: "qemu-guest-agent",
  summary: "lets the host ask and command a QEMU guest",
  files: [
    { path: "/lib/systemd/system/qemu-guest-agent.service", text: unit },
    { path: "/lib/udev/rules.d/60-qemu-guest-agent.rules", text: rule },
  ],
};

export default qemuGuestAgent;
