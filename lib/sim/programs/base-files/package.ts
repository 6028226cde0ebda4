// The skeleton of a Debian system: directories with their modes, links of the merged /usr, start files of login shells (base-files 12.4).
import type { DebianPackage, PackageFile } from "../kit/package.ts";

const directory = (path: string, mode = 0o755, group = "root"): PackageFile => ({ path, directory: true, mode, group });

const directories = [
  ...["/boot", "/dev", "/etc", "/etc/default", "/etc/dpkg", "/etc/dpkg/origins", "/etc/opt", "/etc/profile.d", "/etc/skel", "/etc/update-motd.d", "/home", "/media", "/mnt", "/opt", "/run", "/srv",
    "/usr", "/usr/bin", "/usr/games", "/usr/include", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/local", "/usr/local/bin", "/usr/local/etc", "/usr/local/games", "/usr/local/include", "/usr/local/sbin",
    "/usr/local/share", "/usr/local/share/man", "/usr/local/src", "/usr/sbin", "/usr/share", "/usr/share/common-licenses", "/usr/share/dict", "/usr/share/doc", "/usr/share/info", "/usr/share/man", "/usr/share/misc", "/usr/src",
    "/var", "/var/backups", "/var/cache", "/var/lib", "/var/lib/misc", "/var/log", "/var/opt", "/var/spool"].map((path) => directory(path)),
  ...["/usr/local/lib"].map((path) => directory(path)),
  directory("/lost+found", 0o700), directory("/proc", 0o555), directory("/root", 0o700), directory("/root/.ssh", 0o700), directory("/sys", 0o555),
  directory("/tmp", 0o1777), directory("/var/tmp", 0o1777), directory("/var/local", 0o2775, "staff"), directory("/var/mail", 0o2775, "mail"),
];

const links: readonly PackageFile[] = [
  ["/bin", "usr/bin"], ["/sbin", "usr/sbin"], ["/lib", "usr/lib"], ["/lib64", "usr/lib64"], ["/etc/os-release", "../usr/lib/os-release"], ["/usr/local/man", "share/man"],
  ["/var/lock", "/run/lock"], ["/var/run", "/run"], ["/var/spool/mail", "../mail"], ["/etc/dpkg/origins/default", "debian"],
].map(([path = "", symlink = ""]) => ({ path, symlink }));

const profile = `# System-wide start file of Bourne-compatible login shells: bash(1), dash(1)...

if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH

if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  else
    if [ "$(id -u)" -eq 0 ]; then
      PS1='# '
    else
      PS1='$ '
    fi
  fi
fi

if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
`;

const rootBashrc = `# Read by interactive bash of root. The prompt and umask come from /etc/profile and /etc/bash.bashrc.
# PS1='\${debian_chroot:+($debian_chroot)}\\h:\\w\\$ '
# umask 022

# Colours for ls:
# export LS_OPTIONS='--color=auto'
# eval "$(dircolors)"
# alias ls='ls $LS_OPTIONS'
# alias ll='ls $LS_OPTIONS -l'
# alias l='ls $LS_OPTIONS -lA'
#
# Ask before overwriting or removing:
# alias rm='rm -i'
# alias cp='cp -i'
# alias mv='mv -i'
`;

const rootProfile = `# Read by login shells of root.

if [ "$BASH" ]; then
  if [ -f ~/.bashrc ]; then
    . ~/.bashrc
  fi
fi

mesg n 2> /dev/null || true
`;

const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const motd = `
The programs included with the Debian GNU/Linux system are free software;
the exact distribution terms for each program are described in the
individual files in /usr/share/doc/*/copyright.

Debian GNU/Linux comes with ABSOLUTELY NO WARRANTY, to the extent
permitted by applicable law.
`;

const basePackage: DebianPackage = {
  name: "base-files",
  summary: "directories and files that every Debian system has",
  files: [
    ...directories, ...links,
    { path: "/etc/debian_version", text: "12.15\n", conffile: true },
    { path: "/etc/issue", text: "Debian GNU/Linux 12 \\n \\l\n\n", conffile: true },
    { path: "/etc/issue.net", text: "Debian GNU/Linux 12\n", conffile: true },
    { path: "/etc/host.conf", text: "multi on\n", conffile: true },
    { path: "/etc/dpkg/origins/debian", text: "Vendor: Debian\nVendor-URL: https://www.debian.org/\nBugs: debbugs://bugs.debian.org\n", conffile: true },
    { path: "/etc/update-motd.d/10-uname", text: "#!/bin/sh\nuname -snrvm\n", mode: 0o755, conffile: true },
    { path: "/usr/lib/os-release", text: osRelease },
    { path: "/etc/profile", text: profile },
    { path: "/etc/motd", text: motd },
    { path: "/root/.bashrc", text: rootBashrc },
    { path: "/root/.profile", text: rootProfile },
    { path: "/usr/share/base-files/profile", text: profile },
    { path: "/usr/share/base-files/motd", text: motd },
    { path: "/usr/share/base-files/dot.bashrc", text: rootBashrc },
    { path: "/usr/share/base-files/dot.profile", text: rootProfile },
  ],
};

export default basePackage;
