import type { DebianPackage } from "../kit/package.ts";

const custom = "#!/bin/sh\nexec tail -n +3 $0\n# Menu entries of your own go below, as they are to stand in grub.cfg.\n# The line with exec stays the second one.\n";
/** grub-mkconfig writes their parts itself: they are here to be seen, and to be switched off with chmod -x. */
const builtIn = (name: string, what: string): { readonly path: string; readonly text: string; readonly mode: number; readonly conffile: true } => ({ path: `/etc/grub.d/${name}`, text: `#!/bin/sh\n# ${what}: the simulated grub-mkconfig writes this part itself.\n`, mode: 0o755, conffile: true });

export default {
  name: "grub-common", summary: "what all forms of the boot loader GRUB share",
  files: [
    { path: "/etc/grub.d", directory: true },
    builtIn("00_header", "settings, the default entry, the time to wait"), builtIn("05_debian_theme", "colours"), builtIn("10_linux", "an entry for each kernel"), builtIn("20_linux_xen", "kernels under Xen"), builtIn("30_os-prober", "other systems"), builtIn("30_uefi-firmware", "the firmware's menu"),
    { path: "/etc/grub.d/40_custom", text: custom, mode: 0o755, conffile: true },
    { path: "/etc/grub.d/41_custom", text: "#!/bin/sh\ncat <<EOF\nif [ -f \\${config_directory}/custom.cfg ]; then\n  source \\${config_directory}/custom.cfg\nelif [ -z \"\\${config_directory}\" -a -f \\$prefix/custom.cfg ]; then\n  source \\$prefix/custom.cfg\nfi\nEOF\n", mode: 0o755, conffile: true },
  ],
} satisfies DebianPackage;
