import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "quota", summary: "limits the disk space of users: setquota, edquota, repquota",
  files: [
    { path: "/etc/quotatab", text: "# Names of devices as they are shown to people: DEVICE:NAME\n", conffile: true },
    { path: "/etc/default/quota", text: "# Whether users over their quota get mail each day.\nrun_warnquota=\n", conffile: true },
    { path: "/lib/systemd/system/quota.service", text: "[Unit]\nDescription=Initial Check File System Quotas\nAfter=local-fs.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=-/sbin/quotaon -a\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ enable: "quota.service" }],
} satisfies DebianPackage;
