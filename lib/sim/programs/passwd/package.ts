import type { DebianPackage } from "../kit/package.ts";

const passwd: DebianPackage = {
  name: "passwd",
  summary: "changes passwords and the data of users and groups",
  files: [
    { path: "/etc/default/useradd", text: "# Defaults of useradd(8).\nSHELL=/bin/sh\n# GROUP=100\n# HOME=/home\n# INACTIVE=-1\n# EXPIRE=\n# SKEL=/etc/skel\n# CREATE_MAIL_SPOOL=no\n", conffile: true },
    ...["chfn", "chpasswd", "chsh", "newusers", "passwd"].map((name) => ({ path: `/etc/pam.d/${name}`, text: `# PAM for ${name}(${name === "chpasswd" || name === "newusers" ? 8 : 1})\n@include common-password\n`, conffile: true }) as const),
  ],
};

export default passwd;
