import { describe, expect, it } from "vitest";
import { admit } from "../scrub/index";
import { readLog } from "./index";

const read = (text: string, exitCode: number) => readLog(admit(text).text, { exitCode, reason: null, image: null });

describe("an exception that was caught while one request was answered", () => {
  const logs = {
    "ASP.NET Core": `info: Microsoft.Hosting.Lifetime[14]
      Now listening on: http://[::]:8080
fail: Microsoft.AspNetCore.Server.Kestrel[13]
      Connection id "0A", Request id "0A:01": An unhandled exception was thrown by the application.
      System.InvalidOperationException: no such parcel
         at Depot.Parcels.Find(String id) in /src/Parcels.cs:line 9
info: Microsoft.Hosting.Lifetime[0]
      Application is shutting down...`,
    "a servlet": `2026-03-01T10:00:00.000Z ERROR 1 --- [nio-8080-exec-1] o.a.c.c.C.[.[.[/].[dispatcherServlet] : Servlet.service() for servlet [dispatcherServlet] threw exception

java.lang.NullPointerException: parcel is null
	at com.depot.Parcels.find(Parcels.java:9)
2026-03-01T10:00:09.000Z  INFO 1 --- [ionShutdownHook] o.s.b.w.e.tomcat.GracefulShutdown : Commencing graceful shutdown`,
  };
  for (const [server, text] of Object.entries(logs))
    it(`by ${server} is not told as the reason of the end`, () => {
      expect(read(text, 0).signals.filter((signal) => signal.confidence !== "possible")).toEqual([]);
    });
  it("is told where the same exception is unhandled", () => {
    const text = "Unhandled exception. System.NullReferenceException: no parcel\n   at Depot.Parcels.Find(String id) in /src/Parcels.cs:line 9";
    expect(read(text, 134).signals[0]).toMatchObject({ cause: "app/uncaught-exception", confidence: "certain" });
  });
  it("is an endless recursion where .NET only prints how often the frames repeat", () => {
    const text =
      "Stack overflow.\nRepeat 24012 times:\n--------------------------------\n   at Depot.Tree.Walk(Depot.Node)\n--------------------------------\n   at Program.Main()";
    expect(read(text, 134).signals[0]).toMatchObject({ cause: "app/uncaught-exception", details: { exception: "System.StackOverflowException" } });
  });
});

describe("a record inside a record", () => {
  const wrapped = (record: object): string => JSON.stringify({ level: "info", ts: "2026-03-01T10:00:00Z", logger: "postgres", msg: "record", record });
  it("is read where an operator wraps what PostgreSQL says", () => {
    const text = wrapped({ error_severity: "FATAL", message: 'could not open directory "pg_replslot": No such file or directory' });
    expect(read(text, 1).signals[0]).toMatchObject({ cause: "app/data-corrupt", subject: { path: "pg_replslot" } });
  });
  it("is not the server's end where a client's session failed", () => {
    const text = wrapped({ error_severity: "FATAL", message: 'password authentication failed for user "depot"', connection_from: "10.0.0.9:4711" });
    expect(read(text, 0).signals.filter((signal) => signal.confidence === "certain")).toEqual([]);
  });
});
