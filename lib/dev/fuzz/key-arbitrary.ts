// Random keys at a terminal, in the shell and inside full-screen programs: typed text, control keys, escape sequences whole and cut, pastes, resizes.
import fc from "fast-check";
import { anyText, numberText } from "./words.ts";

export type KeyInput = { readonly keys: string } | { readonly rows: number; readonly cols: number } | { readonly waitUs: number };

/** What is typed at the prompt before the keys; an empty line stays in the shell. */
const programs = [
  "", "", "", "", "set -o vi", "nano a.txt", "nano", "nano +3 -l new", "nano -v a.txt", "vim a.txt", "vi", "vi -R /etc/passwd", "vim new b.csv", "view a.txt", "less a.txt", "less /etc/services", "ls -la /usr/bin | less -N", "top", "top -d 1", "man ls", "man bash", "man 5 passwd", "python3", "python3 -i a.py", "sh", "dash", "bash --norc", "bash --posix", "bc", "dc",
  "watch -n 1 date", "watch -d ls", "cat", "cat -A", "read -p 'x? ' x", "read -e -n 3 x", "read -s x", "select i in a b c; do echo $i; done", "passwd", "su - student", "sudo -u student -i", "fdisk /dev/sda", "fdisk d/disk", "sfdisk d/disk", "parted d/disk", "crontab -e", "visudo", "adduser bob", "more /etc/services", "apt install sl", "apt-get remove curl", "rm -i a.txt b.csv", "cp -i a.txt b.csv", "ssh localhost", "ssh-keygen", "journalctl", "systemctl status", "systemctl list-units", "systemctl edit cron", "apt list", "script", "tail -f a.txt", "stty -a; stty raw; cat", "stty -icanon min 0 time 5; cat", "ed a.txt", "mesg", "write root", "sleep 100", "yes | head -200", "dpkg-reconfigure tzdata", "dpkg-reconfigure debconf", "chsh", "login", "ftp", "nc -l 99", "git rebase -i", "htop", "tmux", "screen", "xargs -p -n1 echo", "jq .", "awk '{print}'", "sort", "wc", "vipw", "openssl", "more a.txt l.txt", "dialog", "whiptail --yesno hi 10 40",
];
const dockerPrograms = ["docker run -it alpine", "docker run -it --rm alpine vi x", "docker run -it debian bash", "docker exec -it web sh", "docker stats", "docker run -it --rm python", "docker attach web", "docker events", "docker login"];
const virtPrograms = ["virsh", "virsh edit vm1", "virsh console vm1", "virsh list", "virt-install", "virsh net-edit default", "qemu-img create -f qcow2 x 1G", "lxc-ls", "virsh -c test:///default"];

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code));
const sequences = ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD", "\x1b[H", "\x1b[F", "\x1b[1~", "\x1b[3~", "\x1b[4~", "\x1b[5~", "\x1b[6~", "\x1b[2~", "\x1bOP", "\x1bOQ", "\x1b[15~", "\x1b[24~", "\x1b[1;5C", "\x1b[1;5D", "\x1b[1;2A", "\x1b[1;3B", "\x1b[Z", "\x1bb", "\x1bf", "\x1bd", "\x1b\x7f", "\x1b.", "\x1b<", "\x1b>", "\x1bu", "\x1b?", "\x1b1", "\x1b-", "\x1b[<0;5;5M", "\x1b[<64;5;5M", "\x1b[M !!", "\x1b[I", "\x1b[O", "\x1b[200~pasted\nlines \x1b[201~", "\x1b[200~", "\x1b[201~", "\x1b[", "\x1bO", "\x1b", "\x1b\x1b", "\x1b[999;999R", "\x1b[?1;2c", "\x1b]0;t\x07", "\x1b[38;5;1m", "\x1b[1;1", "\x9b", "\x7f", "\x7f\x7f"];
const typed = ["ls\r", "echo hi\r", "q", "Q", ":q!\r", ":wq\r", ":w x\r", ":%s/a/b/g\r", ":set nu\r", ":1,3d\r", ":e b.csv\r", ":!ls\r", ":r !date\r", ":help\r", ":x\r", ":g/a/d\r", ":sp\r", ":map x dd\r", ":normal dd\r", ":", "/a\r", "?a\r", "n", "N", "i", "a", "o", "O", "A", "I", "R", "dd", "3dd", "yy", "p", "P", "x", "u", "\x12", "ciw", "di\"", "dap", "da(", "vip", "v", "V", "\x16", "G", "gg", "5G", "w", "b", "e", "0", "$", "^", "f.", "t,", ";", ",", "J", "~", ">>", "<<", "=", ".", "qa", "@a", "@@", "ma", "'a", "`a", "%", "r\r", "cw", "C", "D", "s", "S", "ZZ", "ZQ", "zz", "H", "M", "L", "\x17w", "K", "gu", "gU", "g~", "\"ayy", "\"ap", "10i-\x1b", "99999999999x",
  "y\r", "n\r", "yes\r", "1\r", "k", "j", "h", "l", " ", "d", "-S", "&a\r", "!ls\r", "|", "v", "m", "F", "E", "+", "-", "1", "9", "M", "P", "T", "c", "V", "z", "W", "Z", "f", "r", "print(1)\r", "import os\r", "def f():\r", "  return 1\r\r", "help()\r", "exit()\r", "exit\r", "fg\r", "jobs\r", "!!\r", "!$", "^a^b\r", "!ec:p\r", "!?x", "for i in 1 2\r", "do echo $i\r", "done\r", "cat <<E\r", "E\r", "help\r", "list\r", "start vm1\r", "\"", "'", "$(", "${", "[", "ab é日😀", "g\r", "p\r", "t\r", "w\r", "m\r", "root\r", "secret\r", "systemctl st\t", "apt inst\t\t", "docker r\t", "ls -\t\t", "cd \t\t", "$HO\t", "~\t", "man ls\r", "less a.txt\r", "nano x\r", "vi x\r", "clear\r", "reset\r", "stty sane\r"];

const key: fc.Arbitrary<KeyInput> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...typed).map((keys) => ({ keys })) },
  { weight: 5, arbitrary: fc.constantFrom(...controls).map((keys) => ({ keys })) },
  { weight: 5, arbitrary: fc.constantFrom(...sequences).map((keys) => ({ keys })) },
  { weight: 2, arbitrary: anyText.map((keys) => ({ keys })) },
  { weight: 1, arbitrary: numberText.map((keys) => ({ keys })) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }).map((keys) => ({ keys })) },
  { weight: 1, arbitrary: fc.record({ rows: fc.constantFrom(1, 2, 3, 10, 24, 60), cols: fc.constantFrom(1, 2, 5, 20, 80, 200) }) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 600_000, 3_000_000).map((waitUs) => ({ waitUs })) },
);

export interface KeyCase {
  readonly program: string;
  readonly inputs: readonly KeyInput[];
  readonly rows: number;
  readonly cols: number;
  readonly user: string;
}

export const keyCases = (host: string): fc.Arbitrary<KeyCase> =>
  fc.record({
    program: fc.constantFrom(...programs, ...(host === "debian-12-docker" ? [...dockerPrograms, ...dockerPrograms] : []), ...(host === "debian-12-virt" ? [...virtPrograms, ...virtPrograms] : [])),
    inputs: fc.array(key, { minLength: 3, maxLength: 25, size: "max" }), rows: fc.constantFrom(24, 24, 30, 5), cols: fc.constantFrom(80, 80, 100, 20), user: fc.constantFrom("root", "root", "student"),
  });
