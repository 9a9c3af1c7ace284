/** Rows of Services and of what stands behind them. */
import { type Cells, known, labelsOf, type Shape } from "./cells";

/** `80/TCP,443:30443/TCP`. */
function ports(cell: string | undefined): Shape[] | undefined {
  const value = known(cell);
  if (!value) return undefined;
  const found = value.split(",").map((port) => /^(\d{1,5})(?::(\d{1,5}))?\/(TCP|UDP|SCTP)$/.exec(port.trim()));
  return found.every((port) => port !== null)
    ? found.map((port) => ({ port: Number(port[1]), protocol: port[3], ...(port[2] && { nodePort: Number(port[2]) }) }))
    : undefined;
}
export function service(cells: Cells): Shape {
  const spec: Shape = { type: cells.TYPE, ports: ports(cells["PORT(S)"]), selector: labelsOf(cells.SELECTOR) };
  if (cells["CLUSTER-IP"] === "None" || known(cells["CLUSTER-IP"])) spec.clusterIP = cells["CLUSTER-IP"];
  if (cells.TYPE === "ExternalName") spec.externalName = known(cells["EXTERNAL-IP"]);
  return { spec };
}
/** `10.0.0.1:8080,10.0.0.2:8080 + 1 more...`: the table shows ready addresses only (formatEndpoints). */
export function endpoints(cells: Cells): Shape {
  const value = known(cells.ENDPOINTS)?.replace(/ \+ \d+ more\.\.\.$/, "");
  const pairs = (value ?? "")
    .split(",")
    .map((one) => /^\[?([0-9a-f.:]{2,45}?)\]?(?::(\d{1,5}))?$/.exec(one.trim()))
    .filter((one) => one !== null);
  const numbers = [...new Set(pairs.map((pair) => pair[2]).filter((port) => port !== undefined))];
  return { ports: numbers.map((port) => ({ port: Number(port) })), endpoints: pairs.map((pair) => ({ addresses: [pair[1]], conditions: { ready: true } })) };
}
/** The table of slices shows addresses that are not ready too, so readiness stays open. */
export function endpointSlice(cells: Cells): Shape {
  const list = (cell: string | undefined): string[] =>
    (known(cell) ?? "")
      .replace(/ \+ \d+ more\.\.\.$/, "")
      .split(",")
      .filter(Boolean);
  const numbers = list(cells.PORTS).map(Number).filter(Number.isInteger);
  return {
    addressType: cells.ADDRESSTYPE,
    ports: numbers.map((port) => ({ port })),
    endpoints: list(cells.ENDPOINTS).map((address) => ({ addresses: [address] })),
  };
}
