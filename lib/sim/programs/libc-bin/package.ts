// The name service switch, the dynamic linker's settings and where name look-ups begin.
import type { DebianPackage } from "../kit/package.ts";

const nsswitch = `# Where the C library looks names up (nsswitch.conf(5)).

passwd:         files
group:          files
shadow:         files
gshadow:        files

hosts:          files dns
networks:       files

protocols:      db files
services:       db files
ethers:         db files
rpc:            db files

netgroup:       nis
`;

const libcBin: DebianPackage = {
  name: "libc-bin",
  summary: "programs that come with the C library",
  files: [
    { path: "/etc/nsswitch.conf", text: nsswitch },
    ...["LC_ADDRESS", "LC_COLLATE", "LC_CTYPE", "LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES/SYS_LC_MESSAGES", "LC_MONETARY", "LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME"].map((name) => ({ path: `/usr/lib/locale/C.utf8/${name}`, text: "" })),
    { path: "/etc/gai.conf", text: "# Order of the addresses that getaddrinfo(3) returns. All defaults (RFC 3484).\n", conffile: true },
    { path: "/etc/bindresvport.blacklist", text: "# Ports that bindresvport(3) must not take.\n631\t# cups\n636\t# ldaps\n774\t# rpasswd\n921\t# lwresd\n993\t# imaps\n995\t# pops\n", conffile: true },
    { path: "/etc/ld.so.conf", text: "include /etc/ld.so.conf.d/*.conf\n\n", conffile: true },
    { path: "/etc/ld.so.conf.d/libc.conf", text: "# libc default configuration\n/usr/local/lib\n", conffile: true },
    { path: "/etc/ld.so.conf.d/x86_64-linux-gnu.conf", text: "# Multiarch support\n/usr/local/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu\n/usr/lib/x86_64-linux-gnu\n" },
    { path: "/etc/default/nss", text: "# Switches of the NSS modules. All defaults.\n", conffile: true },
  ],
};

export default libcBin;
