// Words that the generated scripts are made of: what programs trip over sits beside what they expect.
import fc from "fast-check";

/** Laid down in the directory in which each generated script runs. */
export const fuzzFiles: readonly (readonly [name: string, text: string])[] = [
  ["a.txt", "alpha 1 x\nbeta 22 y\ngamma 333 z\nalpha 1 x\n\n  indented\ttab\n"],
  ["b.csv", "id,name,price\n1,\"a, b\",2.50\n2,café,-3\n,,\n"],
  ["c.json", '{"a":[1,2,{"b":null}],"c":"é\\n","d":1e400,"e":{}}\n'],
  ["e.yaml", "a: [1, 2]\nb: {c: d}\n- x\n"],
  ["f.c", "int main(void)\n{\n\treturn 0;\n}\n"],
  ["n.txt", "10\n9\n-3\n1e3\n0x1f\n1K\nnan\n"],
  ["l.txt", `${"long ".repeat(400)}\n`],
  ["g.diff", "--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n-alpha 1 x\n+alpha 2 x\n beta 22 y\n"],
  ["empty", ""],
  ["noeol", "no end of line"],
  ["bytes", "\0\u0001\u001b[31m\uffff\udc80\udcff\r\n\f"],
  ["-dash", "dash\n"],
  ["d/in", "inner\n"],
  ["d/e/deep", "deep\n"],
];

