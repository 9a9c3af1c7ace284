/** All patterns: the general ones by area, then those of products. */
import { productPatterns } from "../products/index";
import type { Pattern } from "./pattern";

export const generalPatterns: Pattern[] = [];
export const patterns: Pattern[] = [...generalPatterns, ...productPatterns];
