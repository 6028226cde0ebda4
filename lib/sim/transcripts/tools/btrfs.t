btrfs: balance, scrub, what is allocated, the super block. dump-super, check and messages recorded from btrfs-progs 6.2 on an image of that size.
host: debian-12

  $ apt-get install -y -qq btrfs-progs >/dev/null 2>&1; truncate -s 400M d1; losetup /dev/loop1 d1; mkfs.btrfs -q -U 11111111-2222-3333-4444-555555555555 /dev/loop1
  $ btrfs inspect-internal dump-super /dev/loop1 | sed 's/^\(csum\t\+\).*/\1SUM/; s/^\(dev_item.uuid\t\+\).*/\1UUID/' | head -34
  superblock: bytenr=65536, device=/dev/loop1
  ---------------------------------------------------------
  csum_type		0 (crc32c)
  csum_size		4
  csum			SUM
  bytenr			65536
  flags			0x1
  			( WRITTEN )
  magic			_BHRfS_M [match]
  fsid			11111111-2222-3333-4444-555555555555
  metadata_uuid		11111111-2222-3333-4444-555555555555
  label			
  generation		6
  root			30588928
  sys_array_size		129
  chunk_root_generation	6
  root_level		0
  chunk_root		22036480
  chunk_root_level	0
  log_root		0
  log_root_transid (deprecated)	0
  log_root_level		0
  total_bytes		419430400
  bytes_used		147456
  sectorsize		4096
  nodesize		16384
  leafsize (deprecated)	16384
  stripesize		4096
  root_dir		6
  num_devices		1
  compat_flags		0x0
  compat_ro_flags		0x3
  			( FREE_SPACE_TREE |
  			  FREE_SPACE_TREE_VALID )
  $ btrfs check /dev/loop1 2>/dev/null
  Opening filesystem to check...
  Checking filesystem on /dev/loop1
  UUID: 11111111-2222-3333-4444-555555555555
  found 147456 bytes used, no error found
  total csum bytes: 0
  total tree bytes: 147456
  total fs tree bytes: 32768
  total extent tree bytes: 16384
  btree space waste bytes: 140595
  file data blocks allocated: 0
   referenced 0
  $ mkdir m; mount /dev/loop1 m; btrfs balance start
  btrfs balance start: exactly 1 argument expected, 0 given
  [1]
  $ btrfs balance start m
  WARNING:
  
  	Full balance without filters requested. This operation is very
  	intense and takes potentially very long. It is recommended to
  	use the balance filters to narrow down the scope of balance.
  	Use 'btrfs balance start --full-balance' option to skip this
  	warning. The operation will start in 10 seconds.
  	Use Ctrl-C to stop it.
  10 9 8 7 6 5 4 3 2 1
  Starting balance without any filters.
  Done, had to relocate 3 out of 3 chunks
  $ btrfs balance start -dusage=50 m; btrfs balance status m
  Done, had to relocate 1 out of 3 chunks
  No balance found on 'm'
  $ btrfs balance cancel m
  ERROR: balance cancel on 'm' failed: Not in progress
  [1]
  $ btrfs scrub start -B m | sed 's/started:  .*/started:/'; btrfs scrub status m | grep Status
  scrub done for 11111111-2222-3333-4444-555555555555
  Scrub started:
  Status:           finished
  Duration:         0:00:00
  Total to scrub:   88.00MiB
  Rate:             0.00B/s
  Error summary:    no errors found
  Status:           finished
  $ btrfs device usage m
  /dev/loop1, ID: 1
     Device size:           400.00MiB
     Device slack:              0.00B
     Data,single:             8.00MiB
     Metadata,DUP:           64.00MiB
     System,DUP:             16.00MiB
     Unallocated:           312.00MiB
  
  $ btrfs device add
  btrfs device add: not enough arguments: 0 but at least 2 expected
  [1]
  $ btrfs scrub start /tmp
  ERROR: not a btrfs filesystem: /tmp
  [1]
