smartctl, hdparm and nvme on the virtio disk of a virtual machine. Recorded from smartmontools 7.3, hdparm 9.65 and nvme-cli 2.3 on such a disk (the times are this machine's).
host: debian-12

  $ apt-get install -y -qq smartmontools hdparm nvme-cli >/dev/null 2>&1; smartctl -H /dev/vda | tail -n +3
  
  /dev/vda: Unable to detect device type
  Please specify device type with the -d option.
  
  Use smartctl -h to get a usage summary
  
  $ smartctl | tail -n +4; smartctl --foo /dev/vda | tail -n +4; smartctl -a /dev/vda /dev/vdb | tail -n +4
  ERROR: smartctl requires a device name as the final command-line argument.
  
  
  Use smartctl -h to get a usage summary
  
  =======> UNRECOGNIZED OPTION: foo
  
  Use smartctl -h to get a usage summary
  
  ERROR: smartctl takes ONE device name as the final command-line argument.
  You have provided 2 device names:
  /dev/vda
  /dev/vdb
  
  Use smartctl -h to get a usage summary
  
  $ smartctl --scan
  $ hdparm /dev/vda
  
  /dev/vda:
   readonly      =  0 (off)
   readahead     = 256 (on)
   geometry      = 16644/16/63, sectors = 16777216, start = 0
  $ hdparm -i /dev/vda
  
  /dev/vda:
   HDIO_GET_IDENTITY failed: Inappropriate ioctl for device
  [25]
  $ hdparm -tT /dev/vda | sed 's/[0-9.]\+/N/g'
  
  /dev/vda:
   Timing buffered disk reads: N MB in  N seconds = N MB/sec
   Timing cached reads:   N MB in  N seconds = N MB/sec
  $ hdparm -a512 /dev/vda; cat /sys/block/vda/queue/read_ahead_kb
  
  /dev/vda:
   setting fs readahead to 512
   readahead     = 512 (on)
  256
  $ hdparm /dev/nope
  /dev/nope: No such file or directory
  [2]
  $ nvme list
  Failed to scan topology: No such file or directory
  [1]
  $ nvme foo
  ERROR: Invalid sub-command 'foo'
  [1]
