// virt-viewer: the screen of a virtual machine in a window (virt-viewer(1)).
import { withHelp } from "../kit/program.ts";
import { viewer } from "./_viewer.ts";

export default withHelp(viewer("virt-viewer", "display the graphical console for a virtual machine", "[OPTIONS] [DOMAIN-NAME|ID|UUID]"));
