import { describe, expect, it } from "vitest";
import { readTable } from "./table";

function rows(text: string): Record<string, string>[] | undefined {
  return readTable(text.split("\n"), 0)?.rows.map((row) => row.cells);
}

describe("a table", () => {
  it("is read by the position of its headings, empty cells included", () => {
    expect(
      rows("NAME     STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE\ndata-0   Pending                                      fast           4m"),
    ).toEqual([{ NAME: "data-0", STATUS: "Pending", VOLUME: "", CAPACITY: "", "ACCESS MODES": "", STORAGECLASS: "fast", AGE: "4m" }]);
  });
  it("keeps `7 (71s ago)` together where positions are lost", () => {
    expect(rows("NAME READY STATUS RESTARTS AGE\nweb-0 0/1 CrashLoopBackOff 7 (71s ago) 14m")).toEqual([
      { NAME: "web-0", READY: "0/1", STATUS: "CrashLoopBackOff", RESTARTS: "7 (71s ago)", AGE: "14m" },
    ]);
    expect(rows("NAME\tREADY\tSTATUS\tRESTARTS\tAGE\nweb-0\t0/1\tError\t2\t1m")).toMatchObject([{ STATUS: "Error", RESTARTS: "2" }]);
  });
  it("takes rows that `-w` adds out of line", () => {
    expect(
      rows("NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          1m\nweb-0   0/1   CrashLoopBackOff   1 (2s ago)   2m"),
    ).toMatchObject([{ STATUS: "Running" }, { STATUS: "CrashLoopBackOff", AGE: "2m" }]);
  });
  it("ends where the lines are no rows any more", () => {
    expect(rows("NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          1m\nINFO starting the server on port 8080")).toHaveLength(1);
  });
  it.each(["INFO starting", "ERROR: NAME not set", "NAME=web", "name  ready", "HTTP GET OK", ""])("is none: %j", (line) => {
    expect(readTable([line, "a b c"], 0)).toBeNull();
  });
});
