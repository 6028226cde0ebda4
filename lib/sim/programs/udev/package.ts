import type { DebianPackage } from "../kit/package.ts";

const udev: DebianPackage = {
  name: "udev",
  summary: "makes device nodes and names devices as they appear",
  files: [
    { path: "/etc/udev", directory: true },
    { path: "/etc/udev/rules.d", directory: true },
    { path: "/etc/udev/hwdb.d", directory: true },
    { path: "/etc/udev/udev.conf", text: "# Settings of systemd-udevd (udev.conf(5)). All defaults.\n#udev_log=info\n", conffile: true },
    { path: "/lib/modprobe.d/fbdev-blacklist.conf", text: "# Old drivers of the frame buffer.\n\nblacklist arkfb\nblacklist aty128fb\nblacklist atyfb\nblacklist radeonfb\nblacklist cirrusfb\nblacklist cyber2000fb\nblacklist kyrofb\nblacklist matroxfb_base\nblacklist mb862xxfb\nblacklist neofb\nblacklist pm2fb\nblacklist pm3fb\nblacklist s3fb\nblacklist savagefb\nblacklist sisfb\nblacklist tdfxfb\nblacklist tridentfb\nblacklist vt8623fb\n" },
    { path: "/lib/udev", directory: true },
    { path: "/lib/udev/rules.d", directory: true },
    { path: "/lib/udev/rules.d/50-udev-default.rules", text: "# Owners and permissions of device nodes.\nSUBSYSTEM==\"tty\", GROUP=\"tty\", MODE=\"0620\"\nSUBSYSTEM==\"block\", GROUP=\"disk\"\nKERNEL==\"kvm\", GROUP=\"kvm\", MODE=\"0660\", OPTIONS+=\"static_node=kvm\"\n" },
    { path: "/lib/udev/rules.d/60-persistent-storage.rules", text: "# Links below /dev/disk.\nSUBSYSTEM!=\"block\", GOTO=\"persistent_storage_end\"\nENV{DEVTYPE}==\"disk\", ENV{ID_PATH}==\"?*\", SYMLINK+=\"disk/by-path/$env{ID_PATH}\"\nLABEL=\"persistent_storage_end\"\n" },
    { path: "/lib/udev/rules.d/80-net-setup-link.rules", text: "# Names of network interfaces.\nSUBSYSTEM!=\"net\", GOTO=\"net_setup_link_end\"\nIMPORT{builtin}=\"path_id\"\nIMPORT{builtin}=\"net_setup_link\"\nNAME==\"\", ENV{ID_NET_NAME}!=\"\", NAME=\"$env{ID_NET_NAME}\"\nLABEL=\"net_setup_link_end\"\n" },
  ],
};

export default udev;