const files = [...fuzzFiles.map(([name]) => name), "d", "d/e", "missing", "d/missing", ".", "..", "/", "./-dash", "/etc/passwd", "/etc/hosts", "/dev/null", "/dev/tty", "/dev/full", "/proc/self/status", "/proc/1", "/sys", "/tmp", "~", "-", "--", "''", "*", "*.txt", "d/*", "$f", "[a-c]*", "a.txt/x", "/dev/fd/0", "/dev/zero", "/dev/sda", "/root", "/var/log/syslog"];
const numbers = ["0", "1", "-1", "2", "3", "7", "10", "+5", "007", "08", "0x1f", "1e3", "1.5", "-0.5", ".5", "1,2", "1-3", "2-", "-2", "1K", "2M", "1G", "1Z", "10%", "65535", "65536", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999", "1/0", "nan", "inf", ""];
const names = ["x", "y", "f", "a", "root", "student", "nobody", "nosuch", "daemon", "cron", "ssh", "cron.service", "nosuch.service", "basic.target", "sda", "sda1", "loop0", "eth0", "lo", "enp1s0", "br0", "bash", "coreutils", "curl", "htop", "web", "alpine", "nginx:latest", "default", "vm1", "localhost", "127.0.0.1", "192.0.2.1", "10.0.0.0/8", "::1", "mirror.lan", "example.org", "http://mirror.lan/", "tcp", "80", "SIGTERM", "HUP", "9", "INT", "EXIT", "DEBUG", "UTF-8", "now", "tomorrow", "2026-11-22", "@0", "1 week ago", "u+rwx,g-w", "755", "a=rX", "user:group", ":", "root:root", "%Y-%m-%d", "%s\\n", "%5.2f", "%-10s|", "%n%c", "{{.ID}}", "{{json .}}", "{{range .}}", "k=v", "k=", "=v", "a,b,c", "pid,comm", "-rsize"];
const texts = ["", " ", "hello world", "été", "日本", "\\", "\\n", "'", "\"", "`", "$", "!", "!!", "#", "a\tb", "%", "%%", "&", "|", ";", "\\0", "\udcff", "😀", "(", ")", "{", "}", "[", "]", "[[:alpha:]]", "[^]", "a\\{2,3\\}", "a{,5}", "(a|b)*", "\\(a\\)\\1", "^", "^$", ".*", "*a", "\\w+\\b", "(?=a)", "(?<n>x)", "[z-a]", "\\", "a**"];

const awk = ["{ print }", "BEGIN", "END", "$1", "$NF", "$(", ")", "{", "}", "print", "printf \"%d %s\\n\", ", "NR", "NF", "==", "~", "/a/", "/[/", "+", "-", "++", "x[", "]", "i", "for (i in x)", "while (", "if (", "else", "getline", "getline line < \"a.txt\"", "split($0, x, /,/)", "substr(", "length", "gsub(/a/, \"b\")", "sub(\"a\",\"&&\")", "match($0,", "toupper($1)", "sprintf(\"%c\", ", "system(\"echo s\")", "|", "\"sort\"", "close(\"sort\")", "delete x", "function g(a,b) {", "return", "g(1)", "exit", "next", ";", "\n", ",", "?", ":", "in", "1", "\"s\"", "!", "^", "%", "FS=\",\"", "OFS", "RS=\"\"", "srand(1)", "rand()", "int(", "index(", "-v", "\\", "'"];
const sed = ["s/a/b/", "s/a/b/gp", "s/\\(a\\)/\\1\\1/2", "s|x|\\U&|", "y/abc/xyz/", "y/a/bb/", "p", "d", "D", "N", "P", "h", "H", "g", "G", "x", "n", "q", "q5", "Q", "=", "l", "l 5", "a\\", "a text", "i\\", "c new", "r a.txt", "R a.txt", "w out", "e", "e echo x", "b", "b l", "t l", "T", ":l", "{", "}", ";", "\n", "1", "$", "2,3", "/a/", "/a/,/b/", "/a/I", "0,/x/", "1~2", "2,~4", "2,+1", "!", "#n", "s/", "s/a", "/[/", "F", "z", "v 9", "\\"];
const jq = [".", ".a", ".a[]", ".[0]", ".a?", "..", "|", ",", "map(", "select(", ")", "length", "keys", "to_entries", "from_entries", "add", "sort_by(.a)", "group_by(.a)", "unique", "reduce .[] as $x (0; . + $x)", "foreach", "if . then 1 else 2 end", "try error(\"x\") catch .", "// 1", "as $v", "$v", "\"\\(.a)\"", "@csv", "@json", "@base64d", "test(\"a\")", "capture(\"(?<n>a)\")", "split(\",\")", "tonumber", "tostring", "ascii_downcase", "ltrimstr(\"a\")", "input", "inputs", "$ENV", "env", "now", "todate", "limit(3;", "range(5)", "recurse", "paths", "getpath([\"a\"])", "del(.a)", ".a = 1", ".a |= . + 1", "+=", "{a,b:1}", "[", "]", "{", "}", "-", "*", "/", "%", "1e1000", "def f: .; f", "label $out | break $out", "input_line_number", "splits(\"a\")", "ascii", "implode", "infinite", "nan", "\""];
const bc = ["1", "2.5", "+", "-", "*", "/", "%", "^", "(", ")", "scale=5", "ibase=16", "obase=2", "FF", "sqrt(2)", "length(", "a[1]=2", "x=3", "x++", "--x", "define f(n) { return (n*2) }", "f(3)", "if (1) 2", "while (x<3) x+=1", "for (i=0;i<3;i++) i", "\"text\"", "print 1,2", "last", ".", "read()", "quit", "halt", ";", "\n", "e(1)", "s(1)", "==", "&&", "!", "0^-1", "1/0"];
const python = ["print(", ")", "1", "x = ", "'é'", "[1,2,3]", "[i*i for i in range(5)]", "{'a': 1}", "{1,2}", "def f(a, *b, c=1, **d):\n  return a", "f(1)", "class A:\n  pass", "A()", "lambda x: x", "import os", "import sys, json", "os.listdir('.')", "sys.argv", "json.dumps(", "open('a.txt').read()", "for i in range(3):\n  print(i)", "while True:\n  break", "try:\n  1/0\nexcept Exception as e:\n  print(e)", "raise ValueError('x')", "with open('o','w') as f:\n  f.write('x')", "f'{1+1:>5}'", "'%s %d' % ('a', 1)", "'a'.join(", "x[1:2]", "x[::-1]", "yield", "return", "async def", "global x", "del x", "assert 0", "not", "in", "is", "None", "**", "//", "<<", "@", ":=", ":", ",", "\n", "  ", "\t", "if 1:\n  pass\nelse:\n  pass", "'''", "\"", "\\", "10**100", "float('nan')", "int('z')", "b'\\xff'", "__import__('subprocess').run(['ls'])", "input()", "match x:\n  case 1: pass"];
const find = ["a.txt", ".", "-name", "*.txt", "-type", "f", "d", "x", "-size", "+1k", "-mtime", "-1", "-newer", "-perm", "/222", "-o", "-a", "!", "(", ")", "\\(", "-exec", "echo", "{}", "\\;", "+", "-print", "-print0", "-printf", "%p %s\\n", "-delete", "-prune", "-depth", "-maxdepth", "1", "-mindepth", "-regex", ".*", "-user", "root", "-empty", "-ls", "-quit", "-ok", "-newermt", "yesterday", "-xdev", "-samefile", "-links"];
const tests = ["a", "=", "==", "!=", "<", ">", "-eq", "-lt", "1", "x", "-n", "-z", "-f", "-d", "-e", "-nt", "-ef", "!", "(", ")", "-a", "-o", "-v", "-t", "0", "a.txt", "=~", "^a(.)$", "&&", "||", "$f"];
const ip = ["addr", "link", "route", "neigh", "netns", "rule", "a", "r", "l", "show", "add", "del", "set", "dev", "eth0", "lo", "veth0", "type", "veth", "peer", "name", "p0", "bridge", "dummy", "192.0.2.1/24", "default", "via", "10.0.0.1", "up", "down", "master", "br0", "netns", "exec", "n1", "-br", "-c", "-j", "-4", "-6", "mtu", "99999", "flush", "get", "help", "table", "all"];

const soup = (tokens: readonly string[], separator: string, most = 8): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...tokens) }, { weight: 1, arbitrary: fc.constantFrom(...texts) }), { minLength: 1, maxLength: most }).map((parts) => parts.join(separator));

