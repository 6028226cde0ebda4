stress-ng, judged by stress-ng 0.15.06 of Debian 12: the answers are the real program's, without process IDs and measured numbers.
host: debian-12
cwd: /root

  $ apt-get install -y -qq stress-ng > /dev/null 2>&1
  $ s() { stress-ng "$@" 2>&1 | sed -E 's/\[[0-9]+\]/[PID]/g'; return ${PIPESTATUS[0]}; }
  $ s
  stress-ng: info:  [PID] defaulting to a 86400 second (1 day, 0.00 secs) run per stressor
  stress-ng: error: [PID] No stress workers invoked
  [1]
  $ s --cpu 2 -t 1
  stress-ng: info:  [PID] setting to a 1 second run per stressor
  stress-ng: info:  [PID] dispatching hogs: 2 cpu
  stress-ng: info:  [PID] successful run completed in 1.00s
  $ s --cpu 1 -t 1s --metrics-brief | sed -E 's/ +[0-9.]+/ N/g'
  stress-ng: info:  [PID] setting to a N second run per stressor
  stress-ng: info:  [PID] dispatching hogs: N cpu
  stress-ng: metrc: [PID] stressor       bogo ops real time  usr time  sys time   bogo ops/s     bogo ops/s
  stress-ng: metrc: [PID]                           (secs)    (secs)    (secs)   (real time) (usr+sys time)
  stress-ng: metrc: [PID] cpu N N N N N N
  stress-ng: info:  [PID] successful run completed in Ns
  $ s -c 1 -t 1 -M | head -4 | tail -2
  stress-ng: metrc: [PID] stressor       bogo ops real time  usr time  sys time   bogo ops/s     bogo ops/s CPU used per       RSS Max
  stress-ng: metrc: [PID]                           (secs)    (secs)    (secs)   (real time) (usr+sys time) instance (%)          (KB)
  $ s --vm 1 --vm-bytes 16M --io 1 --hdd 1 --hdd-bytes 4M --fork 1 -t 1 --metrics-brief | sed -E '/metrc/s/ +[0-9.]+/ N/g'
  stress-ng: info:  [PID] setting to a 1 second run per stressor
  stress-ng: info:  [PID] dispatching hogs: 1 vm, 1 io, 1 hdd, 1 fork
  stress-ng: info:  [PID] io: this is a legacy I/O sync stressor, consider using iomix instead
  stress-ng: metrc: [PID] stressor       bogo ops real time  usr time  sys time   bogo ops/s     bogo ops/s
  stress-ng: metrc: [PID]                           (secs)    (secs)    (secs)   (real time) (usr+sys time)
  stress-ng: metrc: [PID] vm N N N N N N
  stress-ng: metrc: [PID] io N N N N N N
  stress-ng: metrc: [PID] hdd N N N N N N
  stress-ng: metrc: [PID] fork N N N N N N
  stress-ng: metrc: [PID] miscellaneous metrics:
  stress-ng: metrc: [PID] hdd N MB/sec read rate (geometic mean of N instances)
  stress-ng: metrc: [PID] hdd N MB/sec write rate (geometic mean of N instances)
  stress-ng: metrc: [PID] hdd N MB/sec read/write combined rate (geometic mean of N instances)
  stress-ng: info:  [PID] successful run completed in 1.00s
  $ s -c 1 -m 1 --vm-bytes 16M --timeout 1s --times | sed -E 's/\( *[0-9.]+%/( N%/; s/ [0-9.]+s/ Ns/; s/average: .*/average: N/'
  stress-ng: info:  [PID] setting to a 1 second run per stressor
  stress-ng: info:  [PID] dispatching hogs: 1 cpu, 1 vm
  stress-ng: info:  [PID] for a Ns run time:
  stress-ng: info:  [PID]       Ns available CPU time
  stress-ng: info:  [PID]       Ns user time   ( N%)
  stress-ng: info:  [PID]       Ns system time ( N%)
  stress-ng: info:  [PID]       Ns total time  ( N%)
  stress-ng: info:  [PID] load average: N
  stress-ng: info:  [PID] successful run completed in Ns
  $ s --vm 2 --vm-bytes 64M --vm-keep -t 1 -v | grep -E 'debug: .* (starting|[0-9]+ stressor|cache|vm: exited|process \[|vm: using|metrics)' | sort | uniq -c
        1 stress-ng: debug: [PID] 2 stressors started
        1 stress-ng: debug: [PID] cache allocate: shared cache buffer size: 16384K
        1 stress-ng: debug: [PID] metrics-check: all stressor metrics validated and sane
        2 stress-ng: debug: [PID] process [PID] terminated
        1 stress-ng: debug: [PID] starting stressors
        1 stress-ng: debug: [PID] vm: exited [PID] (instance 0)
        1 stress-ng: debug: [PID] vm: exited [PID] (instance 1)
        1 stress-ng: debug: [PID] vm: using method 'all'
  $ s -n -c 1 -t 2h | head -1; s -n -c 1 -t 3661 | head -1; s -n -c 1 -t 61 | head -1; s -n -c -1 -t 5 | tail -2
  stress-ng: info:  [PID] setting to a 7200 second (2 hours, 0.00 secs) run per stressor
  stress-ng: info:  [PID] setting to a 3661 second (1 hour, 1 min, 1.00 secs) run per stressor
  stress-ng: info:  [PID] setting to a 61 second (1 min, 1.00 secs) run per stressor
  stress-ng: info:  [PID] dispatching hogs: 2 cpu
  stress-ng: info:  [PID] successful run completed in 0.00s
  $ stress-ng -c 1 -t 1 --log-brief; stress-ng -c 1 -t 1 -q
  setting to a 1 second run per stressor
  dispatching hogs: 1 cpu
  successful run completed in 1.00s
  $ (stress-ng --cpu 1 --vm 1 --vm-bytes 20M --io 1 --hdd 1 --hdd-bytes 4M -t 2 -q & sleep 1; ps -e -o comm,args | grep '^stress'; wait)
  stress-ng       stress-ng --cpu 1 --vm 1 --vm-bytes 20M --io 1 --hdd 1 --hdd-bytes 4M -t 2 -q
  stress-ng-cpu   stress-ng-cpu [run]
  stress-ng-vm    stress-ng-vm [wait]
  stress-ng-io    stress-ng-io [run]
  stress-ng-hdd   stress-ng-hdd [run]
  stress-ng-vm    stress-ng-vm [run]
  $ (stress-ng -c 1 -t 0 2> out & sleep 1; kill -INT $!; wait $!; echo $?); tail -1 out | cut -d' ' -f5-8
  0
  successful run completed in
  $ for o in '--cpu x' '-c 1.5' '--foo' '-c' '-m 1 --vm-bytes 1x' '-c 1 -t abc' '-c 1 -t 1x' '-c 1 -t -1' 'extra b' '-m 1 --vm-bytes 1' '-d 1 --hdd-bytes 1' '-c 1 --cpu-load 200' '-c 1 --taskset 9' '-c 1 --temp-path /nonexist' '-m 1 --vm-bytes=-5'; do stress-ng $o; echo "= $?"; done 2>&1
  Value x contains non-numeric: 'x'
  = 1
  Value 1.5 contains non-numeric: '.5'
  = 1
  stress-ng: unrecognized option '--foo'
  Try 'stress-ng --help' for more information.
  = 1
  stress-ng: option requires an argument -- 'c'
  Try 'stress-ng --help' for more information.
  = 1
  Illegal length specifier x
  = 1
  Invalid number abc
  = 1
  Illegal time specifier x
  = 1
  Invalid negative number -1
  = 1
  Error: unrecognised option: extra b
  = 1
  Value 1.0B is out of range for vm-bytes, allowed: 4.0KB .. 256.0TB
  = 1
  Value 1.0B is out of range for hdd-bytes, allowed: 1.0MB .. 8.0EB
  = 1
  Value 200 is out of range for cpu-load, allowed: 0 .. 100
  = 1
  taskset: invalid range, 9 is not allowed, allowed range: 0 to 1
  = 1
  aborting: temp-path '/nonexist' must be readable and writeable
  = 1
  Invalid negative number -5
  = 1
  $ stress-ng --cpu-method which 2>&1 | cut -c1-60
  cpu-method must be one of: all ackermann apery bitops callfu
  $ systemd-run --scope -q -p MemoryMax=50M -p MemorySwapMax=0 stress-ng --vm 1 --vm-bytes 200M -t 1 -v 2>&1 | grep -o -m1 'vm: assuming.*'
  vm: assuming killed by OOM killer, restarting again (instance 0)
