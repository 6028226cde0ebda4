Locale on a machine set to French: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq cpio net-tools acl attr parted ncal quota > /dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ locale date_fmt
  %a %d %b %Y %T %Z
  $ locale -k date_fmt first_weekday grouping
  date_fmt="%a %d %b %Y %T %Z"
  first_weekday=2
  grouping=3
  $ locale -k decimal_point thousands_sep
  decimal_point=","
  thousands_sep=" "
  $ locale yesstr nostr yesexpr noexpr
  oui
  non
  ^[+1oOyY]
  ^[-0nN]
  $ locale day mon
  dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi
  janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre
  $ locale -c day
  LC_TIME
  dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi
  $ locale -ck day
  LC_TIME
  day="dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi"
  $ locale charmap
  UTF-8
  $ locale -k charmap
  charmap="UTF-8"
  $ locale nosuch
  locale: nom inconnu « nosuch »
  [1]
  $ LC_ALL=C locale -k date_fmt first_weekday grouping int_frac_digits am_pm t_fmt_ampm
  date_fmt="%a %b %e %H:%M:%S %Z %Y"
  first_weekday=1
  grouping=-1
  int_frac_digits=-1
  am_pm="AM;PM"
  t_fmt_ampm="%I:%M:%S %p"
  $ LC_ALL=C.UTF-8 locale -k decimal_point thousands_sep d_fmt
  decimal_point="."
  thousands_sep=""
  d_fmt="%m/%d/%y"
  $ LC_TIME=C locale date_fmt
  %a %b %e %H:%M:%S %Z %Y
  $ locale currency_symbol frac_digits int_curr_symbol
  €
  2
  EUR 
  $ LC_ALL=de_DE.UTF-8 locale day
  locale: Cannot set LC_CTYPE to default locale: No such file or directory
  locale: Cannot set LC_MESSAGES to default locale: No such file or directory
  locale: Cannot set LC_ALL to default locale: No such file or directory
  Sunday;Monday;Tuesday;Wednesday;Thursday;Friday;Saturday
  $ LC_ALL=xx locale
  locale: Cannot set LC_CTYPE to default locale: No such file or directory
  locale: Cannot set LC_MESSAGES to default locale: No such file or directory
  locale: Cannot set LC_ALL to default locale: No such file or directory
  LANG=fr_FR.UTF-8
  LANGUAGE=
  LC_CTYPE="xx"
  LC_NUMERIC="xx"
  LC_TIME="xx"
  LC_COLLATE="xx"
  LC_MONETARY="xx"
  LC_MESSAGES="xx"
  LC_PAPER="xx"
  LC_NAME="xx"
  LC_ADDRESS="xx"
  LC_TELEPHONE="xx"
  LC_MEASUREMENT="xx"
  LC_IDENTIFICATION="xx"
  LC_ALL=xx
  $ locale
  LANG=fr_FR.UTF-8
  LANGUAGE=
  LC_CTYPE="fr_FR.UTF-8"
  LC_NUMERIC="fr_FR.UTF-8"
  LC_TIME="fr_FR.UTF-8"
  LC_COLLATE="fr_FR.UTF-8"
  LC_MONETARY="fr_FR.UTF-8"
  LC_MESSAGES="fr_FR.UTF-8"
  LC_PAPER="fr_FR.UTF-8"
  LC_NAME="fr_FR.UTF-8"
  LC_ADDRESS="fr_FR.UTF-8"
  LC_TELEPHONE="fr_FR.UTF-8"
  LC_MEASUREMENT="fr_FR.UTF-8"
  LC_IDENTIFICATION="fr_FR.UTF-8"
  LC_ALL=
  $ LC_TIME=C.UTF-8 locale
  LANG=fr_FR.UTF-8
  LANGUAGE=
  LC_CTYPE="fr_FR.UTF-8"
  LC_NUMERIC="fr_FR.UTF-8"
  LC_TIME=C.UTF-8
  LC_COLLATE="fr_FR.UTF-8"
  LC_MONETARY="fr_FR.UTF-8"
  LC_MESSAGES="fr_FR.UTF-8"
  LC_PAPER="fr_FR.UTF-8"
  LC_NAME="fr_FR.UTF-8"
  LC_ADDRESS="fr_FR.UTF-8"
  LC_TELEPHONE="fr_FR.UTF-8"
  LC_MEASUREMENT="fr_FR.UTF-8"
  LC_IDENTIFICATION="fr_FR.UTF-8"
  LC_ALL=
