/* Builds static/css/site.css, static/fonts/ and static/js/.
   NL Design System components + the Voorbeeld theme + our own layer (src/), minus the rules and variables nothing uses. */
import { readFileSync, writeFileSync, copyFileSync, readdirSync, mkdirSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { transform } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(here, "node_modules");
const out = (...parts) => join(root, "static", ...parts);
const read = (path) => readFileSync(path, "utf8");

const UTRECHT = ["root", "form-label", "form-field", "form-field-description", "textbox", "textarea", "select", "checkbox", "radio-button", "table"];
const CANDIDATE = ["button", "heading", "link", "paragraph", "skip-link", "mark"];
const OWN = ["tokens", "base", "layout", "header", "footer", "outcome", "card", "search", "form", "story", "table", "figure", "print"];
/* Kept though no template names them: our own classes, and what a form gets from Python. */
const KEEP = [/^ib-/, /^is-/, /^voorbeeld-theme$/, /^nl-heading/, /^nl-paragraph/, /^nl-button(--(primary|secondary|subtle))?$/, /^nl-button__/,
  /^utrecht-form-label/, /^utrecht-form-field(-description)?(--invalid)?$/, /^utrecht-(textbox|textarea|select)(--html-(input|textarea|select)|--invalid)?$/, /^utrecht-(checkbox|radio-button)(--html-input)?$/];

const theme = read(join(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"));
const components = [
  ...UTRECHT.map((name) => read(join(modules, `@utrecht/${name}-css/dist/index.css`))),
  ...CANDIDATE.map((name) => read(join(modules, `@nl-design-system-candidate/${name}-css/dist/${name}.css`))),
].join("\n").replace(/@charset "UTF-8";/g, "");
const own = OWN.map((name) => read(join(here, "src", `${name}.css`))).join("\n");

function templates(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".html")).map((name) => join(folder, String(name)));
}
const SCRIPTS = ["site.js", "search-suggestions.js"];
const content = [...templates(join(root, "templates")), ...SCRIPTS.map((name) => join(here, "src", name))];

const [purged] = await new PurgeCSS().purge({
  content,
  css: [{ raw: components }],
  safelist: { standard: KEEP },
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
});

/* The theme has thousands of variables; keep those that our rules reach, directly or through another. */
const sheet = postcss.parse(`${theme}\n${purged.css}\n${own}`);
const definitions = new Map();
const todo = new Set();
const names = (value) => [...value.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
sheet.walkDecls((declaration) => {
  if (declaration.prop.startsWith("--")) {
    definitions.set(declaration.prop, [...(definitions.get(declaration.prop) ?? []), ...names(declaration.value)]);
  } else {
    names(declaration.value).forEach((name) => todo.add(name));
  }
});
const used = new Set();
while (todo.size) {
  const [name] = todo;
  todo.delete(name);
  if (used.has(name)) continue;
  used.add(name);
  (definitions.get(name) ?? []).forEach((next) => todo.add(next));
}
sheet.walkDecls(/^--/, (declaration) => { if (!used.has(declaration.prop)) declaration.remove(); });
sheet.walkComments((comment) => comment.remove());
sheet.walkRules((rule) => { if (!rule.nodes.length) rule.remove(); });

const { code } = transform({ filename: "site.css", code: Buffer.from(sheet.toString()), minify: true });
const banner = "/* Built from frontend/ with npm run build. NL Design System (EUPL-1.2), Noto Sans (OFL-1.1). */\n";
["css", "fonts", "js"].forEach((folder) => mkdirSync(out(folder), { recursive: true }));
const css = banner + code.toString() + "\n";
writeFileSync(out("css", "site.css"), css);
SCRIPTS.forEach((name) => copyFileSync(join(here, "src", name), out("js", name)));
const fonts = join(modules, "@fontsource-variable/noto-sans");
for (const subset of ["latin", "latin-ext"]) {
  copyFileSync(join(fonts, "files", `noto-sans-${subset}-wght-normal.woff2`), out("fonts", `noto-sans-${subset}-wght-normal.woff2`));
}
copyFileSync(join(fonts, "LICENSE"), out("fonts", "OFL.txt"));
console.log(`site.css: ${css.length} bytes, ${gzipSync(css, { level: 9 }).length} gzipped; ${used.size} variables used`);
