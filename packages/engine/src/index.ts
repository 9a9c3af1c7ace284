/** The engine: Snapshot in, Report out. Pure; runs in Node and in a browser. */
export type * from "./model/kubernetes";
