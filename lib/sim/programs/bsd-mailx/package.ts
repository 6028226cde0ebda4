import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "bsd-mailx", version: "8.1.2-0.20220412cvs-1", section: "mail", maintainer: "Robert Luberda <robert@debian.org>", installedSizeKiB: 175, downloadSizeBytes: 90_364, depends: "default-mta | mail-transport-agent, libbsd0 (>= 0.11.0), libc6 (>= 2.33)", provides: "mail-reader, mailx",
  summary: "simple mail user agent",
  files: [{ path: "/etc/mail.rc", text: "# Settings of mail (mailx(1)).\nset ask askcc append dot save crt\nignore Received Message-Id Return-Path\n", conffile: true }],
} satisfies DebianPackage;
