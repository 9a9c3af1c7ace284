import { expect, it } from "vitest";
import { readActivity } from "./activity";
import { normalise } from "./normalise";

const read = (text: string) => readActivity(normalise(text), (line) => ({ number: line.number, text: line.text }));

it.each([
  ["Now listening on: http://[::]:8080", "::", 8080, false],
  ["Tomcat started on port 8080 (http) with context path ''", null, 8080, null],
  ["Uvicorn running on https://127.0.0.1:8443 (Press CTRL+C to quit)", "127.0.0.1", 8443, true],
  ['LOG:  listening on IPv4 address "0.0.0.0", port 5432', "0.0.0.0", 5432, null],
  ['level=info msg="Server listening" addr=:9090', null, 9090, null],
  ["2026-03-01T10:00:00Z orders listening on 8081, routes /healthz /v1/orders", null, 8081, null],
])("knows where the program listens: %s", (line, address, port, tls) => {
  expect(read(line).listens[0]).toMatchObject({ address, port, tls });
});
it("does not take the other side of a failed call for a listener", () => {
  expect(read("failed to connect to http://orders:8080: connection refused, server running?").listens).toEqual([]);
  expect(read("ERROR listen tcp :8080: bind: address already in use").listens).toEqual([]);
});
it.each([
  ['10.0.0.9 - - [01/Mar/2026:10:00:00 +0000] "GET /healthz HTTP/1.1" 404 9 "-" "kube-probe/1.34"', "/healthz", 404, "kube-probe/1.34"],
  ['INFO:     10.0.0.9:40112 - "GET /ready HTTP/1.1" 200 OK', "/ready", 200, null],
  ["GET /healthz 503 1.2 ms - 12", "/healthz", 503, null],
  ['[GIN] 2026/03/01 - 10:00:00 | 404 | 12.1µs | 10.0.0.9 | GET      "/health"', "/health", 404, null],
  ['{"level":"info","method":"GET","path":"/live","status":200,"user_agent":"kube-probe/1.34","msg":"request"}', "/live", 200, "kube-probe/1.34"],
  ["level=info msg=request method=GET path=/live status=404", "/live", 404, null],
])("reads a request: %s", (line, path, status, userAgent) => {
  expect(read(line).requests[0]).toMatchObject({ path, status, userAgent });
});
it("shows a TLS greeting to a plain server as a refused request", () => {
  expect(read('10.0.0.9 - - [01/Mar/2026:10:00:00 +0000] "\\x16\\x03\\x01\\x05" 400 157 "-" "-"').requests[0]).toMatchObject({
    path: "\\x16\\x03",
    status: 400,
  });
});
it("lists what is served, from routes and from answers", () => {
  expect(read("listening on 8081, routes /healthz /v1/orders\nGET /metrics 200 1 ms").serves.map((s) => s.path)).toEqual([
    "/healthz",
    "/v1/orders",
    "/metrics",
  ]);
});
it.each([
  ["Started OrdersApplication in 48.2 seconds (process running for 50.1)", 48.2],
  ["✓ Ready in 412ms", 0.412],
  ["Server startup in [2500] milliseconds", 2.5],
])("knows how long the start took: %s", (line, seconds) => {
  expect(read(line).startedAfterSeconds).toBe(seconds);
});
