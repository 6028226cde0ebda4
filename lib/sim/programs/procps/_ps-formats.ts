// Which columns ps shows, and by what it sorts: own choices (-o, -O, O, --format, $PS_FORMAT), and the formats that -f -l -j -F … and BSD's j l s u v make.

import { PS_COLUMNS } from "./_ps-columns.ts";

/** A mistake in ps' words: its text, the usage below it, status 1. */
export class PsUsage extends Error {}

/** A combination that the real program ends at with a line about itself. */
export class PsBroken extends Error {}

export interface PsItem {
  /** a column's name; "" for text between the columns of an AIX format */
  readonly name: string;
  readonly heading: string | undefined;
  readonly width: number | undefined;
}

export interface PsSortKey {
  readonly key: string;
  readonly descending: boolean;
}

export interface FormatRequests {
  readonly own: { readonly from: "-o" | "o" | "--format" | "-O" | "O" | "sort"; readonly text: string }[];
  readonly styles: Set<string>;
  readonly modifiers: Set<string>;
  readonly forced: boolean;
}

interface Circumstances {
  readonly bsd: boolean;
  readonly forest: boolean;
  readonly threads: { readonly lwp: boolean; readonly spid: boolean; readonly needed: boolean };
  readonly environmentFormat: string | undefined;
}

interface Chosen {
  readonly items: readonly PsItem[];
  readonly sort: readonly PsSortKey[];
  readonly warning: string | undefined;
}

/** Names for several columns. */
const MACROS: ReadonlyMap<string, string> = new Map([
  ["DFMT", "pid,tname,state,cputime,cmd"], ["DefBSD", "pid,tname,stat,bsdtime,args"], ["DefSysV", "pid,tname,time,cmd"], ["END_BSD", "state,tname,cputime,comm"], ["END_SYS5", "state,tname,time,command"],
  ["F5FMT", "uname,pid,ppid,c,start,tname,time,cmd"], ["FB_", "pid,tt,stat,time,command"], ["FB_j", "user,pid,ppid,pgid,sess,jobc,stat,tt,time,command"],
  ["FB_l", "uid,pid,ppid,cpu,pri,nice,vsz,rss,mwchan,stat,tt,time,command"], ["FB_u", "user,pid,pcpu,pmem,vsz,rss,tt,stat,start,time,command"],
  ["FD_", "pid,tty,time,comm"], ["FL5FMT", "f,state,uid,pid,ppid,pcpu,pri,nice,rss,wchan,start,time,command"], ["FLASK_context", "pid,context,command"], ["HP_", "pid,tty,time,comm"],
  ["JFMT", "user,pid,ppid,pgid,sess,jobc,state,tname,cputime,command"], ["L5FMT", "f,state,uid,pid,ppid,c,pri,nice,addr,sz,wchan,tt,time,ucmd"],
  ["LFMT", "uid,pid,ppid,cp,pri,nice,vsz,rss,wchan,state,tname,cputime,command"], ["OL_X", "pid,start_stack,esp,eip,timeout,alarm,stat,tname,bsdtime,args"],
  ["OL_j", "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args"], ["OL_l", "f,uid,pid,ppid,priority,ni,vsz,rss,wchan,stat,tname,bsdtime,args"],
  ["OL_m", "pid,tname,majflt,minflt,m_trs,m_drs,m_size,m_swap,rss,m_share,vm_lib,m_dt,args"], ["OL_s", "uid,pid,pending,blocked,ignored,caught,stat,tname,bsdtime,args"],
  ["OL_u", "user,pid,%cpu,%mem,vsz,rss,tname,stat,start_time,bsdtime,args"], ["OL_v", "pid,tname,stat,bsdtime,maj_flt,m_trs,m_drs,rss,%mem,args"],
  ["RD_f", "uid,pid,ppid,start_time,tname,bsdtime,args"], ["RD_fj", "uid,pid,ppid,start_time,tname,bsdtime,pgid,sid,args"], ["RD_j", "pid,tname,state,bsdtime,pgid,sid,args"],
  ["RD_l", "f,state,uid,pid,ppid,priority,nice,wchan,tname,bsdtime,args"], ["RD_lj", "f,state,uid,pid,ppid,priority,nice,wchan,tname,bsdtime,pgid,sid,args"],
  ["SFMT", "uid,pid,cursig,sig,sigmask,sigignore,sigcatch,stat,tname,command"], ["UFMT", "uname,pid,pcpu,pmem,vsz,rss,tt,state,start,time,command"],
  ["VFMT", "pid,tt,state,time,sl,pagein,vsz,rss,pcpu,pmem,command"],
]);

