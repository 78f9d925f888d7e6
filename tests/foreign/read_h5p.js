// Imports an H5P package with the server of Lumi, another implementation of H5P's core, and says what
// it stored. `node read_h5p.js FILE [FOLDER]`; FOLDER holds H5P's own content types, a checkout each.
// With it, the server's filter goes over all texts, and what the semantics do not know is told;
// without it the content types are empty, so that only package, schema and storage are tried.

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const h5p = require("@lumieducation/h5p-server");
const inside = path.dirname(require.resolve("@lumieducation/h5p-server"));
const build = (name) => require(path.join(inside, name));
const { ContentScanner } = build("ContentScanner");
const SemanticsEnforcer = build("SemanticsEnforcer").default;
const ContentManager = build("ContentManager").default;
const ContentStorer = build("ContentStorer").default;
const PackageImporter = build("PackageImporter").default;

const NEEDED = ["H5P.QuestionSet-1.20", "H5P.MultiChoice-1.16", "H5P.Blanks-1.14"];

/** Put the content types where the server keeps its own: real ones, or empty ones of that name. */
function install(folder, source) {
  const named = {};
  for (const name of source ? fs.readdirSync(source) : []) {
    const at = path.join(source, name);
    const told = JSON.parse(fs.readFileSync(path.join(at, "library.json"), "utf8"));
    named[`${told.machineName}-${told.majorVersion}.${told.minorVersion}`] = at;
  }
  for (const name of NEEDED) {
    const to = path.join(folder, name);
    fs.mkdirSync(to);
    if (source) {
      if (!named[name]) throw new Error(`${source} has no ${name}`);
      for (const file of ["library.json", "semantics.json"])
        fs.copyFileSync(path.join(named[name], file), path.join(to, file));
    } else {
      const [, machineName, majorVersion, minorVersion] = /^(.+)-(\d+)\.(\d+)$/.exec(name);
      const told = { machineName, title: name, runnable: 1, patchVersion: 0 };
      told.majorVersion = Number(majorVersion);
      told.minorVersion = Number(minorVersion);
      fs.writeFileSync(path.join(to, "library.json"), JSON.stringify(told));
      fs.writeFileSync(path.join(to, "semantics.json"), "[]");
    }
  }
}

const TYPES = {
  text: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value, field) =>
    typeof value === "number" && !(value < field.min) && !(value > field.max),
  select: (value, field) => field.options.some((one) => one.value === value),
  list: (value, field) =>
    Array.isArray(value) && !(value.length < field.min) && !(value.length > field.max),
  group: (value) => typeof value === "object" && !Array.isArray(value),
  library: (value, field) => field.options.includes(value.library),
};

/** Give the path of each value that has nothing below it. */
function leaves(value, at = "$") {
  if (value === null || typeof value !== "object") return [at];
  return Object.entries(value).flatMap(([key, one]) =>
    leaves(one, Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`),
  );
}

/** Tell what the semantics do not know, and what is of another type than they say. */
async function strangers(libraries, content, main) {
  const known = new Set();
  const wrong = [];
  await new ContentScanner(libraries).scanContent(content, main, (field, value, at) => {
    known.add(at);
    if (TYPES[field.type] && !TYPES[field.type](value, field)) wrong.push(`${at}: ${field.type}`);
    return false;
  });
  const own = /\.(library|subContentId|metadata\.\w+)$/;
  const unknown = leaves(content).filter((at) => !known.has(at) && !own.test(at));
  return [...wrong, ...unknown.map((at) => `${at}: unknown`)];
}

async function main(file, source) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "h5p-"));
  try {
    const [types, contents] = ["types", "contents"].map((name) => path.join(folder, name));
    fs.mkdirSync(types);
    fs.mkdirSync(contents);
    install(types, source);
    const libraries = new h5p.LibraryManager(new h5p.fsImplementations.FileLibraryStorage(types));
    const permissions = new h5p.LaissezFairePermissionSystem();
    const store = new h5p.fsImplementations.FileContentStorage(contents);
    const manager = new ContentManager(store, permissions);
    const storer = new ContentStorer(manager, libraries, undefined, {});
    const config = new h5p.H5PConfig(undefined);
    const importer = new PackageImporter(libraries, config, permissions, manager, storer);
    const user = { id: "1", name: "a", email: "a@example.invalid", type: "local" };
    const { id } = await importer.addPackageLibrariesAndContent(file, user);
    const metadata = await manager.getContentMetadata(id, user);
    const content = await manager.getContentParameters(id, user);
    const name = metadata.preloadedDependencies.find(
      (one) => one.machineName === metadata.mainLibrary,
    );
    const wrong = source ? await strangers(libraries, content, name) : [];
    if (source) await new SemanticsEnforcer(libraries).enforceSemanticStructure(content, name);
    process.stdout.write(JSON.stringify({ metadata, content, wrong }));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main(process.argv[2], process.argv[3]).catch((error) => {
  process.stderr.write(`${error.stack} ${JSON.stringify(error.errors ?? "")}\n`);
  process.exitCode = 1;
});
