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
    { path: "/usr/bin/editor", symlink: "/etc/alternatives/editor" },
    { path: "/etc/alternatives/editor", symlink: "/bin/nano" },
    { path: "/usr/bin/pico", symlink: "/etc/alternatives/pico" },
    { path: "/etc/alternatives/pico", symlink: "/bin/nano" },
    { path: "/usr/share/nano", directory: true },
  ],
};

export default nano;
