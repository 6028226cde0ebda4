// argparse, in Python, in three parts: what an argument does, how it is shown, how a command line is read.

import { registerModule } from "../registry.ts";
import { actions } from "./argparse-actions.ts";
import { help } from "./argparse-help.ts";
import { parser } from "./argparse-parser.ts";

registerModule("argparse", { source: actions + help + parser });
