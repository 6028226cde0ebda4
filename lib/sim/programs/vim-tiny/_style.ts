// Colours of the screen.

export const STYLE = { error: "37;41", warning: "31", question: "32", mode: "1", number: "33", blank: "1;34", reverse: "7", status: "1;7", directory: "36", tab: "4", added: "44", changed: "45", deleted: "36;46", fold: "34;47" } as const;
