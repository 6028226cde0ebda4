import type { DebianPackage } from "../kit/package.ts";

const sudoers = `# Who may run what as whom. Edit with visudo: it refuses a file that sudo could not read.

Defaults	env_reset
Defaults	mail_badpass
Defaults	secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# Known trouble when the caller's terminal settings reach other programs
Defaults	use_pty

# root may do everything.
root	ALL=(ALL:ALL) ALL

# So may members of the group sudo.
%sudo	ALL=(ALL:ALL) ALL

# Further rules, one file each.
@includedir /etc/sudoers.d
`;

const sudo: DebianPackage = {
  name: "sudo",
  summary: "lets chosen people run chosen commands as another user",
  files: [
    { path: "/etc/sudoers", text: sudoers, mode: 0o440, conffile: true },
    { path: "/etc/sudoers.d", directory: true, mode: 0o755 },
    { path: "/etc/sudoers.d/README", text: "# Files here are read by sudo through @includedir, unless their name has a dot or ends in ~.\n# Use visudo -f FILE to edit them, and give them mode 0440.\n", mode: 0o440, conffile: true },
    { path: "/etc/sudo.conf", text: "# Settings of sudo's front end (sudo.conf(5)). All defaults.\n", conffile: true },
    { path: "/etc/sudo_logsrvd.conf", text: "# Settings of sudo's log server (sudo_logsrvd.conf(5)). All defaults.\n", conffile: true },
    { path: "/etc/pam.d/sudo", text: "#%PAM-1.0\n\n# Limits of /etc/security/limits.conf\nsession    required   pam_limits.so\n\nsession    required   pam_env.so readenv=1 user_readenv=0\nsession    required   pam_env.so readenv=1 envfile=/etc/default/locale user_readenv=0\n\n@include common-auth\n@include common-account\n@include common-session-noninteractive\n", conffile: true },
    { path: "/etc/pam.d/sudo-i", text: "#%PAM-1.0\n\n# Limits of /etc/security/limits.conf\nsession    required   pam_limits.so\n\nsession    required   pam_env.so readenv=1 user_readenv=0\nsession    required   pam_env.so readenv=1 envfile=/etc/default/locale user_readenv=0\n\n@include common-auth\n@include common-account\n@include common-session\n", conffile: true },
    { path: "/var/lib/sudo", directory: true, mode: 0o700 },
    { path: "/var/lib/sudo/lectured", directory: true, mode: 0o700 },
  ],
};

export default sudo;