/** %x of the AIX manner: column and heading. */
const AIX: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["C", ["pcpu", "%CPU"]], ["G", ["group", "GROUP"]], ["P", ["ppid", "PPID"]], ["U", ["user", "USER"]], ["a", ["args", "COMMAND"]], ["c", ["comm", "COMMAND"]], ["g", ["rgroup", "RGROUP"]],
  ["n", ["nice", "NI"]], ["p", ["pid", "PID"]], ["r", ["pgid", "PGID"]], ["t", ["etime", "ELAPSED"]], ["u", ["ruser", "RUSER"]], ["x", ["time", "TIME"]], ["y", ["tty", "TTY"]], ["z", ["vsz", "VSZ"]],
]);

/** Letters of BSD's O when it sorts. */
const SHORT_SORT: ReadonlyMap<string, string> = new Map([
  ["C", "pcpu"], ["G", "tpgid"], ["J", "cstime"], ["M", "maj_flt"], ["N", "cmaj_flt"], ["P", "ppid"], ["R", "resident"], ["S", "share"], ["T", "start_time"], ["U", "uid"], ["c", "cmd"], ["f", "flags"],
  ["g", "pgrp"], ["j", "cutime"], ["k", "utime"], ["m", "min_flt"], ["n", "cmin_flt"], ["o", "session"], ["p", "pid"], ["r", "rss"], ["s", "size"], ["t", "tty"], ["u", "user"], ["v", "vsize"], ["y", "priority"],
]);

const STYLES: ReadonlyMap<string, string> = new Map([["j", "OL_j"], ["l", "OL_l"], ["s", "OL_s"], ["u", "OL_u"], ["v", "OL_v"], ["X", "OL_X"], ["m", "OL_m"], ["--context", "FLASK_context"]]);

const plain = (name: string): PsItem => ({ name, heading: undefined, width: undefined });
const columnsOf = (list: string): PsItem[] => list.split(",").map(plain);

export function chosenFormat(requests: FormatRequests, circumstances: Circumstances): Chosen {
  const { styles, modifiers } = requests;
  let own: PsItem[] | undefined;
  let sort: PsSortKey[] | undefined;
  const gnuSort = requests.own.some((one) => one.from === "sort");
  for (const { from, text } of requests.own) {
    if (from === "sort") {
      if (sort) throw new PsUsage("multiple sort options");
      sort = longSort(text);
    } else if (from === "-O") {
      if (own) throw new PsUsage("option -O can not follow other format options");
      own = [plain("pid"), ...formatList(text), ...columnsOf(MACROS.get("END_SYS5") ?? "")];
    } else if (from === "O") {
      const mistake = gnuSort || sort ? "multiple sort options" : shortSortMistake(text, circumstances.forest);
      if (mistake === undefined) sort = shortSort(text);
      else if (own) throw new PsUsage("option O is neither first format nor sort order");
      else {
        const items = attempt(() => formatList(text));
        if (!items) throw new PsUsage(mistake);
        own = [plain("pid"), ...items, ...columnsOf(MACROS.get("END_BSD") ?? "")];
      }
    } else own = [...(own ?? []), ...formatList(text)];
  }
  const answer = (items: readonly PsItem[], warning?: string): Chosen => ({ items, sort: sort ?? [], warning });
  let warning: string | undefined;
  const { environmentFormat } = circumstances;
  if (styles.size === 0 && modifiers.size === 0 && !own && environmentFormat !== undefined && environmentFormat !== "") {
    try {
      return answer(formatList(environmentFormat));
    } catch (error) {
      if (!(error instanceof PsUsage)) throw error;
      warning = `warning: $PS_FORMAT ignored. (${error.message})`;
    }
  }
  if (own) {
    if (styles.size > 0) throw new PsUsage("conflicting format options");
    if (modifiers.size > 0) throw new PsUsage("can not use output modifiers with user-defined output");
    if (circumstances.threads.needed) throw new PsUsage("-L/-T with H/m/-m and -o/-O/o/O is nonsense");
    return answer(own);
  }
  if ([...styles].every((style) => style === "-f" || style === "-l")) return answer(columnsOf(unixFormat(requests, circumstances).join(",")), warning);
  const macro = styles.size === 1 ? MACROS.get(STYLES.get([...styles][0] ?? "") ?? "") : undefined;
  if (macro === undefined) throw new PsUsage("conflicting format options");
  return answer(modified(columnsOf(macro), modifiers, circumstances));
}

