// /usr/share/awk: libraries of functions for @include and -i, in our own words.

import type { PackageFile } from "../kit/package.ts";
import { ftrans, group, noassign, nsPasswd, passwd, readable, rewind, zerofile } from "./_library-system.ts";

const inplace = `# Edits the files of the command line themselves: gawk -i inplace '...' FILE...
# inplace::suffix: the old contents are kept under the name with this ending.
# inplace::enable=0 among the operands leaves the files behind it alone.
@namespace "inplace"
@load "inplace"

BEGIN {
    if (enable == "") enable = 1
}

BEGINFILE {
    if (_open != "") end(_open, _ending)
    if (enable) {
        _open = FILENAME
        _ending = suffix
        begin(_open, _ending)
    } else _open = ""
}

END {
    if (_open != "") end(_open, _ending)
}
`;

const join = `# The elements first to last of an array as one text, with sep between them (a blank when none is given, nothing when it is SUBSEP).
function join(array, first, last, sep,    text, i)
{
    if (sep == "") sep = " "
    else if (sep == SUBSEP) sep = ""
    text = array[first]
    for (i = first + 1; i <= last; i++) text = text sep array[i]
    return text
}
`;

const ord = `# The code of a text's first character, and the character of a code (0 to 255).
BEGIN { for (_ord_i = 0; _ord_i < 256; _ord_i++) _ord_of[sprintf("%c", _ord_i)] = _ord_i }

function ord(text) { return _ord_of[substr(text, 1, 1)] }

function chr(code) { return sprintf("%c", code + 0) }
`;

const readfile = `# The whole contents of a file.
function readfile(file,    text, saved)
{
    saved = RS
    RS = "^$"
    if ((getline text < file) < 0) text = ""
    close(file)
    RS = saved
    return text
}
`;

const round = `# To the nearest whole number; halves go away from zero.
function round(x)
{
    return x < 0 ? -int(-x + 0.5) : int(x + 0.5)
}
`;

const shellquote = `# A text as one word of the shell.
function shell_quote(text)
{
    gsub(/'/, "'\\\\''", text)
    return "'" text "'"
}
`;

const quicksort = `# Sorts data[left] to data[right]; less_than names a function of two values.
function quicksort(data, left, right, less_than,    i, last)
{
    if (left >= right) return
    quicksort_swap(data, left, int((left + right) / 2))
    last = left
    for (i = left + 1; i <= right; i++)
        if (@less_than(data[i], data[left])) quicksort_swap(data, ++last, i)
    quicksort_swap(data, left, last)
    quicksort(data, left, last - 1, less_than)
    quicksort(data, last + 1, right, less_than)
}

function quicksort_swap(data, i, j,    kept)
{
    kept = data[i]
    data[i] = data[j]
    data[j] = kept
}
`;

const walkarray = `# Prints an array and the arrays in it, an element a line.
function walk_array(array, name,    i)
{
    for (i in array) {
        if (isarray(array[i])) walk_array(array[i], (name "[" i "]"))
        else printf("%s[%s] = %s\\n", name, i, array[i])
    }
}
`;

const processarray = `# Calls the function that process names with name and value of each element, of the arrays in it too when do_arrays says so.
function process_array(array, name, process, do_arrays,    i)
{
    for (i in array) {
        if (!isarray(array[i])) @process(name "[" i "]", array[i])
        else {
            if (do_arrays) @process(name "[" i "]", array[i])
            process_array(array[i], (name "[" i "]"), process, do_arrays)
        }
    }
}
`;

const ctime = `# A time as ctime(3) writes it; now when none is given.
function ctime(ts)
{
    if (ts == 0) ts = systime()
    return strftime("%a %b %e %H:%M:%S %Z %Y", ts)
}
`;

const assertion = `# Ends the program with a message when a condition does not hold.
function assert(condition, text)
{
    if (condition) return
    printf("%s:%d: assertion failed: %s\\n", FILENAME, FNR, text) > "/dev/stderr"
    _assert_failed = 1
    exit 1
}

END { if (_assert_failed) exit 1 }
`;

const getopt = `# The next option of argv[1] to argv[argc - 1] as getopt(3) finds it: its letter, "?" for an unknown one, -1 at the end. Optarg and Optind are set.
BEGIN { Opterr = Optind = 1 }

function getopt(argc, argv, options,    letter, place)
{
    if (options == "" || Optind >= argc || argv[Optind] !~ /^-./) {
        _opti = 0
        return -1
    }
    if (argv[Optind] == "--") {
        Optind++
        _opti = 0
        return -1
    }
    if (_opti == 0) _opti = 2
    letter = substr(argv[Optind], _opti, 1)
    Optopt = letter
    place = index(options, letter)
    if (place == 0 || letter == ":") {
        if (Opterr) printf("%c -- invalid option\\n", letter) > "/dev/stderr"
        if (++_opti > length(argv[Optind])) {
            Optind++
            _opti = 0
        }
        return "?"
    }
    if (substr(options, place + 1, 1) == ":") {
        Optarg = length(argv[Optind]) > _opti ? substr(argv[Optind], _opti + 1) : argv[++Optind]
        Optind++
        _opti = 0
    } else {
        Optarg = ""
        if (++_opti > length(argv[Optind])) {
            Optind++
            _opti = 0
        }
    }
    return letter
}
`;

