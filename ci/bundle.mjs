// Writes the command line as one folder of plain JavaScript, so that it starts without transpiling: bundle.mjs FOLDER [package].
// The folder that FOLDER is to lie in must be there. With `package` it is the `dist` of an npm package (see scripts/package/pack.ts): it
// has the library, too, names its neighbours by where it lies itself, and tells on its output what it took from other packages.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.resolve(process.argv[2]);
const isPackage = process.argv[3] === 'package';
const fromCheckout = createRequire(path.join(checkout, 'package.json'));
const { build } = await import(pathToFileURL(fromCheckout.resolve('esbuild')).href);

/** The schemas' validators as code: compiling them takes longer than anything else at a start. */
function compiledValidators() {
  const { Ajv } = fromCheckout('ajv');
  const { default: standalone } = fromCheckout('ajv/dist/standalone');
  const schema = (name) =>
    JSON.parse(readFileSync(path.join(checkout, `kickstarts/schema/${name}.schema.json`), 'utf8'));
  const kinds = ['flavour', 'component', 'base', 'hardware', 'overlay'];
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    schemas: ['shared', ...kinds].map(schema),
    code: { source: true, esm: true },
  });
  const code = standalone(ajv, Object.fromEntries(kinds.map((kind) => [kind, `${kind}.schema.json`])));
  return `${code}\nexport const validatorOf = (kind) => ({ ${kinds.join(', ')} })[kind];`;
}

/** The kickstart templates as code: compiling them takes a fifth of a start. */
async function compiledTemplates() {
  const { outputFiles } = await build({
    entryPoints: [path.join(checkout, 'scripts/render/compile-template.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    logLevel: 'error',
    banner: { js: requireBanner },
  });
  const program = path.join(scratch, 'compile-template.mjs');
  writeFileSync(program, outputFiles[0].contents);
  const { precompile } = await import(pathToFileURL(program).href);
  rmSync(program);
  const label = 'kickstarts/templates';
  const entries = readdirSync(path.join(checkout, label))
    .filter((name) => name.endsWith('.ks.hbs'))
    .map((name) => {
      const file = `${label}/${name}`;
      const text = readFileSync(path.join(checkout, file), 'utf8');
      return `[${JSON.stringify(`${file}\n${text}`)}, ${precompile(text, file)}]`;
    });
  return `export const precompiled = new Map([${entries.join(',\n')}]);`;
}

/**
 * The verbs' declarations without their code, for help and completion. What a declaration does not use is shaken off, as
 * no module of ours does anything when it is only loaded.
 */
async function declarationsAlone() {
  const folder = path.join(checkout, 'scripts/commands');
  const files = [...readFileSync(path.join(folder, 'verbs.ts'), 'utf8').matchAll(/import\('(\.\/.+?\.ts)'\)/g)].map(
    ([, file]) => file,
  );
  const imports = files.map((file, index) => `import * as verb${index} from '${file}';`);
  const list = files.map(
    (_, index) => `{ name: verb${index}.name, help: verb${index}.help, flags: verb${index}.flags }`,
  );
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports.join('\n')}\nexport const declarations = async () => [${list.join(', ')}];`,
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [withoutSideEffects],
  });
  return outputFiles[0].text;
}

const withoutSideEffects = {
  name: 'without-side-effects',
  setup({ onResolve }) {
    // What is loaded when it is asked for is no part of a declaration.
    onResolve({ filter: /^\.\.?\// }, ({ path: file, resolveDir, kind }) => ({
      path: path.resolve(resolveDir, file),
      sideEffects: false,
      external: kind === 'dynamic-import',
    }));
    onResolve({ filter: /^[^.]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' ? undefined : { path: name, external: true, sideEffects: false },
    );
  },
};

/** What `import.meta.url` becomes in a file of ours: all that esbuild writes lies side by side in one folder. */
const urlOf = (file) =>
  isPackage
    ? `new URL(${JSON.stringify(`../${path.relative(checkout, file)}`)}, import.meta.url).href`
    : JSON.stringify(pathToFileURL(file).href);

/** Files look for their neighbours by `import.meta.url`: it must go on naming the source. */
const ownSources = {
  name: 'own-sources',
  setup({ onLoad }) {
    const validators = path.join(checkout, 'scripts/flavour/validators.ts');
    const templates = path.join(checkout, 'scripts/render/precompiled.ts');
    const declarations = path.join(checkout, 'scripts/commands/declarations.ts');
    const packaged = path.join(checkout, 'scripts/places/packaged.ts');
    onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path: file }) => {
      if (file === declarations)
        return { contents: await declarationsAlone(), loader: 'js', resolveDir: path.dirname(file) };
      if (file === templates) return { contents: await compiledTemplates(), loader: 'js' };
      if (file === validators) return { contents: compiledValidators(), loader: 'js' };
      if (file === packaged && isPackage) return { contents: 'export const isPackaged = true;', loader: 'js' };
      // Packages from elsewhere are not beside what they become.
      if (isPackage && file.includes('/node_modules/')) return undefined;
      const text = readFileSync(file, 'utf8');
      const loader = /\.[cm]?ts$/.test(file) ? 'ts' : 'js';
      return { loader, contents: text.replaceAll('import.meta.url', urlOf(file)) };
    });
  },
};

// CommonJS packages inside ask for Node's own modules by `require`.
const requireBanner = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom('/');";
const scratch = mkdtempSync(`${folder}-`);
try {
  const { metafile } = await build({
    absWorkingDir: checkout,
    entryPoints: { phyllome: 'scripts/phyllome.ts', ...(isPackage && { index: 'scripts/package/index.ts' }) },
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    metafile: isPackage,
    plugins: [ownSources],
    banner: { js: requireBanner },
  });
  renameSync(scratch, folder);
  if (isPackage) process.stdout.write(JSON.stringify(Object.keys(metafile.inputs)));
} catch (error) {
  rmSync(scratch, { recursive: true, force: true });
  // Another of us was faster: its folder is the same.
  if (!statSync(folder, { throwIfNoEntry: false })) throw error;
}
// Bundles of sources that are no more.
for (const other of isPackage ? [] : readdirSync(path.dirname(folder))) {
  const old = path.join(path.dirname(folder), other);
  const isOld = Date.now() - statSync(old).mtimeMs > 3_600_000;
  if (old !== folder && isOld) rmSync(old, { recursive: true, force: true });
}
