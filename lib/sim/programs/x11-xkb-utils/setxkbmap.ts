// setxkbmap of X.Org, where there is no X server.
import { xClient } from "../kit/x-client.ts";

export default xClient({
  name: "setxkbmap", summary: "choose the keyboard layout of X", synopsis: "[options] [layout [variant [option ...]]]", description: ["setxkbmap fr chooses the French layout of the running X server. The layout of the machine is kept in /etc/default/keyboard (localectl set-x11-keymap)."],
  complaint: (_, display) => `Cannot open display "${display || "default display"}"`,
});
