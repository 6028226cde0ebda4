import type { DebianPackage } from "../kit/package.ts";

const unit = `[Unit]
Description=Advanced key-value store
After=network.target
Documentation=http://redis.io/documentation, man:redis-server(1)

[Service]
Type=simple
ExecStart=/usr/bin/redis-server /etc/redis/redis.conf --daemonize no
User=redis
Group=redis
Restart=always
TimeoutStopSec=0

[Install]
WantedBy=multi-user.target
Alias=redis.service
`;

const redis: DebianPackage = {
  name: "redis-server",
  summary: "keeps keys and values in memory and answers on the network",
  files: [
    { path: "/etc/redis", directory: true },
    { path: "/etc/redis/redis.conf", text: "# Settings of redis-server.\nbind 127.0.0.1 -::1\nprotected-mode yes\nport 6379\ntimeout 0\ndaemonize yes\nloglevel notice\nlogfile /var/log/redis/redis-server.log\ndatabases 16\ndir /var/lib/redis\ndbfilename dump.rdb\n", conffile: true },
    { path: "/var/lib/redis", directory: true },
    { path: "/var/log/redis", directory: true },
    { path: "/lib/systemd/system/redis-server.service", text: unit },
  ],
  postInstall: [{ addGroup: "redis", system: true }, { addUser: "redis", group: "redis", home: "/var/lib/redis", shell: "/usr/sbin/nologin" }, { run: "chown -R redis:redis /var/lib/redis /etc/redis; chown redis:adm /var/log/redis" }, { enable: "redis-server.service" }, { start: "redis-server.service" }],
};

export default redis;
