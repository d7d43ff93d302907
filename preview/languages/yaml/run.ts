import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Engine } from "./engine";
import { Evaluator } from "./evaluate";
import { inOrder, readProgram } from "./program";
import { settingsOf } from "./settings";
import { Mistake, Positions, type Source } from "./source";

/** What the preview tells the process that interprets a program. */
export interface Task {
  address: string;
  project: string;
  organization: string;
  stack: string;
  /** Where the project is, and where its program. */
  root: string;
  directory: string;
  /** A command that writes the program. */
  compiler: string | undefined;
}

/** Runs a program; whether it came to its end. */
export async function run(task: Task): Promise<boolean> {
  const engine = new Engine(task.address);
  const mistakes: string[] = [];
  try {
    const source = findSource(task);
    const positions = new Positions(source);
    try {
      mistakes.push(...(await interpret(task, source, positions, engine)).map((m) => positions.tell(m)));
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      mistakes.push(positions.tell(error));
    }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    mistakes.push(error.message);
  } finally {
    for (const mistake of mistakes) await engine.log("ERROR", mistake);
    engine.close();
  }
  return mistakes.length === 0;
}

/** Registers what a program declares; what is wrong with it is found before anything is. */
async function interpret(
  task: Task,
  source: Source,
  positions: Positions,
  engine: Engine,
): Promise<readonly Mistake[]> {
  const { program, mistakes, warnings } = readProgram(positions.read(), source.text);
  for (const warning of warnings) await engine.log("WARNING", positions.tell(warning));
  const settings = settingsOf(program, task.project);
  const { order, mistakes: misreferences } = inOrder(program, {
    settings: settings.names,
    lineOf: (at) => positions.of(at).line,
  });
  const all = [...mistakes, ...misreferences];
  if (all.length > 0) return all.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));

  const name = `${task.project}-${task.stack}`;
  const root = await engine.register({
    type: "pulumi:pulumi:Stack",
    name,
    parent: "",
    inputs: {},
    custom: false,
  });
  const { url } = source;
  const evaluator = new Evaluator(task, program, {
    engine,
    stack: root.urn,
    position: (at) => (url === undefined ? undefined : { url, ...positions.of(at) }),
  });
  await settings.evaluate(evaluator);
  for (const one of order) await evaluator.declare(one);
  for (const output of program.outputs) await evaluator.evaluate(output);
  await engine.finish(root.urn);
  return [];
}

function findSource(task: Task): Source {
  if (task.compiler) return compiled(task, task.compiler);
  const file = ["Main.json", "Main.yaml", "Pulumi.yaml"]
    .map((name) => join(task.directory, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (file === undefined)
    throw new Mistake(
      `${task.directory} has no program: there is no Main.yaml, Main.json or Pulumi.yaml. See main in Pulumi.yaml.`,
    );
  const name = relative(task.root, file).split(sep).join("/");
  return { text: readFileSync(file, "utf8"), name, url: pathToFileURL(file).href };
}

/** The program that a command such as `cue export` writes. */
function compiled({ directory, project, stack, organization }: Task, compiler: string): Source {
  const [command = "", ...args] = words(compiler);
  const about = { PULUMI_PROJECT: project, PULUMI_STACK: stack, PULUMI_ORGANIZATION: organization };
  const { error, status, signal, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    encoding: "utf8",
    env: { ...about, ...process.env },
    maxBuffer: 1 << 28,
  });
  const told = `the compiler of the program (${compiler}, in Pulumi.yaml)`;
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT")
    throw new Mistake(
      `${command} is not installed, which is ${told}. ` +
        `${homes[command] ?? `Install ${command}`}, and see that it is on PATH.`,
    );
  if (error || status !== 0)
    throw new Mistake(
      `${command} failed, which is ${told}: ` +
        `${error ? error.message : stderr.trim() || `it ended with ${signal ?? `code ${status}`}.`}`,
    );
  return { text: stdout, name: `output of ${command}` };
}

/** A command line's words; quotes keep spaces, and a backslash keeps a quote. */
const words = (line: string): string[] =>
  [...line.matchAll(/(?:\\.|[^\s"'\\]|"(?:\\.|[^"\\])*"|'[^']*')+/gs)].map(([word]) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
      (_, single, double, escaped) => single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped,
    ),
  );

const homes: Readonly<Record<string, string>> = {
  cue: "Install CUE (https://cuelang.org/docs/introduction/installation)",
  jsonnet: "Install Jsonnet (https://jsonnet.org)",
  dhall: "Install Dhall (https://dhall-lang.org)",
  "dhall-to-json": "Install Dhall (https://dhall-lang.org)",
  "dhall-to-yaml": "Install Dhall (https://dhall-lang.org)",
  ytt: "Install ytt (https://carvel.dev/ytt)",
  pkl: "Install Pkl (https://pkl-lang.org)",
};
