import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "containerd",
  summary: "daemon that runs containers, below Docker",
  files: [
    {
      path: "/lib/systemd/system/containerd.service",
      text: "[Unit]\nDescription=containerd container runtime\nDocumentation=https://containerd.io\nAfter=network.target local-fs.target\n\n[Service]\nExecStartPre=-/sbin/modprobe overlay\nExecStart=/usr/bin/containerd\nType=notify\nDelegate=yes\nKillMode=process\nRestart=always\nRestartSec=5\nLimitNPROC=infinity\nLimitCORE=infinity\nLimitNOFILE=infinity\nTasksMax=infinity\nOOMScoreAdjust=-999\n\n[Install]\nWantedBy=multi-user.target\n",
    },
  ],
  postInstall: [{ enable: "containerd.service" }, { start: "containerd.service" }],
} satisfies DebianPackage;
