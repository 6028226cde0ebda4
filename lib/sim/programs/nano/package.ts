import type { DebianPackage } from "../kit/package.ts";

const nanorc = `## Settings of nano for all users. A line "set X" turns an option on; nanorc(5) lists them.

## Keep the lists of earlier searches between runs.
set historylog

## Keep a lock file while a file is edited.
set locking

## Show the state of the buffer with letters in the title bar.
set stateflags

## Colours for files of many kinds.
include "/usr/share/nano/*.nanorc"
`;

const nano: DebianPackage = {
  name: "nano",
  summary: "a small text editor",
  files: [
    { path: "/etc/nanorc", text: nanorc, conffile: true },
    { path: "/bin/rnano", symlink: "nano" },
    { path: "/usr/share/nano", directory: true },
  ],
  postInstall: [
    { alternative: "editor", link: "/usr/bin/editor", path: "/bin/nano", priority: 40, slaves: [{ link: "/usr/share/man/man1/editor.1.gz", name: "editor.1.gz", path: "/usr/share/man/man1/nano.1.gz" }] },
    { alternative: "pico", link: "/usr/bin/pico", path: "/bin/nano", priority: 10, slaves: [{ link: "/usr/share/man/man1/pico.1.gz", name: "pico.1.gz", path: "/usr/share/man/man1/nano.1.gz" }] },
  ],
};

export default nano;
