// Between the parameters of terminfo(5) and those of termcap(5): what each can say that the other can say too.

/** Undefined where termcap cannot say it. */
export function termcapString(text: string): string | undefined {
  let out = "";
  let expected = 1;
  let reversed = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (letter === "$" && /^\$<\d+(?:\.\d)?[*/]{0,2}>/.test(text.slice(at))) {
      const pad = /^\$<(\d+(?:\.\d)?)(\*?)\/?>/.exec(text.slice(at));
      if (pad === null) return undefined;
      out = `${pad[1] ?? ""}${pad[2] ?? ""}${out}`;
      at += pad[0].length - 1;
      continue;
    }
    if (letter !== "%") {
      out += letter;
      continue;
    }
    const rest = text.slice(at);
    const push = /^%p([1-9])/.exec(rest);
    if (rest.startsWith("%i")) {
      out += "%i";
      at += 1;
    } else if (rest.startsWith("%%")) {
      out += "%%";
      at += 1;
    } else if (push !== null) {
      const number = Number(push[1]);
      if (number !== expected) {
        if (number === 2 && expected === 1 && !reversed) {
          out = `%r${out}`;
          reversed = true;
        } else if (!(reversed && number === 1)) return undefined;
      }
      expected = number + 1;
      const after = rest.slice(3);
      const plus = /^%'(.)'%\+%c/s.exec(after) ?? /^%\{(\d+)\}%\+%c/.exec(after);
      const decimal = /^%(?:(\d)(?:\.\1)?|0(\d))?d/.exec(after);
      if (plus !== null) {
        const word = plus[1] ?? "";
        out += `%+${plus[0].startsWith("%{") ? String.fromCharCode(Number(word)) : word}`;
        at += 2 + plus[0].length;
      } else if (decimal !== null) {
        const width = decimal[1] ?? decimal[2];
        out += width === undefined ? "%d" : `%${width}`;
        at += 2 + decimal[0].length;
      } else if (after.startsWith("%c")) {
        out += "%.";
        at += 4;
      } else return undefined;
    } else if (/^%(?:d|2|3|\.|\+)/.test(rest)) {
      out += rest.slice(0, 2);
      at += 1;
    } else return undefined;
  }
  return out;
}

/** A string of termcap(5) with what it asks of its parameters in terminfo's way. */
export function terminfoString(termcap: string, parameterised: boolean): string {
  const pad = /^(\d+(?:\.\d)?)(\*?)/.exec(termcap);
  const body = pad === null ? termcap : termcap.slice(pad[0].length);
  let out = "";
  let next = 1;
  let swap = false;
  const push = (): string => {
    const number = swap ? (next === 1 ? 2 : next === 2 ? 1 : next) : next;
    next++;
    return `%p${number}`;
  };
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? "";
    if (letter !== "%" || !parameterised) {
      out += letter === "%" ? "%%" : letter;
      continue;
    }
    const code = body[++at] ?? "";
    if (code === "%") out += "%%";
    else if (code === "i") out += "%i";
    else if (code === "r") swap = true;
    else if (code === "d") out += `${push()}%d`;
    else if (code === "2" || code === "3") out += `${push()}%${code}d`;
    else if (code === ".") out += `${push()}%c`;
    else if (code === "+") out += `${push()}%'${body[++at] ?? ""}'%+%c`;
    else out += `%${code}`;
  }
  return pad === null ? out : `${out}$<${pad[1] ?? ""}${pad[2] ?? ""}>`;
}
