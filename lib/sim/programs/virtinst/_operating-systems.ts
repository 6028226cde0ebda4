// Operating systems that libosinfo's data base of Debian 12 knows (osinfo-db 20221130): the ones that a course meets.

export interface OsFacts {
  readonly id: string;
  /** further short ids */
  readonly aliases: readonly string[];
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly memoryMib: number;
  readonly family: string;
  readonly vendor: string;
  readonly distro: string;
  readonly released: string;
  readonly codename: string;
}

const linux = (distro: string, vendor: string, base: string, name: string) => (version: string, memoryMib: number, released: string, codename = "", ids: readonly string[] = [`${distro}${version}`]): OsFacts => ({ id: ids[0] ?? distro, aliases: ids.slice(1), name: `${name} ${version}${distro === "ubuntu" && /^\d[02468]\.04$/.test(version) ? " LTS" : ""}`, version, url: `${base}/${version}`, memoryMib, family: "linux", vendor, distro, released, codename });

const debian = linux("debian", "Debian Project", "http://debian.org/debian", "Debian");
const ubuntu = linux("ubuntu", "Canonical Ltd", "http://ubuntu.com/ubuntu", "Ubuntu");
const fedora = linux("fedora", "Fedora Project", "http://fedoraproject.org/fedora", "Fedora Linux");
const rhel = linux("rhel", "Red Hat, Inc", "http://redhat.com/rhel", "Red Hat Enterprise Linux");
const alma = linux("almalinux", "AlmaLinux OS Foundation", "http://almalinux.org/almalinux", "AlmaLinux");
const rocky = linux("rocky", "Rocky Enterprise Software Foundation", "http://rockylinux.org/rocky", "Rocky Linux");
const alpine = linux("alpinelinux", "Alpine Linux Project", "http://alpinelinux.org/alpinelinux", "Alpine Linux");
const suse = linux("opensuse", "openSUSE", "http://opensuse.org/opensuse", "openSUSE Leap");
const generic = linux("linux", "Generic", "http://libosinfo.org/linux", "Generic Linux");
const windows = (short: string, name: string, version: string, memoryMib: number, released: string): OsFacts => ({ id: short, aliases: [], name: `Microsoft Windows ${name}`, version, url: `http://microsoft.com/win/${short.slice(3)}`, memoryMib, family: "winnt", vendor: "Microsoft Corporation", distro: "win", released, codename: "" });
const bsd = (short: string, name: string, version: string, memoryMib: number, released: string): OsFacts => ({ id: `${short}${version}`, aliases: [], name: `${name} ${version}`, version, url: `http://${short}.org/${short}/${version}`, memoryMib, family: short, vendor: `${name} Project`, distro: short, released, codename: "" });

/** A distribution after the other, the newest first, as `virt-install --osinfo list` has them. */
export const operatingSystems: readonly OsFacts[] = [
  alma("9", 1536, "2022-05-26"), alma("8", 1536, "2021-03-30"),
  alpine("3.17", 256, "2022-11-22"), alpine("3.16", 256, "2022-05-23"), alpine("3.15", 256, "2021-11-24"),
  { ...linux("archlinux", "Arch Linux", "http://archlinux.org/archlinux", "Arch Linux")("rolling", 1024, "", "", ["archlinux"]), name: "Arch Linux" },
  { ...linux("centos-stream", "CentOS", "http://centos.org/centos-stream", "CentOS Stream")("9", 1536, "2021-12-03") }, { ...linux("centos-stream", "CentOS", "http://centos.org/centos-stream", "CentOS Stream")("8", 1536, "2019-09-24") }, { ...linux("centos", "CentOS", "http://centos.org/centos", "CentOS")("7.0", 1024, "2014-07-07") },
  { ...debian("testing", 1024, "", "", ["debiantesting"]) },
  debian("11", 1024, "2021-08-14", "Bullseye", ["debian11", "debianbullseye"]), debian("10", 1024, "2019-07-06", "Buster", ["debian10", "debianbuster"]), debian("9", 1024, "2017-06-17", "Stretch", ["debian9", "debianstretch"]), debian("8", 1024, "2015-04-25", "Jessie", ["debian8", "debianjessie"]),
  fedora("37", 2048, "2022-11-15"), fedora("36", 2048, "2022-05-10"), fedora("35", 2048, "2021-11-02"),
  bsd("freebsd", "FreeBSD", "13.1", 128, "2022-05-16"), bsd("freebsd", "FreeBSD", "12.3", 128, "2021-12-07"),
  generic("2022", 1024, ""), generic("2020", 1024, ""), generic("2018", 1024, ""), generic("2016", 1024, ""),
  bsd("netbsd", "NetBSD", "9.0", 64, "2020-02-14"), bsd("openbsd", "OpenBSD", "7.2", 64, "2022-10-20"),
  suse("15.4", 1024, "2022-06-08"), suse("15.3", 1024, "2021-06-02"), { ...linux("opensuse", "openSUSE", "http://opensuse.org/opensuse", "openSUSE")("tumbleweed", 1024, "", "", ["opensusetumbleweed"]), name: "openSUSE Tumbleweed" },
  rhel("9.1", 1536, "2022-11-15"), rhel("9.0", 1536, "2022-05-18"), rhel("8.7", 1536, "2022-11-09"), rhel("7.9", 1024, "2020-09-29"),
  rocky("9", 1536, "2022-07-14"), rocky("8", 1536, "2021-06-21"),
  ubuntu("22.10", 2048, "2022-10-20", "Kinetic Kudu", ["ubuntu22.10", "ubuntukinetic"]), ubuntu("22.04", 2048, "2022-04-21", "Jammy Jellyfish", ["ubuntu-lts-latest", "ubuntu22.04", "ubuntujammy"]), ubuntu("20.04", 2048, "2020-04-23", "Focal Fossa", ["ubuntu20.04", "ubuntufocal"]), ubuntu("18.04", 1024, "2018-04-26", "Bionic Beaver", ["ubuntu18.04", "ubuntubionic"]),
  windows("win11", "11", "11.0", 4096, "2021-10-05"), windows("win10", "10", "10.0", 2048, "2015-07-29"), windows("win7", "7", "6.1", 1024, "2009-10-22"), windows("win2k22", "Server 2022", "10.0", 2048, "2021-08-18"), windows("win2k19", "Server 2019", "10.0", 2048, "2018-11-13"),
];

export function operatingSystem(name: string): OsFacts | undefined {
  return operatingSystems.find((one) => one.id === name || one.aliases.includes(name) || one.url === name);
}
