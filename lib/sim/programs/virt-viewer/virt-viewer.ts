// virt-viewer: the screen of a virtual machine in a window (virt-viewer(1)).
import { withHelp } from "../kit/program.ts";
import { viewer } from "./_viewer.ts";

export default withHelp(viewer("virt-viewer", "open the screen of a virtual machine in a window", "[OPTIONS] [DOMAIN-NAME|ID|UUID]"));