export const fileName = fc.constantFrom(...files);
export const numberText = fc.constantFrom(...numbers);
export const anyText = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) });
export const operandText = fc.oneof({ weight: 5, arbitrary: fileName }, { weight: 3, arbitrary: numberText }, { weight: 3, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: anyText });

/** Programs with a language of their own: the words before a piece of it, and after. */
export const languages: readonly (readonly [before: string, piece: fc.Arbitrary<string>, after: string])[] = [
  ["awk", soup(awk, " "), "a.txt"], ["awk -F,", soup(awk, " "), "b.csv n.txt"], ["sed", soup(sed, ""), "a.txt"], ["sed -n", soup(sed, ";"), "a.txt n.txt"], ["sed -E -i.bak", soup(sed, ""), "a.txt"], ["sed -s -z", soup(sed, "\n"), "a.txt noeol"],
  ["jq", soup(jq, " "), "c.json"], ["jq -c", soup(jq, " | "), "c.json"], ["jq -nr", soup(jq, ""), ""], ["bc -lq <<<", soup(bc, " "), ""], ["bc <<<", soup(bc, ""), ""], ["dc -e", soup(["1", "2", "+", "-", "*", "/", "^", "p", "f", "d", "r", "sa", "la", "k", "i", "o", "[", "]", "x", "q", "?", "=a", ">b", "v", "n", "_5", " "], ""), ""],
  ["python3 -c", soup(python, " "), ""], ["python3 -c", soup(python, "\n"), "a b"], ["grep", soup(texts, "", 4), "a.txt b.csv"], ["grep -E", soup(texts, "", 4), "a.txt"], ["grep -P", soup(texts, "", 4), "a.txt"], ["grep -o", soup(texts, "", 3), "-r ."],
  ["date -d", soup([...numbers, ...names, "next", "last", "monday", "day", "ago", "jan", "12:30", "pm", "UTC", "+2", "TZ=\"Europe/Paris\""], " ", 5), "+%c"], ["printf", soup([...texts, "%s", "%d", "%x", "%q", "%b", "%*d", "%.3s", "%(%c)T", "%n", "%-", "%5$s"], "", 5), "1 a.txt ''"],
  ["expr", soup([...numbers, ...tests, "*", "/", ":", "substr", "length", "index"], "' '", 6), ""], ["numfmt --to=iec", soup(numbers, " ", 3), "5K"], ["tr", soup([...texts, "a-z", "[:upper:]", "[x*3]", "[=a=]", "\\101"], "", 3), "a-c < a.txt"], ["seq", soup(numbers, "' '", 3), ""], ["envsubst", soup(["$HOME", "${x", "a"], "", 3), "< a.txt"],
];
/** The same for programs whose language is their arguments. */
export const wordLanguages: readonly (readonly [name: string, words: fc.Arbitrary<readonly string[]>])[] = [
  ["find", fc.array(fc.constantFrom(...find), { maxLength: 8 })], ["test", fc.array(fc.constantFrom(...tests), { maxLength: 6 })], ["[", fc.array(fc.constantFrom(...tests, "]"), { maxLength: 6 })], ["ip", fc.array(fc.constantFrom(...ip), { maxLength: 8 })],
  ["dd", fc.array(fc.constantFrom("if=a.txt", "of=o", "bs=1", "bs=1K", "count=3", "skip=1", "seek=2", "conv=ucase", "conv=notrunc,sync", "status=none", "ibs=0", "bs=x", "iflag=fullblock", "of=/dev/full"), { maxLength: 5 })],
  ["ps", fc.array(fc.constantFrom("aux", "-ef", "-o", "pid,comm,args", "--forest", "-C", "bash", "axjf", "-p", "1", "--sort", "-rss", "-u", "root", "f", "L", "-eo", "nosuch", "--ppid"), { maxLength: 5 })],
  ["tar", fc.array(fc.constantFrom("-cf", "x.tar", "-tvf", "-xf", "czf", "a.txt", "d", "-C", "d", "--exclude", "*.txt", "-v", "--strip-components=1", "-J", "--zstd", "-r", "-O", "--transform", "s/a/b/", "bytes"), { maxLength: 7 })],
  ["iptables", fc.array(fc.constantFrom("-A", "INPUT", "-t", "nat", "-p", "tcp", "--dport", "80", "-j", "ACCEPT", "DROP", "-L", "-n", "-v", "-D", "1", "-F", "-P", "-s", "10.0.0.0/8", "!", "-m", "state", "MASQUERADE", "-N", "c1", "-S"), { maxLength: 8 })],
  ["systemctl", fc.array(fc.constantFrom("status", "start", "stop", "restart", "enable", "disable", "mask", "list-units", "list-timers", "cat", "show", "-p", "ActiveState", "is-active", "is-enabled", "daemon-reload", "cron", "ssh", "nosuch", "basic.target", "--all", "--failed", "edit", "--no-pager", "isolate", "kill", "-s", "list-dependencies", "*"), { maxLength: 5 })],
  ["journalctl", fc.array(fc.constantFrom("-u", "cron", "-n", "3", "-b", "-1", "-k", "--since", "today", "-p", "err", "-o", "json", "short-iso", "cat", "-g", "a", "--disk-usage", "-r", "_PID=1", "+", "--list-boots", "-x"), { maxLength: 6 })],
  ["apt", fc.array(fc.constantFrom("install", "remove", "purge", "show", "search", "list", "policy", "--installed", "--upgradable", "-y", "-s", "htop", "tree", "nosuch", "curl=1", "curl/bookworm", "vim+", "vim-", "update", "upgrade", "autoremove", "-q", "*"), { maxLength: 5 })],
  ["dpkg", fc.array(fc.constantFrom("-l", "-L", "-S", "-s", "-i", "-r", "-P", "--configure", "-a", "bash", "nosuch", "/bin/ls", "*", "--get-selections", "--audit", "-V", "--compare-versions", "1.0", "lt", "2.0", "--print-architecture"), { maxLength: 5 })],
  ["docker", fc.array(fc.constantFrom("run", "--rm", "-d", "-it", "alpine", "sh", "-c", "echo hi", "ps", "-a", "images", "inspect", "web", "--format", "{{.Id}}", "network", "ls", "create", "n1", "volume", "v1", "rm", "-f", "logs", "exec", "build", ".", "-t", "x", "system", "df", "prune", "stop", "--name", "-p", "80:80", "-v", "v1:/d", "-e", "A=1", "--memory", "1m", "stats", "--no-stream", "compose", "up", "tag", "save", "events"), { maxLength: 8 })],
  ["virsh", fc.array(fc.constantFrom("list", "--all", "start", "vm1", "destroy", "dominfo", "domstate", "net-list", "net-start", "default", "pool-list", "vol-list", "define", "a.txt", "dumpxml", "undefine", "snapshot-list", "capabilities", "nodeinfo", "-c", "qemu:///system", "help", "version", "console", "edit", "setmem", "1G", "attach-disk", "vcpuinfo"), { maxLength: 6 })],
  ["unshare", fc.array(fc.constantFrom("-U", "-r", "-m", "-p", "-f", "-n", "-u", "--mount-proc", "echo", "x", "sh", "-c", "id; ps", "-i", "-C", "-T", "--propagation", "private"), { maxLength: 7 })],
  ["mount", fc.array(fc.constantFrom("-t", "tmpfs", "proc", "none", "d", "--bind", "/etc", "-o", "ro", "remount,ro", "loop", "/dev/loop0", "size=1k", "overlay", "lowerdir=d,upperdir=d/e,workdir=/tmp", "-a", "--make-shared", "/", "bind"), { maxLength: 7 })],
  ["xargs", fc.array(fc.constantFrom("-n", "1", "-I", "{}", "echo", "-0", "-P", "2", "-r", "-L", "a", "-d", ",", "-t", "sh", "-c", "exit 255", "-s", "10", "< a.txt"), { maxLength: 7 })],
];
