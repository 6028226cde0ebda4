import type { DebianPackage } from "../kit/package.ts";

export default { name: "util-linux", summary: "lsblk, dmesg, lscpu and many other tools of the system",
  files: [
    { path: "/etc/pam.d/su", text: "# PAM for su(1)\n\n# root needs no password\nauth       sufficient pam_rootok.so\n\n# Only members of root (or with group=NAME of that group) may use su:\n# auth       required   pam_wheel.so\n\n# Members of wheel need no password:\n# auth       sufficient pam_wheel.so trust\n\n# Hours in which su may be used (/etc/security/time.conf):\n# account    requisite  pam_time.so\n\nsession       required   pam_env.so readenv=1\nsession       required   pam_env.so readenv=1 envfile=/etc/default/locale\nsession    optional   pam_mail.so nopen\nsession    required   pam_limits.so\n\n@include common-auth\n@include common-account\n@include common-session\n", conffile: true },
    { path: "/etc/pam.d/su-l", text: "#%PAM-1.0\nauth\t\tinclude\t\tsu\naccount\t\tinclude\t\tsu\npassword\tinclude\t\tsu\nsession\t\toptional\tpam_keyinit.so force revoke\nsession\t\tinclude\t\tsu\n", conffile: true },
    { path: "/etc/pam.d/runuser", text: "#%PAM-1.0\nauth\t\tsufficient\tpam_rootok.so\nsession\t\toptional\tpam_keyinit.so revoke\nsession\t\trequired\tpam_limits.so\nsession\t\trequired\tpam_unix.so\n", conffile: true },
    { path: "/etc/pam.d/runuser-l", text: "#%PAM-1.0\nauth\t\tinclude\t\trunuser\nsession\t\toptional\tpam_keyinit.so force revoke\n-session\toptional\tpam_systemd.so\nsession\t\tinclude\t\trunuser\n", conffile: true },
  ],
  postInstall: [{ alternative: "pager", link: "/usr/bin/pager", path: "/bin/more", priority: 50, slaves: [{ link: "/usr/share/man/man1/pager.1.gz", name: "pager.1.gz", path: "/usr/share/man/man1/more.1.gz" }] }],
} satisfies DebianPackage;
