// What cryptsetup 2.6.1 says of LUKS2 volumes; its own luksDump has read the headers that are written here.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("formatting, opening, keys, crypttab", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 300_000_000, maxSteps: 200_000_000 }).stdout);
  expect(output("apt-get install -y cryptsetup > log 2>&1; echo $?; truncate -s 50M l; truncate -s 10M s; losetup /dev/loop0 l; losetup /dev/loop1 s; printf secret | cryptsetup luksFormat --uuid 81aae89b-788e-4f73-bafc-82be79f0278f /dev/loop0; echo $?; echo secret | cryptsetup luksFormat /dev/loop1; cryptsetup luksDump /dev/loop0 | sed 's/\\([0-9a-f]\\{2\\} \\)\\{8,\\}/xx /'; blkid /dev/loop0; cryptsetup isLuks /dev/loop0; echo $?; cryptsetup isLuks -v /dev/loop1; echo $?")).toBe(`0
0
Requested offset is beyond real size of device /dev/loop1.
LUKS header information
Version:       	2
Epoch:         	3
Metadata area: 	16384 [bytes]
Keyslots area: 	16744448 [bytes]
UUID:          	81aae89b-788e-4f73-bafc-82be79f0278f
Label:         	(no label)
Subsystem:     	(no subsystem)
Flags:       	(no flags)

Data segments:
  0: crypt
	offset: 16777216 [bytes]
	length: (whole device)
	cipher: aes-xts-plain64
	sector: 512 [bytes]

Keyslots:
  0: luks2
	Key:        512 bits
	Priority:   normal
	Cipher:     aes-xts-plain64
	Cipher key: 512 bits
	PBKDF:      argon2id
	Time cost:  4
	Memory:     1048576
	Threads:    2
	Salt:       xx 
	            xx 
	AF stripes: 4000
	AF hash:    sha256
	Area offset:32768 [bytes]
	Area length:258048 [bytes]
	Digest ID:  0
Tokens:
Digests:
  0: pbkdf2
	Hash:       sha256
	Iterations: 158875
	Salt:       xx 
	            xx 
	Digest:     xx 
	            xx 
/dev/loop0: UUID="81aae89b-788e-4f73-bafc-82be79f0278f" TYPE="crypto_LUKS"
0
Device /dev/loop1 is not a valid LUKS device.
1
`);
  expect(output("echo wrong | cryptsetup open /dev/loop0 data; echo $?; echo secret | cryptsetup open -v /dev/loop0 data; echo secret | cryptsetup open /dev/loop0 data; echo $?; echo secret | cryptsetup open /dev/loop0 other; echo $?; mkfs.ext4 -q /dev/mapper/data; mkdir m; mount /dev/mapper/data m; echo 'a plain word' > m/f; cryptsetup status data; cryptsetup close data; echo $?; umount m; tr -d '\\0' < l | grep -ac 'plain word'; lsblk -o NAME,TYPE,FSTYPE /dev/loop0; dmsetup table data | sed 's/0\\{128\\}/0.../'; cryptsetup close data; cryptsetup status data; echo $?; cryptsetup close data; echo $?; tr -d '\\0' < l | grep -ac 'plain word'")).toBe(`No key available with this passphrase.
2
No usable token is available.
Key slot 0 unlocked.
Command successful.
Device data already exists.
5
Cannot use device /dev/loop0 which is in use (already mapped or mounted).
5
/dev/mapper/data is active and is in use.
  type:    LUKS2
  cipher:  aes-xts-plain64
  keysize: 512 bits
  key location: keyring
  device:  /dev/loop0
  loop:    /root/l
  sector size:  512
  offset:  32768 sectors
  size:    69632 sectors
  mode:    read/write
Device data is still in use.
5
0
NAME   TYPE  FSTYPE
loop0  loop  crypto_LUKS
└─data crypt ext4
0 69632 crypt aes-xts-plain64 0... 0 7:0 32768
/dev/mapper/data is inactive.
4
Device data is not active.
4
0
`);
  expect(output("printf other > key; chmod 600 key; echo secret | cryptsetup luksAddKey /dev/loop0 key; echo $?; cryptsetup luksDump /dev/loop0 | grep luks2; printf wrong | cryptsetup luksRemoveKey /dev/loop0; printf secret | cryptsetup luksRemoveKey /dev/loop0; echo $?; cryptsetup luksDump /dev/loop0 | grep luks2; cryptsetup luksKillSlot /dev/loop0 5; echo 'data /dev/loop0 /root/key luks' >> /etc/crypttab; cryptdisks_start data; mount /dev/mapper/data m; cat m/f; umount m; cryptdisks_start data; cryptdisks_stop data; cryptdisks_start nosuch; cryptsetup luksHeaderBackup /dev/loop0 --header-backup-file h; stat -c %s h; cryptsetup -q luksErase /dev/loop0; cryptsetup open -d key /dev/loop0 data; echo $?; cryptsetup -q luksHeaderRestore /dev/loop0 --header-backup-file h; cryptsetup open -d key /dev/loop0 data; echo $?; cryptsetup close data; su student -c '/sbin/cryptsetup luksDump /dev/loop0'; cryptsetup open; cryptsetup foo")).toBe(`0
  0: luks2
  1: luks2
No key available with this passphrase.
0
  1: luks2
Keyslot 5 is not active.
Starting crypto disk...data (starting)...data (started)...done.
a plain word
Starting crypto disk...data (starting)...data (running)...done.
Stopping crypto disk...data (stopping)...done.
Starting crypto disk...nosuch (starting)...nosuch (failed)...failed.
target 'nosuch' not found in /etc/crypttab
16777216
No key available with this passphrase.
2
0
Device /dev/loop0 does not exist or access denied.
Usage: cryptsetup [OPTION...] <action> <action-specific>
cryptsetup: open: requires <device> [--type <type>] [<name>] as arguments
Usage: cryptsetup [OPTION...] <action> <action-specific>
cryptsetup: Unknown action.
`);
});
