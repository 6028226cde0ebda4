import type { DebianPackage } from "../kit/package.ts";

/** Pictures: the cow and four of the other figures of cowsay 3.03. */
const BODY = "\\\\_______\n";
const cows: Readonly<Record<string, string>> = {
  default: `$the_cow = <<"EOC";\n        $thoughts   ^__^\n         $thoughts  ($eyes)${BODY}            (__)\\\\       )\\\\/\\\\\n             $tongue ||----w |\n                ||     ||\nEOC\n`,
  moose: `$the_cow = <<EOC;\n  $thoughts\n   $thoughts   \\\\_\\\\_    _/_/\n    $thoughts      \\\\__/\n           ($eyes)${BODY}           (__)\\\\       )\\\\/\\\\\n            $tongue ||----w |\n               ||     ||\nEOC\n`,
  "three-eyes": `# the third eye is like the second\n$extra = chop($eyes);\n$eyes .= ($extra x 2);\n$the_cow = <<EOC;\n        $thoughts  ^___^\n         $thoughts ($eyes)${BODY}           (___)\\\\       )\\\\/\\\\\n            $tongue  ||----w |\n                ||     ||\nEOC\n`,
  tux: "$the_cow = <<EOC;\n   $thoughts\n    $thoughts\n        .--.\n       |o_o |\n       |:_/ |\n      //   \\\\ \\\\\n     (|     | )\n    /'\\\\_   _/`\\\\\n    \\\\___)=(___/\n\nEOC\n",
  bunny: "$the_cow = <<EOC;\n  $thoughts\n   $thoughts   \\\\\n        \\\\ /\\\\\n        ( )\n      .( o ).\nEOC\n",
};

export default {
  name: "cowsay", summary: "a cow that says, or thinks, what it is told",
  files: Object.entries(cows).map(([name, text]) => ({ path: `/usr/share/cowsay/cows/${name}.cow`, text })),
} satisfies DebianPackage;
