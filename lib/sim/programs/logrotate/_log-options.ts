// What logrotate.conf(5) can say of a log.

export type Interval = "hourly" | "daily" | "weekly" | "monthly" | "yearly" | "size";

export interface LogOptions {
  interval: Interval;
  sizeBytes: number;
  minsize: number;
  maxsize: number;
  minageDays: number;
  maxageDays: number;
  rotate: number;
  /** 7: every seven days, whatever day it is */
  weekday: number;
  start: number;
  compress: boolean;
  delaycompress: boolean;
  copy: boolean;
  copytruncate: boolean;
  renamecopy: boolean;
  allowhardlink: boolean;
  shred: boolean;
  shredcycles: number;
  create: NewFile | undefined;
  dateext: boolean;
  /** undefined: one that tells days, or hours of what is rotated hourly */
  dateformat: string | undefined;
  ignoreduplicates: boolean;
  dateyesterday: boolean;
  datehourago: boolean;
  ifempty: boolean;
  missingok: boolean;
  sharedscripts: boolean;
  olddir: string | undefined;
  createolddir: NewFile | undefined;
  extension: string;
  addextension: string;
  compresscmd: string;
  uncompresscmd: string;
  compressoptions: string;
  compressext: string;
  mail: string | undefined;
  mailfirst: boolean;
  su: { readonly uid: number; readonly gid: number } | undefined;
  readonly scripts: Map<string, string>;
}

/** Undefined: as the old one; -1: as the old one. */
export interface NewFile {
  readonly mode: number | undefined;
  readonly uid: number;
  readonly gid: number;
}

export interface LogSection {
  /** as it stands before the brace */
  readonly pattern: string;
  /** those that no earlier section has */
  readonly files: readonly string[];
  readonly options: LogOptions;
}

export const defaultOptions = (): LogOptions => ({
  interval: "size", sizeBytes: 1_048_576, minsize: 0, maxsize: 0, minageDays: 0, maxageDays: 0, rotate: 0, weekday: 0, start: 1, compress: false, delaycompress: false,
  copy: false, copytruncate: false, renamecopy: false, allowhardlink: false, shred: false, shredcycles: 0, create: undefined, dateext: false, dateformat: undefined, ignoreduplicates: false, dateyesterday: false,
  datehourago: false, ifempty: true, missingok: false, sharedscripts: false, olddir: undefined, createolddir: undefined, extension: "", addextension: "", compresscmd: "/bin/gzip", uncompresscmd: "/bin/gunzip",
  compressoptions: "", compressext: ".gz", mail: undefined, mailfirst: false, su: undefined, scripts: new Map(),
});

/** The words of logrotate.conf(5) that stand alone, and what each sets. */
export const SWITCHES: ReadonlyMap<string, (options: LogOptions) => void> = new Map<string, (options: LogOptions) => void>([
  ["compress", (options) => { options.compress = true; }], ["nocompress", (options) => { options.compress = false; }],
  ["delaycompress", (options) => { options.delaycompress = true; }], ["nodelaycompress", (options) => { options.delaycompress = false; }],
  ["copy", (options) => { options.copy = true; }], ["nocopy", (options) => { options.copy = false; }],
  ["copytruncate", (options) => { options.copytruncate = true; }], ["nocopytruncate", (options) => { options.copytruncate = false; }],
  ["renamecopy", (options) => { options.renamecopy = true; }], ["norenamecopy", (options) => { options.renamecopy = false; }],
  ["allowhardlink", (options) => { options.allowhardlink = true; }], ["noallowhardlink", (options) => { options.allowhardlink = false; }],
  ["shred", (options) => { options.shred = true; }], ["noshred", (options) => { options.shred = false; }],
  ["dateext", (options) => { options.dateext = true; }], ["nodateext", (options) => { options.dateext = false; }],
  ["dateyesterday", (options) => { options.dateyesterday = true; }], ["datehourago", (options) => { options.datehourago = true; }],
  ["ifempty", (options) => { options.ifempty = true; }], ["notifempty", (options) => { options.ifempty = false; }],
  ["missingok", (options) => { options.missingok = true; }], ["nomissingok", (options) => { options.missingok = false; }],
  ["sharedscripts", (options) => { options.sharedscripts = true; }], ["nosharedscripts", (options) => { options.sharedscripts = false; }],
  ["ignoreduplicates", (options) => { options.ignoreduplicates = true; }], ["noignoreduplicates", (options) => { options.ignoreduplicates = false; }],
  ["noolddir", (options) => { options.olddir = undefined; }], ["nocreate", (options) => { options.create = undefined; }], ["nocreateolddir", (options) => { options.createolddir = undefined; }],
  ["nomail", (options) => { options.mail = undefined; }], ["mailfirst", (options) => { options.mailfirst = true; }], ["maillast", (options) => { options.mailfirst = false; }],
]);
