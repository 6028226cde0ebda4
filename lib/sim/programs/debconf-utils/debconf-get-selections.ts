import { program } from "../kit/program.ts";
import { DebconfDatabase, templateOf } from "../debconf/_database.ts";

export default program(
  { name: "debconf-get-selections", showsHelp: true, summary: "print debconf's answers for debconf-set-selections", synopsis: ["[--installer]"], options: [], operands: "none" },
  function* (sys, argv, io) {
    const odd = argv.slice(1).find((word) => word !== "--installer");
    if (odd !== undefined) {
      yield* io.stderr(`Unknown option: ${odd.replace(/^-+/, "")}\n`);
      return 1;
    }
    const database = yield* DebconfDatabase.read(sys);
    for (const one of [...database.questions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const template = templateOf(one.name);
      if (template) io.out.put(`# ${template.short}\n${template.choices ? `# Choices: ${template.choices.join(", ")}\n` : ""}`);
      io.out.put(`${one.owners[0] ?? "unknown"}\t${one.name}\t${one.type}\t${database.value(one.name)}\n`);
    }
    return 0;
  },
);
