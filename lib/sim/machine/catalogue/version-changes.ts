// What another version of a package than that of the recorded hosts has in its files: the version that its programs and libraries were built as, and
// configuration files that the maintainer changed between two versions (in our own words; an administrator's change of the same file meets dpkg's question).
import { compareVersions } from "../../programs/kit/debian/debian-version.ts";
import type { RootFile } from "../rootfs/frozen-root.ts";
import type { CatalogueEntry } from "./parse.ts";

interface ConffileChange {
  readonly package: string;
  readonly path: string;
  /** the first version that has it */
  readonly since: string;
  /** the file of the recorded hosts' version as the other side of `since` has it */
  readonly other: (text: string) => string;
}

const changes: readonly ConffileChange[] = [
  { package: "openssl", path: "/etc/ssl/openssl.cnf", since: "3.0.22-1~deb12u2", other: (text) => text.replace("# CipherString = DEFAULT@SECLEVEL=2\n", "# CipherString = DEFAULT@SECLEVEL=2\n# MaxProtocol = TLSv1.3\n") },
  { package: "apt", path: "/etc/logrotate.d/apt", since: "2.6.2", other: (text) => text.replaceAll("  notifempty\n", "  notifempty\n  nocreate\n") },
  { package: "sudo", path: "/etc/sudoers", since: "1.9.13p3-1+deb12u4", other: (text) => text.replace(/^# .*\n/, (line) => `${line}# (This file was shipped with an earlier version.)\n`) },
  { package: "sudo", path: "/etc/sudo.conf", since: "1.9.13p3-1+deb12u4", other: (text) => `# Sudo front end settings.\n${text}` },
  { package: "openssh-server", path: "/etc/default/ssh", since: "1:9.2p1-2+deb12u10", other: (text) => `# Read by ssh.service.\n${text}` },
  { package: "open-vm-tools", path: "/etc/vmware-tools/tools.conf", since: "2:12.2.0-1+deb12u3", other: (text) => `# Settings of open-vm-tools.\n${text}` },
];

const sideOf = (change: ConffileChange, version: string): boolean => compareVersions(version, change.since) >= 0;

/** Files of a package whose folder describes the version `recorded`, as its version `facts.version` has them. */
export function withVersion(files: readonly RootFile[], facts: CatalogueEntry, recorded: string): readonly RootFile[] {
  if (facts.version === recorded) return files;
  return files.map((file): RootFile => {
    if (file.executable) return { ...file, executable: { ...file.executable, version: facts.version } };
    const change = changes.find((one) => one.package === facts.name && one.path === file.path);
    return change === undefined || file.text === undefined || sideOf(change, facts.version) === sideOf(change, recorded) ? file : { ...file, text: change.other(file.text) };
  });
}