const bits2str = `# The bits of a number as 0 and 1, in whole bytes.
function bits2str(number,    text)
{
    if (number == 0) return "0"
    for (; number != 0; number = rshift(number, 1)) text = and(number, 1) text
    while (length(text) % 8 != 0) text = "0" text
    return text
}
`;

const cliffRand = `# Numbers of the Cliff generator: each is made of the one before it.
BEGIN { _cliff_last = 0.1 }

function cliff_rand()
{
    _cliff_last = (100 * log(_cliff_last)) % 1
    return _cliff_last = _cliff_last < 0 ? -_cliff_last : _cliff_last
}
`;

const gettime = `# Fills an array with the parts of the present time; the result is as date(1) writes it.
function getlocaltime(time,    now, i, parts, n)
{
    now = systime()
    delete time
    n = split("second S minute M hour H althour I monthday d month m year y fullyear Y weekday w altweekday u yearday j weeknum U altweeknum W", parts, " ")
    for (i = 1; i < n; i += 2) time[parts[i]] = strftime("%" parts[i + 1], now) + 0
    n = split("monthname B shortmonth b dayname A shortdayname a timezone Z ampm p", parts, " ")
    for (i = 1; i < n; i += 2) time[parts[i]] = strftime("%" parts[i + 1], now)
    return strftime("%a %b %e %H:%M:%S %Z %Y", now)
}
`;

const haveMpfr = `# Whether numbers have n bits.
function adequate_math_precision(n) { return 1 + 2 ^ (1 - n) != 1 }
`;

const intdiv0 = `# The whole quotient and the remainder, in an array.
function intdiv0(numerator, denominator, result)
{
    delete result
    numerator = int(numerator)
    denominator = int(denominator)
    result["quotient"] = int(numerator / denominator)
    result["remainder"] = int(numerator % denominator)
    return 0.0
}
`;

const isnumeric = `# Whether a value is a number or looks like one.
function isnumeric(x,    parts)
{
    if (typeof(x) == "number" || typeof(x) == "strnum") return 1
    return typeof(x) == "string" && split(x, parts, " ") == 1 && typeof(parts[1]) == "strnum"
}
`;

const libintl = `# For awks that translate nothing: every text is its own translation.
function bindtextdomain(dir, domain) { return dir }
function dcgettext(string, domain, category) { return string }
function dcngettext(string1, string2, number, domain, category) { return number == 1 ? string1 : string2 }
`;

const strtonum = `# A text as a number: 017 is octal, 0x1f hexadecimal; "NOT-A-NUMBER" when it is none.
function mystrtonum(text,    base, value, i)
{
    if (text ~ /^0[0-7]*$/) base = 8
    else if (text ~ /^0[xX][[:xdigit:]]+$/) base = 16
    else if (text ~ /^[-+]?([0-9]+([.][0-9]*([Ee][0-9]+)?)?|[.][0-9]+([Ee][-+]?[0-9]+)?)$/) return text + 0
    else return "NOT-A-NUMBER"
    for (i = base == 16 ? 3 : 1; i <= length(text); i++) value = value * base + index("123456789abcdef", tolower(substr(text, i, 1)))
    return value + 0
}
`;

const library = (name: string, text: string): PackageFile => ({ path: `/usr/share/awk/${name}.awk`, text });

export const libraryFiles: readonly PackageFile[] = [
  library("assert", assertion), library("bits2str", bits2str), library("cliff_rand", cliffRand), library("ctime", ctime), library("ftrans", ftrans), library("getopt", getopt), library("gettime", gettime),
  library("group", group), library("have_mpfr", haveMpfr), library("inplace", inplace), library("intdiv0", intdiv0), library("isnumeric", isnumeric), library("join", join), library("libintl", libintl),
  library("noassign", noassign), library("ns_passwd", nsPasswd), library("ord", ord), library("passwd", passwd), library("processarray", processarray), library("quicksort", quicksort), library("readable", readable),
  library("readfile", readfile), library("rewind", rewind), library("round", round), library("shellquote", shellquote), library("strtonum", strtonum), library("walkarray", walkarray), library("zerofile", zerofile),
];
