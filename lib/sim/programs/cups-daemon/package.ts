import type { DebianPackage } from "../kit/package.ts";

const configuration = `# Settings of the print server (cupsd.conf(5)); files and directories are in cups-files.conf.

# What is logged: none, emerg, alert, crit, error, warn, notice, info, debug, debug2
LogLevel warn
PageLogFormat

# Largest size of a log; logrotate(8) turns them
MaxLogSize 0
ErrorPolicy retry-job

# Only this machine may connect
Listen localhost:631
Listen /run/cups/cups.sock

# Show shared printers in the local network
Browsing No
BrowseLocalProtocols dnssd

# How people prove who they are, where they must
DefaultAuthType Basic

# The pages of http://localhost:631
WebInterface Yes

IdleExitTimeout 60

<Location />
  Order allow,deny
</Location>

<Location /admin>
  AuthType Default
  Require user @SYSTEM
  Order allow,deny
</Location>

<Location /admin/conf>
  AuthType Default
  Require user @SYSTEM
  Order allow,deny
</Location>

<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default

  # Only the owner and administrators may change jobs
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-Job CUPS-Move-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>

  # Only administrators may change printers
  <Limit CUPS-Add-Modify-Printer CUPS-Delete-Printer CUPS-Add-Modify-Class CUPS-Delete-Class CUPS-Set-Default Pause-Printer Resume-Printer Enable-Printer Disable-Printer CUPS-Accept-Jobs CUPS-Reject-Jobs>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>

  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`;

const files = `# Where the print server keeps its files, and who it is (cups-files.conf(5)).

# Groups of administrators, @SYSTEM in cupsd.conf
SystemGroup lpadmin

# Printers that are files (file:/path): No, or Yes for tests
#FileDevice No

AccessLog /var/log/cups/access_log
ErrorLog /var/log/cups/error_log
PageLog /var/log/cups/page_log

#ServerRoot /etc/cups
#RequestRoot /var/spool/cups
#CacheDir /var/cache/cups
#StateDir /run/cups
#Printcap /run/cups/printcap
LogFileGroup adm
`;

export default {
  name: "cups-daemon", version: "2.4.2-3+deb12u9", architecture: "amd64", section: "net", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 864, downloadSizeBytes: 353_356,
  preDepends: "init-system-helpers (>= 1.54~)", depends: "adduser, bc, libcups2 (= 2.4.2-3+deb12u9), procps, libc6 (>= 2.36), libdbus-1-3 (>= 1.9.14), libgssapi-krb5-2 (>= 1.17), libpam0g (>= 0.99.7.1), libsystemd0", summary: "the print server: queues, jobs and what carries them to printers",
  files: [
    { path: "/etc/cups", directory: true, group: "lp" },
    { path: "/etc/cups/cups-files.conf", text: files, conffile: true, mode: 0o640, group: "lp" },
    { path: "/etc/cups/ssl", directory: true, mode: 0o700, group: "lp" },
    { path: "/etc/cups/ppd", directory: true, group: "lp" },
    { path: "/usr/share/cups/cupsd.conf.default", text: configuration },
    { path: "/etc/pam.d/cups", text: "@include common-auth\n@include common-account\n@include common-session\n", conffile: true },
    { path: "/etc/logrotate.d/cups-daemon", text: "/var/log/cups/*log {\n\tdaily\n\tmissingok\n\trotate 7\n\tsharedscripts\n\tpostrotate\n\t\tif [ -e /run/cups/cupsd.pid ]; then\n\t\t\tinvoke-rc.d --quiet cups restart > /dev/null\n\t\tfi\n\tendscript\n\tcompress\n\tnotifempty\n\tcreate 640 root adm\n}\n", conffile: true },
    { path: "/var/spool/cups", directory: true, mode: 0o710, group: "lp" },
    { path: "/var/spool/cups/tmp", directory: true, mode: 0o1770, group: "lp" },
    { path: "/var/cache/cups", directory: true, mode: 0o770, group: "lp" },
    { path: "/var/log/cups", directory: true, group: "lp" },
    { path: "/lib/systemd/system/cups.service", text: "[Unit]\nDescription=CUPS Scheduler\nDocumentation=man:cupsd(8)\nAfter=network.target nss-user-lookup.target nslcd.service\n\n[Service]\nExecStart=/usr/sbin/cupsd -l\nType=notify\nRestart=on-failure\nRuntimeDirectory=cups\n\n[Install]\nWantedBy=printer.target multi-user.target\n" },
  ],
  postInstall: [{ addGroup: "lpadmin", system: true }, { run: "[ -r /etc/cups/cupsd.conf ] || install -m 644 /usr/share/cups/cupsd.conf.default /etc/cups/cupsd.conf; [ -e /etc/printcap ] || ln -sf /run/cups/printcap /etc/printcap" }, { enable: "cups.service" }, { start: "cups.service" }],
  postPurge: [{ run: "rm -rf /etc/cups /var/spool/cups /var/cache/cups /var/log/cups; [ ! -L /etc/printcap ] || rm -f /etc/printcap" }],
} satisfies DebianPackage;
