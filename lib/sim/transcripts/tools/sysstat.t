sysstat, judged by sysstat 12.6.1 of Debian 12: the answers are the real program's, to a data file that the real sadc wrote too; figures of the machine itself are masked.
host: debian-12
cwd: /root

  $ apt-get install -y -qq sysstat > /dev/null 2>&1; export S_COLORS=never; systemctl is-enabled sysstat.service sysstat-collect.timer; cat /etc/default/sysstat | tail -2 | head -1; ls /var/log/sysstat; readlink -f /usr/bin/sar
  disabled
  disabled
  ENABLED="false"
  /usr/bin/sar.sysstat
  $ sar
  Cannot open /var/log/sysstat/sa21: No such file or directory
  Please check if data collecting is enabled
  [2]
  $ base64 -d <<< /Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4C6vBJFdAEs1SqIQYxi7lLcvmvl70srJJydozEwSJALCG35IXGkzHlgcD5akpW5GMDslA/BHj1uSqSIah+0g5Phar+YSjdWrh1PVyrKFaTLw6n7uIYr39zCMTl+YjvkLsuW1pzUqkfaGueIxuxHo8KoEISqSDVPk8iBbzOrVFzBk8ayZ78VMFE9sj+/xGoDP3bxfxzneth40KSt3LcI+urw1eeijvzHuayfwZftMZ9VqSTgohTkZE/PtoqJ5Eh49RHm7yitQl5fuCClb/Frh3ftCM/Pfv13DA1l/BCBcNzHUjUllv+FlJCGm0Ooe64gb8fBm1LnraDdnQuqG5qUYGqJXGd4uADf2+yzkcVf5ryBu+JSJ2YVKp82BKqQi0JyZYPJItS4dTh+9pl7Utut4Q9WR99LtMU6LzSHOrsgn6JANZ6CLJp3/s5brRTiUaa5+O16gnVtiSWoZuLnVzsZRZXcwJgVzYHwPKNfhtPkWT3R255XUtHvNmdIamu8EOE20LL+R1H/q7OAYgk5E4ViOmwIqfx9XbIQm1zgB8rczglE5fvSSgEpwGKNsgKI6BEyw5lyzvFqJkpap5yK5Oz1mPbK/+XYCf8wsS5iPNgJoPbCsdErhcM56eDuiaXxY0ReAbwFdK3xLb8TfDANNvcaFGd5S/nqtI/fXAkqFKTEM5tFJYck4cAIsMZVymr0+37IxhFNP2J6BesXz+ZwFJ4ucT+2pVeWW3w1AHuLytXUf4wG4XDg6yjhBmd79sJM/1GiM9uEiM8T5txcEZql3RsKPPOnZ7q/U1K1i/PlYldnt+NSnhnQ7GTyRRFoWgUeqGDx0SP8Q3gOt/i+dFU3gjiMWz2W/5DKeoEyAkSsL1zPc5jFu9u7gS4rOhXAf80SFGQDlSP9wradSh1X0JwbpfbDXDfPXBeI+UMeaORxqYqGkTTR/8jgdC4yJlSDDHKcdygqm3n/XQL2VoGLMCkYndhWgAgqqgFTVdVqUf1cDleT+aKkPbG7DbcYnXW3TaYpgG+dnx7uJ6eO/j5Hlyvas70LqNNq0SyqZ57d7hau02DdGCZh4lf/ihLwfQEUaXXf86N4AUdCC000Nu4+ZobZV4FK0hwfznG+9fLzGECQjWR21x+6Kr9bxapDXPLxD9GG3J4MHEbSU3nGi7+Vg6Z8HgqB5zkO2BPj4qx7aB9D6RbEmU4dNMebJxFE9aKCb3+/fh4FQL/05Ex21mi8EiUyulAV7MSID6qaSTXBnU/lCkyWXb+x2nUjDodDogLgZQJdVNUBMc5Jlu4UlrWR7ZEeHuGDGixkPpXJHoiw4ZWiyrukZ1s70P87OKJ6Xr4meAp/bY5rn1NRLm+BJVfg/8rsFgna29OYmeBIDgexNsvdOx5D9NNdKegANrFPiCkttSzXuLr7N1dsvjeJ+qgveTYBMbZzY2gNhOq0ltxpdAnzFJkPMoTdN4129CSqBb7SqhOWdjY2VmGNFPFpjq7Jlp6FnSJSMF3H1Gyc+bA1f3ib6IC6rby380lvFWiRRYxVUe5G13aRX6VBTUIouQYpNNAwiL8wNhogWVQ4BezPWAAAAAFgVzbMTE8xGAAGtCbBdAADlR9ESscRn+wIAAAAABFla | xz -d > f
  $ sar -f f
  Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  
  03:56:58        CPU     %user     %nice   %system   %iowait    %steal     %idle
  03:56:59        all      8.63      0.00      3.55      0.51      0.00     87.31
  03:57:01        all      1.00      0.00      2.00      0.00      0.00     97.00
  Average:        all      4.79      0.00      2.77      0.25      0.00     92.19
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01        CPU     %user     %nice   %system   %iowait    %steal     %idle
  03:57:02        all      1.52      0.00      0.51      0.00      0.00     97.97
  03:57:03        all      5.00      0.00      7.50      2.00      0.00     85.50
  Average:        all      3.27      0.00      4.03      1.01      0.00     91.69
  $ sar -f f -C -h
  Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  
  03:56:58        CPU     %user     %nice   %system   %iowait    %steal     %idle
  03:56:59        all      8.6%      0.0%      3.6%      0.5%      0.0%     87.3%
  03:57:01        all      1.0%      0.0%      2.0%      0.0%      0.0%     97.0%
  03:57:01     COM a remark
  Average:        all      4.8%      0.0%      2.8%      0.3%      0.0%     92.2%
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01        CPU     %user     %nice   %system   %iowait    %steal     %idle
  03:57:02        all      1.5%      0.0%      0.5%      0.0%      0.0%     98.0%
  03:57:03        all      5.0%      0.0%      7.5%      2.0%      0.0%     85.5%
  Average:        all      3.3%      0.0%      4.0%      1.0%      0.0%     91.7%
  $ sar -A -f f | sed -n '120,160p'
  Average:          0      0.00      0.00      0.00      0.00      0.00         0
  Average:          1      0.00      0.00      0.00      0.00      0.00         0
  
  03:56:58     %scpu-10  %scpu-60 %scpu-300     %scpu
  03:56:59         5.11      4.92      7.74      3.35
  03:57:01         5.81      5.05      7.74      1.51
  Average:         5.46      4.99      7.74      2.43
  
  03:56:58      %sio-10   %sio-60  %sio-300      %sio   %fio-10   %fio-60  %fio-300      %fio
  03:56:59         0.52      0.67      2.39      0.08      0.51      0.60      1.70      0.06
  03:57:01         0.43      0.65      2.37      0.00      0.42      0.58      1.69      0.00
  Average:         0.47      0.66      2.38      0.04      0.47      0.59      1.70      0.03
  
  03:56:58     %smem-10  %smem-60 %smem-300     %smem  %fmem-10  %fmem-60 %fmem-300     %fmem
  03:56:59         0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00
  03:57:01         0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00
  Average:         0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01        CPU      %usr     %nice      %sys   %iowait    %steal      %irq     %soft    %guest    %gnice     %idle
  03:57:02        all      1.52      0.00      0.51      0.00      0.00      0.00      0.00      0.00      0.00     97.97
  03:57:02          0      2.04      0.00      1.02      0.00      0.00      0.00      0.00      0.00      0.00     96.94
  03:57:02          1      1.01      0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00     98.99
  03:57:03        all      5.00      0.00      7.00      2.00      0.00      0.00      0.50      0.00      0.00     85.50
  03:57:03          0      5.88      0.00      5.88      0.00      0.00      0.00      0.00      0.00      0.00     88.24
  03:57:03          1      4.08      0.00      8.16      4.08      0.00      0.00      1.02      0.00      0.00     82.65
  Average:        all      3.27      0.00      3.78      1.01      0.00      0.00      0.25      0.00      0.00     91.69
  Average:          0      4.00      0.00      3.50      0.00      0.00      0.00      0.00      0.00      0.00     92.50
  Average:          1      2.54      0.00      4.06      2.03      0.00      0.00      0.51      0.00      0.00     90.86
  
  03:57:01       proc/s   cswch/s
  03:57:02        14.00    514.00
  03:57:03        32.00   2991.00
  Average:        23.00   1752.50
  
  03:57:01     pswpin/s pswpout/s
  03:57:02         0.00      0.00
  03:57:03         0.00      0.00
  Average:         0.00      0.00
  
  $ sar -f f -n SOCK 1 1
  Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  
  03:56:58       totsck    tcpsck    udpsck    rawsck   ip-frag    tcp-tw
  03:56:59           15         1         0         0         0         0
  
  Average:       totsck    tcpsck    udpsck    rawsck   ip-frag    tcp-tw
  Average:           15         1         0         0         0         0
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01       totsck    tcpsck    udpsck    rawsck   ip-frag    tcp-tw
  03:57:02           15         1         0         0         0         0
  
  Average:       totsck    tcpsck    udpsck    rawsck   ip-frag    tcp-tw
  Average:           15         1         0         0         0         0
  $ sar -f f -i 2 -q
  Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  
  03:56:58      runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  03:57:01            0       101      0.67      0.93      1.55         0
  Average:            0       101      0.67      0.93      1.55         0
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01      runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  03:57:03            0       103      0.70      0.93      1.55         0
  Average:            0       103      0.70      0.93      1.55         0
  $ sar -f f -s 03:57:02 -d -p
  Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  
  03:57:02          tps     rkB/s     wkB/s     dkB/s   areq-sz    aqu-sz     await     %util DEV
  03:57:03      1371.00   9240.00     20.00     28.00      6.77      0.09      0.06      7.60 vda
  Average:      1371.00   9240.00     20.00     28.00      6.77      0.09      0.06      7.60 vda
  $ sar -f f -n IP
  Requested activities not available in file f
  [1]
  $ sar -f f -o x
  -f and -o options are mutually exclusive
  [1]
  $ sar -f /nosuch
  Cannot open /nosuch: No such file or directory
  [2]
  $ sar -f /etc/passwd
  Invalid system activity file: /etc/passwd
  [3]
  $ sadf -d f -- -u -q
  # hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle
  vm;1;2026-11-23 03:56:59 UTC;-1;8.63;0.00;3.55;0.51;0.00;87.31
  vm;1;2026-11-23 03:57:01 UTC;-1;1.00;0.00;2.00;0.00;0.00;97.00
  # hostname;interval;timestamp;runq-sz;plist-sz;ldavg-1;ldavg-5;ldavg-15;blocked
  vm;1;2026-11-23 03:56:59 UTC;0;119;0.67;0.93;1.55;0
  vm;1;2026-11-23 03:57:01 UTC;0;101;0.67;0.93;1.55;0
  vm;-1;2026-11-23 03:57:01 UTC;LINUX-RESTART	(2 CPU)
  # hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle
  vm;1;2026-11-23 03:57:02 UTC;-1;1.52;0.00;0.51;0.00;0.00;97.97
  vm;1;2026-11-23 03:57:03 UTC;-1;5.00;0.00;7.50;2.00;0.00;85.50
  # hostname;interval;timestamp;runq-sz;plist-sz;ldavg-1;ldavg-5;ldavg-15;blocked
  vm;1;2026-11-23 03:57:02 UTC;1;109;0.67;0.93;1.55;1
  vm;1;2026-11-23 03:57:03 UTC;0;103;0.70;0.93;1.55;0
  $ sadf -d -h f -- -b -w 1
  # hostname;interval;timestamp;proc/s;cswch/s;tps;rtps;wtps;dtps;bread/s;bwrtn/s;bdscd/s
  vm;1;2026-11-23 03:56:59 UTC;11.00;468.00;23.00;20.00;1.00;2.00;328.00;16.00;24.00
  vm;1;2026-11-23 03:57:01 UTC;5.00;500.00;0.00;0.00;0.00;0.00;0.00;0.00;0.00
  vm;-1;2026-11-23 03:57:01 UTC;LINUX-RESTART	(2 CPU)
  # hostname;interval;timestamp;proc/s;cswch/s;tps;rtps;wtps;dtps;bread/s;bwrtn/s;bdscd/s
  vm;1;2026-11-23 03:57:02 UTC;14.00;514.00;50.00;50.00;0.00;0.00;544.00;0.00;0.00
  vm;1;2026-11-23 03:57:03 UTC;32.00;2991.00;1376.00;1370.00;2.00;4.00;18576.00;40.00;56.00
  $ sadf -j f -- -b -n SOCK,DEV --iface=lo
  {"sysstat": {
  	"hosts": [
  		{
  			"nodename": "vm",
  			"sysname": "Linux",
  			"release": "6.18.44-fc-v669",
  			"machine": "x86_64",
  			"number-of-cpus": 2,
  			"file-date": "2026-11-23",
  			"file-utc-time": "03:56:58",
  			"timezone": "UTC",
  			"statistics": [
  				{
  					"timestamp": {"date": "2026-11-23", "time": "03:56:59", "utc": 1, "interval": 1},
  					"io": {"tps": 23.00, "io-reads": {"rtps": 20.00, "bread": 328.00}, "io-writes": {"wtps": 1.00, "bwrtn": 16.00}, "io-discard": {"dtps": 2.00, "bdscd": 24.00}},
  					"network": {
  						"net-dev": [
  							{"iface": "lo", "rxpck": 0.00, "txpck": 0.00, "rxkB": 0.00, "txkB": 0.00, "rxcmp": 0.00, "txcmp": 0.00, "rxmcst": 0.00, "ifutil-percent": 0.00}
  						],
  						"net-sock": {"totsck": 15, "tcpsck": 1, "udpsck": 0, "rawsck": 0, "ip-frag": 0, "tcp-tw": 0}
  					}
  				},
  				{
  					"timestamp": {"date": "2026-11-23", "time": "03:57:01", "utc": 1, "interval": 1},
  					"io": {"tps": 0.00, "io-reads": {"rtps": 0.00, "bread": 0.00}, "io-writes": {"wtps": 0.00, "bwrtn": 0.00}, "io-discard": {"dtps": 0.00, "bdscd": 0.00}},
  					"network": {
  						"net-dev": [
  							{"iface": "lo", "rxpck": 0.00, "txpck": 0.00, "rxkB": 0.00, "txkB": 0.00, "rxcmp": 0.00, "txcmp": 0.00, "rxmcst": 0.00, "ifutil-percent": 0.00}
  						],
  						"net-sock": {"totsck": 15, "tcpsck": 1, "udpsck": 0, "rawsck": 0, "ip-frag": 0, "tcp-tw": 0}
  					}
  				},
  				{
  					"timestamp": {"date": "2026-11-23", "time": "03:57:02", "utc": 1, "interval": 1},
  					"io": {"tps": 50.00, "io-reads": {"rtps": 50.00, "bread": 544.00}, "io-writes": {"wtps": 0.00, "bwrtn": 0.00}, "io-discard": {"dtps": 0.00, "bdscd": 0.00}},
  					"network": {
  						"net-dev": [
  							{"iface": "lo", "rxpck": 0.00, "txpck": 0.00, "rxkB": 0.00, "txkB": 0.00, "rxcmp": 0.00, "txcmp": 0.00, "rxmcst": 0.00, "ifutil-percent": 0.00}
  						],
  						"net-sock": {"totsck": 15, "tcpsck": 1, "udpsck": 0, "rawsck": 0, "ip-frag": 0, "tcp-tw": 0}
  					}
  				},
  				{
  					"timestamp": {"date": "2026-11-23", "time": "03:57:03", "utc": 1, "interval": 1},
  					"io": {"tps": 1376.00, "io-reads": {"rtps": 1370.00, "bread": 18576.00}, "io-writes": {"wtps": 2.00, "bwrtn": 40.00}, "io-discard": {"dtps": 4.00, "bdscd": 56.00}},
  					"network": {
  						"net-dev": [
  							{"iface": "lo", "rxpck": 0.00, "txpck": 0.00, "rxkB": 0.00, "txkB": 0.00, "rxcmp": 0.00, "txcmp": 0.00, "rxmcst": 0.00, "ifutil-percent": 0.00}
  						],
  						"net-sock": {"totsck": 15, "tcpsck": 1, "udpsck": 0, "rawsck": 0, "ip-frag": 0, "tcp-tw": 0}
  					}
  				}
  			],
  			"restarts": [
  				{
  					"boot": {"date": "2026-11-23", "time": "03:57:01", "utc": 1, "cpu_count": 2}
  				}
  			]
  		}
  	]
  }}
  $ sadf -H f | sed 1d
  File created by sar/sadc from sysstat version 12.6.1
  Genuine sa datafile: yes (0)
  Host: Linux 6.18.44-fc-v669 (vm) 	11/23/26 	_x86_64_	(2 CPU)
  File date: 2026-11-23
  File time: 03:56:58 UTC (1795406218)
  Timezone: UTC
  File composition: (1,1,12),(0,0,9),(2,0,1)
  Size of a long int: 8
  HZ = 100
  Number of activities in file: 20
  Extra structures available: N
  List of activities:
  01: [8b] A_CPU                Y:   3	(10,0,0)
  02: [8b] A_PCSW               N:   1	(1,1,0)
  04: [8a] A_SWAP               N:   1	(0,2,0)
  05: [8a] A_PAGE               N:   1	(0,8,0)
  06: [8b] A_IO                 N:   1	(7,0,0)
  07: [8b] A_MEMORY             N:   1	(17,0,0)
  34: [8b] A_HUGE               N:   1	(4,0,0)
  08: [8b] A_KTABLES            N:   1	(4,0,0)
  09: [8c] A_QUEUE              N:   1	(3,0,3)
  10: [8b] A_SERIAL             Y:   1	(0,0,7)
  11: [8c] A_DISK               Y:   1	(3,3,8)
  12: [8d] A_NET_DEV            Y:   4	(7,0,1)
  13: [8c] A_NET_EDEV           Y:   4	(9,0,0)
  14: [8a] A_NET_NFS            N:   1	(0,0,6)
  15: [8a] A_NET_NFSD           N:   1	(0,0,11)
  16: [8a] A_NET_SOCK           N:   1	(0,0,6)
  39: [8a] A_NET_SOFT           Y:   3	(0,0,6)
  40: [8a] A_PSI_CPU            N:   1	(1,3,0)
  41: [8a] A_PSI_IO             N:   1	(2,6,0)
  42: [8a] A_PSI_MEM            N:   1	(2,6,0)
  $ sadf -p -P 1 -s 03:57:03 f
  $ sadf -c f
  
  File format already up-to-date
  $ sar -n fOO 1 1
  Usage: sar [ options ] [ <interval> [ <count> ] ]
  Options are:
  [ -A ] [ -B ] [ -b ] [ -C ] [ -D ] [ -d ] [ -F [ MOUNT ] ] [ -H ] [ -h ]
  [ -p ] [ -r [ ALL ] ] [ -S ] [ -t ] [ -u [ ALL ] ] [ -V ]
  [ -v ] [ -W ] [ -w ] [ -y ] [ -z ]
  [ -I [ SUM | ALL ] ] [ -P { <cpu_list> | ALL } ]
  [ -m { <keyword> [,...] | ALL } ] [ -n { <keyword> [,...] | ALL } ]
  [ -q [ <keyword> [,...] | ALL ] ]
  [ --dev=<dev_list> ] [ --fs=<fs_list> ] [ --iface=<iface_list> ] [ --int=<int_list> ]
  [ --dec={ 0 | 1 | 2 } ] [ --help ] [ --human ] [ --pretty ] [ --sadc ]
  [ -j { SID | ID | LABEL | PATH | UUID | ... } ]
  [ -f [ <filename> ] | -o [ <filename> ] | -[0-9]+ ]
  [ -i <interval> ] [ -s [ <hh:mm[:ss]> ] ] [ -e [ <hh:mm[:ss]> ] ]
  [1]
  $ sar -j ID 1 1
  Invalid type of persistent device name
  [1]
  $ iostat -Z
  Usage: iostat [ options ] [ <interval> [ <count> ] ]
  Options are:
  [ -c ] [ -d ] [ -h ] [ -k | -m ] [ -N ] [ -s ] [ -t ] [ -V ] [ -x ] [ -y ] [ -z ]
  [ { -f | +f } <directory> ] [ -j { ID | LABEL | PATH | UUID | ... } ]
  [ --compact ] [ --dec={ 0 | 1 | 2 } ] [ --human ] [ --pretty ] [ -o JSON ]
  [ [ -H ] -g <group_name> ] [ -p [ <device> [,...] | ALL ] ]
  [ <device> [...] | ALL ]
  [1]
  $ mpstat -P 9
  Usage: mpstat [ options ] [ <interval> [ <count> ] ]
  Options are:
  [ -A ] [ -n ] [ -T ] [ -u ] [ -V ]
  [ -I { SUM | CPU | SCPU | ALL } ] [ -N { <node_list> | ALL } ]
  [ --dec={ 0 | 1 | 2 } ] [ -o JSON ] [ -P { <cpu_list> | ALL } ]
  [1]
  $ pidstat -p x
  Usage: pidstat [ options ] [ <interval> [ <count> ] ] [ -e <program> <args> ]
  Options are:
  [ -d ] [ -H ] [ -h ] [ -I ] [ -l ] [ -R ] [ -r ] [ -s ] [ -t ] [ -U [ <username> ] ]
  [ -u ] [ -V ] [ -v ] [ -w ] [ -C <command> ] [ -G <process_name> ]
  [ -p { <pid> [,...] | SELF | ALL } ] [ -T { TASK | CHILD | ALL } ]
  [ --dec={ 0 | 1 | 2 } ] [ --human ]
  [1]
  $ iostat -V
  sysstat version 12.6.1
  (C) Sebastien Godard (sysstat <at> orange.fr)
  $ sar -s 10:00:00 1 1
  Not reading from a system activity file (use -f option)
  [1]
  $ tapestat 2>&1 | tail -1
  No tape drives with statistics found
  $ iostat -y 1 1 | sed -E 's/[0-9]+\.[0-9]+/N/g; s/ +/ /g'
  Linux N.0-56-amd64 (debian) 	11/21/26 	_x86_64_	(2 CPU)
  
  
  avg-cpu: %user %nice %system %iowait %steal %idle
   N N N N N N
  
  Device tps kB_read/s kB_wrtn/s kB_dscd/s kB_read kB_wrtn kB_dscd
  vda N N N N 0 0 0
  
  
  $ iostat -x | sed -nE '/vda/s/ +[0-9.]+/ N/gp'; iostat -d -m -p vda | sed -E 's/ +[0-9.]+/ N/g' | tail -n +3
  vda N N N N N N N N N N N N N N N N N N N N N N
  Device             tps    MB_read/s    MB_wrtn/s    MB_dscd/s    MB_read    MB_wrtn    MB_dscd
  vda N N N N N N N
  vda1 N N N N N N N
  
  
  $ iostat -o JSON -s -d vda nosuch | sed -E 's/[0-9]+\.?[0-9]*/N/g' | tail -n +9
  			"date": "N/N/N",
  			"statistics": [
  				{
  					"disk": [
  						{"disk_device": "vda", "tps": N, "kB_read/s": N, "kB_wrtn/s": N, "kB_dscd/s": N, "kB_read": N, "kB_wrtn": N, "kB_dscd": N}
  					]
  				}
  			]
  		}
  	]
  }}
  $ mpstat -P ALL 1 1 | sed -E 's/ +[0-9.]+/ N/g' | tail -n +2; mpstat -I SUM -u 2>&1 | sed -E 's/ +[0-9.]+/ N/g' | tail -n +3
  
  21:09:04     CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %guest  %gnice   %idle
  21:09:05     all N N N N N N N N N N
  21:09:05 N N N N N N N N N N N
  21:09:05 N N N N N N N N N N N
  
  Average:     CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %guest  %gnice   %idle
  Average:     all N N N N N N N N N N
  Average: N N N N N N N N N N N
  Average: N N N N N N N N N N N
  21:09:05     CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %guest  %gnice   %idle
  21:09:05     all N N N N N N N N N N
  
  21:09:05     CPU    intr/s
  21:09:05     all N
  $ sleep 300 & pidstat -d -r -p $! 1 1 | sed -E "s/ $! / PID /; s/ +[0-9.]+/ N/g" | tail -n +3; kill %1; wait
  [1] 705
  21:09:05      UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command
  21:09:06 N       PID N N N N N  sleep
  
  21:09:05      UID       PID   kB_rd/s   kB_wr/s kB_ccwr/s iodelay  Command
  21:09:06 N       PID N N N N  sleep
  
  Average:      UID       PID  minflt/s  majflt/s     VSZ     RSS   %MEM  Command
  Average: N       PID N N N N N  sleep
  
  Average:      UID       PID   kB_rd/s   kB_wr/s kB_ccwr/s iodelay  Command
  Average: N       PID N N N N  sleep
  [1]+  Terminated              sleep 300
  $ (while :; do :; done) & pidstat -p $! 1 1 | awk '/bash/ {print $1 == "Average:", ($7 + $8 > 90 || $8 > 90), $NF}'; kill %1; wait 2> /dev/null
  [1] 709
  0 1 bash
  1 1 bash
  $ sar -o day 1 1 | tail -n +3 | sed -E 's/[0-9]+\.[0-9]+/N/g'; sar -f day -n DEV --iface=lo; sadf -H day | grep -c '^[0-9]*:'
  21:09:08        CPU     %user     %nice   %system   %iowait    %steal     %idle
  21:09:09        all      N      N      N      N      N    N
  Average:        all      N      N      N      N      N    N
  Linux 6.1.0-56-amd64 (debian) 	11/21/26 	_x86_64_	(2 CPU)
  
  21:09:08        IFACE   rxpck/s   txpck/s    rxkB/s    txkB/s   rxcmp/s   txcmp/s  rxmcst/s   %ifutil
  21:09:09           lo      0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00
  Average:           lo      0.00      0.00      0.00      0.00      0.00      0.00      0.00      0.00
  34
  $ systemctl enable --now sysstat 2> /dev/null; systemctl list-timers 'sysstat*' | sed -nE 's/^.*(sysstat-.*timer) .*/\1/p'; sar | sed -n 3p; /usr/lib/sysstat/sa1 1 2; sadf -d -- -u | sed -E 's/[0-9]+\.[0-9]+/N/g'
  sysstat-collect.timer
  sysstat-summary.timer
  21:09:09     LINUX RESTART	(2 CPU)
  debian;-1;2026-11-21 21:09:09 UTC;LINUX-RESTART	(2 CPU)
  # hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle
  debian;1;2026-11-21 21:09:10 UTC;-1;N;N;N;N;N;N
  $ /usr/lib/sysstat/sadc -C 'before the update' /var/log/sysstat; sar -C | grep COM; sar --sadc; /usr/lib/sysstat/sadc -S FOO 2>&1 | head -n 2; /usr/lib/sysstat/sadc 1 1 /nosuch/x
  21:09:10     COM before the update
  Data collector found: /usr/lib/sysstat/sadc
  Usage: /usr/lib/sysstat/sadc [ options ] [ <interval> [ <count> ] ] [ <outfile> ]
  Options are:
  Cannot open /nosuch/x: No such file or directory
  [2]
  $ localedef -i fr_FR -f UTF-8 fr_FR.UTF-8; export LC_ALL=fr_FR.UTF-8; sar -f f -q 1 1; sar -1; iostat -c | sed -n '1p;4p' | sed -E 's/[0-9]+,[0-9]+/N/g; s/ +/ /g'; mpstat -P 9 2>&1 | head -n 2
  Linux 6.18.44-fc-v669 (vm) 	23/11/2026 	_x86_64_	(2 CPU)
  
  03:56:58      runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  03:56:59            0       119      0,67      0,93      1,55         0
  
  Moyenne :   runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  Moyenne :         0       119      0,67      0,93      1,55         0
  
  03:57:01     LINUX RESTART	(2 CPU)
  
  03:57:01      runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  03:57:02            1       109      0,67      0,93      1,55         1
  
  Moyenne :   runq-sz  plist-sz   ldavg-1   ldavg-5  ldavg-15   blocked
  Moyenne :         1       109      0,67      0,93      1,55         1
  Impossible d'ouvrir /var/log/sysstat/sa20 :Aucun fichier ou dossier de ce type
  Veuillez vérifier si la collecte des données est activée
  Linux 6.1.0-56-amd64 (debian) 	21/11/2026 	_x86_64_	(2 CPU)
   N N N N N N
  Utilisation : mpstat [ options ] [ <intervalle> [ <itérations> ] ]
  Options possibles :
  $ export LC_ALL=C.UTF-8; S_COLORS=always sar -f f 1 1 | sed -n 4p | cat -v; S_COLORS=always S_COLORS_SGR=N=1:I=4 iostat -c | sed -n 4p | cat -v | grep -o '^ *.....m' 
  03:56:59   ^[[32;22m     all^[[0m^[[34;1m      8.63^[[0m^[[34;22m      0.00^[[0m^[[34;1m      3.55^[[0m^[[34;1m      0.51^[[0m^[[34;22m      0.00^[[0m^[[31;1m     87.31^[[0m
         ^[[1m
