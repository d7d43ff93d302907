import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ProgramError, UsageError } from "../errors";
import { projectFile } from "../places";
import type { Project } from "../project";
import { type Language, unansweredMark } from "./language";
import { onPath } from "./on-path";

/** Programs in Python, run over the SDK that is installed for them: the CLI's own runner is not in its package. */
export const python: Language = {
  command(project, address) {
    const { program, organization, name, directory, stack } = project;
    const { file, environment } = interpreterOf(project);
    const how = {
      address,
      project: name,
      stack,
      organization,
      root: directory,
      parallel: 16,
      program: resolve(program.directory, program.entry),
      mark: unansweredMark,
    };
    return {
      file,
      args: [runner, JSON.stringify(how)],
      env: {
        // What a program printed before it was ended is told.
        PYTHONUNBUFFERED: "1",
        ...(environment && {
          VIRTUAL_ENV: environment,
          PATH: [join(environment, binaries), process.env.PATH].join(delimiter),
          PYTHONHOME: undefined,
        }),
      },
    };
  },
  explain: ({ all }, project) =>
    sdkError(all, project) ?? moduleError(all, project) ?? noProgram(all, project),
  /** As `python-run.py` writes them. */
  frame(line) {
    const [, file, row, column] = /^\s+at (.+?):(\d+)(?::(\d+))?$/.exec(line) ?? [];
    return file && row ? { file, line: row, ...(column && { column }) } : undefined;
  },
};

/** Compiled code lies in `dist`; the runner is not compiled. */
const runner = ["python-run.py", "../../../preview/languages/python-run.py"]
  .map((path) => resolve(__dirname, path))
  .find(existsSync) as string;

/** The first SDK that says where in a program a resource is made. */
const oldestSdk = "3.76.0";

const windows = process.platform === "win32";
const binaries = windows ? "Scripts" : "bin";
const interpreterIn = (environment: string) => join(environment, binaries, windows ? "python.exe" : "python");

interface Interpreter {
  file: string;
  /** The virtual environment that it belongs to. */
  environment?: string;
}

const toolchains = ["pip", "poetry", "uv"] as const;
type Toolchain = (typeof toolchains)[number];

function optionsOf({ runtime: { options, file }, program }: Project) {
  const { virtualenv, toolchain } = options;
  if (virtualenv !== undefined && typeof virtualenv !== "string")
    throw new UsageError(`${file}: the runtime option virtualenv must be a path.`);
  if (toolchain !== undefined && !toolchains.some((one) => one === toolchain))
    throw new UsageError(`${file}: the runtime option toolchain must be pip, poetry or uv.`);
  return {
    ...(virtualenv && { virtualenv }),
    toolchain: (toolchain as Toolchain | undefined) ?? toolchainOf(program.directory),
  };
}

const toolchainOf = (directory: string): Toolchain =>
  above(directory, "uv.lock") ? "uv" : above(directory, "poetry.lock") ? "poetry" : "pip";

/** The nearest folder that has a file, from here upwards. */
function above(directory: string, file: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, file))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** The Python that the language host of the Pulumi CLI would take; nothing is installed. */
function interpreterOf(project: Project): Interpreter {
  const { virtualenv, toolchain } = optionsOf(project);
  if (toolchain === "poetry") return ofPoetry(project);
  if (toolchain === "uv") return ofUv(project, virtualenv);
  if (virtualenv === undefined) return ofPath();
  const environment = resolve(project.directory, virtualenv);
  if (existsSync(interpreterIn(environment))) return { file: interpreterIn(environment), environment };
  throw new ProgramError(
    `The virtual environment ${virtualenv} that ${project.runtime.file} names does not exist: ` +
      `run ${windows ? "python" : "python3"} -m venv ${virtualenv} and ` +
      `${join(virtualenv, binaries, "python")} -m pip install ${listed(project)} in ${project.directory}.`,
  );
}

function ofPath(): Interpreter {
  const { PULUMI_PYTHON_CMD } = process.env;
  const names = PULUMI_PYTHON_CMD
    ? [PULUMI_PYTHON_CMD]
    : windows
      ? ["python", "python3"]
      : ["python3", "python"];
  const found = onPath(...names);
  if (found) return { file: found };
  throw new ProgramError(
    `There is no ${names.join(" or ")} on PATH, which the program needs: install Python 3.10 or newer, ` +
      "or name a virtual environment in Pulumi.yaml (runtime: { name: python, options: { virtualenv: venv } }).",
  );
}

function ofUv(project: Project, virtualenv: string | undefined): Interpreter {
  const { directory } = project.program;
  const home = above(directory, "uv.lock") ?? above(directory, "pyproject.toml") ?? directory;
  const environment = virtualenv
    ? resolve(project.directory, virtualenv)
    : resolve(home, process.env.UV_PROJECT_ENVIRONMENT || ".venv");
  if (existsSync(interpreterIn(environment))) return { file: interpreterIn(environment), environment };
  throw new ProgramError(
    `The program's packages are not installed (no ${environment}): run uv sync in ${home}.`,
  );
}

