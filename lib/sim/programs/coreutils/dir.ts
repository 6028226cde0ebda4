import { listingCommand } from "./_listing.ts";

export default listingCommand("dir", { format: "columns", quoting: "escape" });
