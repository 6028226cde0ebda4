// sensible-editor: the editor that the user prefers; asks the first time (sensible-editor(1)).
import { encode } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { execSearching } from "../kit/exec-path.ts";
import { chosenEditor, chosenEditorFile } from "./_editors.ts";
import { exists } from "../kit/presence.ts";

const command: Command = {
  name: "sensible-editor",
  declaration: { name: "sensible-editor", summary: "sensibly choose a user's editor", synopsis: ["[arguments]"], operands: "files", options: [] },
  *program(sys, argv) {
    const asked = [sys.environment.get("VISUAL"), sys.environment.get("EDITOR"), sys.environment.get("SELECTED_EDITOR")].filter((word) => word !== undefined && word !== "");
    if (asked.length === 0 && !exists(sys, chosenEditorFile(sys)) && sys.isatty(0)) {
      const pid = sys.fork((child) => child.exec("/usr/bin/select-editor", ["select-editor"], child.environment));
      yield* sys.waitpid(pid);
    }
    const chosen = asked.length > 0 ? undefined : yield* chosenEditor(sys);
    for (const editor of [...asked, chosen, "/usr/bin/editor", "nano", "nano-tiny", "vi"]) {
      if (editor === undefined) continue;
      const words = editor.split(" ").filter((word) => word !== "");
      const [name = editor] = words;
      yield* execSearching(sys, name, [...words, ...argv.slice(1)]);
    }
    yield* sys.write(2, encode("Couldn't find an editor!\nSet the $EDITOR environment variable to your desired editor.\n"));
    return 1;
  },
};

export default command;
