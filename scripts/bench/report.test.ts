import { expect, it } from "vitest";
import { conditions, table } from "./report.ts";

it("writes a table whose numbers stand to the right", () => {
  expect(table(["name", "on", "ms"], [["a", "b", "1.0"]])).toBe(
    ["| name | on | ms |", "| --- | --- | ---: |", "| a | b | 1.0 |"].join("\n"),
  );
});

it("says when and where", () => {
  expect(conditions()).toEqual({
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    cpu: expect.stringMatching(/./),
    cores: expect.any(Number),
    load: expect.any(Number),
  });
});
