import type { DebianPackage } from "../kit/package.ts";

/** What the package's questions would make for local mail; the host's name is asked of the machine. */
const makeConfiguration = `host=$(hostname)
[ -f /etc/mailname ] || echo $host > /etc/mailname
[ -f /etc/aliases ] || printf '# See man 5 aliases for format\\npostmaster:    root\\n' > /etc/aliases
[ -f /etc/postfix/main.cf ] || printf '# Settings of Postfix (postconf(5)).\\n\\nsmtpd_banner = $myhostname ESMTP $mail_name (Debian/GNU)\\nbiff = no\\nappend_dot_mydomain = no\\nreadme_directory = no\\ncompatibility_level = 3.6\\n\\nmyhostname = %s\\nalias_maps = hash:/etc/aliases\\nalias_database = hash:/etc/aliases\\nmyorigin = /etc/mailname\\nmydestination = $myhostname, %s, localhost.localdomain, localhost\\nrelayhost =\\nmynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128\\nmailbox_size_limit = 0\\nrecipient_delimiter = +\\ninet_interfaces = loopback-only\\ninet_protocols = all\\n' $host $host > /etc/postfix/main.cf
newaliases`;

const queue = "/var/spool/postfix";

export default {
  name: "postfix", summary: "mail transport agent: takes mail and delivers it",
  files: [
    { path: "/etc/postfix", directory: true },
    { path: "/etc/postfix/master.cf", text: "# Services of Postfix (master(5)).\n#service type  private unpriv  chroot  wakeup  maxproc command + args\npickup    unix  n       -       y       60      1       pickup\ncleanup   unix  n       -       y       -       0       cleanup\nqmgr      unix  n       -       n       300     1       qmgr\nbounce    unix  -       -       y       -       0       bounce\nlocal     unix  -       n       n       -       -       local\nsmtp      unix  -       -       y       -       -       smtp\n" },
    ...["", "/maildrop", "/deferred", "/hold", "/public", "/pid"].map((folder) => ({ path: `${queue}${folder}`, directory: true, mode: folder === "/maildrop" || folder === "/deferred" || folder === "/hold" ? 0o700 : 0o755 }) as const),
    { path: "/lib/systemd/system/postfix.service", text: "[Unit]\nDescription=Postfix Mail Transport Agent\nConflicts=sendmail.service exim4.service\nConditionPathExists=/etc/postfix/main.cf\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecReload=/bin/true\n\n[Install]\nWantedBy=multi-user.target\n" },
    { path: "/lib/systemd/system/postfix@.service", text: "[Unit]\nDescription=Postfix Mail Transport Agent (instance %i)\nDocumentation=man:postfix(1)\nPartOf=postfix.service\nBefore=postfix.service\nAfter=network-online.target nss-lookup.target\nWants=network-online.target\n\n[Service]\nType=forking\nGuessMainPID=no\nExecStart=/usr/sbin/postfix start\nExecStop=/usr/sbin/postfix stop\nExecReload=/usr/sbin/postfix reload\n\n[Install]\nWantedBy=multi-user.target\n" },
    { path: "/lib/systemd/system/postfix.service.wants", directory: true },
    { path: "/lib/systemd/system/postfix.service.wants/postfix@-.service", symlink: "../postfix@.service" },
  ],
  postInstall: [{ addGroup: "postfix", system: true }, { addUser: "postfix", group: "postfix", home: queue, shell: "/usr/sbin/nologin" }, { addGroup: "postdrop", system: true }, { run: makeConfiguration }, { enable: "postfix.service" }, { start: "postfix.service" }],
} satisfies DebianPackage;
