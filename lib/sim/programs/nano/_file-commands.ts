// Opening, writing and closing files; inserting files and the output of commands.

import { type Blocking, decode, SysError } from "../../kernel/sys.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { browseFiles } from "./_browse.ts";
import { NanoBuffer, type Point } from "./_buffer.ts";
import { cutTillEnd } from "./_cutting.ts";
import { Leave, type NanoEditor } from "./_editor.ts";
import { cut, load, readLock, removeLock, store, textOf, writeLock } from "./_files.ts";
import { justifyText } from "./_line-commands.ts";
import { type Answer, askYesNo, promptFor } from "./_prompts.ts";
import { showHelp } from "./_show-help.ts";

/** Opens a file in a new buffer; says what happened. */
export function* openFile(editor: NanoEditor, name: string, newBuffer: boolean): Blocking<void> {
  const sys = editor.sys;
  if (newBuffer && name !== "" && editor.options.locking && !editor.options.viewMode) {
    const lock = yield* readLock(sys, name);
    if (lock) {
      if (editor.buffers.length === 0) editor.buffers.push(new NanoBuffer("", [""]));
      const go = yield* askYesNo(editor, `File ${name} is being edited by ${lock.user} (with ${lock.program}, PID ${lock.pid}); open anyway?`);
      if (editor.buffers.length === 1 && editor.buffer.name === "" && !editor.buffer.modified) editor.buffers.pop();
      if (go !== "yes") {
        if (editor.buffers.length === 0) {
          editor.buffers.push(new NanoBuffer("", [""]));
          editor.wipe();
        }
        return;
      }
    }
  }
  const problem = (text: string) => {
    if (newBuffer) addBuffer(editor, new NanoBuffer("", [""]));
    editor.say(text, true);
  };
  if (name === "") {
    addBuffer(editor, new NanoBuffer("", [""]));
    return;
  }
  try {
    const loaded = yield* load(sys, name);
    if ("refused" in loaded) {
      problem(loaded.refused);
      return;
    }
    const count = loaded.lines.length - 1;
    const buffer = new NanoBuffer(name, loaded.lines);
    buffer.format = loaded.format;
    buffer.mtimeUs = loaded.mtimeUs;
    buffer.mode = loaded.mode;
    addBuffer(editor, buffer);
    if (!loaded.writable && !editor.options.viewMode) editor.say(`File '${name}' is unwritable`, true);
    else if (editor.buffers.length > 1) editor.mention();
    else editor.say(`Read ${count} line${count === 1 ? "" : "s"}${loaded.format === "dos" ? " (Converted from DOS format)" : ""}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "ENOENT") {
      const slash = name.lastIndexOf("/");
      const directory = slash < 0 ? "." : slash === 0 ? "/" : name.slice(0, slash);
      addBuffer(editor, new NanoBuffer(name, [""]));
      try {
        sys.stat(directory);
        editor.say("New File");
      } catch (second) {
        if (!(second instanceof SysError)) throw second;
        editor.say(`Directory '${directory}' does not exist`, true);
        return;
      }
    } else {
      problem(`Error reading ${name}: ${error.message}`);
      return;
    }
  }
  const buffer = editor.buffer;
  if (editor.options.locking && !editor.options.viewMode) buffer.lockName = yield* writeLock(sys, name, editor.userName);
}

function addBuffer(editor: NanoEditor, buffer: NanoBuffer): void {
  editor.buffers.splice(editor.buffers.length === 0 ? 0 : editor.index + 1, 0, buffer);
  editor.index = editor.buffers.indexOf(buffer);
  if (editor.buffers.length > 1) editor.view.countBuffers();
}

/** Whether the buffer was written. `leaving`: on the way out. */
export function* writeOut(editor: NanoEditor, leaving: boolean, withoutAsking = false): Blocking<boolean> {
  const buffer = editor.buffer;
  let how: "write" | "append" | "prepend" = "write";
  let answer = buffer.mark && !leaving ? "" : buffer.name;
  const region = leaving ? undefined : buffer.region();
  if (withoutAsking && buffer.name !== "") return yield* saveFile(editor, buffer.name, how, undefined);
  for (;;) {
    const prompt = () => {
      const extra = `${buffer.format === "dos" ? " [DOS Format]" : buffer.format === "mac" ? " [Mac Format]" : ""}${editor.options.backup ? " [Backup]" : ""}`;
      const what = region ? (how === "append" ? "Append Selection to File" : how === "prepend" ? "Prepend Selection to File" : "Write Selection to File") : how === "append" ? "File Name to Append to" : how === "prepend" ? "File Name to Prepend to" : "File Name to Write";
      return `${what}${extra}: `;
    };
    const given = yield* promptFor(editor, "write", prompt, answer, undefined, new Set(["M-D", "M-M", "M-A", "M-P", "M-B", "^G", "^T", "^Q"]));
    if (given.kind === "cancel") {
      editor.say("Cancelled");
      return false;
    }
    answer = given.text;
    if (given.kind === "key") {
      if (given.key === "M-D") buffer.format = buffer.format === "dos" ? "unix" : "dos";
      else if (given.key === "M-M") buffer.format = buffer.format === "mac" ? "unix" : "mac";
      else if (given.key === "M-A") how = how === "append" ? "write" : "append";
      else if (given.key === "M-P") how = how === "prepend" ? "write" : "prepend";
      else if (given.key === "M-B") editor.options.backup = !editor.options.backup;
      else if (given.key === "^G") yield* showHelp(editor, "write");
      else if (given.key === "^Q") throw new Leave();
      const path = given.key === "^T" ? yield* browseFiles(editor, answer) : undefined;
      if (path === undefined) continue;
      answer = path;
    }
    if (answer === "") {
      editor.say("Cancelled");
      return false;
    }
    if (how === "write" && answer !== buffer.name && !region) {
      let exists = true;
      try {
        editor.sys.stat(answer);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        exists = false;
      }
      if (buffer.name !== "") {
        const different = yield* askYesNo(editor, "Save file under DIFFERENT NAME?");
        if (different === undefined) {
          editor.say("Cancelled");
          return false;
        }
        if (different === "no") continue;
      }
      if (exists) {
        const overwrite = yield* askYesNo(editor, `File "${answer}" exists; OVERWRITE?`);
        if (overwrite === undefined) {
          editor.say("Cancelled");
          return false;
        }
        if (overwrite === "no") continue;
      }
    }
    return yield* saveFile(editor, answer, how, region);
  }
}

function* saveFile(editor: NanoEditor, name: string, how: "write" | "append" | "prepend", region: readonly [Point, Point] | undefined): Blocking<boolean> {
  const buffer = editor.buffer;
  const sys = editor.sys;
  const text = region ? `${buffer.textBetween(region[0], region[1])}${region[1].at > 0 ? "\n" : ""}` : textOf(buffer);
  try {
    if (how === "write" && !region && name === buffer.name && buffer.mtimeUs !== undefined) {
      try {
        if (sys.stat(name).mtimeUs !== buffer.mtimeUs && (yield* askYesNo(editor, "File on disk has changed; continue saving?")) !== "yes") {
          editor.say("Cancelled");
          return false;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (editor.options.backup && how === "write") {
      try {
        const old = yield* load(sys, name);
        if ("lines" in old) yield* store(sys, `${name}~`, old.lines.join("\n"), "write");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    yield* store(sys, name, text, how);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    editor.say(`Error writing ${name}: ${error.message}`, true);
    return false;
  }
  const count = region ? region[1].line - region[0].line + (region[1].at > 0 ? 1 : 0) : buffer.lineCount;
  const format = buffer.format === "unix" ? "" : buffer.format === "dos" ? " in DOS format" : " in Mac format";
  editor.say(`${how === "append" ? "Appended" : how === "prepend" ? "Prepended" : "Wrote"} ${count} line${count === 1 ? "" : "s"}${format}`);
  if (how === "write" && !region) {
    if (buffer.name !== name) {
      removeLock(sys, buffer.lockName);
      buffer.name = name;
      buffer.lockName = editor.options.locking ? yield* writeLock(sys, name, editor.userName) : undefined;
    }
    buffer.modified = false;
    buffer.mtimeUs = sys.stat(name).mtimeUs;
  }
  return true;
}

export function* closeBuffer(editor: NanoEditor): Blocking<void> {
  const buffer = editor.buffer;
  if (buffer.modified && !editor.options.viewMode) {
    const choice = editor.options.saveOnExit && buffer.name !== "" ? "yes" : yield* askYesNo(editor, "Save modified buffer?");
    if (choice === undefined) {
      editor.say("Cancelled");
      return;
    }
    if (choice === "yes" && !(yield* writeOut(editor, true, editor.options.saveOnExit))) return;
  }
  removeLock(editor.sys, buffer.lockName);
  editor.buffers.splice(editor.index, 1);
  if (editor.buffers.length === 0) throw new Leave();
  editor.index = Math.max(0, Math.min(editor.index - 1, editor.buffers.length - 1));
  editor.mention();
}

export function* insertFileCommand(editor: NanoEditor, execute: boolean): Blocking<void> {
  let wantsExecute = execute;
  let text = "";
  let newBuffer = editor.options.multiBuffer;
  let pipe = "";
  for (;;) {
    const given: Answer = wantsExecute
      ? yield* promptFor(editor, "execute", () => `Command to execute${newBuffer ? " in new buffer" : ""}: `, pipe + text, editor.executeHistory, new Set(["^X", "M-F", "M-\\", "^G", "^Z", "^S", "^T", "^Y", "^J", "^O", "^V"]))
      : yield* promptFor(editor, "insert", () => `File to ${newBuffer ? "read into new buffer" : "insert"} [from ./]: `, text, undefined, new Set(["^X", "M-F", "M-N", "^G", "^T"]));
    if (given.kind === "cancel") {
      editor.say("Cancelled");
      return;
    }
    text = given.text;
    if (given.kind === "key") {
      if (given.key === "^X") wantsExecute = !wantsExecute;
      else if (given.key === "M-F") newBuffer = !newBuffer;
      else if (given.key === "^T" && !wantsExecute) {
        const path = yield* browseFiles(editor, text);
        if (path === undefined) continue;
        if (newBuffer) yield* openFile(editor, path, true);
        else yield* insertText(editor, path);
        return;
      } else if (given.key === "^T" || given.key === "^S") {
        // no speller is installed
        editor.say('Error invoking "spell"', true);
        return;
      } else if (given.key === "M-\\") {
        pipe = text.startsWith("|") ? "" : "|";
        text = text.replace(/^\|/, "");
      } else if (given.key === "^Z") {
        yield* editor.suspend();
        return;
      } else if (given.key === "^J") {
        justifyText(editor, true);
        return;
      } else if (given.key === "^V") {
        cutTillEnd(editor);
        return;
      } else if (given.key === "^G") yield* showHelp(editor, wantsExecute ? "execute" : "insert");
      continue;
    }
    if (wantsExecute) yield* executeCommand(editor, text, newBuffer);
    else if (text === "") editor.say("Cancelled");
    else if (newBuffer) yield* openFile(editor, text, true);
    else yield* insertText(editor, text);
    return;
  }
}

function* insertText(editor: NanoEditor, name: string): Blocking<void> {
  try {
    const loaded = yield* load(editor.sys, name);
    if ("refused" in loaded) {
      editor.say(loaded.refused, true);
      return;
    }
    editor.buffer.change("insertion", () => editor.buffer.insert(loaded.lines.join("\n")));
    const count = loaded.lines.length - 1;
    editor.say(`Read ${count} line${count === 1 ? "" : "s"}`);
    editor.follow("center");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    editor.say(error.errno === "ENOENT" ? `File "${name}" not found` : `Error reading ${name}: ${error.message}`, true);
  }
}

function* executeCommand(editor: NanoEditor, command: string, newBuffer: boolean): Blocking<void> {
  if (command === "") return;
  editor.executeHistory.push(command);
  const sys = editor.sys;
  const buffer = editor.buffer;
  if (command.startsWith("|")) {
    const [from, to] = buffer.region() ?? [{ line: 0, at: 0 }, buffer.end];
    const made = yield* throughCommand(editor, command.slice(1), buffer.textBetween(from, to));
    buffer.change("filtering", () => {
      buffer.remove(from, to);
      buffer.insert(made);
    });
    buffer.mark = undefined;
    editor.follow("center");
    return;
  }
  const pipe = openShellPipe(sys, `${command} 2>&1 </dev/null`, "r");
  let output = "";
  for (;;) {
    const bytes = yield* sys.read(pipe.fd, 65536);
    if (bytes.length === 0) break;
    output += decode(bytes);
  }
  sys.close(pipe.fd);
  yield* waitFor(sys, pipe.pid);
  if (newBuffer) addBuffer(editor, new NanoBuffer("", cut(output).lines));
  else buffer.change("insertion", () => buffer.insert(output));
  const count = output.split("\n").length - (output.endsWith("\n") || output === "" ? 1 : 0);
  editor.say(`Read ${count} line${count === 1 ? "" : "s"}`);
  editor.follow("center");
}

/** What a command makes of a text on its standard input. */
function* throughCommand(editor: NanoEditor, command: string, text: string): Blocking<string> {
  const sys = editor.sys;
  const name = `/tmp/nano.${sys.getpid()}`;
  yield* store(sys, name, text, "write");
  const pipe = openShellPipe(sys, `(${command}) <${name} 2>&1`, "r");
  let output = "";
  for (;;) {
    const bytes = yield* sys.read(pipe.fd, 65536);
    if (bytes.length === 0) break;
    output += decode(bytes);
  }
  sys.close(pipe.fd);
  yield* waitFor(sys, pipe.pid);
  sys.unlink(name);
  return output;
}
