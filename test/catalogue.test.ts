import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { rules } from "../policies";
import { generated } from "../scripts/generated";

const root = resolve(__dirname, "..");

describe("the table of contents", () => {
  const folders = ["aws", "docker", "kubernetes"]
    .map((p) => `policies/${p}`)
    .filter((p) => existsSync(join(root, p)));
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`.replaceAll("\\", "/")),
  );

  test.each(files)("has %s under the name that its path gives", (file) => {
    const id = file
      .replace(/^policies\//, "")
      .replace(/\.ts$/, "")
      .replaceAll("/", "-");
    expect(rules.map((rule) => rule.id)).toContain(id);
  });

  test("has nothing twice, and nothing without a file", () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(files.length);
  });
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id", ({ rule }) => {
  test("works without configuration, and says what can be configured", () => {
    expect(rule.config.parse({})).toEqual(expect.any(Object));
    const { properties = {} } = z.toJSONSchema(rule.config, { io: "input" });
    for (const property of Object.values(properties)) {
      expect(property).toHaveProperty("default");
      expect(property).toHaveProperty("description", expect.stringMatching(/\w/));
    }
    expect(properties).toMatchSnapshot("options");
  });

  test("is said in whole sentences", () => {
    for (const sentence of [rule.title, rule.why, rule.fix]) expect(sentence).toMatch(/^[A-Z`].*[.)]$/s);
  });

  test("refers to pages that are encrypted on their way", () => {
    for (const link of rule.links ?? []) expect(new URL(link).protocol).toBe("https:");
  });

  test("has examples enough: one that is accepted, two that are rejected", () => {
    expect(rule.examples.good.length).toBeGreaterThanOrEqual(1);
    expect(rule.examples.bad.length).toBeGreaterThanOrEqual(2);
    const { good, bad, undetermined = [] } = rule.examples;
    const titles = [...good, ...bad, ...undetermined].map((example) => example.title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe("what is generated", () => {
  const files = generated();

  test.each([...files.keys()])("%s is fresh (else: npm run docs)", (path) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(files.get(path));
  });

  test("has no page of a rule that is gone (else: npm run docs)", () => {
    const pages = readdirSync(join(root, "docs/rules")).map((page) => `docs/rules/${page}`);
    expect(pages.filter((page) => !files.has(page))).toEqual([]);
  });
});
