import type { DebianPackage } from "../kit/package.ts";

const passwd: DebianPackage = {
  name: "passwd",
  summary: "changes passwords and the data of users and groups",
  files: [
    { path: "/etc/default/useradd", text: "# Defaults of useradd(8).\nSHELL=/bin/sh\n# GROUP=100\n# HOME=/home\n# INACTIVE=-1\n# EXPIRE=\n# SKEL=/etc/skel\n# CREATE_MAIL_SPOOL=no\n", conffile: true },
    ...["chpasswd", "newusers", "passwd"].map((name) => ({ path: `/etc/pam.d/${name}`, text: `# PAM for ${name}(${name === "passwd" ? 1 : 8})\n@include common-password\n`, conffile: true }) as const),
    { path: "/etc/pam.d/chfn", text: "# PAM for chfn(1)\n\n# root needs no password\nauth\t\tsufficient\tpam_rootok.so\n\n@include common-auth\n@include common-account\n@include common-session\n", conffile: true },
    { path: "/etc/pam.d/chsh", text: "# PAM for chsh(1)\n\n# Only those whose shell is in /etc/shells may change it\nauth       required   pam_shells.so\n\n# root needs no password\nauth\t\tsufficient\tpam_rootok.so\n\n@include common-auth\n@include common-account\n@include common-session\n", conffile: true },
  ],
  // shadowconfig on, where a new system (debootstrap) has no shadow files
  postInstall: [{ run: "[ -e /etc/shadow ] || { pwconv; chown root:shadow /etc/shadow; chmod 640 /etc/shadow; }; [ -e /etc/gshadow ] || { grpconv; chown root:shadow /etc/gshadow; chmod 640 /etc/gshadow; }" }],
};

export default passwd;
