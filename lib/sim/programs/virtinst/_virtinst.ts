// What virt-install and its kin share: words of their log, and the connection.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { LibvirtClient, LibvirtError } from "../../daemons/libvirt/api.ts";

/** Ends the program: the text goes behind "ERROR    ". */
export class VirtinstError extends Error {}

export function* connect(sys: Sys): Blocking<LibvirtClient> {
  try {
    return yield* LibvirtClient.connect(sys, false);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw new VirtinstError(error.message);
  }
}

export function* say(sys: Sys, fd: number, text: string): Blocking<void> {
  yield* sys.write(fd, encode(text));
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** "path=/x,size=2,format=qcow2"; the first word may stand without its name. */
export function suboptions(text: string, first: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  text.split(",").forEach((part, index) => {
    const equals = part.indexOf("=");
    if (equals < 0) found.set(index === 0 ? first : part, index === 0 ? part : "yes");
    else found.set(part.slice(0, equals), part.slice(equals + 1));
  });
  return found;
}

/** The progress line of urlgrabber's meter. */
export function meter(text: string): string {
  return `${text.padEnd(77)}|    0 B  00:00:00 ... \n`;
}

export interface OsFacts {
  readonly id: string;
  readonly alias: string;
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly memoryMib: number;
}

export const operatingSystems: readonly OsFacts[] = [
  ["debian9", "debianstretch", "Debian 9", "9", "http://debian.org/debian/9", 1024], ["debian10", "debianbuster", "Debian 10", "10", "http://debian.org/debian/10", 1024], ["debian11", "debianbullseye", "Debian 11", "11", "http://debian.org/debian/11", 1024],
  ["debiantesting", "debiantesting", "Debian testing", "testing", "http://debian.org/debian/testing", 1024], ["ubuntu20.04", "ubuntufocal", "Ubuntu 20.04 LTS", "20.04", "http://ubuntu.com/ubuntu/20.04", 2048], ["ubuntu22.04", "ubuntujammy", "Ubuntu 22.04 LTS", "22.04", "http://ubuntu.com/ubuntu/22.04", 2048],
  ["ubuntu22.10", "ubuntukinetic", "Ubuntu 22.10", "22.10", "http://ubuntu.com/ubuntu/22.10", 2048], ["fedora36", "fedora36", "Fedora Linux 36", "36", "http://fedoraproject.org/fedora/36", 2048], ["fedora37", "fedora37", "Fedora Linux 37", "37", "http://fedoraproject.org/fedora/37", 2048],
  ["centos-stream9", "centos-stream9", "CentOS Stream 9", "9", "http://centos.org/centos-stream/9", 1536], ["rhel9.0", "rhel9.0", "Red Hat Enterprise Linux 9.0", "9.0", "http://redhat.com/rhel/9.0", 1536], ["alpinelinux3.17", "alpinelinux3.17", "Alpine Linux 3.17", "3.17", "http://alpinelinux.org/alpinelinux/3.17", 256],
  ["opensuse15.4", "opensuse15.4", "openSUSE Leap 15.4", "15.4", "http://opensuse.org/opensuse/15.4", 1024], ["linux2022", "linux2022", "Generic Linux 2022", "2022", "http://libosinfo.org/linux/2022", 1024], ["linux2020", "linux2020", "Generic Linux 2020", "2020", "http://libosinfo.org/linux/2020", 1024], ["linux2018", "linux2018", "Generic Linux 2018", "2018", "http://libosinfo.org/linux/2018", 1024],
  ["linux2016", "linux2016", "Generic Linux 2016", "2016", "http://libosinfo.org/linux/2016", 1024], ["win10", "win10", "Microsoft Windows 10", "10.0", "http://microsoft.com/win/10", 2048], ["win11", "win11", "Microsoft Windows 11", "11", "http://microsoft.com/win/11", 4096],
].map(([id, alias, name, version, url, memoryMib]): OsFacts => ({ id: String(id), alias: String(alias), name: String(name), version: String(version), url: String(url), memoryMib: Number(memoryMib) }));
