import { gnu } from "../kit/gnu.ts";

export default gnu({
  name: "update-grub", path: "/usr/sbin/update-grub", links: ["/usr/sbin/update-grub2"], manSection: 8, project: "GRUB", version: "2.06-13+deb12u2", versionText: "grub-mkconfig (GRUB) 2.06-13+deb12u2\n", summary: "stub for grub-mkconfig", synopsis: [""], options: {}, operands: "none",
  *run({ operands, sys }) {
    return yield* sys.exec("/usr/sbin/grub-mkconfig", ["grub-mkconfig", "-o", "/boot/grub/grub.cfg", ...operands], sys.environment);
  },
});
