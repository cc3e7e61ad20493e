import { z } from 'zod'

const severitySchema = z.enum(['info', 'low', 'moderate', 'high', 'critical'])
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: severitySchema,
      /** The advisories themselves, or the names of packages that bring them along. */
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
})

/** A package with known holes. */
export interface AuditFinding {
  readonly name: string
  readonly severity: z.output<typeof severitySchema>
  readonly reasons: readonly string[]
}

/** What `npm audit --json` says about the packages that ship. */
export type AuditVerdict =
  | { readonly kind: 'answered'; readonly grave: readonly AuditFinding[]; readonly slight: readonly AuditFinding[] }
  /** The registry has no advisories, or could not be reached. */
  | { readonly kind: 'unanswered'; readonly reason: string }

/**
 * Splits the findings in what ships: high and critical, and the others. Tools that stay here don't count.
 *
 * @param output what `npm audit --json` printed
 * @param shipped names of packages
 */
export function judgeAudit(output: string, shipped: ReadonlySet<string>): AuditVerdict {
  const answer = parse(output)
  const report = reportSchema.safeParse(answer)
  if (!report.success) return { kind: 'unanswered', reason: reasonIn(answer) }
  const findings = Object.values(report.data.vulnerabilities)
    .filter(({ name }) => shipped.has(name))
    .map(({ name, severity, via }) => ({
      name,
      severity,
      reasons: via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} (${one.url})`)),
    }))
  const isGrave = ({ severity }: AuditFinding) => severity === 'high' || severity === 'critical'
  return { kind: 'answered', grave: findings.filter(isGrave), slight: findings.filter((one) => !isGrave(one)) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function reasonIn(answer: unknown): string {
  const said = z
    .union([z.object({ message: z.string() }), z.object({ error: z.object({ summary: z.string() }) })])
    .safeParse(answer)
  if (!said.success) return 'npm audit gave no report'
  return 'message' in said.data ? said.data.message : said.data.error.summary
}
