// What the quota tools 4.06 say, and that the file system refuses what is beyond.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("limits of users and groups", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 300_000_000, maxSteps: 100_000_000 }).stdout);
  expect(output("apt-get install -y quota > log 2>&1; echo $?; truncate -s 100M d; losetup /dev/loop0 d; mkfs.ext4 -q /dev/loop0; mkdir /mnt/q; mount /dev/loop0 /mnt/q; quotacheck -cug /mnt/q; quotaon /mnt/q; umount /mnt/q; mount -o usrquota,grpquota /dev/loop0 /mnt/q; chmod 1777 /mnt/q; grep /mnt/q /proc/mounts; quotaon -v /mnt/q; quotacheck -cugv /mnt/q; ls /mnt/q; quotaon -v /mnt/q; quotaon -p /mnt/q; quotacheck -cug /mnt/q")).toBe(`0
quotacheck: Mountpoint (or device) /mnt/q not found or has no quota enabled.
quotacheck: Cannot find filesystem to check or filesystem not mounted with quota option.
quotaon: Mountpoint (or device) /mnt/q not found or has no quota enabled.
/dev/loop0 /mnt/q ext4 rw,relatime,quota,usrquota,grpquota 0 0
quotaon: cannot find /mnt/q/aquota.group on /dev/loop0 [/mnt/q]
quotaon: cannot find /mnt/q/aquota.user on /dev/loop0 [/mnt/q]
quotacheck: Your kernel probably supports journaled quota but you are not using it. Consider switching to journaled quota to avoid running quotacheck after an unclean shutdown.
quotacheck: Scanning /dev/loop0 [/mnt/q] done
quotacheck: Cannot stat old user quota file /mnt/q/aquota.user: No such file or directory. Usage will not be subtracted.
quotacheck: Cannot stat old group quota file /mnt/q/aquota.group: No such file or directory. Usage will not be subtracted.
quotacheck: Checked 2 directories and 0 files
quotacheck: Old file not found.
quotacheck: Old file not found.
aquota.group
aquota.user
lost+found
/dev/loop0 [/mnt/q]: group quotas turned on
/dev/loop0 [/mnt/q]: user quotas turned on
group quota on /mnt/q (/dev/loop0) is on
user quota on /mnt/q (/dev/loop0) is on
quotacheck: Quota for users is enabled on mountpoint /mnt/q so quotacheck might damage the file.
Please turn quotas off or use -f to force checking.
quotacheck: Quota for groups is enabled on mountpoint /mnt/q so quotacheck might damage the file.
Please turn quotas off or use -f to force checking.
`);
  expect(output("setquota -u student 1000 2000 0 4 /mnt/q; su student -c 'quota; cd /mnt/q; head -c 1500000 /dev/zero > a; quota; dd if=/dev/zero of=b bs=1000 count=3000 status=none; ls -l a b | tr -s \" \" | cut -d\" \" -f5,9; touch c d e; quota -q; quota root'; repquota /mnt/q; repquota -s /mnt/q | sed -n 7p; setquota -u nobody2 1 1 1 1 /mnt/q; setquota student 1; EDITOR='sed -i s/1000/1M/' edquota student; EDITOR='sed -i s/2000/0/2' edquota student; su student -c 'head -c 3000000 /dev/zero > /mnt/q/b; stat -c %s /mnt/q/b; rm /mnt/q/a; quota -s'; umount /mnt/q; quotaoff -v /mnt/q")).toBe(`Disk quotas for user student (uid 1000): 
     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace
     /dev/loop0       0    1000    2000               0       0       4        
Disk quotas for user student (uid 1000): 
     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace
     /dev/loop0    1468*   1000    2000   7days       1       0       4        
dd: error writing 'b': Disk quota exceeded
1500000 a
544768 b
touch: cannot touch 'e': Disk quota exceeded
Disk quotas for user student (uid 1000): 
	Block limit reached on /mnt/q
	File limit reached on /mnt/q
quota: root (uid 0): Permission denied
*** Report for user quotas on device /dev/loop0
Block grace time: 7days; Inode grace time: 7days
                        Block limits                File limits
User            used    soft    hard  grace    used  soft  hard  grace
----------------------------------------------------------------------
root      --      16       0       0              4     0     0       
student   +-    2000    1000    2000  7days       4     0     4       

student   +-   2000K   1000K   2000K  7days       4     0     4       
setquota: user nobody2 does not exist.
setquota: Bad number of arguments.
setquota: Usage:
  setquota [-u|-g|-P] [-rm] [-F quotaformat] <user|group|project>
	<block-softlimit> <block-hardlimit> <inode-softlimit> <inode-hardlimit> -a|<filesystem>...
edquota: Bad format:
  /dev/loop0                     2000       1M       2000          4        0        4
3000000
Disk quotas for user student (uid 1000): 
     Filesystem   space   quota   limit   grace   files   quota   limit   grace
     /dev/loop0   2932K*  1000K      0K   7days       3       0       4        
quotaoff: Mountpoint (or device) /mnt/q not found or has no quota enabled.
`);
  expect(output("mount -o usrquota /dev/loop0 /mnt/q; quotaon /mnt/q; quota -v student | tail -1; setquota -t 3600 7200 /mnt/q; repquota /mnt/q | sed -n 2p; quotaoff /mnt/q; su student -c 'head -c 1M /dev/zero > /mnt/q/z && echo written'")).toBe(`     /dev/loop0    2932*   1000       0   7days       3       0       4        
Block grace time: 01:00; Inode grace time: 02:00
written
`);
});
