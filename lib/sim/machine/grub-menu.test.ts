// grub.cfg as GRUB 2.06 reads it: which entry is chosen (the GRUB manual, "Simple configuration handling", GRUB_DEFAULT).
import { expect, test } from "vitest";
import { readGrubMenu } from "./grub-menu.ts";

const config = `
if [ -s $prefix/grubenv ]; then
  set have_grubenv=true
  load_env
fi
if [ "\${next_entry}" ] ; then
   set default="\${next_entry}"
   set next_entry=
   save_env next_entry
else
   set default="\${saved_entry}"
fi
if [ x"\${feature_menuentry_id}" = xy ]; then menuentry_id_option="--id"; else menuentry_id_option=""; fi
set menuentry_id_option="--id"
function load_video {
  insmod all_video
}
menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'simple' {
	if [ x$grub_platform = xxen ]; then insmod xzio; fi
	linux	/boot/vmlinuz-2 root=/dev/vda1 ro  quiet
	initrd	/boot/initrd.img-2
}
submenu 'Advanced options' $menuentry_id_option 'advanced' {
	menuentry 'with Linux 2' $menuentry_id_option 'two' { linux /boot/vmlinuz-2 root=/dev/vda1
	}
	menuentry "with Linux 1" $menuentry_id_option 'one' {
		echo	'Loading Linux 1 ...'
		linux	($root)/boot/vmlinuz-1 root=/dev/vda1 ro single
	}
}
# own
menuentry "Mine" { linux /boot/mine \\
  a "b c" '$d'
}
`;

const block = (words: string): string => `# GRUB Environment Block\n${words}`.padEnd(1024, "#");
const chosen = (words: string | undefined): string => {
  const { chosen: entry } = readGrubMenu(config, words === undefined ? undefined : block(words), () => words !== undefined);
  return `${entry?.title}: ${entry?.kernel} ${entry?.words.join("|")} ${entry?.initrd}`;
};

test.each([
  [undefined, "Debian GNU/Linux: /boot/vmlinuz-2 root=/dev/vda1|ro|quiet /boot/initrd.img-2"],
  ["saved_entry=0\n", "Debian GNU/Linux: /boot/vmlinuz-2 root=/dev/vda1|ro|quiet /boot/initrd.img-2"],
  ["saved_entry=2\n", "Mine: /boot/mine a|b c|$d undefined"],
  ["saved_entry=Mine\n", "Mine: /boot/mine a|b c|$d undefined"],
  ["saved_entry=1>1\n", "with Linux 1: /boot/vmlinuz-1 root=/dev/vda1|ro|single undefined"],
  ["saved_entry=advanced>one\n", "with Linux 1: /boot/vmlinuz-1 root=/dev/vda1|ro|single undefined"],
  ["saved_entry=Advanced options>with Linux 1\n", "with Linux 1: /boot/vmlinuz-1 root=/dev/vda1|ro|single undefined"],
  ["saved_entry=9\n", "Debian GNU/Linux: /boot/vmlinuz-2 root=/dev/vda1|ro|quiet /boot/initrd.img-2"],
  ["next_entry=2\nsaved_entry=1>1\n", "Mine: /boot/mine a|b c|$d undefined"],
])("the environment %j", (words, expected) => {
  expect(chosen(words)).toBe(expected);
});

test("the entry of one boot is taken out of the block", () => {
  expect(readGrubMenu(config, block("next_entry=2\nsaved_entry=1>1\n"), () => true).environment).toBe(block("saved_entry=1>1\n"));
  expect(readGrubMenu(config, block("saved_entry=2\n"), () => true).environment).toBeUndefined();
  expect(readGrubMenu(config, undefined, () => false).entries.map((entry) => entry.title)).toEqual(["Debian GNU/Linux", "with Linux 2", "with Linux 1", "Mine"]);
});
