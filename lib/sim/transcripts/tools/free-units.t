free 4.0.2 of procps: --si counts every unit in thousands, with a unit named or not (as the real one does).
host: debian-12

  $ for how in "" --si -k "-k --si" -m "-m --si" --mega -g "-g --si" --giga "-b --si" "-h --si"; do printf '%-8s' "$how"; free $how | awk '$1 == "Mem:" { print $2 }'; done
          2621440
  --si    2684354
  -k      2621440
  -k --si 2684354
  -m      2560
  -m --si 2684
  --mega  2684
  -g      2
  -g --si 2
  --giga  2
  -b --si 2684354560
  -h --si 2.7G
