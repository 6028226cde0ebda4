Jobs that end together are told with the marks that they had.
host: debian-12

  $ sleep 60 & sleep 61 & sleep 62 &
  [1] 801
  [2] 802
  [3] 803
  $ jobs
  [1]   Running                 sleep 60 &
  [2]-  Running                 sleep 61 &
  [3]+  Running                 sleep 62 &
  $ kill -9 %1 %2 %3; sleep 0.5
  [1]   Killed                  sleep 60
  [2]-  Killed                  sleep 61
  [3]+  Killed                  sleep 62
  $ jobs
