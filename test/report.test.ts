import { stripVTControlCharacters } from "node:util";
import Ajv2020 from "ajv/dist/2020";
import { formats, type RenderOptions } from "../report";
import type { Report } from "../report/report";
import schema from "../report/report.schema.json";
import { type FailOn, fails } from "../report/verdict";
import { clean, everything } from "./support/report";

const options: RenderOptions = { failOn: "mandatory", all: false, failures: [], colors: false, width: 100 };

describe("as text", () => {
  test("shows every kind of finding", () => {
    expect(formats.text([everything], options)).toMatchSnapshot();
  });

  test("lists what is undetermined and what passed on demand, and ends several stacks with a table", () => {
    const failures = [{ path: "stacks/praviel", message: "the program threw" }];
    expect(formats.text([everything, clean], { ...options, all: true, failures })).toMatchSnapshot();
  });

  test("keeps to the width", () => {
    for (const line of formats.text([everything], { ...options, width: 60 }).split("\n"))
      if (/^ {13}/.test(line)) expect(line.length).toBeLessThanOrEqual(60);
  });

  test.each([
    [2, "program", "No rule is about what it holds."],
    [1, "program", "The program makes no resources with these settings."],
    [0, "state", "The stack has no resources."],
  ] as const)("says when %d resources of a %s give nothing to judge", (resources, kind, why) => {
    const nothing = { pass: 0, violation: 0, undetermined: 0, waived: 0, fault: 0 };
    const report = {
      ...clean,
      source: { ...clean.source, kind },
      summary: { ...clean.summary, ...nothing, resources },
      results: [],
    };
    expect(formats.text([report], options)).toContain(`Nothing was judged\n  ${why}`);
    expect(formats.text([clean], options)).not.toContain("Nothing was judged");
  });

  test("asks for the region where nothing else is missing", () => {
    const zones = { token: "aws:index/getAvailabilityZones:getAvailabilityZones", count: 1 };
    const text = formats.text([{ ...clean, unanswered: [zones] }], options);
    expect(text.replaceAll(/\s+/g, " ")).toContain("Give it with --config aws:region=<region>.");
    expect(text).not.toContain("--answers");
  });

  test("colours only when asked, and says the same", () => {
    const colored = formats.text([everything], { ...options, colors: true });
    expect(colored).toContain("\u001b[");
    expect(stripVTControlCharacters(colored)).toBe(formats.text([everything], options));
  });

  test("shows what could steer a terminal instead of obeying it", () => {
    const [finding] = everything.results;
    const name = "db\u001b[2J\u0007\nrm";
    const hostile = {
      ...everything,
      results: [{ ...finding, part: name, resource: { ...finding?.resource, name } }],
    } as Report;
    const text = formats.text([hostile], options);
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text).toContain("db\\x1b[2J\\x07\\x0arm");
  });
});

describe("as JSON", () => {
  const validate = new Ajv2020({ strict: true }).compile(schema);

  test("is what the published schema says", () => {
    expect(validate(JSON.parse(formats.json([everything], options)))).toBe(true);
    expect(validate({ ...everything, version: 2 })).toBe(false);
    expect(validate({ ...everything, extra: true })).toBe(false);
  });

  test("is a list for several stacks, also where one of them failed", () => {
    expect(JSON.parse(formats.json([everything, clean], options))).toEqual([everything, clean]);
    const failures = [{ path: "other", message: "threw" }];
    expect(JSON.parse(formats.json([clean], { ...options, failures }))).toEqual([clean]);
  });
});

test.each<[FailOn, boolean]>([
  ["mandatory", false],
  ["advisory", true],
  ["never", false],
  ["critical", false],
  ["high", false],
  ["medium", true],
  ["low", true],
])("fails on %s: %s, where the worst is a medium advisory", (failOn, expected) => {
  const advisory = { ...everything, results: everything.results.filter((r) => r.severity === "medium") };
  expect(fails(advisory, failOn)).toBe(expected);
  expect(fails(clean, failOn)).toBe(false);
});
