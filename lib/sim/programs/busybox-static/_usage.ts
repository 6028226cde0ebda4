// Usage blocks: "Usage: NAME ARGUMENTS", what it does, its options. Names and letters as busybox 1.35 has them, explanations in our own words.

export const BANNER = "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.";

interface Usage {
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: readonly (readonly [names: string, meaning: string])[];
}

const table: ReadonlyMap<string, Usage> = new Map<string, Usage>([
  ["ash", { synopsis: "[-il] [-|+Cabefmnuvx] [-|+o OPT]... [-c 'SCRIPT' [ARG0 ARGS] | FILE ARGS | -s ARGS]", summary: "The shell of Unix" }],
  ["awk", { synopsis: "[OPTIONS] [AWK_PROGRAM] [FILE]...", summary: "Run an AWK program over FILEs", options: [["-v VAR=VAL", "Set a variable"], ["-F SEP", "Field separator"], ["-f FILE", "The program is in FILE"], ["-e AWK_PROGRAM", "Program text"]] }],
  ["basename", { synopsis: "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...", summary: "The last part of FILE, without SUFFIX" }],
  ["cat", { synopsis: "[-nbvteA] [FILE]...", summary: "Copy FILEs to standard output", options: [["-n", "Number output lines"], ["-b", "Number nonempty lines"], ["-v", "Mark characters that cannot be shown (^x, M-x)"], ["-t", "Same, tabs as ^I"], ["-e", "Same, line ends as $"], ["-A", "Same as -vte"]] }],
  ["chgrp", { synopsis: "[-RhLHP]... GROUP FILE...", summary: "Change the group of FILEs", options: [["-R", "Recurse"], ["-h", "The link itself"]] }],
  ["chmod", { synopsis: "[-R] MODE[,MODE]... FILE...", summary: "Change the permission bits of FILEs", options: [["-R", "Recurse"]] }],
  ["chown", { synopsis: "[-RhLHP]... USER[:[GRP]] FILE...", summary: "Change owner and group of FILEs", options: [["-R", "Recurse"], ["-h", "The link itself"]] }],
  ["chroot", { synopsis: "NEWROOT [PROG ARGS]", summary: "Run PROG with another root directory" }],
  ["cp", { synopsis: "[-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }", summary: "Copy SOURCEs to DEST", options: [["-a", "Same as -dpR"], ["-R,-r", "Recurse"], ["-d,-P", "Keep symbolic links"], ["-L", "Follow all symbolic links"], ["-H", "Follow those of the command line"], ["-p", "Keep attributes"], ["-f", "Overwrite"], ["-i", "Ask before overwriting"], ["-n", "Never overwrite"], ["-l,-s", "Make hard or symbolic links"], ["-T", "DEST is no directory"], ["-t DIR", "Copy into DIR"], ["-u", "Only newer files"]] }],
  ["cut", { synopsis: "[OPTIONS] [FILE]...", summary: "Print parts of each line", options: [["-b LIST", "Bytes"], ["-c LIST", "Characters"], ["-f LIST", "Fields"], ["-d CHAR", "Field delimiter"], ["-s", "Only lines with a delimiter"]] }],
  ["date", { synopsis: "[OPTIONS] [+FMT] [[-s] TIME]", summary: "The time, in the form FMT, or set it", options: [["-u", "Use UTC"], ["-s TIME", "Set the time"], ["-d TIME", "Show TIME, not now"], ["-r FILE", "Show when FILE changed"], ["-R", "RFC-2822 form"], ["-I[SPEC]", "ISO-8601 form"]] }],
  ["dd", { synopsis: "[if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]", summary: "Copy blocks of data, or change them on the way" }],
  ["df", { synopsis: "[-PkmhTai] [-B SIZE] [FILESYSTEM]...", summary: "Print file system usage", options: [["-P", "POSIX form"], ["-k", "1024-byte blocks"], ["-m", "1M-byte blocks"], ["-h", "Readable sizes"], ["-T", "File system type"], ["-a", "All of them"], ["-i", "Inodes"], ["-B SIZE", "Block size"]] }],
  ["dmesg", { synopsis: "[-cr] [-n LEVEL] [-s SIZE]", summary: "Print the kernel's messages", options: [["-c", "Clear them"], ["-r", "Raw"]] }],
  ["du", { synopsis: "[-aHLdclsxhmk] [FILE]...", summary: "How much space FILEs take", options: [["-a", "Files too"], ["-s", "Only a total for each"], ["-h", "Readable sizes"], ["-d N", "Depth"]] }],
  ["find", { synopsis: "[-HL] [PATH]... [OPTIONS] [ACTIONS]", summary: "Find files and do something with them" }],
  ["free", { synopsis: "[-bkmgh]", summary: "How much memory is free" }],
  ["grep", { synopsis: "[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...", summary: "Lines of FILEs that match PATTERN", options: [["-H", "Add file names"], ["-h", "No file names"], ["-n", "Line numbers"], ["-l", "Only names of files that match"], ["-L", "Only names of those that do not"], ["-c", "Only counts"], ["-o", "Only the match"], ["-q", "Quiet"], ["-v", "Lines that do not match"], ["-r", "Recurse"], ["-i", "Ignore case"], ["-w", "Whole words"], ["-x", "Whole lines"], ["-F", "Literal"], ["-E", "Extended expressions"]] }],
  ["head", { synopsis: "[OPTIONS] [FILE]...", summary: "The beginning of FILEs, 10 lines", options: [["-n N[bkm]", "First N lines"], ["-c N[bkm]", "First N bytes"], ["-q", "No headers"], ["-v", "Headers"]] }],
  ["hostname", { synopsis: "[-sidf] [HOSTNAME | -F FILE]", summary: "Show or set the host's name", options: [["-s", "Short"], ["-i", "Addresses"], ["-d", "DNS domain"], ["-f", "Fully qualified"], ["-F FILE", "Set from FILE"]] }],
  ["httpd", { synopsis: "[-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]", summary: "Serve web pages", options: [["-f", "Stay in the foreground"], ["-p PORT", "Bind to PORT"], ["-h HOME", "Directory of the pages"], ["-v", "Verbose"]] }],
  ["id", { synopsis: "[-ugGnr] [USER]", summary: "The ids of USER, or your own", options: [["-u", "User"], ["-g", "Group"], ["-G", "All groups"], ["-n", "Names"], ["-r", "Real ids"]] }],
  ["ifconfig", { synopsis: "[-a] [IFACE] [ADDRESS]", summary: "Show network interfaces or give them addresses" }],
  ["ip", { synopsis: "[OPTIONS] address|route|link|neigh [ARGS]", summary: "Show and change addresses, routes, links" }],
  ["kill", { synopsis: "[-l] [-SIG] PID...", summary: "Signal the processes PID (TERM)", options: [["-l", "The names of signals"]] }],
  ["killall", { synopsis: "[-lq] [-SIG] PROCESS_NAME...", summary: "Signal every process of that name (TERM)" }],
  ["ln", { synopsis: "[-sfnbtv] [-S SUF] TARGET... LINK|DIR", summary: "Make LINK, or names in DIR, lead to TARGETs", options: [["-s", "Symbolic"], ["-f", "Remove what is there"], ["-n", "Do not follow a link to a directory"]] }],
  ["ls", { synopsis: "[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...", summary: "Names in directories", options: [["-1", "One column"], ["-a", "Hidden names too"], ["-A", "Like -a, without . and .."], ["-x", "List by lines"], ["-d", "Directories themselves"], ["-L", "Follow links"], ["-R", "Recurse"], ["-p", "/ after directories"], ["-F", "A character for the kind"], ["-l", "Long form"], ["-i", "Inode numbers"], ["-n", "Numeric ids"], ["-s", "Blocks"], ["-h", "Readable sizes"], ["-r", "Reverse"], ["-S", "By size"], ["-t", "By time"], ["-c", "ctime"], ["-u", "atime"]] }],
  ["mkdir", { synopsis: "[-m MODE] [-p] DIRECTORY...", summary: "Create DIRECTORY", options: [["-m", "Mode"], ["-p", "No error if it exists; make parents"]] }],
  ["mount", { synopsis: "[OPTIONS] [-o OPT] DEVICE NODE", summary: "Attach the file system on DEVICE at NODE", options: [["-a", "All of fstab"], ["-r", "Read-only"], ["-t FSTYPE[,...]", "Type"], ["-T FILE", "Read FILE instead of /etc/fstab"], ["-O OPT", "With -a, only those with OPT"]] }],
  ["mv", { synopsis: "[-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }", summary: "Give SOURCE the name DEST, or put SOURCEs into DIRECTORY", options: [["-f", "Do not ask"], ["-i", "Ask before overwriting"], ["-n", "Never overwrite"], ["-T", "DEST is no directory"], ["-t DIR", "Move into DIR"]] }],
  ["nc", { synopsis: "[OPTIONS] HOST PORT - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT] - listen", summary: "Connect and copy", options: [["-e PROG", "Connect PROG"], ["-l", "Listen mode"], ["-p PORT", "Local port"], ["-w SEC", "Timeout"], ["-u", "UDP"], ["-z", "Only ask whether it listens"]] }],
  ["nslookup", { synopsis: "[-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]", summary: "Ask DNS for the addresses of HOST" }],
  ["pidof", { synopsis: "[-so] [NAME]...", summary: "The PIDs of the programs NAME" }],
  ["ping", { synopsis: "[OPTIONS] HOST", summary: "Ask HOST for echoes", options: [["-4,-6", "Force IPv4 or IPv6"], ["-c CNT", "CNT echoes, then end"], ["-s SIZE", "Data bytes"], ["-i SECS", "Interval"], ["-W SEC", "Seconds to wait for the first answer"], ["-w SEC", "Seconds until it ends"], ["-q", "Only the summary"]] }],
  ["ps", { synopsis: "[-o COL1,COL2=HEADER] [-T]", summary: "The processes of the system", options: [["-o COL1,COL2=HEADER", "Select columns"], ["-T", "Show threads"]] }],
  ["pwd", { synopsis: "[-LP]", summary: "Tell the current directory" }],
  ["rm", { synopsis: "[-irf] FILE...", summary: "Delete FILEs", options: [["-i", "Ask"], ["-f", "Never ask"], ["-R,-r", "Recurse"]] }],
  ["rmdir", { synopsis: "[-p] DIRECTORY...", summary: "Delete an empty DIRECTORY", options: [["-p", "Parents too"]] }],
  ["route", { synopsis: "[-ne] [-A inet[6]] [{add|del} [-net|-host] TARGET [netmask MASK] [gw GATEWAY] [metric N] [dev IFACE]]", summary: "Show routes, add or delete them", options: [["-n", "Addresses as numbers"], ["-e", "Other columns"]] }],
  ["sed", { synopsis: "[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...", summary: "Edit text line by line", options: [["-e CMD", "Add CMD"], ["-f FILE", "Add commands of FILE"], ["-i[SFX]", "In place"], ["-n", "Print only when told"], ["-r,-E", "Extended expressions"]] }],
  ["sleep", { synopsis: "[N]...", summary: "Wait for the sum of all N: seconds, or with a letter behind (s, m, h, d) other units" }],
  ["sort", { synopsis: "[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...", summary: "Put lines in order", options: [["-n", "Numbers"], ["-r", "Reverse"], ["-u", "Unique"], ["-k", "Key"], ["-t CHAR", "Separator"], ["-o FILE", "Output"]] }],
  ["sysctl", { synopsis: "[-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }", summary: "Show or change kernel parameters" }],
  ["tail", { synopsis: "[OPTIONS] [FILE]...", summary: "The end of FILEs, 10 lines", options: [["-c [+]N[bkm]", "Last N bytes"], ["-n N[bkm]", "Last N lines"], ["-f", "Go on with what is added"], ["-F", "Same, retry by name"], ["-s SEC", "Wait between reads"]] }],
  ["tar", { synopsis: "c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [-T FILE] [-X FILE] [LONGOPT]... [FILE]...", summary: "Pack files into a tar archive, unpack or list them", options: [["c", "Create"], ["x", "Extract"], ["t", "List"], ["-f FILE", "Name of the archive"], ["-C DIR", "Change to DIR first"], ["-v", "Verbose"], ["-z", "gzip"], ["-j", "bzip2"], ["-J", "xz"]] }],
  ["touch", { synopsis: "[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...", summary: "Set the date of FILEs to now, or make them", options: [["-c", "Do not create"], ["-d DATE", "This time"], ["-r FILE", "Times of FILE"]] }],
  ["umount", { synopsis: "[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY", summary: "Detach file systems", options: [["-a", "All"], ["-r", "Make it read-only if it is in use"], ["-l", "Lazily"], ["-f", "By force"]] }],
  ["uname", { synopsis: "[-amnrspvio]", summary: "Tell about kernel and machine", options: [["-a", "All"], ["-m", "Machine"], ["-n", "Host name"], ["-r", "Kernel release"], ["-s", "Kernel name"], ["-v", "Kernel version"]] }],
  ["vi", { synopsis: "[-c CMD] [-R] [-H] [FILE]...", summary: "Edit FILE", options: [["-c CMD", "Initial command"], ["-R", "Read-only"], ["-H", "List features"]] }],
  ["wc", { synopsis: "[-cmlwL] [FILE]...", summary: "How many lines, words and bytes FILEs have", options: [["-c", "Bytes"], ["-m", "Characters"], ["-l", "Newlines"], ["-w", "Words"], ["-L", "Longest line"]] }],
  ["wget", { synopsis: "[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] URL...", summary: "Download URLs", options: [["--spider", "Only ask: status 0 when the file is there"], ["--header STR", "One more header"], ["--post-data STR", "Send STR with POST"], ["--post-file FILE", "Send FILE with POST"], ["--no-check-certificate", "Accept any certificate"], ["-c", "Go on with a partial file"], ["-q", "Quiet"], ["-P DIR", "Save to DIR"], ["-S", "Show the server's answer"], ["-O FILE", "Save to FILE ('-' is stdout)"], ["-o LOGFILE", "Messages to LOGFILE"], ["-U STR", "User-Agent"], ["-Y on/off", "Use a proxy"]] }],
  ["which", { synopsis: "[-a] COMMAND...", summary: "Where COMMAND is" }],
  ["xargs", { synopsis: "[OPTIONS] [PROG ARGS]", summary: "Start PROG with the words of standard input", options: [["-0", "NUL separates items"], ["-n N", "At most N items a run"], ["-I STR", "Replace STR"], ["-r", "Not without input"], ["-t", "Print the command"]] }],
]);

export function usageText(applet: string): string {
  const usage = table.get(applet === "sh" ? "ash" : applet === "egrep" || applet === "fgrep" ? "grep" : applet === "netcat" ? "nc" : applet);
  if (!usage) return `${BANNER}\n\nUsage: ${applet} [OPTIONS] [ARGS]...\n`;
  const options = usage.options?.map(([names, meaning]) => `\t${names}\t${meaning}\n`).join("") ?? "";
  return `${BANNER}\n\nUsage: ${applet} ${usage.synopsis}\n\n${usage.summary}\n${options === "" ? "" : `\n${options}`}`;
}
