// The modules of PAM and what they read in /etc/security. The modules themselves are in this folder's _modules.ts.
import type { DebianPackage } from "../kit/package.ts";

const security = (name: string, about: string): { readonly path: string; readonly text: string; readonly conffile: true } => ({ path: `/etc/security/${name}`, text: about, conffile: true });

const libpamModules: DebianPackage = {
  name: "libpam-modules",
  summary: "the modules of PAM: passwords, limits, login rules",
  files: [
    { path: "/etc/security", directory: true },
    { path: "/etc/security/limits.d", directory: true },
    { path: "/etc/security/namespace.d", directory: true },
    security("limits.conf", "# Limits for logins: <domain> <type> <item> <value> (limits.conf(5)).\n\n# End of file\n"),
    security("access.conf", "# Who may log in from where: permission:users:origins (access.conf(5)); read by pam_access.\n"),
    security("pam_env.conf", "# Environment for logins: VARIABLE [DEFAULT=value] [OVERRIDE=value] (pam_env.conf(5)).\n"),
    security("time.conf", "# When users may log in: services;ttys;users;times (time.conf(5)); read by pam_time.\n"),
    security("group.conf", "# Groups that logins get: services;ttys;users;times;groups (group.conf(5)); read by pam_group.\n"),
    security("namespace.conf", "# Directories of their own for logins (namespace.conf(5)); read by pam_namespace.\n"),
    security("sepermit.conf", "# Users who may log in only while SELinux enforces (sepermit.conf(5)).\n"),
    security("faillock.conf", `# When an account is locked after wrong passwords (faillock.conf(5)); read by pam_faillock.
# Each line shows the value that counts when nothing is set.
#
# Where the failures are kept:
# dir = /var/run/faillock
#
# Log unknown names too; say nothing; log nothing; only users of /etc/passwd; no delay:
# audit
# silent
# no_log_info
# local_users_only
# nodelay
#
# So many failures within so many seconds lock the account for so many seconds (0: for ever):
# deny = 3
# fail_interval = 900
# unlock_time = 600
#
# Root is locked only with one of these:
# even_deny_root
# root_unlock_time = 900
#
# Members of this group count as root:
# admin_group = <admin_group_name>
`),
    { path: "/usr/share/pam-configs/mkhomedir", text: "Name: Create home directory on login\nDefault: no\nPriority: 0\nSession-Type: Additional\nSession-Interactive-Only: yes\nSession:\n\toptional\t\t\tpam_mkhomedir.so\n" },
  ],
};

export default libpamModules;