function ofPoetry({ program }: Project): Interpreter {
  const home = above(program.directory, "poetry.lock") ?? above(program.directory, "pyproject.toml");
  const own = join(home ?? program.directory, ".venv");
  if (existsSync(interpreterIn(own))) return { file: interpreterIn(own), environment: own };
  const { status, stdout, error } = spawnSync("poetry", ["env", "info", "--path"], {
    cwd: program.directory,
    encoding: "utf8",
  });
  if (error)
    throw new ProgramError(
      "There is no poetry on PATH, which the program needs: install it (pipx install poetry), " +
        `and run poetry install in ${home ?? program.directory}.`,
    );
  const environment = stdout.trim();
  if (status === 0 && existsSync(interpreterIn(environment)))
    return { file: interpreterIn(environment), environment };
  throw new ProgramError(
    `The program's packages are not installed (poetry has no environment for it): run poetry install in ${home ?? program.directory}.`,
  );
}

/** What to hand to `pip install`: the program's own list, if it has one. */
const listed = ({ program }: Project, otherwise = "pulumi"): string =>
  existsSync(join(program.directory, "requirements.txt")) ? "-r requirements.txt" : otherwise;

/** Whether the program's own list has a package, or one such as mysql-connector-python or azure-identity. */
function lists({ program }: Project, pkg: string): boolean {
  const file = join(program.directory, "requirements.txt");
  if (!existsSync(file)) return false;
  const normal = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, "-");
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => normal(/^\s*([\w.-]*)/.exec(line)?.[1] ?? ""))
    .some((name) => name === normal(pkg) || (pkg !== "pulumi" && name.startsWith(`${normal(pkg)}-`)));
}

/** The command that installs a package for the program. */
function installing(project: Project, pkg: string): string {
  const { toolchain, virtualenv } = optionsOf(project);
  if (toolchain !== "pip") return `${toolchain} add ${pkg}`;
  const interpreter = virtualenv
    ? join(virtualenv, binaries, "python")
    : process.env.PULUMI_PYTHON_CMD || "python3";
  return `${interpreter} -m pip install ${pkg}`;
}

/** The runner itself needs the SDK. */
function sdkError(said: string, project: Project): ProgramError | undefined {
  const { directory } = project.program;
  const old = /^preflight: pulumi (\S+) is too old$/m.exec(said)?.[1];
  if (old)
    return new ProgramError(
      `The program's pulumi is ${old}, and the offline preview needs ${oldestSdk} or newer: ` +
        `run ${installing(project, `"pulumi>=${oldestSdk}"`)} in ${directory}.`,
    );
  const why = /^preflight: pulumi cannot be imported: (.*)$/m.exec(said)?.[1];
  if (why === undefined) return undefined;
  if (why !== "No module named 'pulumi'")
    return new ProgramError(
      `The program's pulumi cannot be imported (${why}): run ${installing(project, "pulumi")} in ${directory}.`,
    );
  const { toolchain, virtualenv } = optionsOf(project);
  const wanted = toolchain === "pip" ? listed(project) : "pulumi";
  const unnamed = toolchain === "pip" && !virtualenv && nearbyEnvironment(project);
  return new ProgramError(
    `pulumi is not installed for the program's Python: run ${installing(project, wanted)} in ${directory}` +
      (unnamed
        ? `, or name the virtual environment ${unnamed} in ${project.runtime.file} ` +
          `(runtime: { name: python, options: { virtualenv: ${unnamed} } }).`
        : "."),
  );
}

/** An environment that is there, but that Pulumi.yaml does not name. */
const nearbyEnvironment = ({ directory }: Project): string | undefined =>
  ["venv", ".venv", "env"].find((name) => existsSync(interpreterIn(join(directory, name))));

/** Packages whose names differ from those of their modules. */
const packages: Readonly<Record<string, string>> = {
  attr: "attrs",
  bs4: "beautifulsoup4",
  Crypto: "pycryptodome",
  dateutil: "python-dateutil",
  dotenv: "python-dotenv",
  jwt: "PyJWT",
  OpenSSL: "pyOpenSSL",
  yaml: "PyYAML",
};

function moduleError(said: string, project: Project): ProgramError | undefined {
  const [, name, rest = ""] = /^ModuleNotFoundError: No module named '([^']+)'([\s\S]*)/m.exec(said) ?? [];
  if (!name) return undefined;
  const [module = name] = name.split(".");
  const at = ownFrame(rest, project);
  const where = at ? `${at}: ` : "";
  if (module !== name && existsSync(join(project.program.directory, module)))
    return new ProgramError(`${where}the module ${name} does not exist.`);
  const pkg = packages[module] ?? (module.startsWith("pulumi_") ? module.replaceAll("_", "-") : module);
  const listed = optionsOf(project).toolchain === "pip" && lists(project, pkg);
  const run = `run ${installing(project, listed ? "-r requirements.txt" : pkg)} in ${project.program.directory}`;
  // A name that nobody vouches for may be a file that is missing, and a stranger's package.
  const known = listed || pkg !== module || module === "pulumi";
  return new ProgramError(
    known
      ? `${where}the module ${module} is not installed: ${run}.`
      : `${where}the module ${module} is neither a file of the program nor installed. If it is a package, ${run}.`,
  );
}

function ownFrame(said: string, project: Project): string | undefined {
  for (const line of said.split("\n")) {
    const frame = python.frame(line);
    const file = frame && projectFile(pathToFileURL(frame.file).href, project.directory);
    if (file) return `${file}:${frame.line}`;
  }
  return undefined;
}

function noProgram(said: string, { program, directory, runtime }: Project): ProgramError | undefined {
  if (!/^ImportError: can't find '__main__' module in /m.test(said)) return undefined;
  const inside = relative(directory, program.directory) || program.directory;
  return new ProgramError(
    `${inside} has no program: there is no __main__.py. Add one, or name the program as main in ${runtime.file}.`,
  );
}
