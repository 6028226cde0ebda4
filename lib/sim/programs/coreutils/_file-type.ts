// What kind of file it is, in the words of rm's questions and stat's report.

import { S, type Stat } from "../../kernel/sys.ts";

export function fileType(stat: Stat): string {
  switch (stat.mode & S.IFMT) {
    case S.IFREG: return stat.sizeBytes === 0 ? "regular empty file" : "regular file";
    case S.IFDIR: return "directory";
    case S.IFBLK: return "block special file";
    case S.IFCHR: return "character special file";
    case S.IFIFO: return "fifo";
    case S.IFLNK: return "symbolic link";
    case S.IFSOCK: return "socket";
    default: return "weird file";
  }
}
