import type { DebianPackage } from "../kit/package.ts";

const adduser: DebianPackage = {
  name: "adduser",
  summary: "adds and removes people and groups as Debian's policy wants it",
  files: [
    { path: "/etc/adduser.conf", text: "# Settings of adduser and addgroup (adduser.conf(5)). What is commented out shows the default.\n\n#DSHELL=/bin/bash\n#DHOME=/home\n#GROUPHOMES=no\n#LETTERHOMES=no\n#SKEL=/etc/skel\n#FIRST_SYSTEM_UID=100\n#LAST_SYSTEM_UID=999\n#FIRST_UID=1000\n#LAST_UID=59999\n#USERGROUPS=yes\n#USERS_GID=100\n#DIR_MODE=0700\n#SYS_DIR_MODE=0755\n#ADD_EXTRA_GROUPS=0\n", conffile: true },
    { path: "/etc/deluser.conf", text: "# Settings of deluser and delgroup (deluser.conf(5)).\n\nREMOVE_HOME = 0\nREMOVE_ALL_FILES = 0\nBACKUP = 0\nBACKUP_TO = \".\"\nONLY_IF_EMPTY = 0\nEXCLUDE_FSTYPES = \"(proc|sysfs|usbfs|devpts|devtmpfs|tmpfs|afs)\"\n", conffile: true },
  ],
};

export default adduser;
