/** Kubernetes quantities: `250m`, `1.5Gi`, `12e6`. Grammar: k8s.io/apimachinery pkg/api/resource/quantity.go. */
import type { Quantity } from "../model/kubernetes";

const shape = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;
const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
/** Sums of decimal fractions (0.1 + 0.2) must not make a pod miss by a hair. */
const hair = 1e-6;

/** The value in base units (cores, bytes, pieces); null where the text is no quantity. */
export function parseQuantity(quantity: Quantity | undefined | null): number | null {
  if (typeof quantity === "number") return Number.isFinite(quantity) ? quantity : null;
  if (typeof quantity !== "string" || quantity.length > 40) return null;
  const found = shape.exec(quantity.trim());
  if (!found) return null;
  const value = Number(found[1]) * (found[2] ? factors[found[2]]! : 10 ** Number(found[3] ?? 0));
  return Number.isFinite(value) ? value : null;
}

/** True where `wanted` is really more than `there`, both in base units. */
export function exceeds(wanted: number, there: number): boolean {
  return wanted > there + hair * Math.max(1, Math.abs(there) * 1e-6);
}

/** As a person writes it: `1500m` and `4` for cpu, `1.5Gi` for bytes, `2` for pieces. */
export function formatQuantity(resource: string, value: number): string {
  if (resource === "cpu" || resource.endsWith(".cpu")) return Number.isInteger(round(value, 3)) ? String(round(value, 3)) : `${Math.round(value * 1000)}m`;
  if (!isBytes(resource)) return String(round(value, 3));
  for (const unit of ["Ti", "Gi", "Mi", "Ki"]) {
    const factor = factors[unit]!;
    if (Math.abs(value) >= factor) return `${round(value / factor, 1)}${unit}`;
  }
  return String(Math.round(value));
}

function isBytes(resource: string): boolean {
  return /(?:^|\.)(?:memory|storage|ephemeral-storage)$|^hugepages-/.test(resource);
}
function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
