// The checks of python-hello that need more than words: they look at the simulated state (files, images, containers, processes) and,
// for what leaves no trace but having been done (testing, searching, listing), at the machine's process accounting.

import type { CheckContext, CustomCheck } from "../../../lib/lab/check/check.ts";
import { findFile } from "../../../lib/lab/check/home-path.ts";
import { no, type Verdict, yes } from "../../../lib/lab/verdict.ts";
import type { CommandView, ContainerView, FileView, ImageView, View } from "../../../lib/sim/machine/view.ts";

const EXPECTED = "Hello World !\n";
const TAG = "python-hello";

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The words after the program, without `sudo` and its options in front. */
function wordsOf(command: CommandView): readonly string[] {
  return [baseName(command.argv[0] ?? ""), ...command.argv.slice(1)];
}

function dockerCommands(view: View): readonly { command: CommandView; words: readonly string[] }[] {
  return view.commands.map((command) => ({ command, words: wordsOf(command) })).filter(({ words }) => words[0] === "docker");
}

const isPythonImage = (image: ImageView) => image.tags.some((tag) => /^(docker\.io\/)?(library\/)?python:/.test(tag));

function helloImage(view: View): ImageView | undefined {
  return view.docker?.images.find((image) => image.tags.some((tag) => tag.startsWith(`${TAG}:`)));
}

/** Why `docker` could not be reached, if its last use says so. */
function dockerTrouble(view: View): Verdict | undefined {
  if (!view.docker) return no("docker.missing");
  const last = dockerCommands(view).at(-1);
  if (last?.command.status === undefined || last.command.status === 0) return undefined;
  if (view.service("docker").active !== "active") return no("docker.stopped", { found: view.service("docker").active });
  if (/permission denied/.test(last.command.stderr)) return no("docker.permission", {});
  return undefined;
}

export const scriptPrintsHello: CustomCheck = (view, context) => {
  const script = findFile(view, "~/hello/hello.py", context);
  if (!script) return no("file.missing", { path: "~/hello/hello.py" });
  const runs = view.commands.filter((command) => /^(python3(\.\d+)?|hello\.py)$/.test(baseName(command.argv[0] ?? "")) && (baseName(command.argv[0] ?? "") === "hello.py" || command.argv.slice(1).some((word) => baseName(word) === "hello.py")));
  const last = runs.at(-1);
  if (!last) return no("script.not-tested", { path: script.path });
  if (last.status === undefined) return no("script.still-running", {});
  if (last.stdout === EXPECTED && last.status === 0) return yes;
  const failure = last.stderr.trim().split("\n").at(-1) ?? "";
  if (last.status !== 0) return no(/^(SyntaxError|IndentationError|TabError)/.test(failure) ? "script.syntax" : "script.failed", { found: failure || `status ${last.status}` });
  return no("script.wrong-output", { found: last.stdout.trimEnd(), expected: EXPECTED.trimEnd() });
};

export const foundPythonImage: CustomCheck = (view) => {
  const trouble = dockerTrouble(view);
  const searched = dockerCommands(view).filter(({ command, words }) => command.status === 0 && words.includes("search"));
  if (searched.some(({ words }) => words.includes("python"))) return yes;
  if (view.docker?.images.some(isPythonImage)) return yes;
  if (trouble) return trouble;
  const other = searched.at(-1)?.words.at(-1);
  return other === undefined ? no("search.not-done", {}) : no("search.other", { found: other });
};

interface Instruction {
  readonly name: string;
  readonly words: string;
}

function instructionsOf(dockerfile: FileView): readonly Instruction[] {
  const joined = dockerfile.text.replace(/\\[ \t]*\n/g, " ");
  return joined
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ name: (line.split(/\s+/)[0] ?? "").toUpperCase(), words: line.replace(/^\S+\s*/, "") }));
}