/** Columns of no format, -f and -l with the modifiers -F -M -P -c -j -y and the thread options. */
function unixFormat({ styles, modifiers }: FormatRequests, { bsd, threads }: Circumstances): readonly string[] {
  const [full, long] = [styles.has("-f"), styles.has("-l")];
  const [F, P, c, y] = [modifiers.has("F"), modifiers.has("P"), modifiers.has("c"), modifiers.has("y")];
  if (y && !long) throw new PsUsage("modifier -y without format -l makes no sense");
  const columns: (readonly [boolean, string])[] = [
    [modifiers.has("M"), "label"], [long && !y, "f"], [long, "s"], [full, "uid_hack"], [long && !full, "uid"], [true, "pid"], [threads.spid, "spid"], [full || long, "ppid"],
    [modifiers.has("j"), "pgid"], [modifiers.has("j"), "sid"], [threads.lwp, "lwp"], [P, "psr"], [(full || long) && !c, "c"], [threads.lwp && full, "nlwp"], [c, "class"], [c, "pri"],
    [long && !c, "opri"], [long && !c, "ni"], [long && !y, "addr_1"], [long && y, "rss"], [F || long, "sz"], [long, "wchan"], [F && !(long && y), "rss"], [F && !P, "psr"], [full, "stime"], [true, "tname"],
    [bsd && !long, "stat"], [bsd, "bsdtime"], [bsd && (full || long), "cmd"], [bsd && !full && !long, "args"], [!bsd, "time"], [!bsd && full, "cmd"], [!bsd && !full, "ucmd"],
  ];
  return columns.filter(([wanted]) => wanted).map(([, name]) => name);
}

/** A BSD format with -j, -y, -c, -M, -L or -T: places are found by the headings that stand there. */
function modified(items: readonly PsItem[], modifiers: ReadonlySet<string>, { threads }: Circumstances): readonly PsItem[] {
  let list = [...items];
  const place = (heading: string): number => list.findIndex((item) => PS_COLUMNS.get(item.name)?.heading === heading);
  const insertAfter = (heading: string, name: string): boolean => {
    const at = place(heading);
    if (at >= 0) list.splice(at + 1, 0, plain(name));
    return at >= 0;
  };
  const remove = (heading: string): void => {
    const at = place(heading);
    if (at >= 0) list.splice(at, 1);
  };
  if (modifiers.has("j")) {
    if (!insertAfter("PPID", "pgid")) insertAfter("PID", "pgid");
    insertAfter("PGID", "sid");
  }
  if (modifiers.has("y")) {
    remove("F");
    if (insertAfter("ADDR", "rss")) remove("ADDR");
  }
  if (modifiers.has("c")) {
    for (const heading of ["%CPU", "CPU", "CP", "C", "NI"]) remove(heading);
    if (!insertAfter("PRI", "class")) throw new PsBroken("ps:src/ps/sortformat.c:900: internal error: no PRI for -c option");
    remove("PRI");
    insertAfter("CLS", "pri");
  }
  if (threads.spid && !insertAfter("PID", "spid") && threads.needed) throw new PsUsage("-T with H/-m/m but no PID for SPID to follow");
  if (threads.lwp) {
    const placed = ["SID", "SESS", "PGID", "PGRP", "PPID", "PID"].some((heading) => insertAfter(heading, "lwp"));
    if (!placed && threads.needed) throw new PsUsage("-L with H/-m/m but no PID/PGID/SID/SESS for NLWP to follow");
    insertAfter("%CPU", "nlwp");
  }
  if (modifiers.has("M")) list = [plain("label"), ...list];
  return list;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof PsUsage) return undefined;
    throw error;
  }
}

