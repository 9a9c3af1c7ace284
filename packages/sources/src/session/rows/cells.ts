/** Cells of a table, as values. */

export type Cells = Record<string, string>;
export type Shape = Record<string, unknown>;

const none = new Set(["", "<none>", "<unset>", "<unknown>", "<nil>", "-", "None"]);
export function known(cell: string | undefined): string | undefined {
  return cell === undefined || none.has(cell) ? undefined : cell;
}
export function count(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d{1,9}$/.test(cell) ? Number(cell) : undefined;
}
export function ratio(cell: string | undefined): [number, number] | null {
  const match = /^(\d{1,7})\/(\d{1,7})$/.exec(cell ?? "");
  return match ? [Number(match[1]), Number(match[2])] : null;
}
/** `a=b,c=d` → labels; null for set-based selectors, which a row can not tell apart from commas. */
export function labelsOf(text: string | undefined): Record<string, string> | undefined {
  const value = known(text);
  if (!value) return undefined;
  const pairs = value.split(",").map((pair) => /^([\w./-]{1,317})=([\w.-]{0,63})$/.exec(pair.trim()));
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map((pair) => [pair[1]!, pair[2]!])) : undefined;
}

const accessModes: Record<string, string> = { RWO: "ReadWriteOnce", ROX: "ReadOnlyMany", RWX: "ReadWriteMany", RWOP: "ReadWriteOncePod" };
/** `RWO,RWX` or `[ReadWriteOnce]` → API names. */
export function accessModesOf(cell: string | undefined): string[] | undefined {
  const value = known(cell?.replace(/^\[|\]$/g, ""));
  return value?.split(/[, ]+/).map((mode) => accessModes[mode] ?? mode);
}
