import { expect, it } from "vitest";
import { parseEventAge, parseTime } from "./time";

it.each([
  ["Mon, 23 Nov 2026 21:02:12 +0000", "2026-11-23T21:02:12Z"],
  ["Fri, 28 Nov 2025 15:31:20 +0800", "2025-11-28T07:31:20Z"],
  ["Tue, 03 Mar 2026 09:14:05 -0330", "2026-03-03T12:44:05Z"],
  ["2026-05-02T10:00:00.123456789+02:00", "2026-05-02T08:00:00.123Z"],
])("%s is %s", (text, time) => {
  expect(parseTime(text)).toBe(time);
});
it.each(["Mon, 01 Jan 0001 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "yesterday", "2026-05-02", ""])("%j is no time of a cluster", (text) => {
  expect(parseTime(text)).toBeNull();
});
it.each([
  ["9s (x14 over 2m44s)", { last: 9, first: 164, count: 14 }],
  ["2d21h", { last: 248_400, first: 248_400, count: 1 }],
  ["<unknown>", { last: null, first: null, count: 1 }],
])("the age %s is read whole", (text, age) => {
  expect(parseEventAge(text)).toEqual(age);
});
