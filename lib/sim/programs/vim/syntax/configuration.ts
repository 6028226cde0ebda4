// Files of the system's configuration: one line, one setting.

import { grammar, keywords, match, region } from "./grammar.ts";

const TODO = keywords("todo", "Todo", "TODO FIXME XXX", { contained: true });
const COMMENT = match("comment", "Comment", /(?:^|\s)#.*$/, { contains: ["todo"] });

/** Any *.conf: comments and quoted text. */
export const CONF = grammar([TODO, COMMENT, region("string", "String", /"/, /"|$/, { oneLine: true, skip: /\\\\|\\"/ }), region("string", "String", /'/, /'|$/, { oneLine: true, skip: /\\\\|\\'/ })]);

/** Like a script of Python that only assigns: guests of Xen. */
export const CFG = grammar([
  match("equals", "", /=/, { next: ["value"], skipWhite: true }),
  region("value", "Constant", /(?=[[\d])/, /(?=#)|$/, { contained: true, contains: ["string"] }),
  region("string", "String", /"/, /"|$/, { oneLine: true }),
  region("string", "String", /'/, /'|$/, { oneLine: true }),
  match("section", "Title", /^\[.*\]/, {}),
  TODO, COMMENT,
]);

/** Sections, names and values; units of systemd too. */
export const DOSINI = grammar([
  match("value", "String", /(?<==).*$/, { contained: true, contains: ["number"] }),
  match("number", "Number", /(?<==\s*)(?:0x[0-9a-fA-F]+|\d+)\s*$/, { contained: true }),
  match("label", "Type", /^[^\s=[;#].*?(?=\s*=)/, { next: ["equals"], skipWhite: true }),
  match("equals", "", /=/, { contained: true, next: ["value"] }),
  region("section", "Special", /^\s*\[/, /\]|$/, {}),
  match("comment", "Comment", /^[#;].*$/, {}),
]);

const FILE_SYSTEMS = "9p adfs ados affs anon_inodefs atfs audiofs auto autofs bdev befs bfs btrfs binfmt_misc cd9660 ceph cfs cgroup cgroup2 cifs coda coherent configfs cpuset cramfs debugfs devfs devpts devtmpfs dosfs ecryptfs efivarfs efs erofs ext2 ext3 ext4 exfat f2fs fdesc ffs filecore fuse fuseblk fusectl hfs hfsplus hpfs hugetlbfs iso9660 jffs jffs2 jfs kernfs lfs linprocfs mfs minix mqueue msdos ncpfs nfs nfs4 nfsd nilfs2 none ntfs ntfs3 null nwfs overlay ovlfs pipefs portal proc procfs pstore ptyfs pvfs2 qnx4 qnx6 reiserfs ramfs romfs rpc_pipefs securityfs shm smbfs squashfs sockfs sshfs std subfs swap sysfs sysv tcfs tmpfs tracefs ubifs udf ufs umap umsdos union usbfs userfs vfat virtiofs vs3fs vxfs wrapfs wvfs xenfs xenix xfs zisofs zonefs";

export const FSTAB = grammar([
  match("device", "", /^[^\s#]+/, { contains: ["deviceError", "deviceWord"], next: ["point"], skipWhite: true }),
  match("deviceError", "Error", /^[^\s=/:"]+(?=\s)/, { contained: true }),
  match("deviceWord", "Identifier", /^(?:LABEL|UUID|PARTLABEL|PARTUUID|ID)(?==)/, { contained: true, next: ["equals"] }),
  match("equals", "Operator", /=/, { contained: true, next: ["label"] }),
  match("label", "String", /[^\s]+/, { contained: true }),
  match("deviceWord", "Identifier", /^(?:none|proc|linproc|tmpfs|devpts|devtmpfs|sysfs|usbfs)(?=\s)/, { contained: true }),
  match("deviceWord", "Identifier", /^\w+(?=:)/, { contained: true, next: ["colon"] }),
  match("colon", "Operator", /:/, { contained: true }),
  match("point", "", /\S+/, { contained: true, contains: ["pointWord"], next: ["type"], skipWhite: true }),
  match("pointWord", "Keyword", /\b(?:none|swap)(?=\s)/, { contained: true }),
  match("type", "", /\S+/, { contained: true, contains: ["typeWord"], next: ["options"], skipWhite: true }),
  keywords("typeWord", "Type", FILE_SYSTEMS, { contained: true }),
  match("options", "", /\S+/, { contained: true, contains: ["comma", "flag", "name"], next: ["dump"], skipWhite: true }),
  match("comma", "Operator", /,/, { contained: true }),
  match("flag", "Type", /(?<=^|[\s,])(?:auto|noauto|async|sync|atime|context|defaults|defcontext|dev|nodev|dirsync|exec|noexec|fscontext|group|iversion|noiversion|mand|nomand|_netdev|nofail|norelatime|owner|relatime|remount|ro|rw|rootcontext|strictatime|nostrictatime|suid|nosuid|user|nouser|users|bind|rbind|sw|lazytime|nolazytime|diratime|nodiratime|uid|gid|quiet)(?=$|[\s,])/, { contained: true }),
  match("name", "Keyword", /(?<=[\s,])(?:usrquota|grpquota|quota|noquota|discard|acl|noacl|user_xattr|barrier|noatime|soft|hard|bg|fg|nobarrier|degraded|autodefrag|ssd|nossd)(?=$|[\s,])/, { contained: true }),
  match("name", "Keyword", /(?<=[\s,])(?:errors|size|mode|uid|gid|umask|dmask|fmask|x-systemd\.[\w-]+=|credentials|version|trans|subvol|compress|subvolid|data|commit|nr_inodes|nr_blocks|port|proto|vers|rsize|wsize|timeo|retrans|iocharset|codepage|username|password|domain|cache|pri|msize|space_cache|usrjquota|grpjquota|jqfmt|offset|loop)=?(?==|\d|\w)/, { contained: true, next: ["set"] }),
  match("set", "Keyword", /=?/, { contained: true, next: ["optionNumber", "optionWord"] }),
  match("optionNumber", "Number", /[-+]?\d+[kmgKMG%]?(?=$|[\s,])/, { contained: true }),
  match("optionWord", "String", /(?:remount-ro|continue|panic|journal|ordered|writeback|virtio|tcp|udp|rdma|fd)(?=$|[\s,])/, { contained: true }),
  match("dump", "Number", /[012](?=\s|$)/, { contained: true, next: ["pass"], skipWhite: true }),
  match("pass", "Number", /\d+/, { contained: true }),
  match("comment", "Comment", /^\s*#.*$/, {}),
]);

/** passwd and shadow. */
export const PASSWD = grammar([
  match("account", "Identifier", /^[a-zA-Z0-9_+-][^:]*(?=:)/, { next: ["first"] }),
  match("first", "", /:/, { contained: true, next: ["secret", "hash"] }),
  match("hash", "Special", /[*!x]+(?=:)/, { contained: true, next: ["second"] }),
  match("secret", "String", /[!]?\$[^:]+(?=:)|[A-Za-z0-9./]{13}(?=:)/, { contained: true, next: ["second"] }),
  match("second", "", /:/, { contained: true, next: ["days", "uid"] }),
  match("uid", "Number", /\d+(?=:\d+:[^:]*:[^:]*:[^:]*$)/, { contained: true, next: ["third"] }),
  match("third", "", /:/, { contained: true, next: ["gid"] }),
  match("gid", "Number", /\d+(?=:)/, { contained: true, next: ["fourth"] }),
  match("fourth", "", /:/, { contained: true, next: ["comment"] }),
  match("comment", "Comment", /[^:]*(?=:)/, { contained: true, next: ["fifth"] }),
  match("fifth", "", /:/, { contained: true, next: ["home"] }),
  match("home", "Type", /[^:]*(?=:)/, { contained: true, next: ["sixth"] }),
  match("sixth", "", /:/, { contained: true, next: ["shell"] }),
  match("shell", "Statement", /.*$/, { contained: true }),
  match("days", "Number", /\d+(?=:\d*:\d*:\d*:\d*:\d*:\d*$)/, { contained: true, next: ["afterDays"] }),
  match("afterDays", "", /:/, { contained: true, next: ["least"] }),
  match("least", "Number", /\d+(?=:)/, { contained: true, next: ["afterLeast"] }),
  match("afterLeast", "", /:/, { contained: true, next: ["most"] }),
  match("most", "Comment", /\d+(?=:)/, { contained: true }),
]);

export const GROUP = grammar([
  match("name", "Identifier", /^[a-zA-Z0-9_+-][^:]*(?=:)/, { next: ["first"] }),
  match("first", "", /:/, { contained: true, next: ["shadow", "secret"] }),
  match("secret", "String", /[^:]+(?=:)/, { contained: true, next: ["second"] }),
  match("shadow", "Special", /x(?=:)/, { contained: true, next: ["second"] }),
  match("second", "", /:/, { contained: true, next: ["number"] }),
  match("number", "Number", /\d*(?=:)/, { contained: true, next: ["third"] }),
  match("third", "", /:/, { contained: true, next: ["member"] }),
  match("member", "Identifier", /[^,]+/, { contained: true, next: ["comma"] }),
  match("comma", "", /,/, { contained: true, next: ["member"] }),
]);

export const RESOLV = grammar([
  match("word", "Identifier", /^(?:nameserver|domain|search|sortlist|options)\b/, { next: ["rest"] }),
  match("rest", "Constant", /\s.*$/, { contained: true, contains: ["colon"] }),
  match("colon", "Operator", /(?<=ndots|timeout|attempts):/, { contained: true }),
  match("comment", "Comment", /[#;].*$/, {}),
]);

export const SYSCTL = grammar([
  match("key", "Identifier", /^\s*[^\s=#;]+/, { next: ["equals"], skipWhite: true }),
  match("equals", "Operator", /=/, { contained: true, next: ["number", "value"], skipWhite: true }),
  match("value", "String", /\S.*$/, { contained: true }),
  match("number", "Number", /-?\d+(?=\s*$)/, { contained: true }),
  match("comment", "Comment", /^\s*[#;].*$/, {}),
]);

export const DEBIAN_SOURCES = grammar([
  match("release", "Type", /(?<=\S\s+)(?:sid|stable|testing|unstable|experimental|oldstable|bullseye|bookworm|trixie|forky|buster|stretch|jammy|focal|noble|lunar|mantic|bionic)(?:-[a-z-]+)?(?=\s|$)/, {}),
  match("part", "Keyword", /(?<=\s)(?:main|contrib|non-free-firmware|non-free|restricted|universe|multiverse)(?=\s|$)/, {}),
  match("kind", "Keyword", /^deb(?:-src)?(?=\s)/, {}),
  match("address", "Constant", /(?:https?|ftp|file|cdrom|rsh|ssh|copy|tor\+https?):\S+/, {}),
  match("comment", "Comment", /#.*$/, {}),
]);

export const CRONTAB = grammar([
  match("setting", "Identifier", /^\s*\w+(?==)/, {}),
  match("nickname", "Special", /^\s*@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)\b/, { next: ["command"], skipWhite: true }),
  match("minute", "Number", /^\s*[-0-9/,.*]+/, { next: ["hour"], skipWhite: true }),
  match("hour", "PreProc", /[-0-9/,.*]+/, { contained: true, next: ["day"], skipWhite: true }),
  match("day", "Type", /[-0-9/,.*]+/, { contained: true, next: ["month"], skipWhite: true }),
  match("month", "Number", /[-a-zA-Z0-9/,.*]+/, { contained: true, next: ["weekday"], skipWhite: true }),
  match("weekday", "PreProc", /[-a-zA-Z0-9/,.*]+/, { contained: true, next: ["command"], skipWhite: true }),
  match("command", "Statement", /\S.*$/, { contained: true, contains: ["percent"] }),
  match("percent", "Special", /(?<!\\)%.*/, { contained: true }),
  match("comment", "Comment", /^\s*#.*$/, {}),
]);
