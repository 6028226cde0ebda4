/** Of "+" and of "+=" and so on. */
export function arithmetic(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
    case "+=":
      return a + b;
    case "-":
    case "-=":
      return a - b;
    case "*":
    case "*=":
      return a * b;
    case "/":
    case "/=":
      return a / b;
    case "%":
    case "%=":
      return a % b;
    default:
      return a ** b;
  }
}

/** `order`: < 0, 0 or > 0. */
export function holds(operator: string, order: number): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}
