// tzselect (of tz and glibc): asks for a place and answers with its time zone. As there, a script: bash's `select` draws the menus, awk reads the tables of /usr/share/zoneinfo.
import { program } from "../kit/program.ts";
import { text, flag } from "../kit/option.ts";

const script = `
TZDIR=\${TZDIR:-/usr/share/zoneinfo}
coordinates= limit=10

say() { printf '%s\\n' "$1"; }

usage='Usage: tzselect [--version] [--help] [-c COORD] [-n LIMIT]
Answers with the name of a time zone after some questions.

Options:

  -c COORD
    Ask only for zones whose largest cities are near COORD, written as in ISO 6709:
    +4852+00220 is Paris (degrees and minutes, north and east).

  -n LIMIT
    With -c: show at most LIMIT places (default 10).

  --version
    Show the version.

  --help
    Show this help.'

while getopts c:n:-: option; do
  case $option$OPTARG in
    c*) coordinates=$OPTARG ;;
    n*) limit=$OPTARG ;;
    -help) say "$usage"; exit ;;
    -version) say 'tzselect (Debian GLIBC 2.36-9+deb12u14) 2.36'; exit ;;
    -*) say >&2 "$0: -$option$OPTARG: unknown option; try '$0 --help'"; exit 1 ;;
    *) say >&2 "$0: try '$0 --help'"; exit 1 ;;
  esac
done
shift $((OPTIND - 1))
if [ $# -gt 0 ]; then say >&2 "$0: $1: unknown argument"; exit 1; fi

for file in iso3166.tab zone1970.tab; do
  [ -r "$TZDIR/$file" ] || { say >&2 "$0: time zone files are not set up correctly"; exit 1; }
done

# The tables by way of awk: which continents, which countries of one, which places of a country. A zone's country is named by its first code.
ask() { awk -F'\\t' -v what="$1" -v a="$2" -v b="$3" '
  NR == FNR { if (!/^#/) name[$1] = $2; next }
  /^#/ { next }
  { split($3, part, "/"); place = part[1] }
  what == "countries" {
    n = split($1, code, ",")
    for (i = 1; i <= n; i++) {
      inside = place == a || (a == "America" && place == "America")
      if (inside && !((code[i]) in seen)) { seen[code[i]] = 1; print name[code[i]] }
    }
  }
  what == "regions" {
    n = split($1, code, ",")
    for (i = 1; i <= n; i++) if (name[code[i]] == a) { print $4; break }
  }
  what == "zone" {
    n = split($1, code, ",")
    for (i = 1; i <= n; i++) if (name[code[i]] == a && $4 == b) { print $3; break }
  }' "$TZDIR/iso3166.tab" "$TZDIR/zone1970.tab"
}

# The nearest places: country names and the remark, by the great circle.
near() { awk -F'\\t' -v coordinates="$1" '
  function minutes(x, sign, d, m, s) {
    sign = substr(x, 1, 1) == "-" ? -1 : 1; x = substr(x, 2)
    if (x ~ /\\./) return sign * x
    d = length(x) > 5 || length(x) == 4 ? 2 : 3; if (length(x) == 5 || length(x) == 7) d = 3
    if (length(x) <= 3) d = length(x)
    return sign * (substr(x, 1, d) + substr(x, d + 1, 2) / 60 + substr(x, d + 3, 2) / 3600)
  }
  function latitude(x) { match(x, /[-+][0-9.]*$/); return minutes(substr(x, 1, RSTART - 1)) }
  function longitude(x) { match(x, /[-+][0-9.]*$/); return minutes(substr(x, RSTART)) }
  function cosine(x) { return cos(x * 3.14159265358979 / 180) }
  function sine(x) { return sin(x * 3.14159265358979 / 180) }
  NR == FNR { if (!/^#/) name[$1] = $2; next }
  /^#/ { next }
  {
    x = sine(latitude($2)) * sine(latitude(coordinates)) + cosine(latitude($2)) * cosine(latitude(coordinates)) * cosine(longitude($2) - longitude(coordinates))
    if (x > 1) x = 1
    if (x < -1) x = -1
    n = split($1, code, ","); names = name[code[1]]
    for (i = 2; i <= n; i++) names = names ", " name[code[i]]
    printf "%.6f\\t%s\\t%s\\n", atan2(sqrt(1 - x * x), x), $3, names ($4 == "" ? "" : " - " $4)
  }' "$TZDIR/iso3166.tab" "$TZDIR/zone1970.tab" | sort -n | sed "\${2}q"
}

choose() { select answer; do
    case $answer in '') say >&2 'Please enter a number in range.' ;; *) break ;; esac
  done || exit
}

IFS='
'
while :; do
  country= region= continent= TZ=
  case $coordinates in ?*) continent=coord ;; '')
    say >&2 'Please identify a location so that time zone rules can be set correctly.'
    say >&2 'Please select a continent, ocean, "coord", or "TZ".'
    choose Africa Americas Antarctica Asia 'Atlantic Ocean' Australia Europe 'Indian Ocean' 'Pacific Ocean' 'coord - I want to use geographical coordinates.' 'TZ - I want to specify the timezone using the Posix TZ format.'
    continent=$answer
    case $continent in Americas) continent=America ;; *) continent=\${continent%% *} ;; esac
  esac
  case $continent in
  TZ)
    while :; do
      say >&2 'Please enter the desired value of the TZ environment variable.'
      say >&2 'For example, AEST-10 is abbreviated AEST and is 10 hours'
      say >&2 'ahead (east) of Greenwich, with no daylight saving time.'
      read -r TZ || exit
      printf '%s\\n' "$TZ" | grep -Eq '^([[:alpha:]]{3,}|<[-+[:alnum:]]{3,}>)[-+]?[0-9]{1,2}(:[0-9]{2}){0,2}(([[:alpha:]]{3,}|<[-+[:alnum:]]{3,}>)([-+]?[0-9]{1,2}(:[0-9]{2}){0,2})?(,[^,]+,[^,]+)?)?$' && break
      say >&2 "'$TZ' is not a conforming Posix timezone string."
    done
    zone=$TZ given= ;;
  coord)
    case $coordinates in '')
      say >&2 'Please enter coordinates in ISO 6709 notation.'
      say >&2 'For example, +4042-07403 stands for'
      say >&2 '40 degrees 42 minutes north, 74 degrees 3 minutes west.'
      read -r coordinates || exit
    esac
    table=$(near "$coordinates" "$limit")
    say >&2 'Please select one of the following timezones, echo listed roughly in increasing order of distance from '"$coordinates."
    choose $(printf '%s\\n' "$table" | cut -f3)
    region=$answer
    zone=$(printf '%s\\n' "$table" | awk -F'\\t' -v region="$region" '$3 == region { print $2; exit }') ;;
  *)
    countries=$(ask countries "$continent" | sort -f)
    case $countries in
    *'
'*) say >&2 'Please select a country whose clocks agree with yours.'; choose $countries; country=$answer ;;
    *) country=$countries ;;
    esac
    regions=$(ask regions "$country")
    case $regions in
    *'
'*) say >&2 'Please select one of the following timezones.'; choose $regions; region=$answer ;;
    *) region=$regions ;;
    esac
    zone=$(ask zone "$country" "$region" | sed 1q) ;;
  esac
  extra="
Selected time is now:	$(LANG=C TZ=$zone date '+%a %b %e %H:%M:%S %Z %Y.')
Universal Time is now:	$(LANG=C TZ=UTC0 date '+%a %b %e %H:%M:%S %Z %Y.')"
  say >&2 ''
  say >&2 'The following information has been given:'
  say >&2 ''
  case $country%$region%$coordinates in
    ?*%?*%) say >&2 "	$country
	$region" ;;
    ?*%%) say >&2 "	$country" ;;
    %?*%?*) say >&2 "	coord $coordinates
	$region" ;;
    *) say >&2 "	TZ='$zone'" ;;
  esac
  say >&2 ''
  say >&2 "Therefore TZ='$zone' will be used.$extra"
  say >&2 'Is the above information OK?'
  choose Yes No
  case $answer in Yes) break ;; esac
  coordinates=
done

file=.profile line="export TZ='$zone'"
case $SHELL in *csh) file=.login line="setenv TZ '$zone'" ;; esac
test -t 1 && say >&2 "
You can make this change permanent for yourself by appending the line
	$line
to the file '$file' in your home directory; then log out and log in again.

Here is that TZ value again, this time on standard output so that you
can use the $0 command in shell scripts:"
say "$zone"
`;

export default program(
  { name: "tzselect", manSection: 8, summary: "select a timezone", synopsis: ["[-c COORD] [-n LIMIT]", "--version | --help"], operands: "none", options: [text(["-c"], "COORD", "ask for places near these coordinates (+4852+00220)"), text(["-n"], "LIMIT", "with -c, at most so many places (10)"), flag(["--version"], "show the version"), flag(["--help"], "show the usage")], description: ["Asks for a continent, a country and a region, shows what time it would be, and writes the name of the time zone on standard output. It changes nothing: timedatectl set-timezone, dpkg-reconfigure tzdata or the variable TZ do."], seeAlso: ["timedatectl(1)", "date(1)"] },
  function* (sys, argv) {
    return yield* sys.exec("/bin/bash", ["bash", "-c", script, argv[0] === "tzselect" ? "/usr/bin/tzselect" : argv[0] ?? "tzselect", ...argv.slice(1)], sys.environment);
  },
);
