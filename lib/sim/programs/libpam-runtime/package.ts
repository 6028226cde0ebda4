// The PAM stacks that every service includes.
import type { DebianPackage } from "../kit/package.ts";

const common = {
  auth: "auth\t[success=1 default=ignore]\tpam_unix.so nullok\nauth\trequisite\t\t\tpam_deny.so\nauth\trequired\t\t\tpam_permit.so\n",
  account: "account\t[success=1 new_authtok_reqd=done default=ignore]\tpam_unix.so \naccount\trequisite\t\t\tpam_deny.so\naccount\trequired\t\t\tpam_permit.so\n",
  password: "password\t[success=1 default=ignore]\tpam_unix.so obscure yescrypt\npassword\trequisite\t\t\tpam_deny.so\npassword\trequired\t\t\tpam_permit.so\n",
  session: "session\t[default=1]\t\t\tpam_permit.so\nsession\trequisite\t\t\tpam_deny.so\nsession\trequired\t\t\tpam_permit.so\nsession\trequired\tpam_unix.so \n",
  "session-noninteractive": "session\t[default=1]\t\t\tpam_permit.so\nsession\trequisite\t\t\tpam_deny.so\nsession\trequired\t\t\tpam_permit.so\nsession\trequired\tpam_unix.so \n",
};

const libpamRuntime: DebianPackage = {
  name: "libpam-runtime",
  summary: "how programs ask for passwords: the shared stacks of PAM",
  files: [
    { path: "/etc/pam.conf", text: "# Not read while /etc/pam.d exists.\n", conffile: true },
    { path: "/etc/pam.d", directory: true },
    { path: "/etc/pam.d/other", text: "# For services without a file of their own.\n@include common-auth\n@include common-account\n@include common-password\n@include common-session\n", conffile: true },
    ...Object.entries(common).map(([name, text]) => ({ path: `/etc/pam.d/common-${name}`, text: `# Included by other services; written by pam-auth-update(8).\n${text}` })),
    { path: "/etc/security", directory: true },
    { path: "/etc/security/limits.conf", text: "# Limits for logins: <domain> <type> <item> <value> (limits.conf(5)).\n\n# End of file\n", conffile: true },
    { path: "/etc/security/limits.d", directory: true },
    { path: "/etc/security/access.conf", text: "# Who may log in from where (access.conf(5)).\n", conffile: true },
    { path: "/etc/security/pam_env.conf", text: "# Environment for logins (pam_env.conf(5)).\n", conffile: true },
  ],
};

export default libpamRuntime;
