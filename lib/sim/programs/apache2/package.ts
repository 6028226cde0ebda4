import type { DebianPackage } from "../kit/package.ts";

const main = `# The Apache HTTP Server (httpd(8)); sites are in sites-enabled, ports in ports.conf.
ServerRoot "/etc/apache2"
PidFile \${APACHE_PID_FILE}
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
User \${APACHE_RUN_USER}
Group \${APACHE_RUN_GROUP}
HostnameLookups Off
ErrorLog \${APACHE_LOG_DIR}/error.log
LogLevel warn
IncludeOptional mods-enabled/*.conf
Include ports.conf
<Directory />
	Options FollowSymLinks
	AllowOverride None
	Require all denied
</Directory>
<Directory /usr/share>
	AllowOverride None
	Require all granted
</Directory>
<Directory /var/www/>
	Options Indexes FollowSymLinks
	AllowOverride None
	Require all granted
</Directory>
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
`;
const site = `<VirtualHost *:80>
	#ServerName www.example.com

	ServerAdmin webmaster@localhost
	DocumentRoot /var/www/html

	ErrorLog \${APACHE_LOG_DIR}/error.log
	CustomLog \${APACHE_LOG_DIR}/access.log combined
</VirtualHost>
`;
const unit = `[Unit]
Description=The Apache HTTP Server
After=network.target remote-fs.target nss-lookup.target
Documentation=https://httpd.apache.org/docs/2.4/

[Service]
Type=forking
PIDFile=/run/apache2/apache2.pid
ExecStart=/usr/sbin/apachectl start
ExecStop=/usr/sbin/apachectl graceful-stop
ExecReload=/usr/sbin/apachectl graceful
KillMode=mixed
PrivateTmp=true
Restart=on-abort

[Install]
WantedBy=multi-user.target
`;

const apache2: DebianPackage = {
  name: "apache2",
  summary: "web server with modules and virtual hosts",
  files: [
    { path: "/etc/apache2/apache2.conf", text: main, conffile: true },
    { path: "/etc/apache2/ports.conf", text: "# Ports that the server listens on.\nListen 80\n", conffile: true },
    { path: "/etc/apache2/envvars", text: "# Read by apachectl.\nexport APACHE_RUN_USER=www-data\nexport APACHE_RUN_GROUP=www-data\nexport APACHE_PID_FILE=/run/apache2/apache2.pid\nexport APACHE_RUN_DIR=/run/apache2\nexport APACHE_LOCK_DIR=/var/lock/apache2\nexport APACHE_LOG_DIR=/var/log/apache2\nexport LANG=C\n", conffile: true },
    { path: "/etc/apache2/sites-available/000-default.conf", text: site, conffile: true },
    { path: "/etc/apache2/sites-enabled/000-default.conf", symlink: "../sites-available/000-default.conf" },
    ...["conf-available", "conf-enabled", "mods-available", "mods-enabled"].map((name) => ({ path: `/etc/apache2/${name}`, directory: true as const })),
    { path: "/etc/apache2/mods-available/dir.conf", text: "DirectoryIndex index.html index.cgi index.pl index.php index.xhtml index.htm\n", conffile: true },
    { path: "/etc/apache2/mods-enabled/dir.conf", symlink: "../mods-available/dir.conf" },
    { path: "/var/www", directory: true },
    { path: "/var/www/html", directory: true },
    { path: "/var/www/html/index.html", text: "<!DOCTYPE html>\n<html>\n<head><title>Apache2 Debian Default Page: It works</title></head>\n<body>\n<h1>It works!</h1>\n<p>This is the page of the server as it was installed. Put your own pages in /var/www/html.</p>\n</body>\n</html>\n" },
    { path: "/var/log/apache2", directory: true, group: "adm", mode: 0o750 },
    { path: "/lib/systemd/system/apache2.service", text: unit },
  ],
  postInstall: [{ enable: "apache2.service" }, { start: "apache2.service" }],
};

export default apache2;
