// Makes the client anew from the API's OpenAPI document: npm run generate
// (Python with pullquote's extra “api” is needed: the first `python` there is, or $PYTHON.)

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createClient } from "@hey-api/openapi-ts";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const generated = join(here, "generated");
const written = mkdtempSync(join(tmpdir(), "pullquote-client-"));
const wanted = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).devDependencies;

const python = (...given) =>
  execFileSync(process.env.PYTHON ?? "python", [join(here, "describe.py"), ...given], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: join(here, "../..") },
  });

// FastAPI appends path and method to the names of some operations: list_articles_v1_articles_get.
function named(operation) {
  operation.operationId = operation.operationId.replace(/_v1_.*$/, "");
}

// The generator looks at one kind of body only; a file may be sent instead.
function withFile({ requestBody }) {
  const { "application/json": json, "application/octet-stream": file } = requestBody?.content ?? {};
  if (json && file) json.schema = { anyOf: [json.schema, file.schema] };
}

function readable(document) {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  operations.forEach(named);
  operations.forEach(withFile);
  return document;
}

const digestOf = (name) => createHash("sha256").update(readFileSync(join(generated, name))).digest("hex");

await createClient({
  input: readable(JSON.parse(python())),
  output: { path: written, importFileExtension: ".js" },
  parser: { filters: { tags: { exclude: ["Description"] } } }, // the document itself, and its page
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
  logs: { level: "warn" },
});

const all = [
  'export * from "./index.js";',
  'export { createClient } from "./client/index.js";',
  'export { client } from "./client.gen.js";',
];
writeFileSync(join(written, "pullquote.ts"), `${all.join("\n")}\n`);

rmSync(generated, { recursive: true, force: true });
await build({
  absWorkingDir: written, // its comments name the files within
  entryPoints: ["pullquote.ts"],
  outfile: join(generated, "pullquote.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  banner: { js: "// Generated from the OpenAPI document by generate.mjs; do not edit." },
});
execFileSync(
  "npx",
  ["tsc", "--declaration", "--emitDeclarationOnly", "--strict", "--skipLibCheck", "--target", "es2022"]
    .concat(["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable"])
    .concat(["--rootDir", written, "--outDir", generated, join(written, "pullquote.ts")]),
  { cwd: here, stdio: "inherit" },
);
rmSync(written, { recursive: true });

const files = readdirSync(generated, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(generated.length + 1))
  .sort();
for (const name of files) {
  const text = readFileSync(join(generated, name), "utf8");
  writeFileSync(join(generated, name), text.replace(/\{@link https:\S+ (`[^`]+`)\}/g, "$1")); // ads for other packages
}
const record = {
  document_sha256: python("--digest").trim(),
  generator: `@hey-api/openapi-ts ${wanted["@hey-api/openapi-ts"]}`,
  files_sha256: Object.fromEntries(files.map((name) => [name, digestOf(name)])),
};
writeFileSync(join(generated, "record.json"), `${JSON.stringify(record, null, 2)}\n`);
