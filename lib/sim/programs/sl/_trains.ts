// The trains of sl 5.02. Copyright 1993, 1998, 2002, 2014 Toyoda Masashi (mtoyoda@acm.org); its licence: LICENSES/sl.txt.

export interface Train {
  readonly length: number;
  readonly height: number;
  /** the columns from the front to the funnel */
  readonly funnel: number;
  /** the rows of the engine for each turn of its wheels */
  readonly engine: readonly (readonly string[])[];
  /** how many columns it runs while the wheels stay */
  readonly stepsPerTurn: number;
  /** what it draws, and how far behind its front; each flies lower by so many rows */
  readonly wagons: readonly { readonly rows: readonly string[]; readonly at: number; readonly lower: number }[];
  /** who looks out when there is an accident: row, column, and whether they fly with a wagon */
  readonly people: readonly { readonly row: number; readonly column: number; readonly lower: number }[];
}

const rows = (text: string): string[] => text.split("\n").slice(1, -1).map((line) => line.slice(0, -1));

const D51 = rows(String.raw`
      ====        ________                ___________ |
  _D _|  |_______/        \__I_I_____===__|_________| |
   |(_)---  |   H\________/ |   |        =|___ ___|   |
   /     |  |   H  |  |     |   |         ||_| |_||   |
  |      |  |   H  |__--------------------| [___] |   |
  | ________|___H__/__|_____/[][]~\_______|       |   |
  |/ |   |-----------I_____I [][] []  D   |=======|__ |
`);

const D51_WHEELS = [
  String.raw`
__/ =| o |=-~~\  /~~\  /~~\  /~~\ ____Y___________|__ |
 |/-=|___|=    ||    ||    ||    |_____/~\___/        |
  \_/      \O=====O=====O=====O_/      \_/            |
`, String.raw`
__/ =| o |=-~~\  /~~\  /~~\  /~~\ ____Y___________|__ |
 |/-=|___|=O=====O=====O=====O   |_____/~\___/        |
  \_/      \__/  \__/  \__/  \__/      \_/            |
`, String.raw`
__/ =| o |=-O=====O=====O=====O \ ____Y___________|__ |
 |/-=|___|=    ||    ||    ||    |_____/~\___/        |
  \_/      \__/  \__/  \__/  \__/      \_/            |
`, String.raw`
__/ =| o |=-~O=====O=====O=====O\ ____Y___________|__ |
 |/-=|___|=    ||    ||    ||    |_____/~\___/        |
  \_/      \__/  \__/  \__/  \__/      \_/            |
`, String.raw`
__/ =| o |=-~~\  /~~\  /~~\  /~~\ ____Y___________|__ |
 |/-=|___|=   O=====O=====O=====O|_____/~\___/        |
  \_/      \__/  \__/  \__/  \__/      \_/            |
`, String.raw`
__/ =| o |=-~~\  /~~\  /~~\  /~~\ ____Y___________|__ |
 |/-=|___|=    ||    ||    ||    |_____/~\___/        |
  \_/      \_O=====O=====O=====O/      \_/            |
`].map(rows);

const COAL = rows(String.raw`
                              |
                              |
    _________________         |
   _|                \_____A  |
 =|                        |  |
 -|                        |  |
__|________________________|_ |
|__________________________|_ |
   |_D__D__D_|  |_D__D__D_|   |
    \_/   \_/    \_/   \_/    |
`);

const C51 = rows(String.raw`
        ___                                            |
       _|_|_  _     __       __             ___________|
    D__/   \_(_)___|  |__H__|  |_____I_Ii_()|_________||
     | '---'   |:: '--'  H  '--'         |  |___ ___|  |
    +|~~~~~~~~++::~~~~~~~H~~+=====+~~~~~~|~~||_| |_||  |
    ||        | ::       H  +=====+      |  |::  ...|  |
|    | _______|_::-----------------[][]-----|       |  |
`).map((line, index) => (index === 3 ? line.replaceAll(" '--", " `--") : line));

const C51_WHEELS = [
  String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|=[]=-      ||      ||      |  ||=======_|__|
/~\____|___|/~\_|  O=======O=======O   |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`, String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|=[]=- O=======O=======O    |  ||=======_|__|
/~\____|___|/~\_|      ||      ||      |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`, String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|==[]=- O=======O=======O   |  ||=======_|__|
/~\____|___|/~\_|      ||      ||      |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`, String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|===[]=- O=======O=======O  |  ||=======_|__|
/~\____|___|/~\_|      ||      ||      |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`, String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|===[]=-    ||      ||      |  ||=======_|__|
/~\____|___|/~\_|    O=======O=======O |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`, String.raw`
| /~~ ||   |-----/~~~~\  /[I_____I][][] --|||_______|__|
------'|oOo|==[]=-     ||      ||      |  ||=======_|__|
/~\____|___|/~\_|   O=======O=======O  |__|+-/~\_|     |
\_/         \_/  \____/  \____/  \____/      \_/       |
`].map(rows);

const LITTLE = rows(`
     ++      +------ |
     ||      |+-+ |  |
   /---------|| | |  |
  + ========  +-+ |  |
`);

const LITTLE_WHEELS = [
  String.raw`
 _|--O========O~\-+  |
//// \_/      \_/    |
`, String.raw`
 _|--/O========O\-+  |
//// \_/      \_/    |
`, String.raw`
 _|--/~O========O-+  |
//// \_/      \_/    |
`, String.raw`
 _|--/~\------/~\-+  |
//// \_O========O    |
`, String.raw`
 _|--/~\------/~\-+  |
//// \O========O/    |
`, String.raw`
 _|--/~\------/~\-+  |
//// O========O_/    |
`].map(rows);

const LITTLE_COAL = rows(String.raw`
____                 |
|   \@@@@@@@@@@@     |
|    \@@@@@@@@@@@@@_ |
|                  | |
|__________________| |
   (O)       (O)     |
                     |
`);

const CAR = rows(`
____________________ |
|  ___ ___ ___ ___ | |
|  |_| |_| |_| |_| | |
|__________________| |
|__________________| |
   (O)        (O)    |
                     |
`);

const blank = (width: number): string => " ".repeat(width);

export const BIG: Train = {
  length: 83, height: 10, funnel: 7, stepsPerTurn: 1, engine: D51_WHEELS.map((wheels) => [...D51, ...wheels, blank(54)]), wagons: [{ rows: [...COAL, blank(30)], at: 53, lower: 1 }],
  people: [{ row: 2, column: 43, lower: 0 }, { row: 2, column: 47, lower: 0 }],
};

export const LONG: Train = {
  length: 87, height: 11, funnel: 7, stepsPerTurn: 1, engine: C51_WHEELS.map((wheels) => [...C51, ...wheels, blank(55)]), wagons: [{ rows: [blank(30), ...COAL, blank(30)], at: 55, lower: 1 }],
  people: [{ row: 3, column: 45, lower: 0 }, { row: 3, column: 49, lower: 0 }],
};

export const SMALL: Train = {
  length: 84, height: 6, funnel: 4, stepsPerTurn: 3, engine: LITTLE_WHEELS.map((wheels) => [...LITTLE, ...wheels, blank(21)]), wagons: [{ rows: LITTLE_COAL, at: 21, lower: 2 }, { rows: CAR, at: 42, lower: 4 }, { rows: CAR, at: 63, lower: 6 }],
  people: [{ row: 1, column: 14, lower: 0 }, { row: 1, column: 45, lower: 4 }, { row: 1, column: 53, lower: 4 }, { row: 1, column: 66, lower: 6 }, { row: 1, column: 74, lower: 6 }],
};
