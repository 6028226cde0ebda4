import type { DebianPackage } from "../kit/package.ts";

const service = `[Unit]
Description=Docker Application Container Engine
Documentation=https://docs.docker.com
After=network-online.target docker.socket firewalld.service containerd.service
Wants=network-online.target
Requires=docker.socket
Wants=containerd.service

[Service]
Type=notify
EnvironmentFile=-/etc/default/docker
ExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock $DOCKER_OPTS
ExecReload=/bin/kill -s HUP $MAINPID
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Delegate=yes
KillMode=process
Restart=on-failure
StartLimitBurst=3
StartLimitInterval=60s
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
`;

const socket = `[Unit]
Description=Docker Socket for the API

[Socket]
ListenStream=/run/docker.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`;

export default {
  name: "docker.io",
  summary: "runs programs in Linux containers (Docker)",
  files: [
    { path: "/lib/systemd/system/docker.service", text: service },
    { path: "/lib/systemd/system/docker.socket", text: socket },
    { path: "/etc/default/docker", text: "# Options of the Docker daemon for its service; on a machine with systemd, a drop-in of docker.service does the same.\n\n#DOCKER_OPTS=\"--dns 8.8.8.8 --dns 8.8.4.4\"\n", conffile: true },
    { path: "/etc/docker", directory: true },
  ],
  postInstall: [{ addGroup: "docker", system: true }, { enable: "docker.socket" }, { enable: "docker.service" }, { start: "docker.socket" }, { start: "docker.service" }],
} satisfies DebianPackage;
