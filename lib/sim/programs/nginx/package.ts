import type { DebianPackage } from "../kit/package.ts";

const configuration = `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
include /etc/nginx/modules-enabled/*.conf;

events {
	worker_connections 768;
}

http {
	sendfile on;
	tcp_nopush on;
	types_hash_max_size 2048;

	include /etc/nginx/mime.types;
	default_type application/octet-stream;

	access_log /var/log/nginx/access.log;

	gzip on;

	include /etc/nginx/conf.d/*.conf;
	include /etc/nginx/sites-enabled/*;
}
`;

const site = `# The default server: what is asked for under any other name.
server {
	listen 80 default_server;
	listen [::]:80 default_server;

	root /var/www/html;
	index index.html index.htm index.nginx-debian.html;

	server_name _;

	location / {
		try_files $uri $uri/ =404;
	}
}
`;

const types = `types {
	text/html html htm shtml;
	text/css css;
	text/xml xml;
	text/plain txt;
	image/gif gif;
	image/jpeg jpeg jpg;
	image/png png;
	image/svg+xml svg svgz;
	image/x-icon ico;
	application/javascript js;
	application/json json;
	application/pdf pdf;
	application/zip zip;
	application/octet-stream bin exe iso img deb;
}
`;

const page = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>The web server is installed and working. Its pages are in /var/www/html.</p>
</body>
</html>
`;

export default {
  name: "nginx",
  summary: "web server and proxy that needs little memory",
  files: [
    { path: "/etc/nginx/nginx.conf", text: configuration, conffile: true },
    { path: "/etc/nginx/mime.types", text: types, conffile: true },
    { path: "/etc/nginx/sites-available/default", text: site, conffile: true },
    { path: "/etc/nginx/sites-enabled/default", symlink: "/etc/nginx/sites-available/default" },
    { path: "/etc/nginx/conf.d", directory: true },
    { path: "/etc/nginx/modules-enabled", directory: true },
    { path: "/usr/share/nginx/html/index.html", text: page },
    { path: "/var/www/html/index.nginx-debian.html", text: page },
    { path: "/var/log/nginx", directory: true },
    { path: "/var/lib/nginx", directory: true },
    {
      path: "/lib/systemd/system/nginx.service",
      text: "[Unit]\nDescription=A high performance web server and a reverse proxy server\nDocumentation=man:nginx(8)\nAfter=network-online.target remote-fs.target nss-lookup.target\nWants=network-online.target\n\n[Service]\nType=forking\nPIDFile=/run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\nExecReload=/usr/sbin/nginx -g 'daemon on; master_process on;' -s reload\nKillMode=mixed\n\n[Install]\nWantedBy=multi-user.target\n",
    },
  ],
  postInstall: [{ enable: "nginx.service" }, { start: "nginx.service" }],
} satisfies DebianPackage;
