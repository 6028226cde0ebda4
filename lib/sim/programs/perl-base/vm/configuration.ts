// What perl -V and %Config tell of Debian's build (Config.pm of perl-base 5.36.0).

export const CONFIGURATION: ReadonlyMap<string, string> = new Map([
  ["version", "5.36.0"], ["api_versionstring", "5.36.0"], ["archname", "x86_64-linux-gnu-thread-multi"], ["osname", "linux"], ["osvers", "4.19.0"], ["perlpath", "/usr/bin/perl"], ["path_sep", ":"],
  ["usethreads", "define"], ["useithreads", "define"], ["ivsize", "8"], ["ivtype", "long"], ["uvsize", "8"], ["nvsize", "8"], ["nvtype", "double"], ["intsize", "4"], ["longsize", "8"], ["ptrsize", "8"], ["doublesize", "8"],
  ["byteorder", "12345678"], ["d_fork", "define"], ["cc", "x86_64-linux-gnu-gcc"], ["so", "so"], ["dlext", "so"], ["exe_ext", ""], ["_exe", ""], ["sh", "/bin/sh"], ["startperl", "#!/usr/bin/perl"], ["bin", "/usr/bin"], ["scriptdir", "/usr/bin"],
  ["privlib", "/usr/share/perl/5.36"], ["archlib", "/usr/lib/x86_64-linux-gnu/perl/5.36"], ["sitelib", "/usr/local/share/perl/5.36.0"], ["sitearch", "/usr/local/lib/x86_64-linux-gnu/perl/5.36.0"], ["vendorlib", "/usr/share/perl5"], ["vendorarch", "/usr/lib/x86_64-linux-gnu/perl5/5.36"],
  ["useperlio", "define"], ["use64bitint", "define"], ["use64bitall", "define"], ["uselargefiles", "define"], ["d_setlocale", "define"], ["PERL_VERSION", "36"], ["PERL_REVISION", "5"], ["PERL_SUBVERSION", "0"],
  ["sig_name", "ZERO HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS NUM32 NUM33 RTMIN NUM35 NUM36 NUM37 NUM38 NUM39 NUM40 NUM41 NUM42 NUM43 NUM44 NUM45 NUM46 NUM47 NUM48 NUM49 NUM50 NUM51 NUM52 NUM53 NUM54 NUM55 NUM56 NUM57 NUM58 NUM59 NUM60 NUM61 NUM62 NUM63 RTMAX IOT CLD POLL"],
]);

export const INCLUDE_PATH: readonly string[] = [
  "/etc/perl", "/usr/local/lib/x86_64-linux-gnu/perl/5.36.0", "/usr/local/share/perl/5.36.0", "/usr/lib/x86_64-linux-gnu/perl5/5.36", "/usr/share/perl5", "/usr/lib/x86_64-linux-gnu/perl-base",
  "/usr/lib/x86_64-linux-gnu/perl/5.36", "/usr/share/perl/5.36", "/usr/local/lib/site_perl",
];

export function configurationText(): string {
  return `Summary of my perl5 (revision 5 version 36 subversion 0) configuration:
   
  Platform:
    osname=linux
    osvers=4.19.0
    archname=x86_64-linux-gnu-thread-multi
    useithreads=define
    use64bitint=define
    use64bitall=define
  @INC:
${INCLUDE_PATH.map((path) => `    ${path}\n`).join("")}`;
}
