cryptsetup on an image file: the loop device that comes and goes, resize, suspend, label, words that are missing. Messages recorded from cryptsetup 2.6.1 where it ran on a file.
host: debian-12

  $ apt-get install -y -qq cryptsetup >/dev/null 2>&1; truncate -s 60M img; printf p1 | cryptsetup luksFormat -q img -; printf p1 | cryptsetup open img sec; lsblk -o NAME,SIZE,TYPE
  NAME   SIZE TYPE
  loop0   60M loop
  └─sec   44M crypt
  vda      8G disk
  └─vda1   8G part
  $ cryptsetup status sec | grep -E "device|loop|  size:"
    device:  /dev/loop0
    loop:    /root/img
    size:    90112 sectors
  $ mkfs.ext4 -q /dev/mapper/sec; mount /dev/mapper/sec /mnt; echo hello > /mnt/f; umount /mnt
  $ cryptsetup resize --device-size 50M sec
  Device sec is too small.
  [1]
  $ cryptsetup luksSuspend sec; cryptsetup luksSuspend sec
  Volume sec is already suspended.
  [1]
  $ cryptsetup luksResume sec; cryptsetup close sec; losetup -a; cryptsetup luksSuspend sec
  Device sec is not active.
  [4]
  $ truncate -s 80M img; printf p1 | cryptsetup open img sec; lsblk -n -o SIZE /dev/mapper/sec; mount /dev/mapper/sec /mnt; cat /mnt/f; umount /mnt; cryptsetup close sec
   64M
  hello
  $ cryptsetup luksOpen img
  Command requires device and mapped name as arguments.
  [1]
  $ cryptsetup config img
  Option --priority, --label or --subsystem is missing.
  [1]
  $ cryptsetup config --label neu img; cryptsetup luksDump img | grep Label
  Label:         	neu
  $ cryptsetup benchmark | sed 's/[0-9][0-9.]* \(iterations per\|MiB\)/N \1/g' | head -9
  # Tests are approximate using memory only (no storage IO).
  PBKDF2-sha1      N iterations per second for 256-bit key
  PBKDF2-sha256    N iterations per second for 256-bit key
  PBKDF2-sha512    N iterations per second for 256-bit key
  PBKDF2-ripemd160  N iterations per second for 256-bit key
  PBKDF2-whirlpool  N iterations per second for 256-bit key
  argon2i       4 iterations, 311461 memory, 4 parallel threads (CPUs) for 256-bit key (requested 2000 ms time)
  argon2id      4 iterations, 311461 memory, 4 parallel threads (CPUs) for 256-bit key (requested 2000 ms time)
  #     Algorithm |       Key |      Encryption |      Decryption
