/** The engine: Snapshot in, Report out. Pure; runs in Node and in a browser. */
export { type DiagnoseOptions, diagnose } from "./diagnose";
export { wants } from "./wants";
export { admit, admitObject, type Admitted } from "./scrub/index";
export type { Case } from "./model/case";
export type { Cause, Finding } from "./model/cause";
export type { KubernetesObject } from "./model/kubernetes";
export type { Evidence, Incident, Report, Verdict } from "./model/report";
export {
  type Answer,
  type ContainerLog,
  type Focus,
  type Inventory,
  type SeenObject,
  type Snapshot,
  type Want,
  type WantTarget,
  objectKey,
  wantKey,
} from "./model/snapshot";
