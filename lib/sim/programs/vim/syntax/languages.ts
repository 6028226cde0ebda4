// The types of files: by name and by first lines, as Vim's filetype detection tells them apart; what each type sets; its colours.

import type { Colouring, FileType, Languages } from "../../vim-tiny/_languages.ts";
import { C, DOCKERFILE, MAKE, PYTHON, VIM } from "./code.ts";
import { CFG, CONF, CRONTAB, DEBIAN_SOURCES, DOSINI, FSTAB, GROUP, PASSWD, RESOLV, SYSCTL } from "./configuration.ts";
import { HTML, JSON_DATA, MARKDOWN, XML, YAML } from "./data.ts";
import type { Grammar } from "./grammar.ts";
import { Highlighter } from "./highlighter.ts";
import { indentOfMarkup, indentOfPython, indentOfShell, indentOfYaml } from "./indent.ts";
import { DEBIAN_CONTROL, DIFF, GIT_COMMIT, MAN, NGINX, SSH_CLIENT, SSH_SERVER, SUDOERS } from "./services.ts";
import { BASH_SHELL, SHELL } from "./sh.ts";

/** Types by the whole path; the first one that fits. */
const BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/\/etc\/(?:passwd|shadow|vipw)-?$|\/etc\/passwd\.edit$/, "passwd"], [/\/etc\/g(?:roup|shadow)-?$|\/etc\/group\.edit$/, "group"], [/\/etc\/(?:fstab|mtab)$|\/fstab$|\/mtab$/, "fstab"],
  [/\/etc\/sudoers(?:\.d\/[^/]*)?$|\/sudoers\.tmp$/, "sudoers"], [/\/sshd_config$|\/sshd_config\.d\/[^/]*\.conf$/, "sshdconfig"], [/\/ssh_config$|\/\.ssh\/(?:config|[^/]*\.conf)$|\/ssh_config\.d\/[^/]*\.conf$/, "sshconfig"],
  [/\/crontab(?:\.[^/]*)?$|\/etc\/cron\.d\/[^/]*$|^\/tmp\/crontab\.[^/]*\/?[^/]*$/, "crontab"], [/\/sources\.list$|\/etc\/apt\/sources\.list\.d\/[^/]*\.list$/, "debsources"], [/\/apt\.conf$|\/apt\.conf\.d\/[^/]*$|\/\.aptitude\/config$/, "aptconf"],
  [/\/(?:etc|lib|usr\/lib|run)\/systemd\/.*\.(?:automount|dnssd|link|mount|netdev|network|nspawn|path|service|slice|socket|swap|target|timer)$|\/systemd\/.*\.d\/[^/]*\.conf$|\/\.config\/systemd\/user\/.*\.(?:service|timer|socket|target)$/, "systemd"],
  [/\/nginx\.conf$|\/etc\/nginx\/|\/nginx\/.*\.conf$|\.nginx$/, "nginx"], [/\/etc\/apache2\/.*\.conf$|\/apache2?\.conf$|\/\.htaccess$/, "apache"], [/\/resolv\.conf$/, "resolv"], [/\/sysctl\.conf$|\/sysctl\.d\/[^/]*\.conf$/, "sysctl"],
  [/\/(?:etc\/)?(?:profile|bash\.bashrc)$|\/\.(?:profile|bashrc|bash_profile|bash_aliases|bash_login|bash_logout|bash-profile|env)(?:[._-][^/]*)?$|\/[^/]*\.(?:sh|bash|ksh|ebuild)$|\/bash-fc[-.][^/]*$|\/APKBUILD$/, "sh"],
  [/\/(?:\.|_)?(?:vimrc|exrc|gvimrc)$|\.vim$|\/\.viminfo$/, "vim"], [/\/(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.[Dd]ockerfile$/, "dockerfile"], [/\/(?:GNU)?[Mm]akefile(?:\.[^/]*)?$|\.mk$|\.mak$/, "make"],
  [/\/debian\/control$/, "debcontrol"], [/\/debian\/changelog$/, "debchangelog"], [/\/(?:COMMIT_EDITMSG|MERGE_MSG|TAG_EDITMSG|EDIT_DESCRIPTION|NOTES_EDITMSG)$/, "gitcommit"], [/\/git-rebase-todo$/, "gitrebase"], [/\/\.git\/config$|\/\.gitconfig$|\/etc\/gitconfig$/, "gitconfig"], [/\/\.gitignore$/, "gitignore"],
  [/\.ya?ml$|\/\.clang-format$/, "yaml"], [/\.jsonc?$|\/\.prettierrc$/, "json"], [/\.(?:xml|xsl|xsd|rss|csproj|wsdl|ui)$/, "xml"], [/\.svg$/, "svg"], [/\.(?:html?|shtml)$/, "html"], [/\.(?:py|pyw|ptl)$/, "python"], [/\.c$/, "c"], [/\.(?:h|cpp|cc|cxx|hpp)$/, "cpp"],
  [/\.(?:md|markdown|mkd|mdown)$/, "markdown"], [/\.(?:diff|patch|rej)$/, "diff"], [/\.man$/, "man"], [/\.(?:ini|INI)$|\/php\.ini-[^/]*$|\/\.editorconfig$/, "dosini"], [/\.desktop$|\.directory$/, "desktop"], [/\.cfg$|\.hgrc$/, "cfg"], [/\.toml$/, "toml"],
  [/\.txt$|\/README$|\/AUTHORS$|\/COPYING$|\/INSTALL$|\/LICENSE$/, "text"], [/\.js$/, "javascript"], [/\.css$/, "css"], [/\.php$/, "php"], [/\.sql$/, "sql"], [/\.(?:pl|pm)$/, "perl"], [/\.rb$|\/Vagrantfile$/, "ruby"], [/\.awk$/, "awk"], [/\.sed$/, "sed"], [/\.lua$/, "lua"], [/\.go$/, "go"], [/\.tf$/, "tf"],
  [/\/etc\/login\.defs$/, "logindefs"], [/\/etc\/pam\.(?:conf|d\/[^/]*)$/, "pamconf"], [/\/etc\/security\/limits\.conf$|\/limits\.d\/[^/]*\.conf$/, "limits"], [/\/etc\/services$/, "services"], [/\/etc\/protocols$/, "protocols"], [/\/etc\/hosts\.(?:allow|deny)$/, "hostsaccess"], [/\/etc\/host\.conf$/, "hostconf"],
  [/\/etc\/modules$|\/etc\/modprobe\.[^/]*$|\/etc\/modprobe\.d\/[^/]*$|\/etc\/modules\.conf$/, "modconf"], [/\/etc\/exports$/, "exports"], [/\/smb\.conf$/, "samba"], [/\/main\.cf$/, "pfmain"], [/\/named\.conf$|\/etc\/bind\/named\.conf/, "named"], [/\/dnsmasq\.conf$|\/etc\/dnsmasq\.d\//, "dnsmasq"], [/\/inittab$/, "inittab"],
  [/\/(?:\.|etc\/)inputrc$/, "readline"], [/\/(?:\.|etc\/)screenrc$/, "screen"], [/\/\.tmux\.conf$|\/tmux\.conf$/, "tmux"], [/\/(?:\.|etc\/)wgetrc$/, "wget"], [/\/\.nanorc$|\/etc\/nanorc$|\.nanorc$/, "nanorc"], [/\/udev\/rules\.d\/[^/]*\.rules$/, "udevrules"], [/\/etc\/updatedb\.conf$/, "updatedb"], [/\/etc\/xinetd\.conf$|\/etc\/xinetd\.d\//, "xinetd"],
  [/\/etc\/(?:shells|adduser\.conf|deluser\.conf|nsswitch\.conf)$/, "conf"],
];

/** A script says by its first line what runs it. */
function byContents(lines: readonly string[]): string {
  const [first = ""] = lines;
  const interpreter = /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(\w+)/.exec(first)?.[1] ?? "";
  if (/^(?:ba|da|k|a)?sh$|^bash/.test(interpreter)) return "sh";
  for (const [name, type] of [["python", "python"], ["perl", "perl"], ["make", "make"], ["awk", "awk"], ["gawk", "awk"], ["mawk", "awk"], ["sed", "sed"], ["ruby", "ruby"], ["node", "javascript"], ["lua", "lua"], ["php", "php"]] as const) if (interpreter.startsWith(name)) return type;
  if (/^<\?xml\b/.test(first)) return "xml";
  if (/^<!DOCTYPE html/i.test(first)) return "html";
  if (/^diff --git|^diff -|^Index: /.test(first) || (/^--- \S/.test(first) && /^\+\+\+ /.test(lines[1] ?? ""))) return "diff";
  if (/^%YAML/.test(first)) return "yaml";
  return "";
}

function typeOf(path: string, lines: readonly string[]): string {
  const own = path.replace(/~$|\.(?:orig|bak|old|new|dpkg-(?:dist|old|new))$/, "");
  const found = BY_PATH.find(([pattern]) => pattern.test(own));
  if (found) return found[1];
  const told = byContents(lines);
  if (told !== "") return told;
  // any file that begins with a comment, and what calls itself one
  if (/\.conf$/.test(own) || lines.slice(0, 5).some((line) => line.startsWith("#"))) return "conf";
  return "";
}

const WITH_COMMENTS = ["formatoptions", "croql"] as const;
const hash = [["comments", ":#"], ["commentstring", "# %s"], WITH_COMMENTS] as const;
const string = (text: string) => [["commentstring", text]] as const;
const markup = [["comments", "s:<!--,e:-->"], ["commentstring", "<!--%s-->"], WITH_COMMENTS] as const;
const C_COMMENTS = "sO:* -,mO:*  ,exO:*/,s1:/*,mb:*,ex:*/,:///,://";

const TYPES: ReadonlyMap<string, FileType> = new Map<string, FileType>([
  ["passwd", { settings: [["comments", ""], ["commentstring", ""]] }], ["group", { settings: [["comments", ""], ["commentstring", ""]] }], ["fstab", { settings: string("#%s") }],
  ["sh", { settings: [...hash, ["indentexpr", "GetShIndent()"]], indent: indentOfShell, indentAgain: /^\s*(?:then|do|else|elif|fi|esac|done|\}|;;)$/ }],
  ["python", { settings: [["comments", "b:#,fb:-"], ["commentstring", "# %s"], ["expandtab", true], ["shiftwidth", 4], ["softtabstop", 4], ["tabstop", 8], ["indentexpr", "python#GetIndent(v:lnum)"]], indent: indentOfPython, indentAgain: /^\s*(?:else:|elif\b.*:|except\b.*:|finally:)$/ }],
  ["yaml", { settings: [...hash, ["expandtab", true], ["shiftwidth", 2], ["softtabstop", 2], ["indentexpr", "GetYAMLIndent(v:lnum)"]], indent: indentOfYaml, indentAgain: /^\s*-$|:$/ }],
  ["systemd", { settings: [["comments", ":;"], ["commentstring", "; %s"], WITH_COMMENTS] }], ["dosini", { settings: [["comments", ":;"], ["commentstring", "; %s"], WITH_COMMENTS] }],
  ["sysctl", { settings: [["comments", ":;,:#"], ["commentstring", "# %s"], WITH_COMMENTS] }], ["gitconfig", { settings: [["comments", ":#,:;"], ["commentstring", "; %s"], WITH_COMMENTS] }],
  ["xml", { settings: [...markup, ["indentexpr", "XmlIndentGet(v:lnum,1)"]], indent: indentOfMarkup, indentAgain: /^\s*<\/[^>]*>?$/ }], ["svg", { settings: markup }], ["html", { settings: [["comments", "s:<!--,m:    ,e:-->"], ["commentstring", "<!--%s-->"]] }],
  ["json", { settings: [["comments", ""], ["commentstring", ""], ["formatoptions", "cq"]] }],
  ["make", { settings: [["comments", "sO:# -,mO:#  ,b:#"], ["commentstring", "# %s"], WITH_COMMENTS, ["expandtab", false], ["softtabstop", 0], ["shiftwidth", 0]] }],
  ["c", { settings: [["comments", C_COMMENTS], ["commentstring", "/*%s*/"], WITH_COMMENTS] }], ["cpp", { settings: [["comments", C_COMMENTS], ["commentstring", "/*%s*/"], WITH_COMMENTS] }],
  ["vim", { settings: [["comments", 'sO:# -,mO:#  ,eO:##,:#,sO:" -,mO:"  ,eO:"",:"'], ["commentstring", '"%s'], WITH_COMMENTS] }],
  ["markdown", { settings: [["comments", "fb:*,fb:-,fb:+,n:>"], ["commentstring", "<!--%s-->"], ["expandtab", true], ["tabstop", 4], ["softtabstop", 4], ["shiftwidth", 4], ["formatoptions", "tcqln"]] }],
  ["text", { settings: [["comments", "fb:-,fb:*,n:>"], ["commentstring", ""]] }],
  ["gitcommit", { settings: [["comments", ":#"], ["commentstring", "# %s"], ["formatoptions", "tln"], ["textwidth", 72]] }], ["gitrebase", { settings: [["comments", ":#"], ["commentstring", "# %s"], ["formatoptions", "cq"]] }],
  ["crontab", { settings: string("# %s") }], ["nginx", { settings: string("# %s") }], ["dockerfile", { settings: string("# %s") }], ["debcontrol", { settings: string("# %s") }], ["man", { settings: string("# %s") }], ["diff", { settings: string("# %s") }],
  ["cfg", { settings: [["commentstring", "# %s"], WITH_COMMENTS] }], ["apache", { settings: [["comments", ":#"], ["commentstring", "# %s"]] }], ["toml", { settings: [["comments", ":#"], ["commentstring", "# %s"]] }],
  ...["sudoers", "sshconfig", "conf", "readline", "screen", "tmux", "wget", "nanorc", "udevrules", "updatedb", "xinetd", "logindefs", "pamconf", "limits", "services", "protocols", "hostsaccess", "hostconf", "modconf", "perl", "ruby", "awk"].map((type) => [type, { settings: hash }] as const),
]);

const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([
  ["passwd", PASSWD], ["group", GROUP], ["fstab", FSTAB], ["sudoers", SUDOERS], ["sshdconfig", SSH_SERVER], ["sshconfig", SSH_CLIENT], ["crontab", CRONTAB], ["debsources", DEBIAN_SOURCES], ["systemd", DOSINI], ["dosini", DOSINI],
  ["nginx", NGINX], ["resolv", RESOLV], ["sysctl", SYSCTL], ["vim", VIM], ["dockerfile", DOCKERFILE], ["make", MAKE], ["debcontrol", DEBIAN_CONTROL], ["gitcommit", GIT_COMMIT], ["yaml", YAML], ["json", JSON_DATA], ["xml", XML], ["svg", XML],
  ["html", HTML], ["python", PYTHON], ["c", C], ["cpp", C], ["markdown", MARKDOWN], ["diff", DIFF], ["man", MAN], ["cfg", CFG], ["conf", CONF],
]);

const HIGHLIGHTERS = new Map<Grammar, Highlighter>();

/** Whether a script is bash's by its first line; what says nothing is what /bin/sh runs, a file of bash's own aside. */
export function grammarOf(syntax: string, firstLine: string): Grammar | undefined {
  if (syntax === "sh") return /^#!.*\bbash\b/.test(firstLine) ? BASH_SHELL : SHELL;
  return GRAMMARS.get(syntax);
}

function colouring(syntax: string, firstLine: string): Colouring | undefined {
  const grammar = grammarOf(syntax, firstLine);
  if (!grammar) return undefined;
  let found = HIGHLIGHTERS.get(grammar);
  if (!found) {
    found = new Highlighter(grammar);
    HIGHLIGHTERS.set(grammar, found);
  }
  return found;
}

export const languages: Languages = { typeOf, fileType: (type) => TYPES.get(type), colouring };
