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

const fastcgi = `fastcgi_param  QUERY_STRING       $query_string;
fastcgi_param  REQUEST_METHOD     $request_method;
fastcgi_param  CONTENT_TYPE       $content_type;
fastcgi_param  CONTENT_LENGTH     $content_length;
fastcgi_param  SCRIPT_FILENAME    $document_root$fastcgi_script_name;
fastcgi_param  SCRIPT_NAME        $fastcgi_script_name;
fastcgi_param  REQUEST_URI        $request_uri;
fastcgi_param  DOCUMENT_ROOT      $document_root;
fastcgi_param  SERVER_PROTOCOL    $server_protocol;
fastcgi_param  REMOTE_ADDR        $remote_addr;
fastcgi_param  SERVER_NAME        $server_name;
`;

const proxy = `proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
`;

const rotation = `/var/log/nginx/*.log {
	daily
	missingok
	rotate 14
	compress
	delaycompress
	notifempty
	create 0640 www-data adm
	sharedscripts
	postrotate
		systemctl kill -s USR1 nginx.service
	endscript
}
`;

const firewall = `[Nginx HTTP]
title=Web server (nginx, HTTP)
description=nginx without encryption
ports=80/tcp

[Nginx HTTPS]
title=Web server (nginx, HTTPS)
description=nginx with encryption
ports=443/tcp

[Nginx Full]
title=Web server (nginx, HTTP and HTTPS)
description=nginx with and without encryption
ports=80,443/tcp
`;

const logs = `logdir=/var/log/nginx
chown root:adm $logdir
if [ -z "$2" ]; then
	for log in access error; do
		[ -e $logdir/$log.log ] || { touch $logdir/$log.log; chmod 640 $logdir/$log.log; chown www-data:adm $logdir/$log.log; }
	done
fi
mkdir -p /var/www/html
[ -e /var/www/html/index.nginx-debian.html ] || cp /usr/share/nginx/html/index.html /var/www/html/index.nginx-debian.html`;

export default {
  name: "nginx-common",
  summary: "configuration and service of the web server nginx",
  files: [
    { path: "/etc/nginx/nginx.conf", text: configuration, conffile: true },
    { path: "/etc/nginx/mime.types", text: types, conffile: true },
    { path: "/etc/nginx/sites-available/default", text: site, conffile: true },
    { path: "/etc/nginx/sites-enabled/default", symlink: "/etc/nginx/sites-available/default" },
    { path: "/etc/nginx/fastcgi_params", text: fastcgi, conffile: true },
    { path: "/etc/nginx/proxy_params", text: proxy, conffile: true },
    { path: "/etc/default/nginx", text: "# Options for the server's own command line: DAEMON_ARGS=\"-c FILE\"\n", conffile: true },
    { path: "/etc/logrotate.d/nginx", text: rotation, conffile: true },
    { path: "/etc/ufw/applications.d/nginx", text: firewall, conffile: true },
    { path: "/etc/nginx/snippets", directory: true },
    { path: "/etc/nginx/conf.d", directory: true },
    { path: "/etc/nginx/modules-enabled", directory: true },
    { path: "/usr/share/nginx/html/index.html", text: page },
    { path: "/var/log/nginx", directory: true },
    { path: "/var/lib/nginx", directory: true },
    {
      path: "/lib/systemd/system/nginx.service",
      text: "[Unit]\nDescription=A high performance web server and a reverse proxy server\nDocumentation=man:nginx(8)\nAfter=network-online.target remote-fs.target nss-lookup.target\nWants=network-online.target\n\n[Service]\nType=forking\nPIDFile=/run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\nExecReload=/usr/sbin/nginx -g 'daemon on; master_process on;' -s reload\nKillMode=mixed\n\n[Install]\nWantedBy=multi-user.target\n",
    },
  ],
  postInstall: [{ run: logs }, { enable: "nginx.service" }],
  postPurge: [{ run: "rm -rf /var/log/nginx /var/lib/nginx /etc/nginx" }],
} satisfies DebianPackage;