/** One separator may end a list; elsewhere something must stand between two. */
function listWords(text: string, kind: "format" | "sort"): readonly string[] {
  const words = text.split(/[ ,\t\n]/);
  if (words.length > 1 && words.at(-1) === "") words.pop();
  if (words.includes("")) throw new PsUsage(`improper ${kind} list`);
  return words;
}

function formatList(text: string): PsItem[] {
  try {
    return listWords(text, "format").flatMap(formatWord);
  } catch (error) {
    if (!(error instanceof PsUsage) || !text.includes("%") || /^%(?:cpu|mem)(?:[ ,]|$)/.test(text)) throw error;
    return aixList(text);
  }
}

function formatWord(word: string): PsItem[] {
  const [, specifier = "", heading] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const colon = specifier.indexOf(":");
  const name = colon < 0 ? specifier : specifier.slice(0, colon);
  const width = colon < 0 ? undefined : specifier.slice(colon + 1);
  if (width !== undefined && !/^[1-9]\d*$/.test(width)) throw new PsUsage("column widths must be unsigned decimal numbers");
  const macro = MACROS.get(name);
  if (!PS_COLUMNS.has(name) && macro === undefined) throw new PsUsage(`unknown user-defined format specifier "${name}"`);
  if (macro === undefined) return [{ name, heading, width: width === undefined ? undefined : Number(width) }];
  if (width !== undefined) throw new PsUsage("can not set width for a macro (multi-column) format specifier");
  return macro.split(",").map((one) => ({ name: one, heading, width: undefined }));
}

function aixList(text: string): PsItem[] {
  if (!/^(?:%[^ ]| )+$/s.test(text)) throw new PsUsage(/^(?:%[^ ]| )*%(?: |$)/s.test(text) ? "missing AIX field descriptor" : "improper AIX field descriptor");
  // the real list ends with an empty text: its last column is filled up as the others are
  const items = [...text.matchAll(/%([^ ])| +/gs)].map(([whole, letter]): PsItem => {
    if (letter === undefined) return { name: "", heading: whole, width: whole.length };
    if (letter === "%") throw new PsUsage("missing AIX field descriptor");
    const known = AIX.get(letter);
    if (!known) throw new PsUsage("unknown AIX field descriptor");
    return { name: known[0], heading: known[1], width: undefined };
  });
  return [...items, { name: "", heading: "", width: 0 }];
}

function longSort(text: string): PsSortKey[] {
  return listWords(text, "sort").map((word) => {
    const key = word.replace(/^[+-]/, "");
    if (!PS_COLUMNS.has(key)) throw new PsUsage("unknown sort specifier");
    return { key, descending: word.startsWith("-") };
  });
}

function shortSortMistake(text: string, forest: boolean): string | undefined {
  const seen = new Set<string>();
  for (const [at, letter] of [...text].entries()) {
    if (letter === "+" || letter === "-") {
      if (/^[+-]?$/.test(text[at + 1] ?? "")) return "bad sorting code";
      continue;
    }
    if (!SHORT_SORT.has(letter)) return "bad sorting code";
    if (letter === "P" && forest) return "PPID sort and forest output conflict";
    if (seen.has(letter)) return "bad sorting code";
    seen.add(letter);
  }
  return undefined;
}

function shortSort(text: string): PsSortKey[] {
  return [...text.matchAll(/([+-]?)([A-Za-z])/g)].map(([, sign, letter = ""]) => ({ key: SHORT_SORT.get(letter) ?? letter, descending: sign === "-" }));
}
