/** The routine of the person on call: status, previous log, events, configuration, probes. */
import type { Case } from "../model/case";
import type { Observations } from "../model/observation";
import type { SnapshotView } from "../model/view";
import { observeConfig } from "./config";
import { observeEvents } from "./events";
import { observeLogs } from "./logs";
import { observeProbes } from "./probes";
import { observeStatus } from "./status";

export function observe(failing: Case, view: SnapshotView): Observations {
  const status = observeStatus(failing, view);
  const events = observeEvents(failing, view);
  return {
    status,
    logs: observeLogs(failing, view, status),
    events,
    config: observeConfig(failing, view),
    probes: observeProbes(failing, view, status, events),
  };
}
