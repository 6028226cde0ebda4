/** What libguestfs itself refuses; each tool says it in its own way. */
export class GuestfsError extends Error {}

/** What the tool refuses. `text` is said whole, behind the program's name. */
export class ToolError extends Error {}
