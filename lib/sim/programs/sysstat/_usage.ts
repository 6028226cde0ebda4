// What the programs of sysstat say when they are called wrongly: the list of options that is also all of their help.

import type { Io } from "../kit/io.ts";

export const VERSION_TEXT = "sysstat version 12.6.1\n(C) Sebastien Godard (sysstat <at> orange.fr)\n";

const SYNOPSES: ReadonlyMap<string, readonly [usage: string, options: readonly string[]]> = new Map([
  ["iostat", ["[ options ] [ <interval> [ <count> ] ]", [
    "[ -c ] [ -d ] [ -h ] [ -k | -m ] [ -N ] [ -s ] [ -t ] [ -V ] [ -x ] [ -y ] [ -z ]", "[ { -f | +f } <directory> ] [ -j { ID | LABEL | PATH | UUID | ... } ]",
    "[ --compact ] [ --dec={ 0 | 1 | 2 } ] [ --human ] [ --pretty ] [ -o JSON ]", "[ [ -H ] -g <group_name> ] [ -p [ <device> [,...] | ALL ] ]", "[ <device> [...] | ALL ]",
  ]]],
  ["mpstat", ["[ options ] [ <interval> [ <count> ] ]", ["[ -A ] [ -n ] [ -T ] [ -u ] [ -V ]", "[ -I { SUM | CPU | SCPU | ALL } ] [ -N { <node_list> | ALL } ]", "[ --dec={ 0 | 1 | 2 } ] [ -o JSON ] [ -P { <cpu_list> | ALL } ]"]]],
  ["pidstat", ["[ options ] [ <interval> [ <count> ] ] [ -e <program> <args> ]", [
    "[ -d ] [ -H ] [ -h ] [ -I ] [ -l ] [ -R ] [ -r ] [ -s ] [ -t ] [ -U [ <username> ] ]", "[ -u ] [ -V ] [ -v ] [ -w ] [ -C <command> ] [ -G <process_name> ]",
    "[ -p { <pid> [,...] | SELF | ALL } ] [ -T { TASK | CHILD | ALL } ]", "[ --dec={ 0 | 1 | 2 } ] [ --human ]",
  ]]],
  ["sar", ["[ options ] [ <interval> [ <count> ] ]", [
    "[ -A ] [ -B ] [ -b ] [ -C ] [ -D ] [ -d ] [ -F [ MOUNT ] ] [ -H ] [ -h ]", "[ -p ] [ -r [ ALL ] ] [ -S ] [ -t ] [ -u [ ALL ] ] [ -V ]", "[ -v ] [ -W ] [ -w ] [ -y ] [ -z ]",
    "[ -I [ SUM | ALL ] ] [ -P { <cpu_list> | ALL } ]", "[ -m { <keyword> [,...] | ALL } ] [ -n { <keyword> [,...] | ALL } ]", "[ -q [ <keyword> [,...] | ALL ] ]",
    "[ --dev=<dev_list> ] [ --fs=<fs_list> ] [ --iface=<iface_list> ] [ --int=<int_list> ]", "[ --dec={ 0 | 1 | 2 } ] [ --help ] [ --human ] [ --pretty ] [ --sadc ]",
    "[ -j { SID | ID | LABEL | PATH | UUID | ... } ]", "[ -f [ <filename> ] | -o [ <filename> ] | -[0-9]+ ]", "[ -i <interval> ] [ -s [ <hh:mm[:ss]> ] ] [ -e [ <hh:mm[:ss]> ] ]",
  ]]],
  ["sadf", ["[ options ] [ <interval> [ <count> ] ] [ <datafile> | -[0-9]+ ]", [
    "[ -C ] [ -c | -d | -g | -j | -l | -p | -r | -x ] [ -H ] [ -h ] [ -T | -t | -U ] [ -V ]", "[ -O <opts> [,...] ] [ -P { <cpu> [,...] | ALL } ]",
    "[ --dev=<dev_list> ] [ --fs=<fs_list> ] [ --iface=<iface_list> ] [ --int=<int_list> ]", "[ -s [ <hh:mm[:ss]> ] ] [ -e [ <hh:mm[:ss]> ] ]", "[ -- <sar_options> ]",
  ]]],
  ["sadc", ["[ options ] [ <interval> [ <count> ] ] [ <outfile> ]", ["[ -C <comment> ] [ -D ] [ -F ] [ -f ] [ -L ] [ -V ]", "[ -S { INT | DISK | IPV6 | POWER | SNMP | XDISK | ALL | XALL } ]"]]],
  ["tapestat", ["[ options ] [ <interval> [ <count> ] ]", ["[ --human ] [ -k | -m ] [ -t ] [ -V ] [ -y ] [ -z ]"]]],
  ["cifsiostat", ["[ options ] [ <interval> [ <count> ] ]", ["[ --dec={ 0 | 1 | 2 } ] [ --human ] [ --pretty ]", "[ -h ] [ -k | -m ] [ -t ] [ -V ]"]]],
]);

/** Ends the program: the options on standard error, status 1. */
export function* usage(io: Io, program: string) {
  const [words, options] = SYNOPSES.get(program) ?? ["", []];
  yield* io.stderr(`Usage: ${io.argv0} ${words}\n`);
  yield* io.stderr(`Options are:\n${options.join("\n")}\n`);
  return 1;
}

/** A whole number of digits only; undefined for any other word. */
export const digits = (word: string | undefined): number | undefined => (word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined);

/** The words that stand without an option: an interval, then a count. False for any other. */
export function takeNumber(wish: { interval: number | undefined; count: number | undefined }, given: string): boolean {
  const number = digits(given);
  if (number === undefined) return false;
  if (wish.interval === undefined) wish.interval = number;
  else if (wish.count === undefined && number > 0) wish.count = number;
  else return false;
  return true;
}
