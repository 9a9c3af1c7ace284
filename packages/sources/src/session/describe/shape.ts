/** Leaves out what was not shown: in a partial object a missing field and an `undefined` one must look alike. */
export function without<T extends object>(shape: T): T {
  for (const key of Object.keys(shape) as (keyof T)[]) if (shape[key] === undefined) delete shape[key];
  return shape;
}

/** A whole number at the start of a text. */
export function leadingNumber(text: string | undefined): number | undefined {
  const match = /^(\d{1,12})\b/.exec(text ?? "");
  return match ? Number(match[1]) : undefined;
}