export const dockerfileIsComplete: CustomCheck = (view, context) => {
  const dockerfile = findFile(view, "~/hello/Dockerfile", context);
  if (!dockerfile) return no("file.missing", { path: "~/hello/Dockerfile" });
  const instructions = instructionsOf(dockerfile);
  if (instructions.length === 0) return no("dockerfile.empty", {});
  const from = instructions.findLast((instruction) => instruction.name === "FROM")?.words;
  if (from === undefined) return no("dockerfile.no-from", {});
  const image = from.replace(/^--platform=\S+\s+/, "").split(/\s+/)[0] ?? "";
  if (!/^(docker\.io\/)?(library\/)?python([:@]|$)/.test(image)) return no("dockerfile.other-base", { found: image });
  const copies = instructions.filter((instruction) => instruction.name === "COPY" || instruction.name === "ADD");
  if (copies.some((copy) => /(^|[\s"'[])\.\.\//.test(copy.words))) return no("dockerfile.outside-context", {});
  if (!copies.some((copy) => /hello\.py/.test(copy.words) || /^(--\S+\s+)*(\.\/?|\*|\*\.py)\s/.test(copy.words))) return no("dockerfile.no-copy", {});
  const starts = instructions.filter((instruction) => instruction.name === "CMD" || instruction.name === "ENTRYPOINT");
  if (starts.length === 0) {
    const runs = instructions.some((instruction) => instruction.name === "RUN" && /hello\.py/.test(instruction.words));
    return no(runs ? "dockerfile.run-instead-of-cmd" : "dockerfile.no-start", {});
  }
  if (!starts.some((start) => /hello\.py/.test(start.words))) return no("dockerfile.starts-other", { found: starts.at(-1)?.words ?? "" });
  return yes;
};

/** What the last failed `docker build` did wrong, from its arguments and the place it was run in. */
function failedBuild(view: View, context: CheckContext): Verdict | undefined {
  const last = dockerCommands(view).findLast(({ words }) => words[1] === "build" || (words[1] === "image" && words[2] === "build"));
  if (!last || last.command.status === undefined || last.command.status === 0) return undefined;
  const operands: string[] = [];
  let tag = "";
  const words = last.words.slice(last.words[1] === "image" ? 3 : 2);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "-t" || word === "--tag") tag = words[++index] ?? "";
    else if (word === "-f" || word === "--file" || word === "--build-arg") index++;
    else if (word.startsWith("--tag=")) tag = word.slice(6);
    else if (word === "-" || !word.startsWith("-")) operands.push(word);
  }
  if (/[A-Z]/.test(tag)) return no("build.capitals", { found: tag });
  if (operands.length === 0) return no("build.no-context", {});
  const place = operands[0]?.startsWith("/") ? operands[0] : `${last.command.cwd}/${operands[0] === "." ? "" : (operands[0] ?? "")}`;
  const atPlace = view.file(place);
  if (atPlace?.kind !== "directory" || !atPlace.entries.some((name) => name.toLowerCase() === "dockerfile")) return no("build.wrong-folder", { found: last.command.cwd });
  const dockerfile = dockerfileIsComplete(view, context);
  if (!dockerfile.passed) return dockerfile;
  return no("build.failed", { found: last.command.stderr.trim().split("\n").at(-1) ?? "" });
}

export const imageIsBuilt: CustomCheck = (view, context) => {
  const image = helloImage(view);
  if (!image) {
    const trouble = dockerTrouble(view) ?? failedBuild(view, context);
    if (trouble) return trouble;
    const ancestor = view.docker?.images.find((candidate) => !isPythonImage(candidate) && candidate.tags.length > 0 && startsHello(candidate));
    return ancestor ? no("build.other-name", { found: ancestor.tags[0] ?? "" }) : no("build.not-done", {});
  }
  const bases = (view.docker?.images ?? []).filter((candidate) => candidate.id !== image.id && isPythonImage(candidate));
  const descends = bases.some((base) => base.layers.length > 0 && base.layers.every((layer, index) => image.layers[index] === layer));
  if (!descends) return no("build.not-on-python", {});
  if (!startsHello(image)) return no("build.does-not-start-script", { found: [...image.entrypoint, ...image.cmd].join(" ") });
  const script = scriptInImage(image);
  return script ? yes : no("build.script-not-in-image", { found: [...image.entrypoint, ...image.cmd].join(" ") });
};

function startsHello(image: ImageView): boolean {
  return /hello\.py/.test([...image.entrypoint, ...image.cmd].join(" "));
}

function scriptInImage(image: ImageView): FileView | undefined {
  const path = /[^\s"']*hello\.py/.exec([...image.entrypoint, ...image.cmd].join(" "))?.[0];
  if (path === undefined) return undefined;
  if (path.startsWith("/")) return image.file(path);
  return image.file(`${image.workdir === "" || image.workdir === "/" ? "" : image.workdir}/${path.replace(/^\.\//, "")}`);
}

export const imagesWereListed: CustomCheck = (view) => {
  const trouble = dockerTrouble(view);
  const images = view.docker?.images ?? [];
  const listings = dockerCommands(view).filter(({ command, words }) => command.status === 0 && (words[1] === "images" || (words[1] === "image" && (words[2] === "ls" || words[2] === "list"))));
  const complete = listings.some(({ command }) => /python/.test(command.stdout) && command.stdout.includes(TAG));
  if (complete) return yes;
  if (dockerCommands(view).at(-1)?.words.join(" ") === "docker image") return no("list.image-alone", {});
  if (trouble) return trouble;
  if (!images.some(isPythonImage) || !helloImage(view)) return no("list.too-few", { found: images.filter((image) => image.tags.length > 0).length });
  return no("list.not-done", {});
};

function helloContainers(view: View): readonly ContainerView[] {
  const docker = view.docker;
  return docker ? [...docker.removed, ...docker.containers].filter((container) => container.image === TAG || container.image.startsWith(`${TAG}:`) || container.imageId === helloImage(view)?.id) : [];
}

export const containerPrintedHello: CustomCheck = (view) => {
  const containers = helloContainers(view);
  const ended = containers.filter((container) => container.state === "exited");
  if (ended.some((container) => container.exitCode === 0 && container.logs === EXPECTED)) return yes;
  const trouble = dockerTrouble(view);
  const last = ended.at(-1);
  if (last && last.exitCode !== 0) return no("run.failed", { found: last.exitCode });
  if (last) return no("run.wrong-output", { found: last.logs.trimEnd(), expected: EXPECTED.trimEnd() });
  if (containers.some((container) => container.state === "created")) return no("run.only-created", {});
  if (trouble) return trouble;
  return no(helloImage(view) ? "run.not-done" : "build.not-done", {});
};

export const pidsAreRight: CustomCheck = (view, context) => {
  const file = findFile(view, "~/hello/pids.txt", context);
  if (!file) return no("file.missing", { path: "~/hello/pids.txt" });
  const numbers = file.text.match(/\d+/g)?.map(Number) ?? [];
  const inside = numbers[0];
  const onHost = numbers[1];
  if (inside === undefined || onHost === undefined) return no("pids.two-numbers", { found: numbers.length });
  if (inside !== 1) return no("pids.inside", { found: inside });
  const running = helloContainers(view).filter((container) => container.state === "running");
  if (running.some((container) => container.pid === onHost)) return yes;
  if (running.length === 0) return no("pids.nothing-runs", {});
  return onHost === 1 ? no("pids.host-is-one", {}) : no("pids.on-host", { found: onHost });
};

export const nothingIsLeft: CustomCheck = (view, context) => {
  const trouble = dockerTrouble(view);
  if (!view.docker) return no("docker.missing");
  const left = view.docker.containers.filter((container) => container.image === TAG || container.image.startsWith(`${TAG}:`));
  if (left.length > 0) {
    const running = left.find((container) => container.state === "running");
    if (running) return no("clean.running", { found: running.name });
    return trouble ?? no("clean.left", { found: left.map((container) => container.name).join(", ") });
  }
  // a container that ran with --rm before the numbers were written down leaves nothing either
  return findFile(view, "~/hello/pids.txt", context) && helloContainers(view).length > 0 ? yes : no("clean.nothing-ran", {});
};
