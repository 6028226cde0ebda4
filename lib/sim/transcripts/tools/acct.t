GNU Accounting Utilities, judged by acct 6.6.4 of Debian 12: what is said of the files that come by base64 is the real program's answer.
host: debian-12
cwd: /root

  $ apt-get install -y -qq acct > /dev/null 2>&1; systemctl is-active acct; ls -l /var/log/account/pacct | cut -c1-24
  active
  -rw-r----- 1 root adm 32
  $ base64 -d <<< /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4AG/AMBdAAAA6V+0Z2WRnkCHacmw+dTM+X6pfVLZ9TV4Be2POjjiqw1UvLiMTsRzlqLBbdNWrziXqzYGmJFiG5mUlpQGpbCp6I6INlKMtTMV59FpS3DwkbepGIuL8PTsfTR3y/n5GUn/c4/v7k/eFhSI2PUnhdB71LLxhCJ8GOlN3JB2ezu5ZH3yuhTxs0vpIq9Pc+mCQ3U55boQZZBpWRBoXukMc4BdOb1FFTyFBuSTiEtDvBrtnjIh+x9HKsAagkCaQ20QAAB2WMR5k++0nAAB3AHAAwAAZnHC77HEZ/sCAAAAAARZWg== | xz -d > p
  $ base64 -d <<< /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4BB/ALBdAAEAOdNl/gsoXfnqp8MW4aC2TwrVaTervxCU6GaysD+vEZE1s9iPTCSW8RIyEyr2t5En8frOnIRIqdmWxMLsMzpEXVi75zM6cRXjGu+8eyKQEhcz9E0bhc7pVHZJqdZt/6PAq5Q8V0V5oubaVcfaJI7abR90I25aaokpAMm2mIjlBwCJ3v65502r7+/2CfddwHwrNDAVnyHO2dhkoBgfuvTx9RhM/HdOovK8MFf0csieAPhcSBPo+MRKAAHMAYAhAABOuclMscRn+wIAAAAABFla | xz -d > w
  $ id -un 1000 > /dev/null 2>&1 || useradd -u 1000 cloudsdk
  $ lastcomm -f p
  crash               D  student  pts/1    302.00 secs Sun Nov 22 22:09
  ls                     www-data pts/0      0.03 secs Sun Nov 22 21:09
  false                  student  tty1       0.03 secs Sat Nov 21 21:10
  a-very-long-name     X student  pts/0     41.00 secs Sat Nov 21 21:10
  cron             S     root     __         1.75 secs Sat Nov 21 21:09
  bash              F    root     pts/0      0.31 secs Sat Nov 21 21:09
  ls                     root     pts/0      0.00 secs Sat Nov 21 21:09
  $ lastcomm -f p --strict-match --user root --command ls
  ls                     root     pts/0      0.00 secs Sat Nov 21 21:09
  $ lastcomm -p --forwards -f p pts/0
  ls                        100min      0maj    0swp   0.00 secs Sat Nov 21 21:09
  bash              F       100min      0maj    0swp   0.31 secs Sat Nov 21 21:09
  a-very-long-name     X    100min      0maj    0swp  41.00 secs Sat Nov 21 21:10
  ls                        100min      0maj    0swp   0.03 secs Sun Nov 22 21:09
  $ lastcomm --pid -f p cron
  cron             S     root     __         1.75 secs Sat Nov 21 21:09 502 1
  $ sa p
         7      62.79re       5.75cp         0avio      3807k
         5      62.78re       5.75cp         0avio      5224k   ***other*
         2       0.01re       0.00cp         0avio       262k   ls
  $ sa -m p
                                          7      62.79re       5.75cp         0avio      3807k
  student                                 3      60.76re       5.72cp         0avio      7924k
  root                                    3       2.03re       0.03cp         0avio       883k
  www-data                                1       0.01re       0.00cp         0avio       225k
  $ sa -a -c p
         7  100.00%      62.79re  100.00%       5.75cp  100.00%         0avio      3807k
         1   14.29%      60.00re   95.56%       5.03cp   87.51%         0avio     22496k   crash
         1   14.29%       0.75re    1.19%       0.68cp   11.88%         0avio      1050k   a-very-long-name
         1   14.29%       2.00re    3.19%       0.03cp    0.51%         0avio      1800k   cron
         1   14.29%       0.03re    0.04%       0.01cp    0.09%         0avio       550k   bash*
         2   28.57%       0.01re    0.01%       0.00cp    0.01%         0avio       262k   ls
         1   14.29%       0.01re    0.01%       0.00cp    0.01%         0avio       225k   false
  $ sa -b -a -l p
         7      62.79re       5.69u       0.06s         0avio      3807k
         1      60.00re       5.00u       0.03s         0avio     22496k   crash
         1       0.75re       0.67u       0.02s         0avio      1050k   a-very-long-name
         1       2.00re       0.02u       0.01s         0avio      1800k   cron
         1       0.03re       0.00u       0.00s         0avio       550k   bash*
         1       0.01re       0.00u       0.00s         0avio       225k   false
         2       0.01re       0.00u       0.00s         0avio       262k   ls
  $ sa -n -a -t p
         7      62.79re       5.75cp    10.9re/cp         0avio      3807k
         2       0.01re       0.00cp    15.0re/cp         0avio       262k   ls
         1      60.00re       5.03cp    11.9re/cp         0avio     22496k   crash
         1       0.75re       0.68cp     1.1re/cp         0avio      1050k   a-very-long-name
         1       2.00re       0.03cp    68.6re/cp         0avio      1800k   cron
         1       0.03re       0.01cp     4.8re/cp         0avio       550k   bash*
         1       0.01re       0.00cp    14.7re/cp         0avio       225k   false
  $ sa -K -a p
         7      62.79re       5.75cp         0avio   1313724k*sec
         1      60.00re       5.03cp         0avio   6793792k*sec   crash
         1       0.75re       0.68cp         0avio     43050k*sec   a-very-long-name
         1       2.00re       0.03cp         0avio      3150k*sec   cron
         1       0.03re       0.01cp         0avio       170k*sec   bash*
         2       0.01re       0.00cp         0avio         8k*sec   ls
         1       0.01re       0.00cp         0avio         7k*sec   false
  $ sa -i -a -p p
         7      62.79re       5.75cp       700min          0maj          0swp 
         1      60.00re       5.03cp       100min          0maj          0swp    crash
         1       0.75re       0.68cp       100min          0maj          0swp    a-very-long-name
         1       2.00re       0.03cp       100min          0maj          0swp    cron
         1       0.03re       0.01cp       100min          0maj          0swp    bash*
         2       0.01re       0.00cp       200min          0maj          0swp    ls
         1       0.01re       0.00cp       100min          0maj          0swp    false
  $ sa -u p
  root       0.00 cpu      300k mem      0 io ls              
  root       0.31 cpu      550k mem      0 io bash            *
  root       1.75 cpu     1800k mem      0 io cron            
  student   41.00 cpu     1050k mem      0 io a-very-long-name
  student    0.03 cpu      225k mem      0 io false           
  www-data   0.03 cpu      225k mem      0 io ls              
  student  302.00 cpu    22496k mem      0 io crash           
  $ sa -a -j -r p
         7     538.20re      49.30cp         0avio      3807k
         1       0.44re       0.03cp         0avio       225k   false
         2       0.23re       0.01cp         0avio       262k   ls
         1       1.50re       0.31cp         0avio       550k   bash*
         1     120.00re       1.75cp         0avio      1800k   cron
         1      45.00re      41.00cp         0avio      1050k   a-very-long-name
         1    3600.00re     302.00cp         0avio     22496k   crash
  $ sa /nosuch
  couldn't open file '/nosuch': No such file or directory
  $ lastcomm -f /nosuch
  couldn't open file '/nosuch': No such file or directory
  $ dump-acct p
  ls              |v3|     0.00|     0.00|     1.00|     0|     0|  1200.00|     0.00|     500|     400|     |       0|pts/0   |Sat Nov 21 21:09:00 2026
  bash            |v3|    20.00|    11.00|   150.00|     0|     0|  2200.00|     0.00|     501|     500| F   |       0|pts/0   |Sat Nov 21 21:09:02 2026
  cron            |v3|   120.00|    55.00| 12000.00|     0|     0|  7200.00|     0.00|     502|       1|S    |       0|__      |Sat Nov 21 21:09:03 2026
  a-very-long-name|v3|  4000.00|   100.00|  4500.00|  1000|  1000|  4200.00|     0.00|     503|     500|    X|       0|pts/0   |Sat Nov 21 21:10:00 2026
  false           |v3|     1.00|     2.00|    44.00|  1000|  1000|   900.00|     0.00|     504|     500|     |       1|tty1    |Sat Nov 21 21:10:10 2026
  ls              |v3|     1.00|     2.00|    44.00|    33|    33|   900.00|     0.00|     505|     500|     |       0|pts/0   |Sun Nov 22 21:09:00 2026
  crash           |v3| 30000.00|   200.00|360000.00|  1000|  1000| 89984.00|     0.00|     506|     500|   D |       0|pts/1   |Sun Nov 22 22:09:00 2026
  $ dump-acct -r -n 2 p
  crash           |v3| 30000.00|   200.00|360000.00|  1000|  1000| 89984.00|     0.00|     506|     500|   D |       0|pts/1   |Sun Nov 22 22:09:00 2026
  ls              |v3|     1.00|     2.00|    44.00|    33|    33|   900.00|     0.00|     505|     500|     |       0|pts/0   |Sun Nov 22 21:09:00 2026
  $ ac -f w
  	total       25.70
  $ ac -f w bob
  	total        0.20
  $ ac --reboots -f w
  	total       26.81
  $ dump-utmp -n 2 w
  reboot                          |~                               |2|~~  |    0|6.1                                                                                                                                                                                                                                                             |Wed Nov 18 11:06:40 2026
  root                            |tty1                            |7|1   |  100|                                                                                                                                                                                                                                                                |Wed Nov 18 11:07:40 2026
  $ ac -d -f w; ac -d -y -a -f w
  Nov 18	total       13.28
  Nov 19	total       12.22
  Today	total        0.20
  Nov 18 2026	total       13.28
  Nov 19 2026	total       12.22
  Nov 20 2026	total        0.00
  Today	total        0.20
  $ echo hello | cat > /dev/null; /bin/false; sh -c 'kill -9 $$'; sleep 1; lastcomm --forwards | grep -E '^(cat|sleep|sh) ' | tail -n 3 | cut -c1-40
  Killed
  cat                    root     pts/0   
  sh                   X root     pts/0   
  sleep                  root     pts/0   
  $ dump-acct /var/log/account/pacct | awk -F'|' '/^false/ {print $1, $2, $12, $13}'; sa | tail -n +2 | grep -c 'other'; lastcomm root false | head -n 1 | cut -c1-45
  false            v3              1
  1
  grep                   root     pts/0      0.
  $ accton off; before=$(stat -c %s /var/log/account/pacct); ls > /dev/null; [ $before = $(stat -c %s /var/log/account/pacct) ] && echo quiet; accton /tmp/mine 2>&1; touch /tmp/mine; accton /tmp/mine; ls > /dev/null; lastcomm -f /tmp/mine | awk '{print $1}' | head -n 2; accton on
  Turning off process accounting.
  quiet
  accton: No such file or directory
  Turning on process accounting, file set to '/tmp/mine'.
  ls
  accton
  Turning on process accounting, file set to the default '/var/log/account/pacct'.
  $ accton; accton a b 2>&1 | head -n 1; accton -V; runuser -u nobody -- accton off; echo $?; accton /tmp 2>&1; echo $?
  accton: no arguments
  Usage: accton [OPTION] on|off|ACCOUNTING_FILE
  Try 'accton --help' for more information.
  accton: too many arguments
  accton: GNU Accounting Utilities (release 6.6.4)
  accton: Operation not permitted
  1
  accton: Permission denied
  13
  $ systemctl stop acct; ls -l /var/log/account | grep -c pacct; ac -p | tail -n 1 | sed 's/[0-9.]*$/N/'; sa -s 2>&1 | head -n 1
  1
  	total        N
  sa: -s: Sums of former days are not kept.
