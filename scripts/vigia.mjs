// Behind `npm start`, `npm test` and others of package.json. Plain JavaScript without dependencies: it runs on
// the machine's own Node before anything is installed, so this file also parses on Nodes that are too old.
const [major] = process.versions.node.split('.').map(Number);

if (major >= 18) {
  import('./setup/main.mjs').then(({ main }) => main(process.argv.slice(2)));
} else {
  console.error(`Vigia needs Node 18 or newer, and this is ${process.version}: install one from https://nodejs.org.`);
  process.exitCode = 1;
}
