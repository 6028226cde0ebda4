// Names that are defined nowhere: found before the program runs, all of them at once.

import type { Node, Pattern } from "./_syntax.ts";

export interface Undefined {
  readonly message: string;
  readonly at: number;
}

interface Names {
  readonly functions: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

export function undefinedNames(program: Node, known: (name: string) => boolean, variables: Iterable<string>): Undefined[] {
  const found: Undefined[] = [];
  const add = (set: ReadonlySet<string>, ...names: readonly string[]): ReadonlySet<string> => new Set([...set, ...names]);
  const bind = (names: Names, patterns: readonly Pattern[]): Names => {
    const own: string[] = [];
    const visit = (pattern: Pattern): void => {
      if (pattern.kind === "variable") own.push(pattern.name);
      else if (pattern.kind === "array") pattern.items.forEach(visit);
      else {
        for (const member of pattern.members) {
          walk(member.key, { ...names, variables: add(names.variables, ...own) });
          if (member.variable !== undefined) own.push(member.variable);
          if (member.pattern) visit(member.pattern);
        }
      }
    };
    patterns.forEach(visit);
    return { ...names, variables: add(names.variables, ...own) };
  };
  const walk = (node: Node, names: Names): void => {
    switch (node.kind) {
      case "identity": case "recurse": case "literal": case "format": case "location": return;
      case "string":
        for (const part of node.parts) if (typeof part !== "string") walk(part, names);
        return;
      case "index":
        walk(node.target, names);
        return walk(node.key, names);
      case "slice":
        walk(node.target, names);
        if (node.from) walk(node.from, names);
        if (node.to) walk(node.to, names);
        return;
      case "iterate": return walk(node.target, names);
      case "try":
        walk(node.body, names);
        if (node.handler) walk(node.handler, names);
        return;
      case "pipe": case "comma": case "alternative": case "and": case "or": case "binary": case "assign":
        walk(node.left, names);
        return walk(node.right, names);
      case "negate": return walk(node.operand, names);
      case "array":
        if (node.body) walk(node.body, names);
        return;
      case "object":
        for (const member of node.members) {
          walk(member.key, names);
          walk(member.value, names);
        }
        return;
      case "variable":
        if (!names.variables.has(node.name)) found.push({ message: `$${node.name} is not defined`, at: node.at });
        return;
      case "call": {
        const name = `${node.name}/${node.args.length}`;
        if (!names.functions.has(name) && !known(name)) found.push({ message: `${name} is not defined`, at: node.at });
        for (const arg of node.args) walk(arg, names);
        return;
      }
      case "bind":
        walk(node.source, names);
        return walk(node.body, bind(names, node.patterns));
      case "reduce": case "foreach": {
        walk(node.source, names);
        walk(node.start, names);
        const inner = bind(names, [node.pattern]);
        walk(node.update, inner);
        if (node.kind === "foreach" && node.extract) walk(node.extract, inner);
        return;
      }
      case "if":
        for (const [test, then] of node.branches) {
          walk(test, names);
          walk(then, names);
        }
        return walk(node.otherwise, names);
      case "label": return walk(node.body, { ...names, variables: add(names.variables, `*label-${node.name}`) });
      case "break":
        if (!names.variables.has(`*label-${node.name}`)) found.push({ message: `$*label-${node.name} is not defined`, at: node.at });
        return;
      case "define": {
        const { name, parameters, body } = node.definition;
        const full = `${name}/${parameters.length}`;
        const own = parameters.map((one) => `${one.replace(/^\$/, "")}/0`);
        if (node.definition.isForeign !== true) walk(body, { functions: add(names.functions, full, ...own), variables: add(names.variables, ...parameters.filter((one) => one.startsWith("$")).map((one) => one.slice(1))) });
        return walk(node.body, { ...names, functions: add(names.functions, full) });
      }
    }
  };
  walk(program, { functions: new Set(), variables: new Set([...variables, "ENV"]) });
  return found;
}
