import { GUARDS } from './guards.ts'

const HEAD = `# Guards

What the product relies on and what nobody sees working: each line names what would happen without a guard, where the guard stands, and a test that fails when it is switched off. \`npm run mutate-guards\` switches each of them off in turn, in a copy of the project, and \`-- --docs\` writes this page. A unit test keeps the list in step with the source.
`
const COLUMNS = '| guard | SPEC | without it | where | goes red |\n|---|---|---|---|---|'

/** docs/guards.md: a row for each guard, with the test that failed when it was off, by the guard's id. */
export function describeGuards(tests: ReadonlyMap<string, string>): string {
  const sections = Map.groupBy(GUARDS, ({ id }) => id.split('.')[0] ?? '')
  const texts = [...sections].map(([name, guards]) => {
    const rows = guards.map(({ id, spec, against, file }) => {
      const cells = [`\`${id}\``, spec, against, `\`${file}\``, tests.get(id) ?? '']
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
    })
    return `## ${name}\n\n${COLUMNS}\n${rows.join('\n')}\n`
  })
  return [HEAD, ...texts].join('\n')
}
