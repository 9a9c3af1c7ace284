/** Patterns of single products, each array from its own file `products/<product>.ts`. */
import type { Pattern } from "../patterns/pattern";

export const productPatterns: Pattern[] = [];
