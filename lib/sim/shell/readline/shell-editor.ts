// The editor at a shell's prompt: it knows the shell, so its functions can complete, expand and run commands.

import { type BoundFunction, Editor, type EditorParts } from "../../readline/editor.ts";
import { type CompletionProviders, NO_PROVIDERS } from "../completion/providers.ts";
import type { ReadLineOptions, ShellFrontEnd } from "../front-end.ts";
import { functionTable } from "./function-table.ts";

export class ShellEditor extends Editor {
  readonly shell: ShellFrontEnd;
  readonly providers: CompletionProviders;
  override options: ReadLineOptions = {};

  constructor(shell: ShellFrontEnd, parts: EditorParts, providers: CompletionProviders = NO_PROVIDERS) {
    super(parts);
    this.shell = shell;
    this.providers = providers;
  }

  get host(): ShellFrontEnd {
    return this.shell;
  }

  protected functionNamed(name: string): BoundFunction | undefined {
    const found = functionTable().get(name);
    return found && ((count, key) => found(this, count, key));
  }
}
