/** All patterns: the general ones by area, then those of products. */
import { productPatterns } from "../products/index";
import { accelerator } from "./accelerator";
import { commandLine } from "./arguments";
import { data } from "./data";
import { databases } from "./databases";
import { absent, full, readOnly, refusedAccess } from "./files";
import { kubernetes } from "./kubernetes";
import { leads } from "./leads";
import { limits } from "./limits";
import { memory } from "./memory";
import { names } from "./names";
import { network } from "./network";
import type { Pattern } from "./pattern";
import { ports } from "./ports";
import { ends, start } from "./processes";
import { scripts } from "./scripts";
import { services } from "./services";
import { invalid, missing } from "./settings";
import { tls } from "./tls";

export const generalPatterns: Pattern[] = [
  ...kubernetes,
  ...network,
  ...names,
  ...tls,
  ...databases,
  ...services,
  ...absent,
  ...refusedAccess,
  ...readOnly,
  ...full,
  ...data,
  ...ports,
  ...limits,
  ...memory,
  ...accelerator,
  ...missing,
  ...invalid,
  ...commandLine,
  ...start,
  ...ends,
  ...scripts,
  ...leads,
];
export const patterns: Pattern[] = [...generalPatterns, ...productPatterns];
